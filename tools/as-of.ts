import { z } from 'zod';
import { at, dateIn, type Instant, instant, plusDays, plusMs, type TradingDate, tradingDate, type Zone } from '../desk/time.ts';
import { type ToolContext, ToolError } from './define.ts';

export const AsOf = z.string().describe('point in time: an instant, or a date (its end in the exchange’s zone); what was not known by then does not exist');
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD');

const bareDate = /^\d{4}-\d{2}-\d{2}$/;
const wallTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)$/;

/** A date in the exchange's zone, or a ToolError that says which field was wrong. */
export function dateNamed(text: string, field: string): TradingDate {
  try { return tradingDate(text); } catch { throw new ToolError('INVALID_DATE', `${text} is no date (YYYY-MM-DD)`, field); }
}

/** A bare date is its last second on the exchange's wall (`edge: 'start'`: its first); a time without zone is the exchange's. */
export function momentNamed(text: string, { zone, field, edge = 'end' }: { zone: Zone; field: string; edge?: 'start' | 'end' }): Instant {
  if (bareDate.test(text)) return at(dateNamed(text, field), edge === 'end' ? '23:59:59' : '00:00:00', zone);
  const wall = wallTime.exec(text);
  if (wall?.[1] && wall[2]) return at(dateNamed(wall[1], field), wall[2], zone);
  try { return instant(text); } catch { throw new ToolError('AS_OF_INVALID', `“${text}” is no date and no time.`, field); }
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
