import { describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { adjustBracket } from '../../../desk/execution/adjust-holding.ts';
import { adjustBars } from '../../../desk/market/corporate-actions.ts';
import { createFeatureTracker, featuresOf } from '../../../desk/market/features.ts';
import { knownActions } from '../../../desk/market/known-actions.ts';
import { rightsFactor, rightsTerms, withMeasuredFactors } from '../../../desk/market/measured-factors.ts';
import { ratioOfPrices } from '../../../desk/market/share-ratio.ts';
import type { CorporateAction, DailyBar } from '../../../desk/market/types.ts';
import { instant, plusDays, tradingDate } from '../../../desk/time.ts';
import { nseClose, nsePanel } from './panel.ts';
import { sharedPresent, skipNote } from './shared.ts';

const start = tradingDate('2024-01-01');
const bar = (n: number, open: number, close = open): DailyBar => ({ symbol: 'AAA', date: plusDays(start, n), open, high: Math.max(open, close) * 1.01, low: Math.min(open, close) * 0.99, close, volume: 1000 });
const action = (exDate: string, kind: CorporateAction['kind'], more: Partial<CorporateAction> = {}): CorporateAction => ({ symbol: 'AAA', exDate: tradingDate(exDate), kind, subject: kind === 'RIGHTS' ? 'Rights 1:4 @ Premium Rs 50' : 'Demerger', factor: 1, basis: 'published', knownAt: instant('2023-12-01T00:00:00Z'), ...more });
const bars = [bar(0, 100), bar(1, 100), bar(2, 60, 62), bar(3, 63)];

describe('a factor that no announcement states', () => {
  it('is the theoretical ex-rights price, and nothing where the new shares cost as much as the old', () => {
    expect(rightsFactor({ newShares: 1, oldShares: 4, issuePrice: 60 }, 100)).toBeCloseTo(0.92, 12);
    expect(rightsFactor({ newShares: 1, oldShares: 4, issuePrice: 120 }, 100)).toBe(1);
    expect(rightsTerms(action('2024-01-03', 'RIGHTS', { amount: decimal('60') }))).toEqual({ newShares: 1, oldShares: 4, issuePrice: 60 });
    expect(rightsTerms(action('2024-01-03', 'RIGHTS'))).toBeNull();
  });

  it('is of a demerger the opening over the close before, known from the first trade on and not before', () => {
    const demerger = action('2024-01-03', 'DEMERGER');
    expect(withMeasuredFactors([demerger], bars)).toMatchObject([{ factor: 0.6, factorFrom: 'opening' }]);
    expect(withMeasuredFactors([demerger], bars.slice(0, 2))).toEqual([demerger]);
    expect(withMeasuredFactors([demerger], bars.slice(2))).toEqual([demerger]);
    const stated = action('2024-01-03', 'DEMERGER', { factor: 0.7 });
    expect(withMeasuredFactors([stated], bars)).toEqual([stated]);
  });

  it('is none of a rights issue without terms, of a demerger after which the price rose, or long after the ex-date', () => {
    for (const [given, of] of [[action('2024-01-03', 'RIGHTS'), bars], [action('2024-01-03', 'DEMERGER'), [bar(1, 100), bar(2, 101)]], [action('2024-01-03', 'DEMERGER'), [bar(1, 100), bar(12, 50)]]] as const) expect(withMeasuredFactors([given], of)).toEqual([given]);
  });

  it('of rights is known the evening before, from the last price with them', () => {
    expect(withMeasuredFactors([action('2024-01-03', 'RIGHTS', { amount: decimal('60') })], bars.slice(0, 2))).toMatchObject([{ factor: expect.closeTo(0.92, 12), factorFrom: 'terms' }]);
  });
});

describe.runIf(sharedPresent)(`on real prices${skipNote}`, () => {
  const panel = nsePanel();
  const seriesOf = (symbol: string, from: string, to: string): DailyBar[] => (panel.get(symbol) ?? []).filter(({ date }) => date >= from && date <= to);
  const of = (symbol: string, bars: readonly DailyBar[], exDate: string, more: Partial<CorporateAction> & Pick<CorporateAction, 'kind'>) => knownActions({ bars, published: [action(exDate, more.kind, { symbol, ...more })], calendar: null, knownAt: nseClose });

  it('makes of the RELIANCE rights of 2020 what Yahoo’s adjusted close of the day before says', () => {
    const series = seriesOf('RELIANCE', '2020-01-01', '2020-07-31');
    const { actions, breaks } = of('RELIANCE', series, '2020-05-13', { kind: 'RIGHTS', subject: 'Rights 1:15 @ Premium Rs 1247/-', amount: decimal('1257') });
    expect(adjustBars(series, actions, tradingDate('2020-07-31')).find(({ date }) => date === '2020-05-12')?.close).toBeCloseTo(1465.36, 2);
    expect(breaks).toEqual([]);
  });

  // Ex-dates as the exchange had them; opening over the close before, off the printed prices.
  it.each([
    ['RELIANCE', '2023-07-20', 2580 / 2841.85], ['ITC', '2025-01-06', 455.6 / 481.6], ['SIEMENS', '2025-04-07', 2450 / 4928.15], ['MOTHERSUMI', '2022-01-14', 194.95 / 234.8],
    ['PEL', '2022-08-30', 1055.05 / 1926.5], ['NMDC', '2022-10-27', 92.25 / 130.75], ['ABFRL', '2025-05-22', 98 / 268.95],
  ])('takes the demerger of %s on %s out of every feature', (symbol, exDate, factor) => {
    const series = seriesOf(symbol, tradingDate(plusDays(tradingDate(exDate), -140)), plusDays(tradingDate(exDate), 40));
    const { actions, breaks } = of(symbol, series, exDate, { kind: 'DEMERGER' });
    expect(actions.find(({ kind }) => kind === 'DEMERGER')).toMatchObject({ factor: expect.closeTo(factor, 12), factorFrom: 'opening' });
    expect([actions.filter(({ basis }) => basis === 'detected'), breaks.filter(({ comparable, reason }) => !comparable && reason === 'UNEXPLAINED_GAP')]).toEqual([[], []]);
    const [asPrinted, adjusted] = [featuresOf(series), featuresOf(series, { actions, breaks })];
    const on = series.findIndex(({ date }) => date === exDate);
    const day = adjusted[on]!;
    expect(day.gapPercent).toBeCloseTo(0, 9);
    expect(asPrinted[on]!.gapPercent).toBeLessThan(-5);
    // What the day itself did stays: the gap alone is gone from momentum, and volatility is near what it was the day before.
    expect(day.momentum5! - 100 * (series[on]!.close / (series[on - 5]!.close * factor) - 1)).toBeCloseTo(0, 9);
    expect(day.momentum20! - asPrinted[on]!.momentum20!).toBeGreaterThan(3);
    expect(day.volatility20! - adjusted[on - 1]!.volatility20!).toBeLessThan(asPrinted[on]!.volatility20! - asPrinted[on - 1]!.volatility20!);
    expect(day.atrPercent!).toBeLessThan(asPrinted[on]!.atrPercent!);
  });

  // How far below the last price before the stop stood: nearer than the gap, and farther than the day itself fell from its opening.
  it.each([['RELIANCE', '2023-07-20', 5], ['ITC', '2025-01-06', 4], ['SIEMENS', '2025-04-07', 5], ['PEL', '2022-08-30', 5], ['NMDC', '2022-10-27', 5], ['MOTHERSUMI', '2022-01-14', 8], ['ABFRL', '2025-05-22', 12]])('fires no stop at the demerger of %s on %s that is moved by its factor, where the one of before would sell', (symbol, exDate, percent) => {
    const series = seriesOf(symbol, tradingDate(plusDays(tradingDate(exDate), -10)), exDate);
    const [before, day] = [series.at(-2)!, series.at(-1)!];
    const [known] = withMeasuredFactors([action(exDate, 'DEMERGER', { symbol })], series);
    const stop = decimal((Math.round(before.close * (1 - percent / 100) * 20) / 20).toFixed(2));
    const moved = adjustBracket({ direction: 'LONG', ratio: ratioOfPrices({ newShares: 1, oldShares: 1, priceFactor: known!.factor }), tickSize: decimal('0.05'), bracket: { stop, target: null, trail: null, best: null }, standing: null }).stop;
    expect([day.low <= Number(stop), day.low <= Number(moved)]).toEqual([true, false]);
    expect(Number(moved) / day.open).toBeCloseTo(Number(stop) / before.close, 2);
  });

  it('gives the same features in bulk and bar by bar', () => {
    const series = seriesOf('ITC', '2024-06-01', '2025-03-31');
    const exDate = tradingDate('2025-01-06');
    const demerger = action(exDate, 'DEMERGER', { symbol: 'ITC' });
    const tracker = createFeatureTracker({ symbol: 'ITC' });
    const pushed = series.map((each, n) => {
      if (each.date === exDate) for (const known of withMeasuredFactors([demerger], series.slice(0, n + 1))) tracker.adjust(known);
      return tracker.push(each);
    });
    const bulk = featuresOf(series, { actions: withMeasuredFactors([demerger], series) });
    expect(pushed).toEqual(bulk);
    const inPricesOfTheEnd = featuresOf(adjustBars(series, withMeasuredFactors([demerger], series), tradingDate('2025-03-31')));
    inPricesOfTheEnd.forEach((each, n) => { for (const key of ['momentum20', 'volatility20', 'rsi14', 'atrPercent'] as const) if (each[key] !== null) expect(bulk[n]![key]).toBeCloseTo(each[key], 6); });
  });
});
