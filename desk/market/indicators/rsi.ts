import { requireFinite, requirePeriod, warmUpSeries } from './series.ts';

/**
 * Relative strength index, 0–100, with Wilder's smoothing seeded by the simple average of the first `period` changes;
 * first value at index `period` (TA-Lib RSI). A series without any change has RSI 0, as in TA-Lib.
 */
export function rsi(values: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2);
  requireFinite(values);
  const out = warmUpSeries(values.length);
  if (values.length <= period) return out;
  let gain = 0;
  let loss = 0;
  for (let i = 1; i <= period; i++) {
    const change = values[i]! - values[i - 1]!;
    if (change > 0) gain += change; else loss -= change;
  }
  gain /= period;
  loss /= period;
  out[period] = relativeStrength(gain, loss);
  const keep = (period - 1) / period;
  const take = 1 / period;
  let previous = values[period]!;
  for (let i = period + 1; i < values.length; i++) {
    const value = values[i]!;
    const change = value - previous;
    previous = value;
    // Half of (|change| ± change) is the rise or the fall without a branch that the processor mispredicts every other bar.
    const size = Math.abs(change);
    gain = gain * keep + 0.5 * (size + change) * take;
    loss = loss * keep + 0.5 * (size - change) * take;
    const both = gain + loss;
    out[i] = both === 0 ? 0 : 100 * (gain / both);
  }
  return out;
}

/** RSI from the smoothed rise and fall. */
export const relativeStrength = (gain: number, loss: number): number => (gain + loss === 0 ? 0 : 100 * (gain / (gain + loss)));
