import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarSource, sessionsSeen } from '../../../desk/market/calendar-source.ts';
import { createCalendar } from '../../../desk/market/calendar.ts';
import { nseSpecialSessions } from '../../../desk/market/nse-special-sessions.ts';
import type { CalendarDay } from '../../../desk/market/types.ts';
import { type TradingDate, plusDays, tradingDate } from '../../../desk/time.ts';
import { nseDaysSeen } from './panel.ts';
import { sharedPresent, sharedText, skipNote } from './shared.ts';

const d = tradingDate;
const nse = (sources: readonly CalendarSource[]) => createCalendar({ exchange: 'NSE', zone: 'Asia/Kolkata', regular: { open: '09:15', close: '15:30' }, sources });
const day = (date: string, kind: CalendarDay['kind'], more: Partial<CalendarDay> = {}): CalendarDay => ({ exchange: 'NSE', date: d(date), kind, ...more });
const year2024 = { from: d('2024-01-01'), to: d('2024-12-31') };

describe('a calendar out of a holiday list', () => {
  const calendar = nse([{
    mode: 'holidays-listed', coverage: year2024,
    days: [
      day('2024-01-26', 'HOLIDAY', { description: 'Republic Day' }),
      day('2024-11-01', 'HOLIDAY', { description: 'Diwali Laxmi Pujan' }),
      day('2024-11-01', 'SPECIAL_SESSION', { open: '18:00', close: '19:00' }),
      day('2024-01-20', 'SPECIAL_SESSION'),
    ],
  }]);

  it('opens Monday to Friday, closes on weekends and holidays, and names the holiday', () => {
    expect(calendar.isTradingDay(d('2024-01-25'))).toBe(true);
    expect(calendar.isTradingDay(d('2024-01-26'))).toBe(false);
    expect(calendar.holidayName(d('2024-01-26'))).toBe('Republic Day');
    expect(calendar.isTradingDay(d('2024-01-27'))).toBe(false);
    expect(calendar.holidayName(d('2024-01-27'))).toBeNull();
  });

  it('lets a special session open a holiday or a weekend, with its own hours where they are stated', () => {
    expect(calendar.session(d('2024-11-01'))).toEqual({ open: '2024-11-01T12:30:00.000Z', close: '2024-11-01T13:30:00.000Z' });
    expect(calendar.session(d('2024-01-20'))).toEqual({ open: '2024-01-20T03:45:00.000Z', close: '2024-01-20T10:00:00.000Z' });
    expect(calendar.session(d('2024-01-26'))).toBeNull();
  });

  it('steps over closed days in both directions', () => {
    expect(calendar.next(d('2024-01-25'))).toBe('2024-01-29');
    expect(calendar.previous(d('2024-01-29'))).toBe('2024-01-25');
    expect(calendar.next(d('2024-01-27'))).toBe('2024-01-29');
    expect(calendar.previous(d('2024-01-28'))).toBe('2024-01-25');
    expect(calendar.plus(d('2024-01-25'), 2)).toBe('2024-01-30');
    expect(calendar.plus(d('2024-01-25'), 0)).toBe('2024-01-25');
    expect(calendar.plus(d('2024-01-26'), 0)).toBeNull();
    expect(calendar.daysBetween(d('2024-01-25'), d('2024-01-30'))).toBe(2);
    expect(calendar.daysBetween(d('2024-01-30'), d('2024-01-25'))).toBe(-2);
    expect(calendar.daysBetween(d('2024-01-26'), d('2024-01-28'))).toBe(0);
  });

  it('knows nothing outside its coverage and says so', () => {
    expect(calendar.coverage).toEqual(year2024);
    expect(calendar.covers(d('2025-01-01'))).toBe(false);
    expect(calendar.isTradingDay(d('2025-01-01'))).toBe(false);
    expect(calendar.session(d('2025-01-01'))).toBeNull();
    expect(calendar.next(d('2024-12-31'))).toBeNull();
    expect(calendar.previous(d('2024-01-01'))).toBeNull();
    expect(() => calendar.daysBetween(d('2024-12-30'), d('2025-01-03'))).toThrow('does not know every day');
    expect(nse([]).coverage).toBeNull();
  });
});

describe('a calendar out of several sources', () => {
  it('believes printed sessions over a holiday list', () => {
    const seen: CalendarSource = { mode: 'sessions-listed', coverage: { from: d('2024-06-03'), to: d('2024-06-07') }, days: ['03', '05', '06', '07'].map((n) => day(`2024-06-${n}`, 'SESSION')) };
    const list: CalendarSource = { mode: 'holidays-listed', coverage: year2024, days: [day('2024-06-05', 'HOLIDAY', { description: 'A mistake' })] };
    for (const sources of [[seen, list], [list, seen]]) {
      const calendar = nse(sources);
      expect(calendar.isTradingDay(d('2024-06-04'))).toBe(false);
      expect(calendar.isTradingDay(d('2024-06-05'))).toBe(true);
      expect(calendar.holidayName(d('2024-06-05'))).toBeNull();
      expect(calendar.isTradingDay(d('2024-06-10'))).toBe(true);
    }
  });

  it('does not read a long hole in a list of sessions as one long holiday', () => {
    const calendar = nse(sessionsSeen([day('2019-08-23', 'SESSION'), day('2019-10-03', 'SESSION'), day('2019-10-01', 'SESSION')]));
    expect(calendar.covers(d('2019-09-02'))).toBe(false);
    expect(calendar.covers(d('2019-10-02'))).toBe(true);
    expect(calendar.next(d('2019-08-23'))).toBeNull();
    expect(() => calendar.daysBetween(d('2019-08-23'), d('2019-10-01'))).toThrow(RangeError);
  });

  it('reads no row of another exchange and none outside its source’s coverage', () => {
    const calendar = nse([{ mode: 'holidays-listed', coverage: { from: d('2024-01-01'), to: d('2024-01-31') }, days: [
      { exchange: 'US', date: d('2024-01-15'), kind: 'HOLIDAY' }, day('2024-02-03', 'SPECIAL_SESSION'),
    ] }]);
    expect(calendar.isTradingDay(d('2024-01-15'))).toBe(true);
    expect(calendar.covers(d('2024-02-03'))).toBe(false);
  });

  it('keeps New York’s hours through the change of the clock', () => {
    const calendar = createCalendar({ exchange: 'US', zone: 'America/New_York', regular: { open: '09:30', close: '16:00' }, sources: [{ mode: 'holidays-listed', coverage: year2024, days: [] }] });
    expect(calendar.session(d('2024-03-08'))?.open).toBe('2024-03-08T14:30:00.000Z');
    expect(calendar.session(d('2024-03-11'))?.open).toBe('2024-03-11T13:30:00.000Z');
  });

  it('refuses a coverage that ends before it begins', () => {
    expect(() => nse([{ mode: 'holidays-listed', coverage: { from: d('2024-02-01'), to: d('2024-01-01') }, days: [] }])).toThrow('ends before it begins');
  });
});

describe('calendar arithmetic', () => {
  const offsets = fc.integer({ min: 0, max: 365 }).map((n) => plusDays(year2024.from, n));
  const holidays = fc.uniqueArray(offsets, { maxLength: 40 }).map((dates) => nse([{ mode: 'holidays-listed', coverage: year2024, days: dates.map((date) => ({ exchange: 'NSE' as const, date, kind: 'HOLIDAY' as const })) }]));

  it('agrees with counting day by day', () => {
    fc.assert(fc.property(holidays, offsets, offsets, (calendar, from, to) => {
      const [a, b] = from < to ? [from, to] : [to, from];
      let count = 0;
      for (let date = plusDays(a, 1); date <= b; date = plusDays(date, 1)) if (calendar.isTradingDay(date)) count++;
      expect(calendar.daysBetween(a, b)).toBe(count);
    }));
  });

  it('comes back to the same session after going forward and back', () => {
    fc.assert(fc.property(holidays, offsets, fc.integer({ min: 1, max: 30 }), (calendar, date, n) => {
      const ahead = calendar.plus(date, n);
      if (ahead === null || !calendar.isTradingDay(date)) return;
      expect(calendar.plus(ahead, -n)).toBe(date);
      expect(calendar.daysBetween(date, ahead)).toBe(n);
    }));
  });
});

describe.skipIf(!sharedPresent)(`the real NSE calendar${skipNote}`, () => {
  const build = () => nse([...sessionsSeen(nseDaysSeen()), ...nseSpecialSessions()]);

  it('has no coverage in the hole of autumn 2019 and is continuous from October', () => {
    const calendar = build();
    expect(calendar.covers(d('2019-09-16'))).toBe(false);
    for (let date: TradingDate = d('2019-10-01'); date <= '2026-08-21'; date = plusDays(date, 1)) expect(calendar.covers(date), date).toBe(true);
  });

  it('has the weekend sessions and the muhurat session that the list lacks, with their hours', () => {
    const calendar = build();
    for (const date of ['2020-02-01', '2024-01-20', '2024-03-02', '2025-02-01', '2026-02-01']) expect(calendar.isTradingDay(d(date)), date).toBe(true);
    expect(calendar.session(d('2021-11-04'))).toEqual({ open: '2021-11-04T12:45:00.000Z', close: '2021-11-04T13:45:00.000Z' });
    expect(calendar.session(d('2024-05-18'))?.close).toBe('2024-05-18T07:10:00.000Z');
  });

  it('gains a session that only another price file shows', () => {
    expect(build().isTradingDay(d('2022-08-08'))).toBe(false);
    const dates = sharedText('data/01_equity_daily/yahoo_adjusted/period3/TCS.csv.gz').trim().split('\n').slice(1).map((line) => line.slice(0, 10)).filter((date) => date >= '2022-07-01' && date <= '2022-09-30');
    const calendar = nse([...sessionsSeen(nseDaysSeen()), ...sessionsSeen(dates.map((date) => day(date, 'SESSION')))]);
    expect(calendar.isTradingDay(d('2022-08-08'))).toBe(true);
    expect(calendar.isTradingDay(d('2022-08-09'))).toBe(false);
  });
});
