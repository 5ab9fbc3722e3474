import { z } from 'zod';
import { decimal } from '../../desk/decimal.ts';
import { MandateTerms } from '../../desk/actions/types.ts';
import type { DailyBar, Quote, SymbolRecord } from '../../desk/market/types.ts';
import { at, type Instant, instant, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { backgroundShares } from './background.ts';
import { madeQuote, now, sessionsBefore, today, tradingDayFrom, zone } from './made-desk.ts';
import { afterQuiet, PathPart, pricePath } from './price-path.ts';

const SESSIONS = 300;
const EventName = z.enum(['BUYBACK', 'EARNINGS', 'GUIDANCE', 'PENALTY', 'ORDER_WIN', 'MANAGEMENT', 'DIVIDEND', 'BONUS']);

/** The facts of a set-up as they were known at the market's now. Prices in rupees; percentages are numbers like 1.5. */
export const SetUpFacts = z.strictObject({
  id: z.string().regex(/^sg-\d{3}$/),
  share: z.strictObject({
    path: z.array(PathPart).min(1).describe('the end of its history; a quiet beginning is put before it'), quietNoise: z.number().positive().default(1.4), base: z.number().positive().default(500), volume: z.int().positive().default(2_000_000),
    sector: z.string().optional().describe('absent: one of its own'), listedSessions: z.int().positive().optional(), missingSessions: z.int().positive().optional().describe('without a bar at the end'),
  }),
  neighbours: z.strictObject({ count: z.int().positive(), path: z.array(PathPart).min(1) }).optional().describe('other shares of its sector'),
  events: z.array(z.strictObject({ hoursAgo: z.number().positive(), type: EventName, title: z.string(), priority: z.enum(['HIGH', 'MEDIUM', 'LOW']).default('HIGH') })).default([]),
  scheduled: z.array(z.strictObject({ tradingDays: z.int(), kind: z.enum(['RESULTS', 'BOARD_MEETING']) })).default([]),
  action: z.strictObject({ sessionsAgo: z.int().positive(), factor: z.number().positive(), kind: z.enum(['SPLIT', 'BONUS']), published: z.boolean() }).optional(),
  quote: z.strictObject({ changePercent: z.number().optional(), spreadPercent: z.number().optional(), ageMinutes: z.number().optional(), noBid: z.boolean().optional(), none: z.boolean().optional() }).default({}),
  account: z.strictObject({ cash: z.number().positive().optional(), mandate: MandateTerms.partial().optional() }).optional(),
});
export type SetUpFacts = z.infer<typeof SetUpFacts>;

/** The share of a case: SG001 of sg-001. */
export const shareOf = ({ id }: Pick<SetUpFacts, 'id'>): string => id.toUpperCase().replace('-', '');
const nameOf = (symbol: string): string => `Case ${symbol} Ltd`;
const listedLongAgo = at(sessionsBefore(SESSIONS)[0] ?? today, '09:00', zone);

/** As printed on their days: before an action that lies so many sessions back the shares were others. */
function printed(bars: readonly DailyBar[], action: SetUpFacts['action']): DailyBar[] {
  if (!action) return [...bars];
  const first = bars.length - action.sessionsAgo;
  const paise = (price: number): number => Math.round((price / action.factor) * 100) / 100;
  return bars.map((bar, n) => (n >= first ? bar : { ...bar, open: paise(bar.open), high: paise(bar.high), low: paise(bar.low), close: paise(bar.close), volume: Math.max(1, Math.round(bar.volume * action.factor)) }));
}

/** The daily bars of a case's share, as the exchange printed them. */
export function barsOf(facts: SetUpFacts): DailyBar[] {
  const { path, quietNoise, base, volume, listedSessions, missingSessions = 0 } = facts.share;
  const dates = sessionsBefore(SESSIONS);
  const all = pricePath({ symbol: shareOf(facts), dates, base, volume, path: afterQuiet(path, { sessions: SESSIONS, noise: quietNoise }) });
  return printed(all, facts.action).slice(listedSessions === undefined ? 0 : -listedSessions, missingSessions === 0 ? undefined : -missingSessions);
}

/** What its share is quoted at now; null where nobody knows. */
export function quoteOfSetUp(facts: SetUpFacts): Quote | null {
  const close = barsOf(facts).at(-1)?.close;
  const { none, ...quote } = facts.quote;
  return none === true || close === undefined ? null : madeQuote({ symbol: shareOf(facts), close, ...quote });
}

const symbolRecord = (symbol: string, name: string, sector: string): FeedRecord => ({ type: 'symbol', symbol: { symbol, exchange: 'NSE', name, kind: 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [], sector } satisfies SymbolRecord, knownAt: listedLongAgo, source: 'made' });
const barRecord = (bar: DailyBar): FeedRecord => ({ type: 'daily_bar', bar, knownAt: at(bar.date, '15:30', zone), source: 'made' });
const hoursBefore = (hours: number): Instant => instant(Date.parse(now) - Math.round(hours * 3_600_000));

function factsOf(facts: SetUpFacts): FeedRecord[] {
  const symbol = shareOf(facts);
  const sector = facts.share.sector ?? `Sector of ${symbol}`;
  const bars = barsOf(facts);
  const dates = sessionsBefore(SESSIONS);
  const neighbours = Array.from({ length: facts.neighbours?.count ?? 0 }, (_, n) => `${symbol}N${n + 1}`);
  const { action } = facts;
  const exDate = action ? dates[SESSIONS - action.sessionsAgo] : undefined;
  return [
    symbolRecord(symbol, nameOf(symbol), sector), ...bars.map(barRecord),
    ...neighbours.flatMap((neighbour): FeedRecord[] => [symbolRecord(neighbour, nameOf(neighbour), sector), ...pricePath({ symbol: neighbour, dates, base: 400, volume: 2_000_000, path: afterQuiet(facts.neighbours?.path ?? [], { sessions: SESSIONS }) }).map(barRecord)]),
    ...facts.events.map(({ hoursAgo, type, title, priority }): FeedRecord => ({ type: 'event', event: { source: 'nse-announcements', title: `${nameOf(symbol)} ${title}`, body: title, eventType: type, priority, symbols: [symbol], unlinkedNames: [], happenedAt: hoursBefore(hoursAgo), knownAt: hoursBefore(hoursAgo) } })),
    ...facts.scheduled.map(({ tradingDays, kind }): FeedRecord => ({ type: 'scheduled_event', event: { symbol, date: tradingDayFrom(today, tradingDays), kind, purpose: kind === 'RESULTS' ? 'Quarterly results' : 'Board to consider fund raising', knownAt: at(tradingDayFrom(today, -8), '17:00', zone) }, source: 'made' })),
    ...(action?.published && exDate ? [{ type: 'corporate_action', action: { symbol, exDate, kind: action.kind, subject: `${action.kind.toLowerCase()} by ${action.factor}`, factor: action.factor, basis: 'published', knownAt: at(tradingDayFrom(exDate, -10), '18:00', zone) }, source: 'made' } satisfies FeedRecord] : []),
  ];
}

function backgroundFacts(): FeedRecord[] {
  const dates: readonly TradingDate[] = sessionsBefore(SESSIONS);
  return backgroundShares(SESSIONS).flatMap(({ symbol, name, sector, base, volume, path, news }): FeedRecord[] => {
    let session = 0;
    const told = path.flatMap((part, n): FeedRecord[] => {
      const [from, item] = [session, news.get(n)];
      session += part.sessions;
      const before = dates[from - 1];
      if (!item || !before) return [];
      const knownAt = at(before, '18:00', zone);
      return [{ type: 'event', event: { source: 'nse-announcements', title: `${name} ${item.title}`, body: item.title, eventType: item.type, priority: 'HIGH', symbols: [symbol], unlinkedNames: [], happenedAt: knownAt, knownAt } }];
    });
    return [symbolRecord(symbol, name, sector), ...pricePath({ symbol, dates, base, volume, path }).map(barRecord), ...told];
  });
}

/** The world of the cases: the market around them, and each with its own share. */
export const setUpFacts = (cases: readonly SetUpFacts[]): FeedRecord[] => [...backgroundFacts(), ...cases.flatMap(factsOf)];
