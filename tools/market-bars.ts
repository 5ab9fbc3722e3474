import { z } from 'zod';
import { intradayBarsOn } from '../db/stores/bars.ts';
import { eventsKnown } from '../db/stores/events.ts';
import { foreignBars, foreignSpan } from '../db/stores/published.ts';
import { formatDay } from '../desk/format.ts';
import { at, dateIn, plusDays, type TradingDate, timeIn } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { AsOf, DateText, dateNamed, type ReadingMoment, readingMoment } from './as-of.ts';
import { companySpan } from './company-bars.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { barOfQuote } from './market-day.ts';
import { splitAt } from './foreign-share.ts';
import { symbolNamed } from './order-terms.ts';
import { OutsideEvent, outsideEvent } from './outside-event.ts';

const Bar = z.object({ time: z.string().describe('date of a daily bar, first moment of a minute'), open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: z.number(), adjustmentFactor: z.number() });
const Output = z.object({
  asOf: z.string(), symbol: z.string(), name: z.string(), currency: z.enum(['INR', 'USD']), interval: z.enum(['1d', '1m']), adjusted: z.boolean(),
  from: z.string().nullable(), to: z.string().nullable(), fromText: z.string().nullable(), toText: z.string().nullable(), count: z.int(), bars: z.array(Bar).describe('oldest first; with `adjusted` in the prices of asOf'),
  unfinished: z.boolean().describe('the last bar is of the session that is still on'),
  summary: z.object({ first: z.number(), last: z.number(), changePercent: z.number().nullable().describe('to the last close: from the close before a period that was asked for, else from the first; null where they cannot be compared'), high: z.number(), highOn: z.string(), low: z.number(), lowOn: z.string() }).nullable(),
  pins: z.array(OutsideEvent.extend({ time: z.string() })), pinned: z.int(),
  actions: z.array(z.object({ exDate: z.string(), kind: z.string(), subject: z.string(), factor: z.number(), basis: z.enum(['published', 'detected']) })),
  brokenAt: z.string().nullable().describe('prices before this day cannot be compared with those after'),
  history: z.object({ from: z.string(), to: z.string(), sessions: z.int() }).nullable(), reason: z.string().nullable(),
});
export type MarketBars = z.output<typeof Output>;

const usualSessions = 60;
const mostSessions = 2000;
const mostMinuteDays = 10;
const mostPins = 40;

/** Bars of a symbol with what happened pinned to them. */
export const marketBars = defineTool({
  name: 'market_bars',
  purpose: 'Daily or minute bars of a symbol, adjusted for splits and bonuses or as printed, with news and filings as pins',
  effect: 'read', permission: 'market:read',
  input: z.object({
    symbol: z.string().min(1), from: DateText.optional(), to: DateText.optional(), sessions: z.int().min(1).max(mostSessions).optional().describe(`the last so many; absent without from: ${usualSessions}`),
    interval: z.enum(['1d', '1m']).default('1d'), adjusted: z.boolean().default(true).describe('false: as printed'), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, input) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, input.asOf);
    const abroad = await foreignSeries(context, input, moment);
    if (abroad) return abroad;
    const record = symbolNamed(context, input.symbol);
    const [from, to] = [input.from && dateNamed(input.from, 'from'), input.to && dateNamed(input.to, 'to')];
    if (from && to && from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const request = { symbol: record.symbol, ...(from ? { from } : {}), ...(to ? { to } : {}), sessions: input.sessions, moment, adjusted: input.adjusted };
    const { base, ...series } = input.interval === '1d' ? await daily(context, request) : await minutes(context, request);
    const [first, last] = [series.bars[0], series.bars.at(-1)];
    const text = (time: string): string => (input.interval === '1d' ? formatDay(time as TradingDate, moment.date) : `${formatDay(dateIn(time as typeof moment.asOf, market.zone), moment.date)} ${timeIn(time as typeof moment.asOf, market.zone)}`);
    const events = first && last ? await eventsKnown(orm, { symbols: [record.symbol], asOf: moment.asOf, limit: 400 }) : [];
    const [start, end] = first && last ? [first.time.slice(0, 10), last.time.slice(0, 10)] : ['', ''];
    const within = events.map((event) => ({ event, date: dateIn(event.happenedAt, market.zone) })).filter(({ date }) => date >= start && date <= end);
    const weight = { HIGH: 0, MEDIUM: 1, LOW: 2 };
    const pins = within.sort((a, b) => weight[a.event.priority] - weight[b.event.priority]).slice(0, mostPins).map(({ event, date }) => ({ ...outsideEvent(event, { zone: market.zone, near: moment.date }), time: input.interval === '1d' ? date : event.happenedAt })).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    return {
      asOf: moment.asOf, symbol: record.symbol, name: record.name, currency: record.exchange === 'US' ? 'USD' as const : 'INR' as const, interval: input.interval, adjusted: input.adjusted && input.interval === '1d',
      from: first?.time ?? null, to: last?.time ?? null, fromText: first ? text(first.time) : null, toText: last ? text(last.time) : null, count: series.bars.length, ...series, summary: summaryOf({ ...series, base }, input.adjusted, text),
      pins, pinned: pins.length, history: await companySpan(orm, { symbol: record.symbol, asOf: moment.asOf }),
      reason: series.bars.length > 0 ? null : input.interval === '1m' ? `no minute bars of ${record.symbol} are stored for that time` : `no daily bars of ${record.symbol} are stored for that time`,
    };
  },
});

/** A share of the US, where bars of it are stored and no symbol of the desk's own exchange is called so. Printed prices: no actions of it are stored. */
async function foreignSeries({ services: { market, database: { orm } } }: ToolContext, input: { symbol: string; from?: string | undefined; to?: string | undefined; sessions?: number | undefined; interval: '1d' | '1m' }, moment: ReadingMoment): Promise<z.input<typeof Output> | null> {
  const symbol = input.symbol.trim().toUpperCase().replace(/\.US$/, '');
  if (market.symbols().has(symbol) || input.interval !== '1d') return null;
  const span = await foreignSpan(orm, { symbol, asOf: moment.asOf });
  if (!span) return null;
  const end = input.to ? dateNamed(input.to, 'to') : span.to;
  const count = input.sessions ?? (input.from ? mostSessions : usualSessions);
  const from = input.from ? dateNamed(input.from, 'from') : null;
  const stored = await foreignBars(orm, { exchange: span.exchange, symbol, from: from ? plusDays(from, -daysBefore) : plusDays(end, -(Math.ceil(count * 1.6) + 12)), to: end, asOf: moment.asOf });
  const found = stored.filter(({ date }) => from === null || date >= from).slice(-count);
  const bars = found.map(({ date, open, high, low, close, volume }) => ({ time: date, open, high, low, close, volume, adjustmentFactor: 1 }));
  const text = (time: string): string => formatDay(time as TradingDate, moment.date);
  const series = { bars, actions: [], brokenAt: bars[splitAt(bars)]?.time ?? null, unfinished: false };
  const [first, last] = [bars[0], bars.at(-1)];
  return {
    asOf: moment.asOf, symbol, name: symbol, currency: 'USD', interval: '1d', adjusted: false, from: first?.time ?? null, to: last?.time ?? null, fromText: first ? text(first.time) : null, toText: last ? text(last.time) : null, count: bars.length, ...series,
    summary: summaryOf({ ...series, base: from ? (stored.findLast(({ date }) => date < from)?.close ?? null) : null }, false, text), pins: [], pinned: 0, history: span, reason: bars.length > 0 ? null : `no daily bars of ${symbol} are stored for that time`,
  };
}

interface Request { symbol: string; from?: TradingDate; to?: TradingDate; sessions: number | undefined; moment: ReadingMoment; adjusted: boolean }
type Series = Pick<MarketBars, 'bars' | 'actions' | 'brokenAt' | 'unfinished'> & { /** The close before a period that was asked for; null where none is stored, or no period was. */ base: number | null };
/** A period's change counts from the close before it; no exchange is closed for longer. */
const daysBefore = 14;

async function daily({ services: { market, database: { orm } } }: ToolContext, { symbol, from, to, sessions, moment, adjusted }: Request): Promise<Series> {
  const count = sessions ?? (from ? mostSessions : usualSessions);
  const end = to && to < moment.date ? to : moment.date;
  const start = from ? plusDays(from, -daysBefore) : plusDays(end, -(Math.ceil(count * 1.6) + 12));
  const series = await adjustedSeries(orm, { symbol, from: start, moment, calendar: market.calendar() });
  const source = adjusted ? series.bars : series.printed.map((bar) => ({ ...bar, adjustmentFactor: 1 }));
  const stored = source.filter((bar) => bar.date <= end && (from === undefined || bar.date >= from));
  const before = from === undefined ? undefined : source.findLast((bar) => bar.date < from);
  const today = moment.live && end === moment.date && stored.at(-1)?.date !== end && running(market.calendar().session(end), moment) ? barOfQuote(market.quote(symbol), end, market.zone) : null;
  const bars = [...stored, ...(today ? [{ ...today, adjustmentFactor: 1 }] : [])].slice(-count).map(({ date, open, high, low, close, volume, adjustmentFactor }) => ({ time: date, open, high, low, close, volume, adjustmentFactor }));
  // A split on the period's first day lies between it and the close before.
  const first = before?.date ?? bars[0]?.time ?? '';
  const gap = series.breaks.filter((each) => !each.comparable && each.date > first && each.date <= end).at(-1);
  const actions = series.actions.filter((action) => action.exDate > first && action.exDate <= moment.date && (action.factor !== 1 || action.kind === 'DIVIDEND'));
  return { bars, base: before?.close ?? null, unfinished: today !== null, brokenAt: gap?.date ?? null, actions: actions.map(({ exDate, kind, subject, factor, basis }) => ({ exDate, kind, subject, factor, basis })) };
}
const running = (session: { open: string } | null, { asOf }: ReadingMoment): boolean => session !== null && asOf >= session.open;

async function minutes({ services: { market, database: { orm } } }: ToolContext, { symbol, from, to, moment }: Request): Promise<Series> {
  const end = to && to < moment.date ? to : moment.date;
  const start = from ?? end;
  if (plusDays(start, mostMinuteDays) <= end) throw new ToolError('TOO_LONG', `minute bars come for at most ${mostMinuteDays} days at once`, 'from');
  const found = await intradayBarsOn(orm, { from: plusDays(start, -1), to: plusDays(end, 2), symbol, asOf: moment.asOf });
  const [opens, closes] = [at(start, '00:00:00', market.zone), at(plusDays(end, 1), '00:00:00', market.zone)];
  const bars = found.filter((bar) => bar.minutes === 1 && bar.start >= opens && bar.start < closes).map(({ start: time, open, high, low, close, volume }) => ({ time, open, high, low, close, volume, adjustmentFactor: 1 }));
  return { bars, base: null, actions: [], brokenAt: null, unfinished: false };
}

function summaryOf({ bars, base, brokenAt, actions }: Series, adjusted: boolean, text: (time: string) => string): MarketBars['summary'] {
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const highest = bars.reduce((best, bar) => (bar.high > best.high ? bar : best), first);
  const lowest = bars.reduce((best, bar) => (bar.low < best.low ? bar : best), first);
  const from = base ?? first.close;
  const comparable = brokenAt === null && (adjusted || actions.every((action) => action.factor === 1));
  return { first: first.close, last: last.close, changePercent: comparable && from > 0 ? 100 * (last.close / from - 1) : null, high: highest.high, highOn: text(highest.time), low: lowest.low, lowOn: text(lowest.time) };
}
