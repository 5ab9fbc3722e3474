import type { TradingCalendar } from '../market/types.ts';
import { type Instant, dateIn, epochMs, msBetween } from '../time.ts';

const DAY_MS = 86_400_000;

/**
 * How the time to expiry is measured: `actual/365` and `actual/360` by the calendar, to the millisecond; `trading/252` by the time that
 * the exchange is open, a session counting as a 252nd of a year whatever its length.
 */
export type DayCount = 'actual/365' | 'actual/360' | 'trading/252';

const CALENDAR_DAYS = { 'actual/365': 365, 'actual/360': 360 } as const;
const SESSIONS = 252;

/** Years from `from` to `expiry`; 0 when that has passed, null when the calendar does not reach so far (`trading/252` only). */
export function yearsToExpiry({ from, expiry, count, calendar }: { from: Instant; expiry: Instant; count: DayCount; calendar: TradingCalendar }): number | null {
  if (expiry <= from) return 0;
  if (count !== 'trading/252') return msBetween(from, expiry) / (DAY_MS * CALENDAR_DAYS[count]);
  const first = dateIn(from, calendar.zone);
  const last = dateIn(expiry, calendar.zone);
  if (!calendar.covers(first) || !calendar.covers(last)) return null;
  let sessions = 0;
  for (let date: typeof first | null = calendar.isTradingDay(first) ? first : calendar.next(first); date !== null && date <= last; date = calendar.next(date)) {
    const session = calendar.session(date);
    if (session === null) continue;
    const open = Math.max(epochMs(session.open), epochMs(from));
    const close = Math.min(epochMs(session.close), epochMs(expiry));
    sessions += Math.max(0, close - open) / msBetween(session.open, session.close);
  }
  return sessions / SESSIONS;
}
