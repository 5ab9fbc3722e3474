import { requireFinite, requirePeriod, warmUpSeries } from './series.ts';

/**
 * Exponential moving average with `k = 2 / (period + 1)`, seeded by the simple average of the first `period` values;
 * first value at index `period − 1` (TA-Lib EMA). pandas `ewm` seeds with the first value and differs.
 */
export function ema(values: Float64Array, period: number): Float64Array {
  requirePeriod(period);
  requireFinite(values);
  return emaFrom({ values, period, firstIndex: period - 1 });
}

/** The same with the seed's last value at `firstIndex`, as MACD needs it. `values` before the seed are not read. */
export function emaFrom({ values, period, firstIndex }: { values: Float64Array; period: number; firstIndex: number }): Float64Array {
  const out = warmUpSeries(values.length);
  if (firstIndex >= values.length) return out;
  let sum = 0;
  for (let j = firstIndex - period + 1; j <= firstIndex; j++) sum += values[j]!;
  const k = 2 / (period + 1);
  let average = sum / period;
  out[firstIndex] = average;
  for (let i = firstIndex + 1; i < values.length; i++) {
    average += k * (values[i]! - average);
    out[i] = average;
  }
  return out;
}
