import { type BarColumns, requireFinite, requirePeriod, warmUpSeries } from './series.ts';

/** The largest of today's range and today's reach from the previous close (Wilder). */
export const trueRange = (high: number, low: number, previousClose: number): number =>
  Math.max(high - low, Math.abs(high - previousClose), Math.abs(low - previousClose));

/**
 * Average true range in price units, Wilder's smoothing seeded by the simple average of the first `period` true ranges
 * (the first bar has none); first value at index `period` (TA-Lib ATR).
 */
export function atr({ high, low, close }: Pick<BarColumns, 'high' | 'low' | 'close'>, period = 14): Float64Array {
  requirePeriod(period);
  requireFinite(high, low, close);
  const out = warmUpSeries(close.length);
  if (close.length <= period) return out;
  let average = 0;
  for (let i = 1; i <= period; i++) average += trueRange(high[i]!, low[i]!, close[i - 1]!);
  average /= period;
  out[period] = average;
  const keep = (period - 1) / period;
  const take = 1 / period;
  for (let i = period + 1; i < close.length; i++) {
    average = average * keep + trueRange(high[i]!, low[i]!, close[i - 1]!) * take;
    out[i] = average;
  }
  return out;
}
