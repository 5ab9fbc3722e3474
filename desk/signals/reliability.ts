import type { TradingDate } from '../time.ts';
import { wilsonInterval } from './wilson.ts';

/** A probability that was given, and what came of it. */
export interface Forecast { predicted: number; reached: boolean; day: TradingDate }

/** Forecasts of about the same probability, beside the share of them that came true. */
export interface ReliabilityBin {
  /** `days`: sessions on which they began; shares move together, so the interval goes by these. */
  count: number; days: number;
  meanPredicted: number; observed: number;
  /** Wilson's 95 % interval of `observed`. */
  low: number; high: number;
}

const MOST_BINS = 10;

/** Bins of about equal number by what was predicted, lowest first; equal predictions stay together (so there may be fewer than ten). */
export function reliabilityTable(forecasts: readonly Forecast[]): ReliabilityBin[] {
  const sorted = forecasts.toSorted((a, b) => a.predicted - b.predicted);
  const size = Math.ceil(sorted.length / MOST_BINS);
  const bins: Forecast[][] = [];
  for (const forecast of sorted) {
    const last = bins.at(-1);
    if (!last || (last.length >= size && last.at(-1)?.predicted !== forecast.predicted)) bins.push([forecast]); else last.push(forecast);
  }
  return bins.map((bin) => {
    const [count, days] = [bin.length, new Set(bin.map(({ day }) => day)).size];
    const observed = bin.filter(({ reached }) => reached).length / count;
    return { count, days, meanPredicted: bin.reduce((sum, { predicted }) => sum + predicted, 0) / count, observed, ...wilsonInterval(observed, days) };
  });
}

/** Mean squared distance of the probability from what happened, 0 the best (Brier 1950). NaN without forecasts. */
export const brierScore = (forecasts: readonly Forecast[]): number => forecasts.reduce((sum, { predicted, reached }) => sum + (predicted - Number(reached)) ** 2, 0) / forecasts.length;

/** Expected calibration error: mean distance of predicted and observed over the bins, by their number (Naeini et al. 2015, over bins of equal number). NaN without bins. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { count, meanPredicted, observed }) => sum + (count / all) * Math.abs(meanPredicted - observed), 0);
}
