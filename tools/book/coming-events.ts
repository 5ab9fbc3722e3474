import { z } from 'zod';
import { scheduledEvents } from '../../db/stores/events.ts';
import { coverageOf } from '../../db/stores/reference.ts';
import { plusDays } from '../../desk/time.ts';
import { plainWords, shortened } from '../outside-text.ts';
import type { ToolServices } from '../services.ts';
import type { Moment } from './moment.ts';

/** How far ahead a corporate event is of interest to somebody who holds the share. */
const horizonDays = 30;

export const ComingEvent = z.object({ symbol: z.string(), date: z.string(), kind: z.string(), purpose: z.string(), tradingDaysAway: z.int().nullable() });
export type ComingEvent = z.infer<typeof ComingEvent>;

/** Scheduled events of symbols, soonest first, and whether any source covers the coming days: none listed is not the same as none known. */
export async function comingEvents({ database, market }: ToolServices, { symbols, moment }: { symbols: readonly string[]; moment: Moment }): Promise<{ events: ComingEvent[]; covered: boolean }> {
  if (symbols.length === 0) return { events: [], covered: true };
  const calendar = market.calendar();
  const events = await scheduledEvents(database.orm, { symbols, from: moment.date, to: plusDays(moment.date, horizonDays), asOf: moment.asOf });
  const coverage = (await coverageOf(database.orm, 'scheduled_event')).filter((row) => row.from <= moment.date && moment.date <= row.to);
  return {
    covered: symbols.every((symbol) => coverage.some((row) => row.symbol === '' || row.symbol === symbol)),
    events: events.map(({ symbol, date, kind, purpose }) => ({ symbol, date, kind, purpose: shortened(plainWords(purpose), 120), tradingDaysAway: calendar.covers(moment.date) && calendar.covers(date) ? calendar.daysBetween(moment.date, date) : null })),
  };
}
