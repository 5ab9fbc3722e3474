import { type TradingDate, plusDays } from '../time.ts';
import type { CalendarDay } from './types.ts';

/**
 * What one source says of the days from `coverage.from` to `coverage.to`, both included.
 * `sessions-listed`: it lists every session, so a day that it does not list was closed (trading days seen in price files).
 * `holidays-listed`: it lists what departs from Monday to Friday (an exchange's holiday circular).
 * Rows outside the coverage are not read.
 */
export interface CalendarSource {
  coverage: { from: TradingDate; to: TradingDate };
  mode: 'sessions-listed' | 'holidays-listed';
  days: readonly CalendarDay[];
}

/** No exchange has closed for longer than this in the years covered; a longer hole means that files are missing. */
const LONGEST_CLOSURE_DAYS = 7;

/**
 * Sources from the days on which prices were seen. A hole of more than seven calendar days is not read as a holiday:
 * the list is cut there, and nothing is known of the days between.
 */
export function sessionsSeen(days: readonly CalendarDay[]): CalendarSource[] {
  const sorted = [...days].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const sources: CalendarSource[] = [];
  let run: CalendarDay[] = [];
  const close = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) sources.push({ mode: 'sessions-listed', coverage: { from: first.date, to: last.date }, days: run });
    run = [];
  };
  for (const day of sorted) {
    const previous = run.at(-1);
    if (previous && day.date > plusDays(previous.date, LONGEST_CLOSURE_DAYS)) close();
    run.push(day);
  }
  close();
  return sources;
}
