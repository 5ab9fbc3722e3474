import { afterSplit } from './market.ts';
import type { Surroundings } from './processes.ts';

/** Shares of a symbol by the exchange's own fills, in the shares of now: what was held before a split, bonus or consolidation counts by its ratio, and by that of one which was told late where it is worked in. */
export function heldAtExchange({ exchange, market, store }: Pick<Surroundings, 'exchange' | 'market' | 'store'>, { accountId, symbol }: { accountId: string; symbol: string }): number {
  const splits = market.splits.filter((split) => split.symbol === symbol && split.from <= market.now() && (!split.late || [...store.tables.adjustments.values()].some((row) => row.accountId === accountId && row.symbol === symbol && row.exDate === split.exDate)));
  const between = (from: string, to: string): number => exchange.fills.filter((fill) => fill.accountId === accountId && fill.symbol === symbol && fill.filledAt >= from && fill.filledAt < to).reduce((sum, { side, quantity }) => sum + (side === 'BUY' ? quantity : -quantity), 0);
  // What a confirmed action credited after a demerger is in no fill.
  const credits = [...store.tables.partedShares.values()].filter((row) => row.accountId === accountId && row.into === symbol);
  const changes = [...splits.map((split) => ({ from: split.from as string, become: (held: number) => afterSplit(held, split) })), ...credits.map(({ happenedAt, quantity }) => ({ from: happenedAt as string, become: (held: number) => held + quantity }))].sort((a, b) => (a.from < b.from ? -1 : 1));
  let [held, from] = [0, ''];
  for (const { from: at, become } of changes) { held = become(held + between(from, at)); from = at; }
  return held + between(from, '~');
}
