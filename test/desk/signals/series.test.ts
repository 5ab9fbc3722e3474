import { describe, expect, it } from 'vitest';
import type { CorporateAction, DailyBar } from '../../../desk/market/types.ts';
import { hasHistory, prepareSeries } from '../../../desk/signals/series.ts';
import { instant, type TradingDate } from '../../../desk/time.ts';
import { nsePanel } from '../market/panel.ts';
import { sharedPresent, skipNote } from '../market/shared.ts';
import { barsFrom, closeOf, seriesOf, weekdays } from './fixtures.ts';

const closes = (count: number): number[] => Array.from({ length: count }, (_, i) => 400 + 10 * Math.sin(i / 3));
/** Printed bars whose prices are `factor` times as high from `at` on. */
const stepped = (count: number, at: number, factor: number): DailyBar[] => barsFrom(closes(count)).map((bar, i) =>
  (i < at ? bar : { ...bar, open: (i === at ? bar.close : bar.open) * factor, high: bar.high * factor, low: bar.low * factor, close: bar.close * factor }));
const action = (exDate: TradingDate, overrides: Partial<CorporateAction> = {}): CorporateAction => ({ symbol: 'AAA', exDate, kind: 'BONUS', subject: '1:1', factor: 0.5, basis: 'published', knownAt: instant('2029-01-05T00:00:00Z'), ...overrides });
const prepare = (bars: readonly DailyBar[], published: readonly CorporateAction[] = [], asOf = closeOf(bars.at(-1)!.date)) => prepareSeries({ bars, published, calendar: null, asOf, exchange: 'NSE', sector: null })!;

describe('a prepared series', () => {
  it('brings a split that nobody published into one scale', () => {
    const split = prepare(stepped(90, 60, 0.5));
    const whole = prepare(barsFrom(closes(90)));
    expect(split.stretchStart[89]).toBe(0);
    expect(split.bars.close[30]).toBeCloseTo(whole.bars.close[30]! / 2, 6);
    expect(split.features.momentum20[65]).toBeCloseTo(whole.features.momentum20[65]!, 6);
  });
  it('compares nothing across a gap that no ratio explains', () => {
    const series = prepare(stepped(90, 60, 0.62));
    expect(series.stretchStart[59]).toBe(0);
    expect(series.stretchStart[60]).toBe(60);
    expect(series.features.momentum5[62]).toBeNaN();
    expect(hasHistory(series, 70, 10)).toBe(true);
    expect(hasHistory(series, 70, 11)).toBe(false);
  });
  it('compares across such a gap once a published action explains it', () => {
    const bars = stepped(90, 60, 0.62);
    const series = prepare(bars, [action(bars[60]!.date, { kind: 'DEMERGER', factor: 0.61 })]);
    expect(series.stretchStart[89]).toBe(0);
    expect(Math.abs(series.features.momentum5[62]!)).toBeLessThan(10);
  });
  it('still does not where the published action says nothing of the price', () => {
    const bars = stepped(90, 60, 0.62);
    expect(prepare(bars, [action(bars[60]!.date, { kind: 'OTHER', factor: 1 })]).stretchStart[60]).toBe(60);
    expect(prepare(bars, [action(bars[60]!.date, { kind: 'RIGHTS', factor: 1, subject: 'Rights' })]).stretchStart[60]).toBe(60);
  });
  it('is in today’s prices on the morning of an ex-date, before the first bar of the day', () => {
    const bars = barsFrom(closes(80));
    const next = weekdays(81)[80]!;
    const morning = instant(`${next}T03:45:00Z`);
    expect(prepare(bars, [action(next)], morning).latest.close).toBeCloseTo(bars.at(-1)!.close / 2, 6);
    expect(prepare(bars, [action(next, { knownAt: instant(`${next}T09:00:00Z`) })], morning).latest.close).toBe(bars.at(-1)!.close);
  });
  it('is nothing without bars', () => { expect(prepareSeries({ bars: [], published: [], calendar: null, asOf: instant(0), exchange: 'NSE', sector: null })).toBeNull(); });
  it('has the features of its last session, and columns of one length', () => {
    const series = seriesOf(barsFrom(closes(70)));
    for (const column of [...Object.values(series.bars), ...Object.values(series.features), series.lowerBand, series.stretchStart]) expect(column).toHaveLength(70);
    expect(series.latest.rsi14).toBe(series.features.rsi14[69]);
  });
});

describe.runIf(sharedPresent)(`on the real panel${skipNote}`, () => {
  it('lets a published demerger win over the bonus that its gap looks like', () => {
    const bars = nsePanel().get('SIEMENS')!.filter(({ date }) => date >= '2024-06-01' && date <= '2025-06-30');
    const exDate = '2025-04-07' as TradingDate;
    const known = prepareSeries({ bars, published: [{ symbol: 'SIEMENS', exDate, kind: 'DEMERGER', subject: 'Demerger', factor: 0.56, basis: 'published', knownAt: instant('2025-03-20T00:00:00Z') }], calendar: null, asOf: instant('2025-06-30T10:00:00Z'), exchange: 'NSE', sector: null })!;
    const before = known.dates.findLastIndex((date) => date < exDate);
    expect(known.bars.close[before]! / bars[before]!.close).toBeCloseTo(0.56, 9);
  });
});
