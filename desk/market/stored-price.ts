import { dateIn, type Instant } from '../time.ts';
import type { Quote, TradingCalendar } from './types.ts';

/** Was this price printed in a file that is played back, and not made by a market that goes on? */
export const isStoredPrice = ({ spreadFrom }: Pick<Quote, 'spreadFrom'>): boolean => spreadFrom === 'snapshot' || spreadFrom === 'close';

/**
 * A stored price of an option stands for the market from when it was known until another session opens: nothing newer exists in that world,
 * and once one has opened the price is of another day. False where the calendar does not know the day.
 */
export function storedPriceStands({ at, now, calendar }: { at: Instant; now: Instant; calendar: TradingCalendar }): boolean {
  const date = dateIn(at, calendar.zone);
  const today = dateIn(now, calendar.zone);
  if (at > now || !calendar.covers(date) || !calendar.covers(today)) return false;
  const session = calendar.session(today);
  const latest = session && now >= session.open ? today : calendar.previous(today);
  const opened = latest === null ? null : calendar.session(latest);
  return opened !== null && opened !== undefined && at >= opened.open;
}
