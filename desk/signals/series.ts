import { adjustBars } from '../market/corporate-actions.ts';
import { featuresOf } from '../market/features.ts';
import { bollingerBands } from '../market/indicators/bollinger-bands.ts';
import type { BarColumns } from '../market/indicators/series.ts';
import { knownActions } from '../market/known-actions.ts';
import type { CorporateAction, DailyBar, Exchange, FeatureSet, SymbolName, TradingCalendar } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';

/** What the rules read, one column a feature; `NaN` where the history does not suffice yet. */
const columnNames = ['momentum5', 'momentum20', 'atr14', 'rsi14', 'relativeVolume', 'high20', 'sma20', 'sma50', 'volatility20'] as const;
export type FeatureColumns = Record<(typeof columnNames)[number], Float64Array>;

/**
 * One symbol's history as columns, oldest first, all prices in those of `asOf`'s day. Index i is one session everywhere.
 * Prices on the two sides of a break are not comparable: `stretchStart[i]` is the first session that is comparable with i.
 */
export interface SymbolSeries {
  symbol: SymbolName;
  exchange: Exchange;
  /** Null where no source names one. */
  sector: string | null;
  dates: readonly TradingDate[];
  bars: BarColumns;
  features: FeatureColumns;
  /** Lower Bollinger band (20 sessions, 2 deviations). */
  lowerBand: Float64Array;
  stretchStart: Int32Array;
  /** Of each session; null where the history does not suffice. */
  regimes: readonly Pick<FeatureSet, 'volatilityRegime' | 'liquidityRegime'>[];
  /** Features of the last session. */
  latest: FeatureSet;
}

/**
 * Prepares printed bars (ascending dates, all known at `asOf`) for the signal models: published actions first,
 * detected ones where nothing was published, history cut at what neither explains. Null without bars.
 * @throws RangeError for bars that are out of order or are not prices.
 */
export function prepareSeries({ bars, published, calendar, asOf, exchange, sector }: {
  bars: readonly DailyBar[];
  /** Of this symbol, known at `asOf`. */
  published: readonly CorporateAction[];
  calendar: TradingCalendar | null; asOf: Instant; exchange: Exchange; sector: string | null;
}): SymbolSeries | null {
  const symbol = bars[0]?.symbol;
  if (symbol === undefined) return null;
  // Every bar is known at `asOf`, and so is what can be read off it.
  const known = knownActions({ bars, published, calendar, knownAt: () => asOf });
  const breaks = known.breaks.filter(({ comparable }) => !comparable);
  const adjusted = adjustBars(bars, known.actions, asOf);
  const sets = featuresOf(adjusted, { exchange, breaks });
  const latest = sets.at(-1);
  if (!latest) return null;

  const column = (read: (index: number) => number): Float64Array => Float64Array.from({ length: adjusted.length }, (_, index) => read(index));
  const close = column((i) => adjusted[i]!.close);
  const features = Object.fromEntries(columnNames.map((name) => [name, column((i) => sets[i]![name] ?? Number.NaN)])) as FeatureColumns;
  const restarts = new Set(breaks.map(({ date }) => date));
  const stretchStart = new Int32Array(adjusted.length);
  for (let i = 1; i < adjusted.length; i++) stretchStart[i] = restarts.has(adjusted[i]!.date) ? i : stretchStart[i - 1]!;
  return {
    symbol, exchange, sector, dates: adjusted.map(({ date }) => date), stretchStart, features, latest, regimes: sets,
    bars: { open: column((i) => adjusted[i]!.open), high: column((i) => adjusted[i]!.high), low: column((i) => adjusted[i]!.low), close, volume: column((i) => adjusted[i]!.volume) },
    lowerBand: bollingerBands({ values: close }).lower,
  };
}

/** Whether the `sessions` before i are there and comparable with it. */
export const hasHistory = ({ stretchStart }: SymbolSeries, index: number, sessions: number): boolean => index - stretchStart[index]! >= sessions;
