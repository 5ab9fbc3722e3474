import { z } from 'zod';
import { scheduledEvents } from '../../db/stores/events.ts';
import { corporateActions, coverageOf } from '../../db/stores/reference.ts';
import { formatDay } from '../../desk/format.ts';
import type { CorporateAction, TradingCalendar } from '../../desk/market/types.ts';
import { plusDays } from '../../desk/time.ts';
import { plainWords, shortened } from '../outside-text.ts';
import type { ToolServices } from '../services.ts';
import type { Moment } from './moment.ts';

/** How far ahead a corporate event is of interest to somebody who holds the share. */
const horizonDays = 30;

export const ComingEvent = z.object({ symbol: z.string(), date: z.string(), kind: z.string(), purpose: z.string(), tradingDaysAway: z.int().nullable() });
export type ComingEvent = z.infer<typeof ComingEvent>;

/** What a right or a part of the company goes to, and until when: an entitlement is a note, never shares. */
function entitlement({ kind, subject, exDate }: CorporateAction, calendar: TradingCalendar): string | null {
  if (kind !== 'RIGHTS' && kind !== 'DEMERGER') return null;
  const last = calendar.covers(exDate) ? calendar.previous(exDate) : null;
  return `${shortened(plainWords(subject), 120)}; ${last === null ? 'whoever holds it before that day' : `whoever holds it at the end of ${formatDay(last)}`} ${kind === 'RIGHTS' ? 'may buy new shares' : 'is given shares of what is parted'}`;
}

/** Scheduled events of symbols, and rights and demergers that lie ahead, soonest first, and whether any source covers the coming days: none listed is not the same as none known. */
export async function comingEvents({ database, market }: ToolServices, { symbols, moment }: { symbols: readonly string[]; moment: Moment }): Promise<{ events: ComingEvent[]; covered: boolean }> {
  if (symbols.length === 0) return { events: [], covered: true };
  const calendar = market.calendar();
  const events = await scheduledEvents(database.orm, { symbols, from: moment.date, to: plusDays(moment.date, horizonDays), asOf: moment.asOf });
  const entitlements = (await corporateActions(database.orm, { symbols, asOf: moment.asOf })).flatMap((action) => {
    const purpose = action.exDate > moment.date && action.exDate <= plusDays(moment.date, horizonDays) ? entitlement(action, calendar) : null;
    return purpose === null ? [] : [{ symbol: action.symbol, date: action.exDate, kind: action.kind as string, purpose }];
  });
  const listed = [...events.map(({ symbol, date, kind, purpose }) => ({ symbol, date, kind: kind as string, purpose: shortened(plainWords(purpose), 120) })), ...entitlements].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const coverage = (await coverageOf(database.orm, 'scheduled_event')).filter((row) => row.from <= moment.date && moment.date <= row.to);
  return {
    covered: symbols.every((symbol) => coverage.some((row) => row.symbol === '' || row.symbol === symbol)),
    events: listed.map(({ symbol, date, kind, purpose }) => ({ symbol, date, kind, purpose, tradingDaysAway: calendar.covers(moment.date) && calendar.covers(date) ? calendar.daysBetween(moment.date, date) : null })),
  };
}
