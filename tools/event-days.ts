import type { ScheduledEvent, TradingCalendar } from '../desk/market/types.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';

/** How far a day lies in trading days (past: negative). Where the calendar does not reach, weekdays are counted, and that is said. */
export function tradingDaysAway(calendar: TradingCalendar, from: TradingDate, to: TradingDate): { days: number; counted: 'trading days' | 'weekdays' } {
  const [early, late] = from <= to ? [from, to] : [to, from];
  const sign = from <= to ? 1 : -1;
  try {
    return { days: sign * calendar.daysBetween(early, late), counted: 'trading days' };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    let days = 0;
    for (let day = plusDays(early, 1); day <= late; day = plusDays(day, 1)) if (isWeekday(day)) days += 1;
    return { days: sign * days, counted: 'weekdays' };
  }
}
const isWeekday = (date: TradingDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** The next day on which the exchange is open as far as anyone knows: by the calendar, past its end any weekday. */
export function sessionAfter(calendar: TradingCalendar, date: TradingDate): TradingDate {
  const next = calendar.next(date);
  if (next) return next;
  let day = plusDays(date, 1);
  while (!isWeekday(day)) day = plusDays(day, 1);
  return day;
}

/** Without entries: up to so many trading days before an event, on its day, and until that many after it (as the gate `event_window` counts). */
export const insideBlackout = (away: number, days: number): boolean => away <= days && away > -days;
/** Trading days of blackout: the desk's for every listed event, the mandate's too for results and the boards that pass them. */
export const blackoutOf = (kind: ScheduledEvent['kind'], { desk, mandate }: { desk: number; mandate: number | null }): number =>
  (kind === 'RESULTS' || kind === 'BOARD_MEETING' ? Math.max(desk, mandate ?? 0) : desk);

export const eventKindWords: Record<ScheduledEvent['kind'], string> = { RESULTS: 'results', BOARD_MEETING: 'board meeting', AGM: 'annual general meeting', OTHER: 'listed event' };
