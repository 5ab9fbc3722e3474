import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionsSeen } from '../../../desk/market/calendar-source.ts';
import { createCalendar } from '../../../desk/market/calendar.ts';
import { adjustBars, mergeActions } from '../../../desk/market/corporate-actions.ts';
import { detectCorporateActions } from '../../../desk/market/detect-actions.ts';
import { nseSpecialSessions } from '../../../desk/market/nse-special-sessions.ts';
import type { CorporateAction, DailyBar } from '../../../desk/market/types.ts';
import { instant, plusDays, tradingDate } from '../../../desk/time.ts';
import { nseClose, nseDaysSeen, nsePanel } from './panel.ts';
import { sharedPresent, skipNote } from './shared.ts';

const start = tradingDate('2024-01-01');
const bar = (n: number, price: number, more: Partial<DailyBar> = {}): DailyBar =>
  ({ symbol: 'AAA', date: plusDays(start, n), open: price, high: price * 1.01, low: price * 0.99, close: price, volume: 1000, ...more });
const action = (n: number, factor: number, more: Partial<CorporateAction> = {}): CorporateAction =>
  ({ symbol: 'AAA', exDate: plusDays(start, n), kind: 'SPLIT', subject: '', factor, basis: 'published', knownAt: nseClose(start), ...more });
const detect = (bars: DailyBar[]) => detectCorporateActions({ bars, calendar: null, knownAt: nseClose });

describe('detecting splits and bonuses', () => {
  it.each([[1 / 2, 'SPLIT'], [1 / 5, 'SPLIT'], [1 / 10, 'SPLIT'], [1 / 3, 'BONUS'], [1 / 4, 'BONUS'], [2 / 3, 'BONUS'], [1 / 100, 'SPLIT'], [5, 'SPLIT']] as const)('finds a factor of %f', (factor, kind) => {
    const { actions, breaks } = detect([bar(0, 1000), bar(1, 1000 * factor * 1.01, { previousClose: 1000 })]);
    expect(breaks).toEqual([]);
    expect(actions).toMatchObject([{ exDate: '2024-01-02', kind, factor, basis: 'detected', knownAt: '2024-01-02T10:00:00.000Z' }]);
  });

  it('takes the ratio from an adjusted previous close, whatever the opening does', () => {
    const { actions } = detect([bar(0, 1000), bar(1, 570, { previousClose: 500 })]);
    expect(actions).toMatchObject([{ factor: 0.5 }]);
  });

  it('leaves a crash to the lower circuit alone', () => {
    expect(detect([bar(0, 609), bar(1, 487.2, { previousClose: 609 })])).toEqual({ actions: [], breaks: [] });
  });

  it('says that it does not know where a gap fits no ratio, or two', () => {
    for (const ratio of [0.7055, 0.4421, 0.0124, 0.5924]) {
      expect(detect([bar(0, 1000), bar(1, 1000 * ratio, { previousClose: 1000 })])).toMatchObject({ actions: [], breaks: [{ reason: 'UNEXPLAINED_GAP', comparable: false }] });
    }
  });

  it('does not compare across a long absence, even where the prices look like a ratio', () => {
    expect(detect([bar(0, 1000), bar(40, 500, { previousClose: 500 })])).toMatchObject({ actions: [], breaks: [{ reason: 'SESSIONS_MISSING', comparable: false }] });
  });

  it('bridges one missing session whose previous close lies within a day’s reach', () => {
    expect(detect([bar(0, 1000), bar(2, 1040, { previousClose: 1030 })])).toMatchObject({ actions: [], breaks: [{ reason: 'SESSIONS_MISSING', comparable: true }] });
  });

  it('refuses bars out of order or of two symbols', () => {
    expect(() => detect([bar(1, 10), bar(1, 10)])).toThrow('out of order');
    expect(() => detect([bar(0, 10), { ...bar(1, 10), symbol: 'BBB' }])).toThrow(RangeError);
  });

  it('goes by what was published where the two name the same event', () => {
    const published = action(1, 0.4, { kind: 'DEMERGER' });
    const merged = mergeActions([published], [action(2, 0.5, { basis: 'detected' }), action(40, 0.1, { basis: 'detected' })]);
    expect(merged.map(({ factor }) => factor)).toEqual([0.4, 0.1]);
  });
});

describe('adjusting bars', () => {
  const bars = [bar(0, 1000), bar(1, 1010, { previousClose: 1000 }), bar(2, 101, { previousClose: 1010, volume: 9000 }), bar(3, 103, { previousClose: 101 })];
  const split = action(2, 0.1);

  it('brings earlier prices down and volumes up, and shows both factors', () => {
    const adjusted = adjustBars(bars, [split], plusDays(start, 3));
    expect(adjusted.map(({ close }) => close)).toEqual([100, 101, 101, 103]);
    expect(adjusted.map(({ volume }) => volume)).toEqual([10_000, 10_000, 9000, 1000]);
    expect(adjusted.map(({ adjustmentFactor, volumeFactor }) => [adjustmentFactor, volumeFactor])).toEqual([[0.1, 10], [0.1, 10], [1, 1], [1, 1]]);
    expect(adjusted.map(({ previousClose }) => previousClose)).toEqual([undefined, 100, 101, 101]);
  });

  it('does not know a split before its ex-date, nor later bars', () => {
    const adjusted = adjustBars(bars, [split], plusDays(start, 1));
    expect(adjusted.map(({ close }) => close)).toEqual([1000, 1010]);
  });

  it('does not know at an instant what was published after it', () => {
    const late = action(2, 0.1, { knownAt: instant('2024-02-01T00:00:00Z') });
    expect(adjustBars(bars, [late], instant('2024-01-20T10:00:00Z'))[0]?.close).toBe(1000);
    expect(adjustBars(bars, [late], instant('2024-02-01T10:00:00Z'))[0]?.close).toBe(100);
  });

  it('applies a split on its own morning, before the first bar in the new shares', () => {
    expect(adjustBars(bars.slice(0, 2), [split], plusDays(start, 2)).map(({ close }) => close)).toEqual([100, 101]);
  });

  it('leaves volumes alone for actions that change no share count, and other symbols altogether', () => {
    const [first] = adjustBars(bars, [action(2, 0.6, { kind: 'DEMERGER' }), action(2, 0.5, { symbol: 'BBB' })], plusDays(start, 3));
    expect(first).toMatchObject({ close: 600, volume: 1000, volumeFactor: 1 });
  });

  it('refuses a factor that is no positive number', () => {
    for (const factor of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => adjustBars(bars, [action(2, factor)], plusDays(start, 3))).toThrow(RangeError);
  });

  it('keeps the turnover of every day whatever splits there are', () => {
    const splits = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0.5, 0.2, 0.1, 2 / 3, 5)), { maxLength: 6 });
    fc.assert(fc.property(splits, fc.integer({ min: 1, max: 40 }), (list, until) => {
      const printed = Array.from({ length: 40 }, (_, n) => bar(n, 100 + n));
      const adjusted = adjustBars(printed, list.map(([n, factor]) => action(n, factor)), plusDays(start, until));
      adjusted.forEach((b, i) => expect(b.close * b.volume).toBeCloseTo(printed[i]!.close * printed[i]!.volume, 3));
      if (adjusted.length > 0) expect(adjusted.at(-1)!.adjustmentFactor * list.reduce((product, [n, factor]) => (n > adjusted.length - 1 && n <= until ? product / factor : product), 1)).toBeCloseTo(1, 9);
    }));
  });
});

describe.skipIf(!sharedPresent)(`on the real NSE panel${skipNote}`, () => {
  const calendar = sharedPresent ? createCalendar({ exchange: 'NSE', zone: 'Asia/Kolkata', regular: { open: '09:15', close: '15:30' }, sources: [...sessionsSeen(nseDaysSeen()), ...nseSpecialSessions()] }) : null;
  const of = (symbol: string) => detectCorporateActions({ bars: nsePanel().get(symbol)!, calendar, knownAt: nseClose });
  const near = (symbol: string) => of(symbol).actions.map(({ exDate, factor }) => `${exDate} ${Math.round(1000 * factor) / 1000}`);

  // Ex-dates and ratios as the companies announced them; APLAPOLLO's first is also in the exchange's own list of 15 Dec 2020.
  it.each([
    ['APLAPOLLO', ['2020-12-15 0.2', '2021-09-16 0.5']], ['NESTLEIND', ['2024-01-05 0.1']], ['IRCTC', ['2021-10-28 0.2']], ['RELIANCE', ['2024-10-28 0.5']],
    ['TATASTEEL', ['2022-07-28 0.1']], ['WIPRO', ['2024-12-03 0.5']], ['BAJAJFINSV', ['2022-09-13 0.1']], ['NYKAA', ['2022-11-10 0.167']],
    ['CANBK', ['2024-05-15 0.2']], ['BSE', ['2025-05-23 0.333']], ['EICHERMOT', ['2020-08-24 0.1']],
  ])('finds what %s did', (symbol, expected) => { expect(near(symbol)).toEqual(expected); });

  it.each(['TCS', 'INFY', 'SBIN', 'ICICIBANK', 'YESBANK', 'ZEEL'])('finds nothing in %s, which did nothing', (symbol) => {
    const { actions, breaks } = of(symbol);
    expect(actions).toEqual([]);
    expect(breaks.filter(({ reason }) => reason === 'UNEXPLAINED_GAP')).toEqual([]);
  });

  it.each([['CENTURYTEX', '2019-10-11'], ['TATACHEM', '2020-03-04'], ['PEL', '2022-08-30'], ['NMDC', '2022-10-27'], ['ABFRL', '2025-05-22'], ['MAJESCO', '2020-12-23'], ['ASTERDM', '2024-04-23'], ['M&MFIN', '2020-07-22']])('does not take the demerger, dividend or rights issue of %s for a bonus', (symbol, date) => {
    const { actions, breaks } = of(symbol);
    expect(actions.map(({ exDate }) => exDate)).not.toContain(date);
    expect(breaks).toContainEqual(expect.objectContaining({ date, reason: 'UNEXPLAINED_GAP', comparable: false }));
  });

  it('marks the absence of a symbol that traded elsewhere for ten sessions', () => {
    expect(of('RAYMOND').breaks).toContainEqual(expect.objectContaining({ date: '2025-05-28', reason: 'SESSIONS_MISSING', missingSessions: 10, comparable: false }));
  });

  it('leaves no gap beyond the price band in any adjusted series but where a break is marked', () => {
    let pairs = 0;
    for (const [symbol, bars] of nsePanel()) {
      const { actions, breaks } = of(symbol);
      const marked = new Set(breaks.map(({ date }) => date));
      const adjusted = adjustBars(bars, actions, tradingDate('2025-06-30'));
      for (let i = 1; i < adjusted.length; i++) {
        if (marked.has(adjusted[i]!.date)) continue;
        pairs++;
        const gap = adjusted[i]!.open / adjusted[i - 1]!.close;
        if (gap < 0.795 || gap > 1.6) throw new Error(`${symbol} ${adjusted[i]!.date}: ${gap}`);
      }
    }
    expect(pairs).toBeGreaterThan(700_000);
  });
});
