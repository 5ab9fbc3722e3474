import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import { adx } from '../desk/market/indicators/adx.ts';
import { atr } from '../desk/market/indicators/atr.ts';
import { bollingerBands } from '../desk/market/indicators/bollinger-bands.ts';
import { ema } from '../desk/market/indicators/ema.ts';
import { macd } from '../desk/market/indicators/macd.ts';
import { roc } from '../desk/market/indicators/roc.ts';
import { rsi } from '../desk/market/indicators/rsi.ts';
import type { BarColumns } from '../desk/market/indicators/series.ts';
import { sma } from '../desk/market/indicators/sma.ts';
import { rollingVwap } from '../desk/market/indicators/vwap.ts';
import { rsiWord } from './feature-words.ts';

/** The value of one indicator at the last bar, with its further lines. Figures are in the prices of that day, RSI and ADX 0–100, ROC in percent. */
export interface IndicatorValue { name: string; label: string; period: string; unit: 'price' | 'points' | 'percent'; value: number | null; lines: Record<string, number | null>; words: string | null }
interface Known { label: string; /** With a length that was asked for; null: it takes none. */ period: string; unit: IndicatorValue['unit']; compute(bars: BarColumns, length: number | undefined): Record<string, Float64Array>; takesLength?: true; words?(value: number, lines: Record<string, number | null>, close: number): string }

const side = (name: string) => (value: number, _lines: Record<string, number | null>, close: number): string => (close > value ? `the close is above its ${name}` : close < value ? `the close is below its ${name}` : `the close is at its ${name}`);
const known: Record<string, Known> = {
  rsi: { label: 'RSI', period: '14 sessions', unit: 'points', takesLength: true, compute: ({ close }, length = 14) => ({ value: rsi(close, length) }), words: rsiWord },
  atr: { label: 'ATR', period: '14 sessions', unit: 'price', takesLength: true, compute: (bars, length = 14) => ({ value: atr(bars, length) }), words: () => 'the usual range of a day' },
  sma: { label: 'Moving average', period: '20, 50 and 200 sessions', unit: 'price', takesLength: true, compute: ({ close }, length): Record<string, Float64Array> => (length === undefined ? { value: sma(close, 20), sma50: sma(close, 50), sma200: sma(close, 200) } : { value: sma(close, length) }), words: (value, lines, close) => side(Object.keys(lines).length > 0 ? 'shortest moving average' : 'moving average')(value, lines, close) },
  ema: { label: 'Exponential average', period: '20 sessions', unit: 'price', takesLength: true, compute: ({ close }, length = 20) => ({ value: ema(close, length) }), words: side('exponential average') },
  roc: { label: 'Rate of change', period: '10 sessions', unit: 'percent', takesLength: true, compute: ({ close }, length = 10) => ({ value: roc(close, length) }) },
  adx: { label: 'ADX', period: '14 sessions', unit: 'points', takesLength: true, compute(bars, length = 14) { const lines = adx(bars, length); return { value: lines.adx, plusDi: lines.plusDi, minusDi: lines.minusDi }; }, words: (value, { plusDi, minusDi }) => (value < 20 ? 'no trend to speak of' : `${value >= 40 ? 'a strong trend' : 'a trend'}${plusDi != null && minusDi != null ? (plusDi > minusDi ? ' upwards' : ' downwards') : ''}`) },
  macd: { label: 'MACD', period: '12, 26 and 9 sessions', unit: 'price', compute({ close }) { const lines = macd({ values: close, fast: 12, slow: 26, signal: 9 }); return { value: lines.macd, signal: lines.signal, histogram: lines.histogram }; }, words: (value, { signal }) => (signal == null ? 'the signal line is not known yet' : value > signal ? 'above its signal line' : 'below its signal line') },
  bbands: { label: 'Bollinger bands', period: '20 sessions, 2 deviations', unit: 'price', takesLength: true, compute({ close }, length = 20) { const { upper, middle, lower } = bollingerBands({ values: close, period: length, deviations: 2 }); return { value: middle, upper, lower }; }, words: (_value, { upper, lower }, close) => (upper != null && close > upper ? 'the close is above the upper band' : lower != null && close < lower ? 'the close is below the lower band' : 'the close is between the bands') },
  vwap: { label: 'VWAP', period: '20 sessions', unit: 'price', takesLength: true, compute: (bars, length = 20) => ({ value: rollingVwap(bars, length) }), words: side('volume-weighted price') },
};
export const indicatorNames: readonly string[] = Object.keys(known);

/** Null for an indicator that the desk does not compute, `'NO_LENGTH'` for one whose lengths are fixed. A value is null where the history is too short. */
export function indicatorAt(name: string, bars: readonly AdjustedBar[], length?: number): IndicatorValue | 'NO_LENGTH' | null {
  const entry = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!entry) return null;
  if (length !== undefined && !entry.takesLength) return 'NO_LENGTH';
  const column = (key: 'open' | 'high' | 'low' | 'close' | 'volume'): Float64Array => Float64Array.from(bars, (bar) => bar[key]);
  /** Prices to the paisa, below one to a hundredth of it: more digits would say more than is known. */
  const rounded = (value: number): number => (entry.unit === 'price' ? Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2)) : value);
  const last = Object.entries(bars.length > 0 ? entry.compute({ open: column('open'), high: column('high'), low: column('low'), close: column('close'), volume: column('volume') }, length) : {})
    .map(([line, series]): [string, number | null] => { const value = series.at(-1); return [line, value !== undefined && Number.isFinite(value) ? rounded(value) : null]; });
  const { value = null, ...lines } = Object.fromEntries(last);
  const close = bars.at(-1)?.close;
  return { name, label: entry.label, period: length === undefined ? entry.period : `${length} sessions`, unit: entry.unit, value, lines, words: value === null || close === undefined ? null : (entry.words?.(value, lines, close) ?? null) };
}
