import { rebuildEvery, requireFinite, requirePeriod, warmUpSeries } from './series.ts';

export interface BollingerBands { upper: Float64Array; middle: Float64Array; lower: Float64Array }

/**
 * Simple average ± `deviations` population standard deviations (TA-Lib BBANDS with an SMA middle); first value at index
 * `period − 1`. Sums are kept of the distance to a nearby price, so that a quiet series of large prices keeps its digits.
 */
export function bollingerBands({ values, period = 20, deviations = 2 }: { values: Float64Array; period?: number; deviations?: number }): BollingerBands {
  requirePeriod(period, 2);
  requireFinite(values);
  const upper = warmUpSeries(values.length);
  const middle = warmUpSeries(values.length);
  const lower = warmUpSeries(values.length);
  const block = rebuildEvery(period);
  for (let from = period - 1; from < values.length; from += block) {
    const to = Math.min(from + block, values.length);
    const anchor = values[from]!;
    const noise = 1e-12 * anchor * anchor;
    let sum = 0;
    let squares = 0;
    for (let j = from - period + 1; j < from; j++) { const d = values[j]! - anchor; sum += d; squares += d * d; }
    for (let i = from; i < to; i++) {
      const d = values[i]! - anchor;
      sum += d;
      squares += d * d;
      const mean = sum / period;
      let variance = squares / period - mean * mean;
      // Below this the difference of two sums is mostly rounding; count the window afresh (rare, so cheap).
      if (variance < noise) variance = windowVariance(values, i, period);
      const width = deviations * Math.sqrt(variance);
      const centre = anchor + mean;
      middle[i] = centre;
      upper[i] = centre + width;
      lower[i] = centre - width;
      const gone = values[i - period + 1]! - anchor;
      sum -= gone;
      squares -= gone * gone;
    }
  }
  return { upper, middle, lower };
}

/** Population variance of the `period` values that end at index `last`, in two passes. */
function windowVariance(values: Float64Array, last: number, period: number): number {
  const anchor = values[last]!;
  let sum = 0;
  for (let j = last - period + 1; j <= last; j++) sum += values[j]! - anchor;
  const mean = sum / period;
  let squares = 0;
  for (let j = last - period + 1; j <= last; j++) squares += (values[j]! - anchor - mean) ** 2;
  return squares / period;
}
