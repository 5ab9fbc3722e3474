import { describe, expect, it } from 'vitest';
import { yearsToExpiry } from '../../../desk/options/day-count.ts';
import type { TradingCalendar } from '../../../desk/market/types.ts';
import { type TradingDate, at, plusDays, tradingDate } from '../../../desk/time.ts';

const weekend = (date: TradingDate) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const [firstDay, lastDay] = [tradingDate('2025-01-01'), tradingDate('2025-12-31')];
const covers = (date: TradingDate) => date >= firstDay && date <= lastDay;
const step = (date: TradingDate, by: 1 | -1): TradingDate | null => {
  let next = plusDays(date, by);
  while (covers(next) && weekend(next)) next = plusDays(next, by);
  return covers(next) ? next : null;
};
/** Weekdays of 2025, without holidays. */
const calendar: TradingCalendar = {
  exchange: 'NSE', zone: 'Asia/Kolkata', coverage: { from: firstDay, to: lastDay }, covers, isTradingDay: (date) => covers(date) && !weekend(date),
  session: (date) => (covers(date) && !weekend(date) ? { open: at(date, '09:15', 'Asia/Kolkata'), close: at(date, '15:30', 'Asia/Kolkata') } : null),
  holidayName: () => null, next: (date) => step(date, 1), previous: (date) => step(date, -1), plus: () => null, daysBetween: () => 0,
};
const kolkata = (date: string, time: string) => at(tradingDate(date), time, 'Asia/Kolkata');
const years = (from: [string, string], expiry: [string, string], count: 'actual/365' | 'actual/360' | 'trading/252') =>
  yearsToExpiry({ from: kolkata(...from), expiry: kolkata(...expiry), count, calendar });

describe('the time to expiry', () => {
  it('runs through nights and weekends by the calendar, to the minute', () => {
    expect(years(['2025-08-05', '13:59'], ['2025-08-07', '15:30'], 'actual/365')! * 365).toBeCloseTo(2 + 91 / 1440, 10);
    expect(years(['2025-08-01', '15:30'], ['2025-08-31', '15:30'], 'actual/360')).toBeCloseTo(30 / 360, 12);
  });

  it('runs only while the exchange is open, when it is counted in sessions', () => {
    const friday = years(['2025-08-01', '15:30'], ['2025-08-05', '15:30'], 'trading/252')!;
    expect(friday * 252).toBeCloseTo(2, 12);
    expect(years(['2025-08-02', '11:00'], ['2025-08-05', '15:30'], 'trading/252')).toBeCloseTo(friday, 12);
    // Half of a session of 375 minutes is left at 12:22:30.
    expect(years(['2025-08-05', '12:22:30'], ['2025-08-05', '15:30'], 'trading/252')! * 252).toBeCloseTo(0.5, 12);
  });

  it('is nothing after expiry, and not known past the calendar’s end', () => {
    expect(years(['2025-08-07', '15:30'], ['2025-08-07', '15:30'], 'trading/252')).toBe(0);
    expect(years(['2025-12-20', '15:30'], ['2026-01-07', '15:30'], 'trading/252')).toBeNull();
    expect(years(['2025-12-20', '15:30'], ['2026-01-07', '15:30'], 'actual/365')).toBeGreaterThan(0);
  });
});
