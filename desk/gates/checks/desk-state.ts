import { defineCheck } from '../define.ts';
import { fails, notApplicable, passes } from '../outcomes.ts';
import { riskDirection } from '../reduces-risk.ts';
import type { SwitchFacts } from '../snapshot.ts';

const because = (reason: string | null): string => (reason === null ? '' : `: ${reason}`);
const stateWords = { REDUCING: 'reducing only', HALTED: 'halted' } as const;

/** Why nothing may add exposure now, or null while everything is active. */
function standstill({ desk, account, deskReason, accountReason, killFile }: SwitchFacts): string | null {
  if (killFile.state === 'MALFORMED') return 'The kill file is there but cannot be read, which counts as halted.';
  if (killFile.state === 'HALTED') return `Halted by the kill file: ${killFile.reason}.`;
  if (desk !== 'ACTIVE') return `The desk is ${stateWords[desk]}${because(deskReason)}.`;
  if (account !== 'ACTIVE') return `This account is ${stateWords[account]}${because(accountReason)}.`;
  return null;
}

/** Pauses, switches and the kill file refuse whatever adds exposure; leaving is always open. */
export const deskState = defineCheck({
  id: 'desk_state', version: 1, appliesTo: ['enter', 'option_structure', 'modify', 'cancel', 'arm_live'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['switches'],
  evaluate(snapshot, action) {
    if (riskDirection(action, snapshot) !== 'raises') return notApplicable('Adds no exposure, so pauses and switches do not apply.');
    const why = standstill(snapshot.switches);
    return why === null ? passes('Desk and account are active.') : fails(`${why} Nothing that adds exposure is taken.`);
  },
  nearestPass: ({ switches }) => ({ change: 'command', say: switches.killFile.state === 'ABSENT' ? 'resume' : 'remove the kill file, then resume' }),
});
