import { deviation } from './moments.ts';

/**
 * Volatility, percent a year, that today's weights would have had over the past sessions: the deviation of the weighted daily
 * returns × √252. Weights are fractions of equity (cash has none), `closes` by symbol, oldest first, all ending with the
 * same session. Null with fewer than `least` common returns; nothing held moves nothing.
 */
export function holdingVolatilityPercent({ weights, closes, least = 10 }: { weights: ReadonlyMap<string, number>; closes: ReadonlyMap<string, readonly number[]>; least?: number }): number | null {
  if (weights.size === 0) return 0;
  const lengths = [...weights.keys()].map((symbol) => (closes.get(symbol)?.length ?? 0) - 1);
  const shared = Math.min(...lengths);
  if (shared < least) return null;
  const returns = Array.from({ length: shared }, () => 0);
  for (const [symbol, weight] of weights) {
    const series = (closes.get(symbol) ?? []).slice(-(shared + 1));
    for (let i = 0; i < shared; i += 1) {
      const [before, after] = [series[i] ?? 0, series[i + 1] ?? 0];
      if (!(before > 0)) return null;
      returns[i] = (returns[i] ?? 0) + weight * (after / before - 1);
    }
  }
  const daily = deviation(returns);
  return daily === null ? null : daily * Math.sqrt(252) * 100;
}
