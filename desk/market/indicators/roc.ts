import { requireFinite, requirePeriod, warmUpSeries } from './series.ts';

/** Rate of change in percent, `100 × (value / value n bars ago − 1)`; 0 where the earlier value is 0 (TA-Lib ROC). First value at index `period`. */
export function roc(values: Float64Array, period = 10): Float64Array {
  requirePeriod(period);
  requireFinite(values);
  const out = warmUpSeries(values.length);
  for (let i = period; i < values.length; i++) {
    const earlier = values[i - period]!;
    out[i] = earlier === 0 ? 0 : 100 * (values[i]! / earlier - 1);
  }
  return out;
}
