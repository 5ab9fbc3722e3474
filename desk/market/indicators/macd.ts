import { emaFrom } from './ema.ts';
import { requireFinite, requirePeriod, warmUpSeries } from './series.ts';

export interface Macd { macd: Float64Array; signal: Float64Array; histogram: Float64Array }

/**
 * Fast less slow exponential average, its signal line and their difference (TA-Lib MACD, Appel). The fast average's seed
 * ends where the slow one's does. As in TA-Lib all three lines start together, at index `slow + signal − 2`.
 */
export function macd({ values, fast = 12, slow = 26, signal = 9 }: { values: Float64Array; fast?: number; slow?: number; signal?: number }): Macd {
  requirePeriod(fast, 2); requirePeriod(slow, 2); requirePeriod(signal);
  if (fast > slow) return macd({ values, fast: slow, slow: fast, signal });
  requireFinite(values);
  const start = slow - 1;
  const line = emaFrom({ values, period: slow, firstIndex: start });
  const quick = emaFrom({ values, period: fast, firstIndex: start });
  for (let i = start; i < line.length; i++) line[i] = quick[i]! - line[i]!;
  const signalLine = emaFrom({ values: line, period: signal, firstIndex: start + signal - 1 });
  const histogram = warmUpSeries(line.length);
  for (let i = start + signal - 1; i < line.length; i++) histogram[i] = line[i]! - signalLine[i]!;
  line.fill(Number.NaN, start, Math.min(start + signal - 1, line.length));
  return { macd: line, signal: signalLine, histogram };
}
