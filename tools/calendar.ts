import { z } from 'zod';
import { scheduledEvents } from '../db/stores/events.ts';
import { corporateActions, coverageOf } from '../db/stores/reference.ts';
import { formatDay } from '../desk/format.ts';
import type { TradingCalendar } from '../desk/market/types.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, type ReadingMoment, readingMoment } from './as-of.ts';
import { closedDay, weekdayOf } from './closed-day.ts';
import { defineTool, ToolError } from './define.ts';
import { eventKindWords, tradingDaysAway } from './event-days.ts';
import { symbolNamed } from './order-terms.ts';
import { plainWords, shortened } from './outside-text.ts';

const Kind = z.enum(['RESULTS', 'BOARD_MEETING', 'AGM', 'DIVIDEND', 'CORPORATE_ACTION', 'HOLIDAY', 'SPECIAL_SESSION', 'OTHER']);
const Item = z.object({ date: z.string(), dayText: z.string(), weekday: z.string(), kind: Kind, words: z.string(), symbol: z.string().nullable(), name: z.string().nullable(), title: z.string(), tradingDaysAway: z.int(), knownAt: z.string().nullable() });
type Item = z.input<typeof Item>;
const Output = z.object({
  asOf: z.string(), from: z.string(), to: z.string(), fromText: z.string(), toText: z.string(), symbol: z.string().nullable(), what: z.string().nullable(), count: z.int(), items: z.array(Item).describe('by date'), truncated: z.boolean(),
  coverage: z.array(z.object({ kind: z.string(), source: z.string(), from: z.string(), to: z.string() })), exchangeDays: z.object({ from: z.string(), to: z.string(), fromText: z.string(), toText: z.string() }).nullable(),
  covered: z.boolean().describe('some source covers these days; otherwise an empty list means that nobody knows'), reason: z.string().nullable(),
});
export type CalendarOutput = z.output<typeof Output>;

const What = z.enum(['RESULTS', 'DIVIDEND', 'BOARD_MEETING', 'HOLIDAY', 'SESSION']);
const usualDays: Record<z.output<typeof What> | 'ALL', number> = { RESULTS: 45, DIVIDEND: 60, BOARD_MEETING: 45, HOLIDAY: 200, SESSION: 30, ALL: 30 };
const mostItems = 200;

/** What is scheduled: results, board meetings, dividends and other corporate actions, holidays and special sessions. */
export const calendar = defineTool({
  name: 'calendar',
  purpose: 'What lies ahead: results, board meetings, ex-dates, exchange holidays and special sessions, with what the sources cover',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).optional(), what: What.optional().describe('absent: everything but holidays of other weeks'), from: DateText.optional().describe('absent: today'), to: DateText.optional(), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, what, from: fromText, to: toText, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const record = symbol === undefined ? null : symbolNamed(context, symbol);
    const from = fromText === undefined ? moment.date : dateNamed(fromText, 'from');
    const to = toText === undefined ? plusDays(from > moment.date ? from : moment.date, usualDays[what ?? 'ALL']) : dateNamed(toText, 'to');
    if (from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    if (Date.parse(to) - Date.parse(from) > 800 * 86_400_000) throw new ToolError('TOO_LONG', 'the calendar answers for at most two years at once', 'to');
    const days = market.calendar();
    const symbols = record ? { symbols: [record.symbol] } : {};
    const base = (date: TradingDate) => ({ date, dayText: formatDay(date, moment.date), weekday: weekdayOf(date), tradingDaysAway: tradingDaysAway(days, moment.date, date).days });
    const named = (name: string) => ({ symbol: name, name: market.symbols().get(name)?.name ?? null });
    const items: Item[] = [];
    if (what !== 'HOLIDAY' && what !== 'SESSION' && what !== 'DIVIDEND') {
      for (const event of await scheduledEvents(orm, { ...symbols, from, to, asOf: moment.asOf })) {
        // Results are considered at a board meeting.
        if (what && event.kind !== what && !(what === 'BOARD_MEETING' && event.kind === 'RESULTS')) continue;
        items.push({ ...base(event.date), ...named(event.symbol), kind: event.kind, words: eventKindWords[event.kind], title: shortened(plainWords(event.purpose), 160) || eventKindWords[event.kind], knownAt: event.knownAt });
      }
    }
    if (what === undefined || what === 'DIVIDEND') {
      for (const action of await corporateActions(orm, { ...symbols, asOf: moment.asOf })) {
        if (action.exDate < from || action.exDate > to || action.basis !== 'published' || (what === 'DIVIDEND' && action.kind !== 'DIVIDEND')) continue;
        items.push({ ...base(action.exDate), ...named(action.symbol), kind: action.kind === 'DIVIDEND' ? 'DIVIDEND' : 'CORPORATE_ACTION', words: `ex-date, ${action.kind.toLowerCase()}`, title: shortened(plainWords(action.subject), 160), knownAt: action.knownAt });
      }
    }
    if (!record && what !== 'RESULTS' && what !== 'BOARD_MEETING' && what !== 'DIVIDEND') items.push(...exchangeDays(days, { from, to }).filter(({ kind }) => what !== 'HOLIDAY' || kind === 'HOLIDAY').map(({ date, ...rest }) => ({ ...base(date), symbol: null, name: null, knownAt: null, ...rest })));
    items.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : (a.symbol ?? '') < (b.symbol ?? '') ? -1 : 1));
    const coverage = (await Promise.all(['scheduled_event', 'corporate_action'].map((kind) => coverageOf(orm, kind)))).flat().filter((row) => row.symbol === '' || row.symbol === record?.symbol).map(({ kind, source, from: first, to: last }) => ({ kind, source, from: first, to: last }));
    const known = isKnown({ what, coverage, calendar: days, from, moment });
    return {
      asOf: moment.asOf, from, to, fromText: formatDay(from, moment.date), toText: formatDay(to, moment.date), symbol: record?.symbol ?? null, what: what ?? null, count: items.length, items: items.slice(0, mostItems), truncated: items.length > mostItems,
      coverage, exchangeDays: days.coverage && { ...days.coverage, fromText: formatDay(days.coverage.from), toText: formatDay(days.coverage.to) }, covered: known,
      reason: items.length > 0 ? null : known ? 'nothing is scheduled in these days' : 'no source covers these days, so nothing is known',
    };
  },
});

function exchangeDays(days: TradingCalendar, { from, to }: { from: TradingDate; to: TradingDate }): (Pick<Item, 'kind' | 'words' | 'title'> & { date: TradingDate })[] {
  const found: (Pick<Item, 'kind' | 'words' | 'title'> & { date: TradingDate })[] = [];
  for (let date = from; date <= to; date = plusDays(date, 1)) {
    const closed = closedDay(days, date);
    if (closed && closed.reason !== 'WEEKEND') found.push({ date, kind: 'HOLIDAY', words: 'exchange closed', title: closed.label });
    if (days.isTradingDay(date) && ['Saturday', 'Sunday'].includes(weekdayOf(date))) found.push({ date, kind: 'SPECIAL_SESSION', words: 'special session', title: 'session on a weekend' });
  }
  return found;
}

/** Whether an empty list may be read as "nothing is scheduled". */
function isKnown({ what, coverage, calendar: days, from, moment }: { what: z.output<typeof What> | undefined; coverage: { kind: string; from: string; to: string }[]; calendar: TradingCalendar; from: TradingDate; moment: ReadingMoment }): boolean {
  if (what === 'HOLIDAY' || what === 'SESSION') return days.covers(from);
  const kind = what === 'DIVIDEND' ? 'corporate_action' : 'scheduled_event';
  const day = from > moment.date ? from : moment.date;
  return coverage.some((row) => row.kind === kind && row.from <= day && day <= row.to);
}
