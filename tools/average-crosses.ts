import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { averageCrosses as crossesOf, averagesOf, type AverageStand } from '../desk/market/average-crosses.ts';
import type { AdjustedBar } from '../desk/market/corporate-actions.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { adjustedSeries } from './adjusted-series.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { defineTool, ToolError } from './define.ts';
import { sharesUpTo } from './last-session.ts';
import { scopeOf } from './indices.ts';
import { symbolNamed } from './order-terms.ts';

const Way = z.enum(['UP', 'DOWN']);
const Cross = z.object({ symbol: z.string(), name: z.string().nullable(), way: Way, on: z.string(), onText: z.string(), close: z.number(), short: z.number(), long: z.number() });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), symbol: z.string().nullable(), sector: z.string().nullable(), index: z.string().nullable(), short: z.int().describe('sessions; 1: the close itself'), long: z.int(), fromText: z.string().nullable(), toText: z.string().nullable(),
  counted: z.int().describe('shares with a history long enough'), tooShort: z.int(), shares: z.int().describe('shares of which one is told'), total: z.int(), crosses: z.array(Cross).describe('newest first; of one share all of the time asked for'),
  now: z.object({ onText: z.string(), close: z.number(), short: z.number(), long: z.number(), side: z.enum(['ABOVE', 'BELOW', 'AT']) }).nullable().describe('of one share, at the last close'),
  before: Cross.nullable().describe('of one share, the last one before that time'), sessions: z.int().nullable(), above: z.int().nullable().describe('of one share: sessions of that time at whose close the shorter one was above'), below: z.int().nullable(), reason: z.string().nullable(),
});
export type AverageCrosses = z.output<typeof Output>;

/** Without a time: a year for one share, so many days for all of them. */
const usualDays = { one: 365, all: 7 };
/** Calendar days that surely hold so many sessions. */
const daysOf = (sessions: number): number => Math.ceil(sessions * 1.6) + 20;
/** A look back beyond the time asked for, for the last cross before it. */
const yearsBefore = 2;

/** When a share's shorter moving average, or its close, crossed its longer one, in prices adjusted for splits and bonuses; of one share, or which shares of a sector, an index or all. */
export const averageCrosses = defineTool({
  name: 'average_crosses',
  purpose: 'When a moving average (or the close) crossed another, of a share or of which shares over a period: golden and death crosses, closes above or below an average',
  effect: 'read', permission: 'market:read',
  input: z.object({
    symbol: z.string().min(1).optional(), sector: z.string().min(1).optional(), index: z.string().min(1).max(60).optional(), short: z.int().min(1).max(399).default(50).describe('sessions of the shorter average; 1: the close'), long: z.int().min(2).max(400).default(200),
    way: Way.optional().describe('UP: the shorter one came to stand above'), from: DateText.optional(), to: DateText.optional(), limit: z.int().min(1).max(200).default(50), asOf: AsOf.optional(),
  }),
  output: Output,
  run: async (context, { symbol, sector, index, short, long, way, from, to, limit, asOf }) => {
    const { market, database: { orm } } = context.services;
    const moment = readingMoment(context, asOf);
    if (short >= long) throw new ToolError('INVALID_LENGTHS', 'the first average has to be the shorter one', 'short');
    const last = to && dateNamed(to, 'to') < moment.date ? dateNamed(to, 'to') : moment.date;
    const first = from ? dateNamed(from, 'from') : plusDays(last, -usualDays[symbol === undefined ? 'all' : 'one']);
    if (first > last) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    const price = (value: number): number => Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2));
    const told = (name: string, { on, way: went, ...rest }: ReturnType<typeof crossesOf>[number]): z.output<typeof Cross> => ({ symbol: name, name: market.symbols().get(name)?.name ?? null, way: went, on, onText: formatDay(on, moment.date), close: price(rest.close), short: price(rest.short), long: price(rest.long) });
    const meant = (each: { on: TradingDate; way: 'UP' | 'DOWN' }): boolean => each.on >= first && each.on <= last && (way === undefined || each.way === way);
    const frame = { asOf: moment.asOf, currency: 'INR' as const, short, long, fromText: formatDay(first, moment.date), toText: formatDay(last, moment.date) };
    if (symbol !== undefined) {
      const record = symbolNamed(context, symbol);
      const series = await adjustedSeries(orm, { symbol: record.symbol, from: plusDays(first, -daysOf(long) - yearsBefore * 365), moment, calendar: market.calendar() });
      const bars = series.bars.filter((bar) => bar.date <= last && (series.comparableFrom === null || bar.date >= series.comparableFrom));
      const stands = averagesOf(bars, { short, long });
      const all = crossesOf(stands);
      const crosses = all.filter(meant).toReversed();
      const within = stands.filter(({ on }) => on >= first);
      const before = all.findLast((each) => each.on < first && (way === undefined || each.way === way));
      const now = stands.at(-1);
      return {
        ...frame, symbol: record.symbol, sector: null, index: null, counted: stands.length > 0 ? 1 : 0, tooShort: stands.length > 0 ? 0 : 1, shares: crosses.length > 0 ? 1 : 0, total: crosses.length, crosses: crosses.map((each) => told(record.symbol, each)),
        now: now ? { onText: formatDay(now.on, moment.date), close: price(now.close), short: price(now.short), long: price(now.long), side: sideOf(now) } : null, before: before ? told(record.symbol, before) : null,
        sessions: within.length, above: within.filter((stand) => sideOf(stand) === 'ABOVE').length, below: within.filter((stand) => sideOf(stand) === 'BELOW').length,
        reason: within.length > 0 ? null : bars.length === 0 ? `no prices of ${record.symbol} are stored for that time` : `${record.symbol} has too short a history for an average of ${long} sessions then`,
      };
    }
    const members = await scopeOf(context, { sector, index, moment });
    const sessions = Math.ceil((Date.parse(moment.date) - Date.parse(first)) / 86_400_000) + long + 5;
    const { series } = await sharesUpTo(context, { moment, sessions, has: (name) => members?.has(name) ?? true });
    const reaching = series.filter((bars) => (bars.at(-1)?.date ?? '') >= first);
    const longEnough = reaching.flatMap((bars) => { const stands = averagesOf(bars, { short, long }); return stands.some(({ on }) => on >= first) ? [{ name: (bars.at(-1) as AdjustedBar).symbol, stands }] : []; });
    const found = longEnough.flatMap(({ name, stands }) => crossesOf(stands).filter(meant).map((each) => told(name, each))).sort((a, b) => (a.on > b.on ? -1 : a.on < b.on ? 1 : a.symbol < b.symbol ? -1 : 1));
    return {
      ...frame, symbol: null, sector: members?.sector ?? null, index: members?.index ?? null, counted: longEnough.length, tooShort: reaching.length - longEnough.length, shares: new Set(found.map((each) => each.symbol)).size, total: found.length, crosses: found.slice(0, limit),
      now: null, before: null, sessions: null, above: null, below: null, reason: longEnough.length > 0 ? null : 'no share has a history long enough',
    };
  },
});

const sideOf = ({ short, long }: AverageStand): 'ABOVE' | 'BELOW' | 'AT' => (short > long ? 'ABOVE' : short < long ? 'BELOW' : 'AT');
