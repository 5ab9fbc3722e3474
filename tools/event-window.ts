import { z } from 'zod';
import { activeMandate, listAccounts } from '../db/stores/accounts.ts';
import { scheduledEvents } from '../db/stores/events.ts';
import { coverageOf } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import type { ScheduledEvent } from '../desk/market/types.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { AsOf, readingMoment } from './as-of.ts';
import { defineTool, type ToolContext } from './define.ts';
import { blackoutOf, eventKindWords, insideBlackout, sessionAfter, tradingDaysAway } from './event-days.ts';
import { accountNamed, symbolNamed } from './order-terms.ts';
import { plainWords, shortened } from './outside-text.ts';
import { resultsMoves } from './results-moves.ts';

const Event = z.object({ date: z.string(), dayText: z.string(), kind: z.string(), words: z.string(), purpose: z.string(), tradingDaysAway: z.int(), counted: z.enum(['trading days', 'weekdays']), blackoutDays: z.int(), inside: z.boolean() });
const Figure = z.number().nullable();
const Output = z.object({
  asOf: z.string(), symbol: z.string(), name: z.string(), account: z.string().nullable(), deskBlackoutDays: z.int(), mandateBlackoutDays: z.int().nullable(),
  verdict: z.enum(['OPEN', 'BLACKOUT', 'NOTHING_KNOWN']).describe('NOTHING_KNOWN: no calendar covers these days, so nobody can say'),
  entryAllowed: z.boolean().nullable(), blocking: Event.nullable(), earliestEntry: z.string().nullable(), earliestEntryText: z.string().nullable(),
  next: Event.nullable().describe('the nearest event ahead'), events: z.array(Event),
  coverage: z.object({ covered: z.boolean(), source: z.string().nullable(), from: z.string().nullable(), to: z.string().nullable(), note: z.string() }),
  afterResults: z.object({ count: z.int(), lowestPercent: Figure, highestPercent: Figure, medianSizePercent: Figure.describe('of the moves’ sizes, whichever way'), moves: z.array(z.object({ resultsOn: z.string(), session: z.string(), movePercent: z.number(), basis: z.enum(['published', 'scheduled']) })) }),
});
export type EventWindow = z.output<typeof Output>;

const horizonDays = 60;
const pastDays = 45;
const mostResults = 8;

/** Whether scheduled events keep entries out of a symbol now, until when, and how it took its last results. */
export const eventWindow = defineTool({
  name: 'event_window',
  purpose: 'Whether results or other scheduled events keep entries out of a symbol, the earliest entry, and moves after past results',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1), account: z.string().optional().describe('its mandate’s blackout counts too'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, account, asOf }) => {
    const { market, database: { orm }, settings } = context.services;
    const moment = readingMoment(context, asOf);
    const record = symbolNamed(context, symbol);
    const calendar = market.calendar();
    const owner = await mandated(context, account);
    const limits = { desk: settings.eventBlackoutDays, mandate: owner?.blackoutDays ?? null };
    const listed = await scheduledEvents(orm, { symbols: [record.symbol], from: plusDays(moment.date, -pastDays), to: plusDays(moment.date, horizonDays), asOf: moment.asOf });
    const seen = (event: ScheduledEvent, day: TradingDate): z.input<typeof Event> => {
      const { days, counted } = tradingDaysAway(calendar, day, event.date);
      const blackoutDays = blackoutOf(event.kind, limits);
      return { date: event.date, dayText: formatDay(event.date, moment.date), kind: event.kind, words: eventKindWords[event.kind], purpose: shortened(plainWords(event.purpose), 160), tradingDaysAway: days, counted, blackoutDays, inside: insideBlackout(days, blackoutDays) };
    };
    const events = listed.map((event) => seen(event, moment.date));
    const blocking = events.filter((event) => event.inside).sort((a, b) => Math.abs(a.tradingDaysAway) - Math.abs(b.tradingDaysAway))[0] ?? null;
    let earliest: TradingDate | null = null;
    for (let day = moment.date, tries = 0; blocking && earliest === null && tries < horizonDays; tries += 1) {
      day = sessionAfter(calendar, day);
      if (listed.every((event) => !seen(event, day).inside)) earliest = day;
    }
    const covering = (await coverageOf(orm, 'scheduled_event')).find((row) => row.from <= moment.date && moment.date <= row.to && (row.symbol === '' || row.symbol === record.symbol));
    const verdict = blocking ? 'BLACKOUT' as const : covering ? 'OPEN' as const : 'NOTHING_KNOWN' as const;
    return {
      asOf: moment.asOf, symbol: record.symbol, name: record.name, account: owner?.name ?? null, deskBlackoutDays: limits.desk, mandateBlackoutDays: limits.mandate,
      verdict, entryAllowed: verdict === 'OPEN' ? true : verdict === 'BLACKOUT' ? false : null, blocking, earliestEntry: earliest, earliestEntryText: earliest && formatDay(earliest, moment.date),
      next: events.find((event) => event.date >= moment.date) ?? null, events,
      coverage: { covered: covering !== undefined, source: covering?.source ?? null, from: covering?.from ?? null, to: covering?.to ?? null, note: covering ? `${covering.source} covers ${formatDay(covering.from)} to ${formatDay(covering.to)}` : 'no results calendar covers this day' },
      afterResults: await resultsMoves(context, { symbol: record.symbol, moment, most: mostResults }),
    };
  },
});

/** The mandate that counts: of the account named, or of the only one that the caller may see. */
async function mandated(context: ToolContext, account: string | undefined): Promise<{ name: string; blackoutDays: number | null } | null> {
  const accounts = await listAccounts(context.services.database.orm, context.caller.viewableAccountIds);
  const meant = account === undefined ? (accounts.length === 1 ? accounts[0] : undefined) : await accountNamed(context, account);
  if (!meant) return null;
  return { name: meant.name, blackoutDays: (await activeMandate(context.services.database.orm, meant.id))?.terms.earningsBlackoutDays ?? null };
}
