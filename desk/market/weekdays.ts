import { plusDays, type TradingDate } from '../time.ts';
import { indexOf } from './month-spans.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Sunday is 0; −1 for a word that is none, also of three letters. */
export const weekdayNamed = (word: string): number => indexOf(weekdays, word);
const weekdayOf = (date: TradingDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();
export const mondayOf = (date: TradingDate): TradingDate => plusDays(date, -((weekdayOf(date) + 6) % 7));
/** The last such day, today where it is one and counts. */
export const lastWeekday = (date: TradingDate, weekday: number, todayCounts: boolean): TradingDate => {
  const back = (weekdayOf(date) - weekday + 7) % 7;
  return plusDays(date, -(back === 0 && !todayCounts ? 7 : back));
};
/** The coming one, today where it is one and counts. */
export const nextWeekday = (date: TradingDate, weekday: number, todayCounts = false): TradingDate => {
  const ahead = (weekday - weekdayOf(date) + 7) % 7;
  return plusDays(date, ahead === 0 && !todayCounts ? 7 : ahead);
};
