import type { CalendarDay } from '../../desk/market/types.ts';
import { at, epochMs, plusDays, tradingDate } from '../../desk/time.ts';
import type { TradingDate } from '../../desk/time.ts';

/**
 * The simulated exchange's days: NSE's hours and zone, weekends off, a few invented holidays.
 * Its calendar runs around the year 2030, so that no date on a screen can be mistaken for a real session's.
 */
export const SIMULATED_ZONE = 'Asia/Kolkata';
export const SESSION_MINUTES = 375;
const OPEN = '09:15';
const CLOSE = '15:30';

/** The first session that is played; everything before it is history. A Monday. */
export const FIRST_LIVE_SESSION = tradingDate('2030-01-07');
export const HISTORY_SESSIONS = 300;

/** Month and day of each holiday. Invented, so that they match no real exchange's list. */
const HOLIDAYS: Record<string, string> = {
  '01-23': 'Founders Day',
  '03-12': 'Spring Fair',
  '05-04': 'Weavers Day',
  '08-20': 'Charter Day',
  '10-09': 'Harvest Day',
  '11-14': 'Lantern Festival',
  '12-24': 'Midwinter Day',
};

export const holidayName = (date: TradingDate): string | null => HOLIDAYS[date.slice(5)] ?? null;

const isWeekend = (date: TradingDate): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
};

export const isSession = (date: TradingDate): boolean => !isWeekend(date) && holidayName(date) === null;

/** `count` sessions from `date` (negative: back), strictly away from it. */
export function sessionsFrom(date: TradingDate, count: number): TradingDate {
  const step = Math.sign(count);
  let found = date;
  for (let left = Math.abs(count); left > 0; ) {
    found = plusDays(found, step);
    if (isSession(found)) left -= 1;
  }
  return found;
}

/** `date` itself when the exchange is open that day, otherwise the next session. */
export const onOrAfter = (date: TradingDate): TradingDate => (isSession(date) ? date : sessionsFrom(date, 1));

export const momentMs = (date: TradingDate, time: string): number => epochMs(at(date, time, SIMULATED_ZONE));
export const openMs = (date: TradingDate): number => momentMs(date, OPEN);
export const closeMs = (date: TradingDate): number => momentMs(date, CLOSE);

export const FIRST_HISTORY_SESSION = sessionsFrom(FIRST_LIVE_SESSION, -HISTORY_SESSIONS);

/** Every session and every weekday holiday of the years `from` to `through`; weekends are not listed. */
export function calendarDaysOfYears({ from, through }: { from: number; through: number }): CalendarDay[] {
  const days: CalendarDay[] = [];
  const last = tradingDate(`${through}-12-31`);
  for (let date = tradingDate(`${from}-01-01`); date <= last; date = plusDays(date, 1)) {
    if (isWeekend(date)) continue;
    const holiday = holidayName(date);
    days.push(
      holiday === null
        ? { exchange: 'NSE', date, kind: 'SESSION', open: OPEN, close: CLOSE, description: 'Simulated session' }
        : { exchange: 'NSE', date, kind: 'HOLIDAY', description: holiday },
    );
  }
  return days;
}
