import { activeFundingPlan, listAccounts } from '../db/stores/accounts.ts';
import { confirmedLimits, fundingReleases } from '../db/stores/controls.ts';
import { listActions } from '../db/stores/actions.ts';
import { balances } from '../db/stores/ledger.ts';
import { openPositions } from '../db/stores/positions.ts';
import { valueMinor } from '../desk/decimal.ts';
import { limitsInForce } from '../desk/gates/limit-settings.ts';
import { clawBacks, outstandingLoans, type ClawBackAccount } from '../desk/treasury/claw-back.ts';
import { deployableMinor } from '../desk/treasury/deployable.ts';
import { dateIn } from '../desk/time.ts';
import type { Job } from './define.ts';
import { byRule, type JobServices } from './services.ts';

const everyTransfer = 10_000;

/** Catalogue H4: a lender that has fallen below its buffer asks its cash back. A proposal, once a day and pair; a person confirms it. */
export function clawBacksJob(services: JobServices): Job {
  return {
    name: 'claw_backs', does: 'Proposes to bring lent cash back where the lender is short of its buffer', schedule: { everySeconds: 300 },
    async run() {
      if (!services.autoClawBack) return null;
      const { database: { orm }, market } = services;
      const accounts = await listAccounts(orm);
      const names = new Map(accounts.map(({ id, name }) => [id, name]));
      const transfers = (await listActions(orm, { limit: everyTransfer })).filter(({ action }) => action.kind === 'transfer_cash');
      const loans = outstandingLoans(transfers.flatMap(({ action, state }) => (action.kind === 'transfer_cash' && state === 'done' ? [{ fromAccountId: action.accountId, toAccountId: action.toAccountId, amountMinor: action.amountMinor }] : [])));
      if (loans.length === 0) return null;
      const limits = limitsInForce(services.limits(), await confirmedLimits(orm), null);
      const lines: string[] = [];
      for (const { lenderId, borrowerId, amountMinor, shortMinor } of clawBacks({ loans, accounts: await moneyOf(services, accounts.map(({ id }) => id)), minBufferPercent: limits.transferMinBufferPercent ?? 10, maxLoanPercent: limits.transferMaxLoanPercent ?? 20 })) {
        const asked = transfers.some(({ action, proposer, marketTime }) => action.kind === 'transfer_cash' && proposer.kind === 'desk' && action.accountId === borrowerId && action.toAccountId === lenderId && dateIn(marketTime, market.zone) === market.today());
        if (asked) continue;
        const outcome = await services.propose({
          action: { kind: 'transfer_cash', accountId: borrowerId, toAccountId: lenderId, amountMinor, reason: `${names.get(lenderId)} is short of its buffer and lent this to ${names.get(borrowerId)}` }, ...byRule('claw_back'),
          thesis: [{ text: `The lender lacks ${(shortMinor / 100).toFixed(2)} of its buffer.`, evidenceId: null, evidenceKind: null }],
        });
        lines.push(`${names.get(borrowerId)} to ${names.get(lenderId)}: ${outcome.state}`);
      }
      return lines.length > 0 ? lines.join('; ') : null;
    },
  };
}

/** Accounts of which cash or a price is not known are left out: nothing is asked of what nobody can see. */
async function moneyOf({ database: { orm }, market }: JobServices, ids: readonly string[]): Promise<ClawBackAccount[]> {
  const [ledgers, positions] = [await balances(orm, { accountIds: ids }), await openPositions(orm, ids)];
  const found: ClawBackAccount[] = [];
  for (const accountId of ids) {
    const cashMinor = ledgers.get(accountId)?.cash;
    const held = positions.filter((position) => position.accountId === accountId).map(({ symbol, quantity }) => { const last = market.quote(symbol)?.last; return last === undefined ? null : valueMinor(last, quantity); });
    if (cashMinor === undefined || held.includes(null)) continue;
    const equityMinor = cashMinor + held.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const released = (await fundingReleases(orm, accountId)).map(({ tranche }) => tranche);
    found.push({ accountId, cashMinor, equityMinor, deployableMinor: deployableMinor({ cashMinor, reservedMinor: 0, equityMinor, plan: await activeFundingPlan(orm, accountId), today: market.today(), released }) });
  }
  return found;
}
