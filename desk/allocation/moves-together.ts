import { correlation } from '../portfolio/correlation.ts';
import type { SymbolSeries } from '../signals/series.ts';

const SESSIONS = 60;
const LEAST_SHARED = 30;
/** As the gates have it: daily returns that correlate at least this much are one bet. */
const CLUSTER_CORRELATION = 0.7;

/** Do the daily returns of the last 60 sessions say that two symbols are one bet? False where too little is shared to tell. */
export function moveTogether(one: SymbolSeries, other: SymbolSeries): boolean {
  const theirs = new Map(other.dates.slice(-SESSIONS - 1).map((date, i) => [date, other.bars.close[Math.max(0, other.dates.length - SESSIONS - 1) + i]!]));
  const from = Math.max(0, one.dates.length - SESSIONS - 1);
  const shared: [number, number][] = [];
  for (let i = from; i < one.dates.length; i++) {
    const close = theirs.get(one.dates[i]!);
    if (close !== undefined) shared.push([one.bars.close[i]!, close]);
  }
  if (shared.length < LEAST_SHARED) return false;
  const returns = (side: 0 | 1): number[] => shared.slice(1).map((pair, i) => pair[side] / shared[i]![side] - 1);
  return (correlation(returns(0), returns(1)) ?? 0) >= CLUSTER_CORRELATION;
}
