import type { TradingCalendar } from '../desk/market/types.ts';
import type { TradingDate } from '../desk/time.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const weekdayOf = (date: TradingDate): string => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** India's holidays that fall on the same date every year, by month and day; lists of earlier years often name none. */
const sameDateEveryYear: Record<string, string> = {
  '01-26': 'Republic Day', '05-01': 'Maharashtra Day', '08-15': 'Independence Day', '10-02': 'Mahatma Gandhi Jayanti', '12-25': 'Christmas',
};

export interface ClosedDay { date: TradingDate; reason: 'HOLIDAY' | 'WEEKEND' | 'NO_SESSION'; /** The holiday's name, the weekday, or that no session was held. */ label: string }

/** Why the exchange is closed on a day that the calendar knows; null for a session and for a day that nobody knows. */
export function closedDay(calendar: TradingCalendar, date: TradingDate): ClosedDay | null {
  if (!calendar.covers(date) || calendar.isTradingDay(date)) return null;
  const named = calendar.holidayName(date);
  if (named) return { date, reason: 'HOLIDAY', label: named };
  const weekday = weekdayOf(date);
  if (weekday === 'Saturday' || weekday === 'Sunday') return { date, reason: 'WEEKEND', label: weekday };
  const fixed = calendar.exchange === 'US' ? undefined : sameDateEveryYear[date.slice(5)];
  return fixed ? { date, reason: 'HOLIDAY', label: fixed } : { date, reason: 'NO_SESSION', label: 'no session' };
}
