import type { PriceChart } from '../../../vocabulary.ts';

/** The candles keep at least this share of the height; a line further out is named below the chart instead. */
const leastCandleShare = 0.4;

/** The prices that a chart shows: the candles, and as much towards its lines as leaves the candles readable. */
export function priceRange(chart: Pick<PriceChart, 'bars' | 'lines'>): { low: number; high: number } {
  const low = Math.min(...chart.bars.map((bar) => bar.low));
  const high = Math.max(...chart.bars.map((bar) => bar.high));
  const size = Math.max(high - low, high * 1e-4);
  const reach = size / leastCandleShare - size;
  const near = chart.lines.map(({ price }) => price).filter((price) => price >= low - reach && price <= high + reach);
  return { low: Math.min(low, ...near), high: Math.max(high, ...near) };
}
