import { type BarColumns, requireFinite, requirePeriod, warmUpSeries } from './series.ts';

type VwapColumns = Pick<BarColumns, 'high' | 'low' | 'close' | 'volume'>;

/**
 * Volume-weighted average of the typical price (H + L + C) / 3 since the session's first bar. `session[i]` names bar i's
 * session; without it the whole series is one session. `NaN` until the session has traded.
 */
export function vwap({ high, low, close, volume }: VwapColumns, session?: ArrayLike<number>): Float64Array {
  requireFinite(high, low, close, volume);
  const out = warmUpSeries(close.length);
  let value = 0;
  let shares = 0;
  for (let i = 0; i < close.length; i++) {
    if (session && i > 0 && session[i] !== session[i - 1]) { value = 0; shares = 0; }
    value += ((high[i]! + low[i]! + close[i]!) / 3) * volume[i]!;
    shares += volume[i]!;
    if (shares > 0) out[i] = value / shares;
  }
  return out;
}

/** The same over the last `period` bars; first value at index `period − 1`, `NaN` where nothing traded in the window. */
export function rollingVwap({ high, low, close, volume }: VwapColumns, period: number): Float64Array {
  requirePeriod(period);
  requireFinite(high, low, close, volume);
  const out = warmUpSeries(close.length);
  for (let i = period - 1; i < close.length; i++) {
    let value = 0;
    let shares = 0;
    for (let j = i - period + 1; j <= i; j++) {
      value += ((high[j]! + low[j]! + close[j]!) / 3) * volume[j]!;
      shares += volume[j]!;
    }
    if (shares > 0) out[i] = value / shares;
  }
  return out;
}
