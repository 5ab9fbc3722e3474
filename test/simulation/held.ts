import { afterSplit } from './market.ts';
import type { Surroundings } from './processes.ts';

/** Shares of a symbol by the exchange's own fills, in the shares of now: what was held before a split, bonus or consolidation counts by its ratio, and by that of one which was told late where it is worked in. */
export function heldAtExchange({ exchange, market, store }: Pick<Surroundings, 'exchange' | 'market' | 'store'>, { accountId, symbol }: { accountId: string; symbol: string }): number {
  const splits = market.splits.filter((split) => split.symbol === symbol && split.from <= market.now() && (!split.late || [...store.tables.adjustments.values()].some((row) => row.accountId === accountId && row.symbol === symbol && row.exDate === split.exDate)));
  const between = (from: string, to: string): number => exchange.fills.filter((fill) => fill.accountId === accountId && fill.symbol === symbol && fill.filledAt >= from && fill.filledAt < to).reduce((sum, { side, quantity }) => sum + (side === 'BUY' ? quantity : -quantity), 0);
  let [held, from] = [0, ''];
  for (const split of splits) { held = afterSplit(held + between(from, split.from), split); from = split.from; }
  return held + between(from, '~');
}
