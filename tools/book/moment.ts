import { z } from 'zod';
import { at, dateIn, type Instant, type TradingDate } from '../../desk/time.ts';
import { momentNamed } from '../as-of.ts';
import { type ToolContext, ToolError } from '../define.ts';

/** When a read is about, on the market clock. `now` false: an earlier moment, and only what was known then counts. */
export interface Moment { asOf: Instant; date: TradingDate; now: boolean }

export const AsOf = z.string().optional().describe('market time (or a date: its end) to look from; absent: now');

/**
 * The moment that a call looks from: its own `asOf` or the turn's, whichever is earlier, written as `momentNamed` reads it. Books, unlike
 * readings of the market (`readingMoment`), refuse a moment ahead. Errors: `AS_OF_INVALID`, `INVALID_DATE`, `AS_OF_AHEAD`.
 */
export function momentOf({ services, caller }: ToolContext, given?: string): Moment {
  const { market } = services;
  const now = market.now();
  const wanted = [given, caller.asOf].filter((text) => text !== undefined).map((text) => parse(text, { now, zone: market.zone }));
  const asOf = wanted.reduce((earliest, each) => (each < earliest ? each : earliest), now);
  return { asOf, date: dateIn(asOf, market.zone), now: asOf === now };
}

function parse(text: string, { now, zone }: { now: Instant; zone: Parameters<typeof dateIn>[1] }): Instant {
  // Today's end has not come yet: what is known of today is what is known now.
  if (text === dateIn(now, zone)) return now;
  const moment = momentNamed(text, { zone, field: 'asOf' });
  if (moment > now) throw new ToolError('AS_OF_AHEAD', 'That moment is ahead of the market’s time; nothing is known of it.', 'asOf');
  return moment;
}

/** The first moment of a date on the exchange's wall. */
export const startOf = (date: TradingDate, zone: Parameters<typeof dateIn>[1]): Instant => at(date, '00:00', zone);
