import type { Executor } from '../../db/client.ts';
import { listAccounts } from '../../db/stores/accounts.ts';
import { closedPositions } from '../../db/stores/positions.ts';
import { latestRiskSnapshots, portfolioSnapshots } from '../../db/stores/risk-snapshots.ts';
import { type GateSnapshot, known, missing } from '../../desk/gates/snapshot.ts';
import { riskMetrics } from '../../desk/portfolio/risk-metrics.ts';
import { winStreak } from '../../desk/portfolio/risk-state.ts';
import type { Instant } from '../../desk/time.ts';

const sharpeDays = 7;
/** Fewer daily returns than this say nothing. */
const leastReturns = 3;

/** Catalogue C11: what an account (null: the whole desk) shows since a switch tripped. */
export async function recoveryFact(executor: Executor, { accountId, now }: { accountId: string | null; now: Instant }): Promise<GateSnapshot['recovery'] & object> {
  const reading = (await latestRiskSnapshots(executor)).get(accountId ?? 'desk');
  const ids = accountId === null ? (await listAccounts(executor)).map(({ id }) => id) : [accountId];
  const closed = (await closedPositions(executor, { accountIds: ids, limit: 50 })).sort((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1));
  const sharpe7d = await sharpeOf(executor, ids);
  if (!reading && closed.length === 0 && sharpe7d === null) return missing('nothing has been measured yet');
  return known({ drawdownPercent: reading?.drawdownPercent ?? null, consecutiveWins: closed.length === 0 ? null : winStreak(closed.map(({ realisedMinor, feesMinor }) => realisedMinor - feesMinor)), sharpe7d }, 'risk snapshots', reading?.at ?? now);
}

/** A year's Sharpe ratio of the last seven sessions' daily returns, apart from money that came or went. */
async function sharpeOf(executor: Executor, accountIds: readonly string[]): Promise<number | null> {
  const rows = await portfolioSnapshots(executor, { accountIds, days: sharpeDays + 1 });
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const totals = days.map((day) => {
    const own = rows.filter((row) => row.day === day);
    const whole = own.length === accountIds.length && own.every(({ equityMinor, pnlMinor }) => equityMinor !== null && pnlMinor !== null);
    return whole ? { equity: own.reduce((sum, row) => sum + (row.equityMinor ?? 0), 0), pnl: own.reduce((sum, row) => sum + (row.pnlMinor ?? 0), 0) } : null;
  });
  const returns = totals.slice(1).flatMap((today, index) => { const before = totals[index]; return today && before && before.equity > 0 ? [(today.pnl - before.pnl) / before.equity] : []; });
  return returns.length < leastReturns ? null : riskMetrics({ returns }).sharpe;
}
