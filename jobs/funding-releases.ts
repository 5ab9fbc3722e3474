import { dailyBars } from '../db/stores/bars.ts';
import { type Account, activeFundingPlan, listAccounts } from '../db/stores/accounts.ts';
import { listActions } from '../db/stores/actions.ts';
import { fundingReleases } from '../db/stores/controls.ts';
import { actionDigest } from '../desk/actions/digest.ts';
import type { Action } from '../desk/actions/types.ts';
import { fundingPlanOf } from '../desk/treasury/deployable.ts';
import { dueReleases } from '../desk/treasury/funding-due.ts';
import { deepestFallPercent } from '../desk/treasury/deepest-fall.ts';
import { msBetween, type TradingDate } from '../desk/time.ts';
import type { Job } from './define.ts';
import { byRule, type JobServices } from './services.ts';

/** A fall that releases a tranche is that of this index. */
const referenceIndex = 'NIFTY';
/** A release that was refused is tried again after this. */
const retryMs = 3_600_000;

/** Catalogue H5: what a confirmed plan lets out by its calendar or a fall of the market, each once. A live account is asked: the money has to come from its bank. */
export function fundingReleasesJob(services: JobServices): Job {
  return {
    name: 'funding_releases', does: 'Releases instalments and tranches of confirmed funding plans when they are due', schedule: { everySeconds: 60 },
    async run() {
      const lines: string[] = [];
      for (const account of await listAccounts(services.database.orm)) if (account.status === 'ACTIVE') lines.push(...(await releaseDue(services, account)));
      return lines.length > 0 ? lines.join('; ') : null;
    },
  };
}

async function releaseDue(services: JobServices, account: Account): Promise<string[]> {
  const { database: { orm }, market } = services;
  const row = await activeFundingPlan(orm, account.id);
  if (!row) return [];
  const plan = fundingPlanOf(row);
  const calendar = market.calendar();
  const fall = plan.lumpSum?.tranches.some(({ trigger }) => /fall/i.test(trigger)) ? await fallSince(services, plan.lumpSum.date) : null;
  const { due } = dueReleases({
    plan, asOf: market.today(), released: await fundingReleases(orm, account.id), worstFallPercent: fall,
    onTradingDay: (date) => (calendar.covers(date) ? (calendar.isTradingDay(date) ? date : calendar.next(date)) : null),
  });
  const lines: string[] = [];
  for (const { tranche, amountMinor, kind } of due) {
    const action: Action = { kind: 'funding_release', accountId: account.id, tranche, amountMinor };
    const digest = actionDigest(action);
    const before = (await listActions(orm, { accountIds: [account.id], limit: 200 })).find((each) => each.digest === digest);
    if (before && (['proposed', 'gated', 'awaiting_confirmation', 'confirmed', 'cleared', 'executing'].includes(before.state) || msBetween(before.updatedAt, services.wallNow()) < retryMs)) continue;
    const outcome = await services.propose({ action, ...byRule(account.mode === 'paper' ? 'confirmed_funding_plan' : 'funding_due') });
    lines.push(`${account.name} ${kind.toLowerCase()} ${tranche + 1}: ${outcome.state === 'done' ? 'released' : (outcome.message ?? outcome.state)}`);
  }
  return lines;
}

async function fallSince({ database: { orm }, market }: JobServices, from: TradingDate): Promise<number | null> {
  const bars = await dailyBars(orm, { symbol: referenceIndex, from, to: market.today(), asOf: market.now() });
  return deepestFallPercent(bars.map(({ close }) => close));
}
