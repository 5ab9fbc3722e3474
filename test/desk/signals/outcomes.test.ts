import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SetUp, SignalModel } from '../../../desk/signals/define.ts';
import { poolOutcomes } from '../../../desk/signals/outcomes.ts';
import { prepareSeries, type SymbolSeries } from '../../../desk/signals/series.ts';
import { barriers, barsFrom, closeOf, seriesOf, walk } from './fixtures.ts';

const model: SignalModel = { strategy: 'momentum', version: 'test', horizonDays: 5, setUps: () => [], fact: () => '' };
const everyDay = (from: number) => ({ dates }: SymbolSeries): SetUp[] => dates.flatMap((_, index) => (index >= from ? [{ index, kind: 'momentum', event: null }] : []));
const pool = (series: readonly SymbolSeries[], setUpsOf: (each: SymbolSeries) => readonly SetUp[], horizonDays = 5) => poolOutcomes({ model: { ...model, horizonDays }, barriers, series, setUpsOf });
/** Rises by `drift` a session, with a wobble that keeps the true range wide enough for no barrier to be met. */
const drifting = (symbol: string, drift: number, count = 120, sector: string | null = null): SymbolSeries =>
  seriesOf(barsFrom(Array.from({ length: count }, (_, i) => 100 * Math.exp(drift * i + (i % 2 === 0 ? 0.01 : -0.01))), { symbol }), sector);
const asked = (symbol: string, sector: string | null = null) => ({ symbol, sector, kind: 'momentum' });

describe('outcomes of earlier set-ups', () => {
  it('count set-ups of one symbol that overlap once', () => {
    // 105 days have a set-up; with nothing met within five sessions, one trade follows the other.
    expect(pool([drifting('AAA', 0)], everyDay(14)).count).toBe(21);
  });
  it('leave out those whose horizon has not passed, decided or not', () => {
    const series = drifting('AAA', 0);
    const at = (index: number) => () => [{ index, kind: 'momentum', event: null }];
    expect(pool([series], at(114)).count).toBe(1);
    expect(pool([series], at(115)).count).toBe(0);
  });
  it('leave out a horizon that reaches over a break', () => {
    const bars = barsFrom(Array.from({ length: 60 }, (_, i) => 100 + (i % 2))).map((bar, i) => (i < 40 ? bar : { ...bar, open: bar.close * 0.62, high: bar.high * 0.62, low: bar.low * 0.62, close: bar.close * 0.62 }));
    const series = prepareSeries({ bars, published: [], calendar: null, asOf: closeOf(bars.at(-1)!.date), exchange: 'NSE', sector: null })!;
    const at = (index: number) => () => [{ index, kind: 'momentum', event: null }];
    expect(pool([series], at(34)).count).toBe(1);
    for (const index of [35, 37, 39]) expect(pool([series], at(index)).count, String(index)).toBe(0);
  });
  it('come from the symbol itself where it has enough, else from its sector, else from all', () => {
    const long = drifting('AAA', 0.001, 200, 'Energy');
    const short = drifting('BBB', 0.002, 60, 'Energy');
    const apart = drifting('CCC', -0.001, 60, 'Metals');
    const pools = pool([long, short, apart], everyDay(14));
    expect(pools.comparables(asked('AAA', 'Energy'))?.comparables.pool).toBe('symbol');
    expect(pools.comparables(asked('BBB', 'Energy'))?.comparables.pool).toBe('sector');
    expect(pools.comparables(asked('CCC', 'Metals'))?.comparables.pool).toBe('all');
    expect(pools.comparables(asked('DDD', null))?.comparables.pool).toBe('all');
    const few = pool([short], everyDay(14));
    expect(few.count).toBeLessThan(15);
    expect(few.comparables(asked('BBB', 'Energy'))).toBeNull();
  });
  it('count sessions, not shares, as independent', () => {
    const twins = ['AAA', 'BBB', 'CCC'].map((symbol) => drifting(symbol, 0.001, 120));
    const { comparables } = pool(twins, everyDay(14)).comparables(asked('ZZZ'))!;
    expect(comparables.count).toBe(3 * comparables.independentCount);
  });
  it('draw the mean of few trades towards that of the wider pool, and that towards nothing', () => {
    const good = drifting('AAA', 0.002, 200);
    const result = pool([good, ...['B', 'C', 'D', 'E'].map((symbol) => drifting(symbol, 0, 200))], everyDay(14));
    const own = result.comparables(asked('AAA'))!;
    const all = result.comparables(asked('ZZZ'))!;
    expect(own.edgePercent).toBeLessThan(own.comparables.meanPercent);
    expect(own.edgePercent).toBeGreaterThan(all.edgePercent);
    expect(all.edgePercent).toBeLessThan(all.comparables.meanPercent);
    expect(all.edgePercent).toBeGreaterThan(0);
  });
  it('are shares that add up, with an interval around the first', () => {
    fc.assert(fc.property(walk({ min: 100, max: 180 }), (bars) => {
      const found = pool([seriesOf(bars)], everyDay(20), 3).comparables(asked('AAA'));
      if (!found) return;
      const { comparables: { targetFirst, stopFirst, targetFirstLow, targetFirstHigh, count, independentCount }, confidence } = found;
      expect(targetFirst + stopFirst).toBeLessThanOrEqual(1 + 1e-12);
      expect(targetFirstLow).toBeLessThanOrEqual(targetFirst);
      expect(targetFirstHigh).toBeGreaterThanOrEqual(targetFirst);
      expect(independentCount).toBeLessThanOrEqual(count);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }), { numRuns: 50 });
  });
});
