import { z } from 'zod';
import { at, dateIn, type Instant, instant, plusDays, plusMs, type TradingDate, tradingDate, type Zone } from '../desk/time.ts';
import { type ToolContext, ToolError } from './define.ts';

export const AsOf = z.string().describe('point in time: an instant, or a date (its end in the exchange’s zone); what was not known by then does not exist');
/** Years in which there may be something to read; reckoning from a date outside of them leaves the years that a date can be written in. */
const years = '(?:19|2\\d)\\d{2}';
export const DateText = z.string().regex(new RegExp(`^${years}-\\d{2}-\\d{2}$`), 'a date is written YYYY-MM-DD and lies in the years 1900 to 2999');

const bareDate = /^\d{4}-\d{2}-\d{2}$/;
const wallTime = /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/;
const zonedTime = new RegExp(`^(${years}-\\d{2}-\\d{2})[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}(?::?\\d{2})?)$`);

/** A date in the exchange's zone, or a ToolError that says which field was wrong. */
export function dateNamed(text: string, field: string): TradingDate {
  if (DateText.safeParse(text).success) try { return tradingDate(text); } catch { /* no day of the calendar */ }
  throw new ToolError('INVALID_DATE', `${text} is no date (YYYY-MM-DD, in the years 1900 to 2999)`, field);
}

/** A bare date is its last second on the exchange's wall (`edge: 'start'`: its first); a time without zone is the exchange's. */
export function momentNamed(text: string, { zone, field, edge = 'end' }: { zone: Zone; field: string; edge?: 'start' | 'end' }): Instant {
  if (bareDate.test(text)) return at(dateNamed(text, field), edge === 'end' ? '23:59:59' : '00:00:00', zone);
  const wall = wallTime.exec(text);
  if (wall?.[1] && wall[2]) return at(dateNamed(wall[1], field), wall[2], zone);
  const zoned = zonedTime.exec(text);
  if (zoned?.[1]) try { dateNamed(zoned[1], field); return instant(text); } catch { /* told below */ }
  throw new ToolError('AS_OF_INVALID', `“${text}” is no date and no time.`, field);
}

/** When the reading takes place. `live`: it is the market's now, so quotes may be read. */
export interface ReadingMoment { asOf: Instant; date: TradingDate; live: boolean }

/** The moment of a reading: what the input asks for, never later than the turn's own as-of and never later than the market's now. */
export function readingMoment({ services: { market }, caller }: ToolContext, asOf: string | undefined): ReadingMoment {
  const now = market.now();
  const asked = [asOf, caller.asOf].flatMap((text) => (text === undefined ? [] : [momentNamed(text, { zone: market.zone, field: 'asOf' })]));
  const earliest = asked.reduce((least, moment) => (moment < least ? moment : least), now);
  return { asOf: earliest, date: dateIn(earliest, market.zone), live: earliest === now };
}

/** The reading moment no later than the end of `date`. */
export function momentOn(moment: ReadingMoment, date: TradingDate, zone: Zone): ReadingMoment {
  if (date >= moment.date) return moment;
  return { asOf: plusMs(at(plusDays(date, 1), '00:00:00', zone), -1), date, live: false };
}
