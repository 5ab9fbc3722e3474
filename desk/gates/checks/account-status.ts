import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

const closes = ['enter', 'option_structure', 'modify', 'cancel', 'transfer_cash', 'deposit', 'withdrawal', 'funding_release', 'mandate_change', 'arm_live', 'account_mode'] as const;
/** What a paused account still takes: whatever opens nothing. */
const whilePaused: readonly string[] = ['modify', 'cancel', 'transfer_cash', 'deposit', 'withdrawal', 'mandate_change', 'funding_release'];

export const accountStatus = defineCheck({
  id: 'account_status', version: 1, appliesTo: closes, structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['account'],
  evaluate({ account }, { kind }) {
    if (!account.known) return lacks('The account', account.reason);
    const { name, status } = account.value;
    if (status === 'ACTIVE' || (status === 'PAUSED' && whilePaused.includes(kind))) return passes(`The account ${name} is ${status.toLowerCase()}.`);
    return fails(`The account ${name} is ${status.toLowerCase()}.`);
  },
  nearestPass: ({ account }) => (account.known && account.value.status === 'PAUSED' ? { change: 'command', say: `resume ${account.value.name}` } : null),
});
