import { describe, expect, it } from 'vitest';
import type { AdjustedBar } from '../../../desk/market/corporate-actions.ts';
import { priceStatistics, together } from '../../../desk/market/price-statistics.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const first = tradingDate('2024-06-03');
const series = (closes: readonly number[], more: Partial<AdjustedBar> = {}): AdjustedBar[] => closes.map((close, i) => ({ symbol: 'X', date: plusDays(first, i), open: close - 1, high: close + 2, low: close - 3, close, volume: 100 * (i + 1), adjustmentFactor: 1, volumeFactor: 1, ...more }));

describe('statistics of a stretch of bars', () => {
  const [base, ...bars] = series([100, 110, 99, 108, 108]);
  const found = priceStatistics(bars, base ?? null);

  it('tell extremes of prices and of closes with their days', () => {
    expect(found).toMatchObject({ sessions: 4, high: { price: 112, on: '2024-06-04' }, low: { price: 96, on: '2024-06-05' }, highestClose: { price: 110, on: '2024-06-04' }, lowestClose: { price: 99, on: '2024-06-05' } });
  });
  it('count days and changes from the close before the stretch', () => {
    expect(found).toMatchObject({ up: 2, down: 1, unchanged: 1, returns: 4, bestDay: { on: '2024-06-04' }, worstDay: { on: '2024-06-05' } });
    expect(found?.changePercent).toBeCloseTo(8, 10);
    expect(found?.bestDay?.changePercent).toBeCloseTo(10, 10);
    expect(found?.worstDay?.changePercent).toBeCloseTo(-10, 10);
    expect(found?.drawdown).toMatchObject({ peakOn: '2024-06-04', troughOn: '2024-06-05' });
    expect(found?.drawdown?.percent).toBeCloseTo(-10, 10);
  });
  it('average volume and turnover by session', () => {
    expect(found).toMatchObject({ averageVolume: 350, totalVolume: 1400, totalTurnover: 110 * 200 + 99 * 300 + 108 * 400 + 108 * 500, averageClose: 106.25 });
  });
  it('give volatility as the deviation of log returns over a year of 252 sessions', () => {
    const returns = [Math.log(1.1), Math.log(0.9), Math.log(108 / 99), 0];
    const mean = returns.reduce((sum, value) => sum + value, 0) / 4;
    expect(found?.volatilityPercent).toBeCloseTo(100 * Math.sqrt((returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3) * 252), 8);
  });
  it('tell the longest runs either way, the latest of equals, and the session with the most between its high and low', () => {
    const [before, ...days] = series([100, 101, 102, 103, 102, 101, 100, 100, 99, 98, 97, 98]);
    expect(priceStatistics(days, before ?? null)).toMatchObject({ upRun: { sessions: 3, from: '2024-06-04', to: '2024-06-06' }, downRun: { sessions: 3, from: '2024-06-11', to: '2024-06-13' } });
    expect(priceStatistics(days, before ?? null)?.upRun?.changePercent).toBeCloseTo(3, 10);
    expect(priceStatistics(series([10, 11, 12]), null)).toMatchObject({ upRun: { sessions: 2 }, downRun: null });
    const wide = series([100, 110]).map((bar, at) => (at === 1 ? { ...bar, high: 130, low: 104 } : bar));
    expect(priceStatistics(wide, null)?.widest).toMatchObject({ range: 26, percent: 25, high: 130, low: 104, on: '2024-06-04' });
  });
  it('say what was printed beside an adjusted price', () => {
    expect(priceStatistics(series([10, 12], { adjustmentFactor: 0.1 }), null)?.high).toMatchObject({ price: 14, printed: 140 });
  });
  it('know nothing of no bars, and no change of one bar without a close before it', () => {
    expect(priceStatistics([], null)).toBeNull();
    expect(priceStatistics(series([10]), null)).toMatchObject({ changePercent: null, volatilityPercent: null, bestDay: null, drawdown: null, gapPercent: null });
  });
});

describe('two shares together', () => {
  it('have a beta of two where one moves twice as far as the other, and move as one', () => {
    const other = [100, 102, 101, 104, 103];
    const moves = other.slice(1).map((close, i) => close / (other[i] as number) - 1);
    const twice = [50];
    for (const move of moves) twice.push((twice.at(-1) as number) * (1 + 2 * move));
    const found = together(series(twice), series(other));
    expect(found.returns).toBe(4);
    expect(found.beta).toBeCloseTo(2, 10);
    expect(found.correlation).toBeCloseTo(1, 10);
  });
  it('are compared over the sessions that both traded in alone', () => {
    expect(together(series([100, 102, 104]), series([100, 101, 103]).slice(1))).toMatchObject({ returns: 1, beta: null, correlation: null });
  });
});
