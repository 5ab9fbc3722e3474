import { z } from 'zod';
import { intradayBarsOn } from '../db/stores/bars.ts';
import { formatDay } from '../desk/format.ts';
import { changePercentOf, lastFromWords } from '../desk/market/last-price.ts';
import type { DailyBar, Quote } from '../desk/market/types.ts';
import { dateIn, type Instant, msBetween, plusDays, type TradingDate, timeIn } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { AsOf, DateText, dateNamed, type ReadingMoment, readingMoment } from './as-of.ts';
import { closedDay } from './closed-day.ts';
import { companyBars, companySpan, lastCompanyBar } from './company-bars.ts';
import { defineTool, type ToolContext } from './define.ts';
import { foreignShare, type ForeignShare, foreignStretch } from './foreign-share.ts';
import { symbolNamed } from './order-terms.ts';

const Field = z.enum(['last', 'open', 'high', 'low', 'close', 'volume']);
type Field = z.output<typeof Field>;
const DayText = { date: z.string(), dayText: z.string().describe('as people say it, without the year where it is that of the question') };
const Output = z.object({
  asOf: z.string(), symbol: z.string(), name: z.string(), exchange: z.string(), currency: z.enum(['INR', 'USD']),
  status: z.enum(['QUOTE', 'BAR', 'CLOSED_DAY', 'OUTSIDE_HISTORY', 'NOT_TRADED', 'SESSION_NOT_OVER', 'AHEAD', 'NO_PRICE']),
  field: Field, value: z.number().nullable().describe('what was asked for; null with a reason'),
  at: z.string().nullable().describe('when that value was known'), atText: z.string().nullable(),
  quote: z.object({
    last: z.number(), lastFrom: z.string().nullable().describe('what the last price is where no trade is known; null: a trade'), bid: z.number(), ask: z.number(), bidSize: z.number(), askSize: z.number(), spreadPercent: z.number().nullable(), spreadFrom: z.enum(['book', 'bars', 'snapshot', 'close']).describe('bars: modelled, not an order book; snapshot: of a stored option chain; close: a closing price with a modelled spread'),
    open: z.number().nullable(), high: z.number().nullable(), low: z.number().nullable(), previousClose: z.number().nullable(), changePercent: z.number().nullable(), volume: z.number(), at: z.string(), ageSeconds: z.number(),
  }).nullable(),
  bar: z.object({
    ...DayText, open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: z.number(), previousClose: z.number().nullable(), changePercent: z.number().nullable().describe('close against the previous close that the exchange printed, or that of the session before'),
    adjustmentFactor: z.number().nullable().describe('printed prices times this are in the prices of asOf; null where the series is broken in between'), adjustedClose: z.number().nullable(),
  }).nullable().describe('as printed that day'),
  closed: z.object({ ...DayText, reason: z.enum(['HOLIDAY', 'WEEKEND', 'NO_SESSION']), label: z.string() }).nullable(),
  previousSession: z.object({ ...DayText, close: z.number() }).nullable(),
  history: z.object({ from: z.string(), to: z.string(), sessions: z.number() }).nullable().describe('what is stored of the symbol'),
  reason: z.string().nullable(),
});
export type BrokerQuote = z.output<typeof Output>;
type Answer = Pick<BrokerQuote, 'status' | 'value'> & Partial<BrokerQuote> & { at: Instant | null };

/** A symbol's price: the quote now, or a past day as it was printed. A closed day says why and gives the session before. */
export const brokerQuote = defineTool({
  name: 'broker_quote',
  purpose: 'Price of a symbol: quote now with its age, or a past day’s open, high, low, close and volume as printed',
  effect: 'read', permission: 'market:read',
  input: z.object({ symbol: z.string().min(1).describe('symbol or company name'), date: DateText.optional(), field: Field.default('last'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { symbol, date, field, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    const abroad = await foreignShare(context, symbol, moment);
    if (abroad) return abroadQuote(context, abroad, { field, moment, day: date === undefined ? null : dateNamed(date, 'date') });
    const record = symbolNamed(context, symbol);
    const day = date === undefined ? null : dateNamed(date, 'date');
    const request = { symbol: record.symbol, field, moment };
    const answer = day === null ? await latest(context, request) : await onDay(context, { ...request, day });
    return {
      asOf: moment.asOf, symbol: record.symbol, name: record.name, exchange: record.exchange, currency: record.exchange === 'US' ? 'USD' as const : 'INR' as const, field,
      quote: null, bar: null, closed: null, previousSession: null, reason: null, history: await companySpan(orm, { symbol: record.symbol, asOf: moment.asOf }),
      atText: answer.at === null ? null : `${formatDay(dateIn(answer.at, market.zone), moment.date)} ${timeIn(answer.at, market.zone)}`,
      ...answer,
    };
  },
});

/** A share of the US on a day, or at its last close that is stored: there are no quotes of it. */
async function abroadQuote(context: ToolContext, share: ForeignShare, { field, moment, day }: { field: Field; moment: ReadingMoment; day: TradingDate | null }): Promise<BrokerQuote> {
  const { symbol, span } = share;
  const to = day ?? moment.date;
  const { bars: [bar] } = await foreignStretch(context, share, { from: null, to, sessions: 1, moment });
  const before = bar && { ...days(bar.date, moment.date), close: bar.close };
  const common = { asOf: moment.asOf, symbol, name: symbol, exchange: 'US' as const, currency: 'USD' as const, field, quote: null, closed: null, history: { from: span.from, to: span.to, sessions: span.sessions }, at: null, atText: null };
  if (bar && (day === null || bar.date === day)) {
    return { ...common, status: 'BAR', value: field === 'last' ? bar.close : bar[field], bar: { ...days(bar.date, moment.date), open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume, previousClose: null, changePercent: null, adjustmentFactor: 1, adjustedClose: bar.close }, previousSession: null, reason: null };
  }
  if (day === null || day < span.from || day > span.to) return { ...common, status: 'OUTSIDE_HISTORY', value: null, bar: null, previousSession: null, reason: `prices of ${symbol} are stored from ${formatDay(span.from)} to ${formatDay(span.to)}` };
  return { ...common, status: 'NOT_TRADED', value: null, bar: null, previousSession: before ?? null, reason: `no trade of ${symbol} is stored for ${formatDay(day)}` };
}

interface Request { symbol: string; field: Field; moment: ReadingMoment }
const days = (date: TradingDate, near: TradingDate): { date: string; dayText: string } => ({ date, dayText: formatDay(date, near) });

async function latest(context: ToolContext, { symbol, field, moment }: Request): Promise<Answer> {
  const { market } = context.services;
  const quote = moment.live ? market.quote(symbol) : null;
  const session = market.calendar().session(moment.date);
  const running = session !== null && moment.asOf >= session.open;
  // Before the open and for "the close", the day that counts is the last one that has ended.
  if (quote && (field === 'last' || (field !== 'close' && running))) return fromQuote(quote, field, moment);
  const last = await lastCompanyBar(context.services.database.orm, { symbol, asOf: moment.asOf });
  if (field === 'last' && !quote) {
    const minute = (await intradayBarsOn(context.services.database.orm, { from: moment.date, to: plusDays(moment.date, 1), symbol, asOf: moment.asOf })).at(-1);
    if (minute && (!last || last.date < moment.date)) return { status: 'BAR', value: minute.close, at: minute.start };
  }
  if (last) return { ...(await fromBar(context, { bar: last, field, moment })), ...(quote ? { quote: quoteOf(quote, moment) } : {}) };
  return { status: 'NO_PRICE', value: null, at: null, reason: `no price of ${symbol} is known` };
}

async function onDay(context: ToolContext, { symbol, field, moment, day }: Request & { day: TradingDate }): Promise<Answer> {
  const { market, database: { orm } } = context.services;
  const calendar = market.calendar();
  const [bar] = await companyBars(orm, { symbol, from: day, to: day, asOf: moment.asOf });
  if (bar) return fromBar(context, { bar, field, moment });
  const closed = closedDay(calendar, day);
  const before = await lastCompanyBar(orm, { symbol, asOf: moment.asOf, onOrBefore: day });
  const previousSession = before ? { ...days(before.date, day), close: before.close } : null;
  if (closed && (previousSession || day > moment.date)) return { status: 'CLOSED_DAY', value: null, at: null, closed: { date: day, dayText: formatDay(day), reason: closed.reason, label: closed.label }, previousSession };
  if (day > moment.date) return { status: 'AHEAD', value: null, at: null, previousSession, reason: `${formatDay(day)} is still ahead` };
  if (day === moment.date) {
    const quote = moment.live ? market.quote(symbol) : null;
    const session = calendar.session(day);
    if (quote && field !== 'close' && session && moment.asOf >= session.open) return fromQuote(quote, field, moment);
    if (session && moment.asOf >= session.close && before && before.date < (calendar.previous(day) ?? day)) return { status: 'NOT_TRADED', value: null, at: null, previousSession, reason: `prices of ${symbol} are stored to ${formatDay(before.date)} only` };
    return { status: 'SESSION_NOT_OVER', value: null, at: null, previousSession, quote: quote ? quoteOf(quote, moment) : null, reason: session && moment.asOf < session.open ? 'the session has not begun' : 'the session is not over' };
  }
  const span = await companySpan(orm, { symbol, asOf: moment.asOf });
  if (!span || day < span.from || day > span.to) return { status: 'OUTSIDE_HISTORY', value: null, at: null, previousSession: null, reason: span ? `prices of ${symbol} are stored from ${formatDay(span.from)} to ${formatDay(span.to)}` : `no prices of ${symbol} are stored` };
  return { status: 'NOT_TRADED', value: null, at: null, previousSession, reason: `no trade of ${symbol} is stored for ${formatDay(day)}` };
}

function quoteOf(quote: Quote, moment: ReadingMoment): BrokerQuote['quote'] & object {
  const middle = (quote.bid + quote.ask) / 2;
  return {
    last: quote.last, lastFrom: quote.lastFrom === undefined ? null : lastFromWords[quote.lastFrom], bid: quote.bid, ask: quote.ask, bidSize: quote.bidSize, askSize: quote.askSize, spreadPercent: middle > 0 ? (100 * (quote.ask - quote.bid)) / middle : null, spreadFrom: quote.spreadFrom,
    open: quote.open, high: quote.high, low: quote.low, previousClose: quote.previousClose, changePercent: changePercentOf(quote),
    volume: quote.volume, at: quote.at, ageSeconds: Math.max(0, Math.round(msBetween(quote.at, moment.asOf) / 1000)),
  };
}
const fromQuote = (quote: Quote, field: Exclude<Field, 'close'>, moment: ReadingMoment): Answer => ({ status: 'QUOTE', value: quote[field], at: quote.at, quote: quoteOf(quote, moment), ...(quote[field] === null ? { reason: 'its source does not say' } : {}) });

async function fromBar(context: ToolContext, { bar, field, moment }: { bar: DailyBar; field: Field; moment: ReadingMoment }): Promise<Answer> {
  const { market, database: { orm } } = context.services;
  const series = await adjustedSeries(orm, { symbol: bar.symbol, from: bar.date, moment, calendar: market.calendar() });
  const first = series.bars[0];
  // Sources of indices print no previous close; the session before tells it where nothing lies between.
  const day = market.calendar().previous(bar.date);
  const last = bar.previousClose === undefined && day !== null ? await lastCompanyBar(orm, { symbol: bar.symbol, asOf: moment.asOf, onOrBefore: day }) : undefined;
  const before = bar.previousClose ?? (last?.date === day ? last.close : undefined);
  const factor = first?.date === bar.date && series.comparableFrom === bar.date ? first.adjustmentFactor : null;
  return {
    status: 'BAR', value: field === 'last' ? bar.close : bar[field], at: market.calendar().session(bar.date)?.close ?? null,
    bar: {
      ...days(bar.date, moment.date), open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume, previousClose: bar.previousClose ?? null, changePercent: before !== undefined && before > 0 ? (bar.close / before - 1) * 100 : null,
      adjustmentFactor: factor, adjustedClose: factor === null ? null : bar.close * factor,
    },
  };
}
