import { rebuildEvery, requireFinite, requirePeriod, warmUpSeries } from './series.ts';

/** Simple moving average; first value at index `period − 1` (TA-Lib SMA). */
export function sma(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  requireFinite(values);
  const out = warmUpSeries(values.length);
  const block = rebuildEvery(period);
  for (let from = period - 1; from < values.length; from += block) {
    const to = Math.min(from + block, values.length);
    let sum = 0;
    for (let j = from - period + 1; j <= from; j++) sum += values[j]!;
    out[from] = sum / period;
    for (let i = from + 1; i < to; i++) {
      sum += values[i]! - values[i - period]!;
      out[i] = sum / period;
    }
  }
  return out;
}
