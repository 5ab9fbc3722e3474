import { activeFundingPlan } from '../../../db/stores/accounts.ts';
import { fundingReleases, recordRelease } from '../../../db/stores/controls.ts';
import { formatMoney } from '../../../desk/format.ts';
import { fundingPlanOf } from '../../../desk/treasury/deployable.ts';
import { instalments, trancheAmounts } from '../../../desk/treasury/funding-plan.ts';
import { postingsForDeposit, postingsForTransfer, postingsForWithdrawal } from '../../../desk/treasury/postings.ts';
import { CannotChange, type Changes, post } from './define.ts';

/** Money: in, out, between accounts, and let out by a plan. */
export const cashChanges: Changes = {
  deposit: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForDeposit({ accountId: action.accountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The deposit is in the ledger.';
  },
  withdrawal: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForWithdrawal({ accountId: action.accountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The withdrawal is in the ledger.';
  },
  transfer_cash: async ({ tx, services, action, clearanceId }) => {
    await post(tx, services, postingsForTransfer({ fromAccountId: action.accountId, toAccountId: action.toAccountId, amountMinor: action.amountMinor, reason: action.reason, cause: { clearanceId } }));
    return 'The transfer is in the ledger.';
  },
  funding_release: async ({ tx, services, action, stored, clearanceId }) => {
    const row = await activeFundingPlan(tx, action.accountId);
    if (!row) throw new CannotChange('The account has no funding plan.');
    const plan = fundingPlanOf(row);
    const tranches = plan.lumpSum ? trancheAmounts(plan.lumpSum) : [];
    const kind = action.tranche < tranches.length ? 'TRANCHE' : 'INSTALMENT';
    const planned = kind === 'TRANCHE' ? tranches[action.tranche] : plan.sip ? instalments(plan.sip)[action.tranche - tranches.length]?.amountMinor : undefined;
    if (planned !== action.amountMinor) throw new CannotChange('The plan has no such instalment or tranche.');
    if ((await fundingReleases(tx, action.accountId)).some(({ tranche }) => tranche === action.tranche)) throw new CannotChange('It was released already.');
    await recordRelease(tx, { planId: row.id, accountId: action.accountId, tranche: action.tranche, kind, amountMinor: action.amountMinor, releasedOn: services.market.today(), actionId: stored.id });
    const money = formatMoney(action.amountMinor, 'INR');
    if (kind === 'TRANCHE') return `Tranche ${action.tranche + 1}, ${money}, may be used now.`;
    await post(tx, services, postingsForDeposit({ accountId: action.accountId, amountMinor: action.amountMinor, reason: `instalment ${action.tranche - tranches.length + 1}`, cause: { clearanceId } }));
    return `Instalment ${action.tranche - tranches.length + 1}, ${money}, is in the account.`;
  },
};
