import { afterSplit } from './market.ts';
import type { Surroundings } from './processes.ts';

/** Shares of a symbol by the exchange's own fills, in the shares of now: what was held before a split, bonus or consolidation counts by its ratio. */
export function heldAtExchange({ exchange, market }: Pick<Surroundings, 'exchange' | 'market'>, { accountId, symbol }: { accountId: string; symbol: string }): number {
  const splits = market.splits.filter((split) => split.symbol === symbol && split.from <= market.now());
  const between = (from: string, to: string): number => exchange.fills.filter((fill) => fill.accountId === accountId && fill.symbol === symbol && fill.filledAt >= from && fill.filledAt < to).reduce((sum, { side, quantity }) => sum + (side === 'BUY' ? quantity : -quantity), 0);
  let [held, from] = [0, ''];
  for (const split of splits) { held = afterSplit(held + between(from, split.from), split); from = split.from; }
  return held + between(from, '~');
}
