import { trueRange } from './atr.ts';
import { type BarColumns, requireFinite, requirePeriod, warmUpSeries } from './series.ts';

export interface DirectionalMovement { adx: Float64Array; plusDi: Float64Array; minusDi: Float64Array }

/**
 * Wilder's average directional index with its two directional indicators, each 0–100 (TA-Lib ADX, PLUS_DI, MINUS_DI).
 * Indicators start at index `period`, ADX at `2 × period − 1`. Without any range or movement all are 0, as in TA-Lib.
 */
export function adx({ high, low, close }: Pick<BarColumns, 'high' | 'low' | 'close'>, period = 14): DirectionalMovement {
  requirePeriod(period, 2);
  requireFinite(high, low, close);
  const length = close.length;
  const out = { adx: warmUpSeries(length), plusDi: warmUpSeries(length), minusDi: warmUpSeries(length) };
  const keep = (period - 1) / period;
  let plus = 0;
  let minus = 0;
  let range = 0;
  let dxSum = 0;
  let average = 0;
  for (let i = 1; i < length; i++) {
    const up = high[i]! - high[i - 1]!;
    const down = low[i - 1]! - low[i]!;
    const plusMove = up > down && up > 0 ? up : 0;
    const minusMove = down > up && down > 0 ? down : 0;
    // TA-Lib sums the first period − 1 bars plainly and smooths from the next one on.
    const decay = i < period ? 1 : keep;
    plus = plus * decay + plusMove;
    minus = minus * decay + minusMove;
    range = range * decay + trueRange(high[i]!, low[i]!, close[i - 1]!);
    if (i < period) continue;
    const plusDi = range === 0 ? 0 : (100 * plus) / range;
    const minusDi = range === 0 ? 0 : (100 * minus) / range;
    out.plusDi[i] = plusDi;
    out.minusDi[i] = minusDi;
    const both = plusDi + minusDi;
    const dx = both === 0 ? null : (100 * Math.abs(plusDi - minusDi)) / both;
    if (i < 2 * period) {
      dxSum += dx ?? 0;
      if (i === 2 * period - 1) { average = dxSum / period; out.adx[i] = average; }
    } else {
      // Without movement in either direction TA-Lib carries the average on.
      if (dx !== null) average = (average * (period - 1) + dx) / period;
      out.adx[i] = average;
    }
  }
  return out;
}
