import { correlation } from '../portfolio/correlation.ts';
import { maxDrawdown } from '../portfolio/drawdown.ts';
import { covariance, deviation, mean, quantile } from '../portfolio/moments.ts';
import type { TradingDate } from '../time.ts';
import type { AdjustedBar } from './corporate-actions.ts';

const sessionsAYear = 252;

/** A price in the shares of the last day, with what was printed that day. */
export interface DatedPrice { price: number; printed: number; on: TradingDate }
export interface DayMoveOn { changePercent: number; on: TradingDate; close: number; previousClose: number }

/** What a stretch of one share's bars says. Prices are those of the bars (adjusted where they are), percentages like 1.5 for 1.5 %. */
export interface PriceStatistics {
  sessions: number;
  high: DatedPrice; low: DatedPrice; highestClose: DatedPrice; lowestClose: DatedPrice;
  averageClose: number; averageVolume: number; medianVolume: number; totalVolume: number;
  /** Close × shares, since the files tell no traded value. */
  averageTurnover: number; totalTurnover: number;
  /** Sessions with a return: from the close before the stretch where one is known. */
  returns: number;
  changePercent: number | null;
  /** Deviation of daily log returns (n − 1) × √252, in percent a year; null with fewer than two returns. */
  volatilityPercent: number | null;
  bestDay: DayMoveOn | null; worstDay: DayMoveOn | null;
  up: number; down: number; unchanged: number;
  /** Each session's close against the one before, in percent, oldest first. */
  movesPercent: readonly number[];
  /** The deepest fall from a close to a later one, in percent (zero or negative), and the days of both; null without returns. */
  drawdown: { percent: number; peakOn: TradingDate; troughOn: TradingDate } | null;
  /** The last close against the highest and lowest price of the stretch, in percent. */
  fromHighPercent: number; fromLowPercent: number;
  /** The last session's open against the close before it, in percent. */
  gapPercent: number | null;
  /** The session with the most between its high and low, in the currency and in percent of its low. */
  widest: { range: number; percent: number; high: number; low: number; on: TradingDate };
  /** The longest runs of sessions that closed higher, or lower, than the one before; null without one. The latest of equals. */
  upRun: Run | null; downRun: Run | null;
}
/** So many sessions one after another, both ends included, and what they came to together. */
export interface Run { sessions: number; from: TradingDate; to: TradingDate; changePercent: number }

/** Statistics of bars (oldest first, all comparable with each other); `base` is the bar before them. Null without bars. */
export function priceStatistics(bars: readonly AdjustedBar[], base: AdjustedBar | null): PriceStatistics | null {
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const extreme = (of: 'high' | 'low' | 'close', sign: 1 | -1): DatedPrice => {
    const bar = bars.reduce((best, each) => (sign * each[of] > sign * best[of] ? each : best), first);
    return { price: bar[of], printed: bar[of] / bar.adjustmentFactor, on: bar.date };
  };
  const closes = [...(base ? [base] : []), ...bars];
  const moves = closes.slice(1).map((bar, i): DayMoveOn => { const before = closes[i] as AdjustedBar; return { changePercent: 100 * (bar.close / before.close - 1), on: bar.date, close: bar.close, previousClose: before.close }; });
  const spread = deviation(moves.map(({ close, previousClose }) => Math.log(close / previousClose)));
  const pick = (sign: 1 | -1): DayMoveOn | null => moves.reduce<DayMoveOn | null>((best, move) => (best === null || sign * move.changePercent > sign * best.changePercent ? move : best), null);
  const count = (test: (move: DayMoveOn) => boolean): number => moves.filter(test).length;
  const total = (of: (bar: AdjustedBar) => number): number => bars.reduce((sum, bar) => sum + of(bar), 0);
  const [high, low] = [extreme('high', 1), extreme('low', -1)];
  const before = bars.at(-2) ?? base;
  const wide = bars.reduce((best, each) => (each.high - each.low > best.high - best.low ? each : best), first);
  const fall = maxDrawdown(moves.map((move) => move.close / move.previousClose - 1));
  const from = base ?? (bars.length > 1 ? first : null);
  return {
    sessions: bars.length, high, low, highestClose: extreme('close', 1), lowestClose: extreme('close', -1),
    averageClose: mean(bars.map((bar) => bar.close)), averageVolume: total((bar) => bar.volume) / bars.length, medianVolume: quantile(bars.map((bar) => bar.volume), 0.5), totalVolume: total((bar) => bar.volume),
    averageTurnover: total((bar) => bar.close * bar.volume) / bars.length, totalTurnover: total((bar) => bar.close * bar.volume),
    returns: moves.length, changePercent: from ? 100 * (last.close / from.close - 1) : null, volatilityPercent: spread === null ? null : 100 * spread * Math.sqrt(sessionsAYear),
    bestDay: pick(1), worstDay: pick(-1), up: count((move) => move.changePercent > 0), down: count((move) => move.changePercent < 0), unchanged: count((move) => move.changePercent === 0),
    movesPercent: moves.map((move) => move.changePercent),
    drawdown: moves.length > 0 ? { percent: 100 * fall.depth, peakOn: (closes[fall.peak] ?? first).date, troughOn: (closes[fall.trough] ?? first).date } : null,
    fromHighPercent: 100 * (last.close / high.price - 1), fromLowPercent: 100 * (last.close / low.price - 1), gapPercent: before ? 100 * (last.open / before.close - 1) : null,
    widest: { range: wide.high - wide.low, percent: 100 * (wide.high / wide.low - 1), high: wide.high, low: wide.low, on: wide.date }, upRun: longestRun(moves, 1), downRun: longestRun(moves, -1),
  };
}

function longestRun(moves: readonly DayMoveOn[], sign: 1 | -1): Run | null {
  let best: Run | null = null;
  let opened: DayMoveOn | null = null;
  let sessions = 0;
  for (const move of moves) {
    const goesOn = sign * move.changePercent > 0;
    sessions = goesOn ? sessions + 1 : 0;
    opened = goesOn ? (sessions === 1 ? move : opened) : null;
    if (opened && sessions >= (best?.sessions ?? 1)) best = { sessions, from: opened.on, to: move.on, changePercent: 100 * (move.close / opened.previousClose - 1) };
  }
  return best;
}

export interface TogetherStatistics { returns: number; beta: number | null; correlation: number | null; changePercent: number | null }
/** Two shares' daily returns over the sessions that both traded in: beta of the first against the second (cov / var), Pearson's correlation, the second's change. */
export function together(one: readonly AdjustedBar[], other: readonly AdjustedBar[]): TogetherStatistics {
  const closes = new Map(other.map((bar) => [bar.date, bar.close]));
  const shared = one.flatMap((bar) => { const close = closes.get(bar.date); return close === undefined ? [] : [{ a: bar.close, b: close }]; });
  const returns = shared.slice(1).map(({ a, b }, i) => { const before = shared[i] as { a: number; b: number }; return [a / before.a - 1, b / before.b - 1] as const; });
  const [ours, theirs] = [returns.map(([a]) => a), returns.map(([, b]) => b)];
  const [start, end] = [shared[0], shared.at(-1)];
  const [spread, varies] = [covariance(ours, theirs), deviation(theirs)];
  return { returns: returns.length, beta: spread === null || !varies ? null : spread / varies ** 2, correlation: correlation(ours, theirs), changePercent: start && end && returns.length > 0 ? 100 * (end.b / start.b - 1) : null };
}
