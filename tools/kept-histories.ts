import type { Database, Executor } from '../db/client.ts';
import { dailyBarWrites, dailySeriesUntil } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import type { TradingCalendar } from '../desk/market/types.ts';
import { type Instant, msBetween } from '../desk/time.ts';
import { featureSessions, historyOf, type SymbolHistory } from './symbol-history.ts';

/** Another process may import bars meanwhile: what was read is read again after this. */
const keptMs = 60_000;
/** Some 50 kB each. */
const mostKept = 400;

interface Kept { history: SymbolHistory | null; asOf: Instant; until: Instant | null; readAt: Instant; writes: number; published: string; calendar: TradingCalendar }
const keptBy = new WeakMap<Database, Map<string, Kept>>();

/**
 * `histories` of now, kept from one question to the next: a year of bars makes the same features all day. Read anew when a further bar
 * becomes known, when this process has written bars, when the day, the calendar or what is published of splits is another, and each minute.
 * `executor` may be a reading of `database`. `asOf`: the market's now, never an earlier moment that somebody asks about.
 */
export async function keptHistories(database: Database, executor: Executor, { symbols, asOf, calendar, now }: { symbols: readonly string[]; asOf: Instant; calendar: TradingCalendar; now: Instant }): Promise<Map<string, SymbolHistory>> {
  if (symbols.length === 0) return new Map();
  const kept = keptBy.get(database) ?? new Map<string, Kept>();
  keptBy.set(database, kept);
  const actions = Map.groupBy(await corporateActions(executor, { symbols, asOf }), ({ symbol }) => symbol);
  const publishedOf = (symbol: string): string => JSON.stringify(actions.get(symbol) ?? []);
  const writes = dailyBarWrites();
  const stands = (each: Kept | undefined, symbol: string): boolean => each !== undefined && each.asOf <= asOf && each.asOf.slice(0, 10) === asOf.slice(0, 10) && (each.until === null || asOf < each.until)
    && each.writes === writes && each.calendar === calendar && Math.abs(msBetween(each.readAt, now)) < keptMs && each.published === publishedOf(symbol);
  const wanted = symbols.filter((symbol) => !stands(kept.get(symbol), symbol));
  const series = wanted.length > 0 ? await dailySeriesUntil(executor, { symbols: wanted, asOf, sessions: featureSessions }) : new Map<string, never>();
  for (const symbol of wanted) {
    const { bars = [], until = null } = series.get(symbol) ?? {};
    kept.delete(symbol);
    kept.set(symbol, { history: bars.length === 0 ? null : historyOf({ symbol, bars, published: actions.get(symbol) ?? [], asOf, calendar }), asOf, until, readAt: now, writes, published: publishedOf(symbol), calendar });
  }
  const found = new Map(symbols.flatMap((symbol): [string, SymbolHistory][] => { const history = kept.get(symbol)?.history; return history ? [[symbol, history]] : []; }));
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest); else break;
  return found;
}
