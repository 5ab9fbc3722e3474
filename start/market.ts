import type { Database } from '../db/client.ts';
import { barDates } from '../db/stores/bars.ts';
import { allSymbols, calendarDays, firstTrades, sectorHistory } from '../db/stores/reference.ts';
import { type CalendarSource, sessionsSeen } from '../desk/market/calendar-source.ts';
import { createCalendar } from '../desk/market/calendar.ts';
import { foreignSymbols } from '../db/stores/published.ts';
import type { CalendarDay, SymbolRecord, TradingCalendar } from '../desk/market/types.ts';
import { dateIn, type Instant, type TradingDate, tradingDate } from '../desk/time.ts';
import type { MarketFeed } from '../feeds/define.ts';
import { foreignNames } from '../feeds/linking/foreign-names.ts';
import { createSymbolLinker, type SymbolLinker } from '../feeds/linking/link-symbols.ts';
import { sinceFirstTrade } from '../feeds/linking/first-trade.ts';
import { RENAME_DAYS } from '../feeds/linking/symbol-renames.ts';
import { whatBecame } from './what-became.ts';
import type { MarketView } from '../tools/services.ts';
import { createSymbolsAsOf, type SymbolsAsOf } from './symbols-as-of.ts';

const zone = 'Asia/Kolkata' as const;
const regular = { open: '09:15', close: '15:30' };
/** Fewer symbols than this on a date are strays, not a session. */
const fewestSymbolsOfASession = 5;
/** Names as of so many different times are kept at hand. */
const mostLinkers = 4;

/** The exchange's calendar out of all that was imported: days with prices are sessions, lists of holidays hold for their years. */
export async function calendarFromFacts(database: Database): Promise<TradingCalendar> {
  const listed = await calendarDays(database.orm, 'NSE');
  const priced: CalendarDay[] = (await barDates(database.orm)).filter((row) => row.symbols >= fewestSymbolsOfASession).map((row) => ({ exchange: 'NSE', date: row.date, kind: 'SESSION' }));
  const sessions = [...priced, ...listed.filter((day) => day.kind !== 'HOLIDAY')];
  const years = new Map<string, (CalendarDay & { source: string })[]>();
  for (const day of listed.filter((each) => each.kind === 'HOLIDAY')) {
    const key = `${day.source}\n${day.date.slice(0, 4)}`;
    years.set(key, [...(years.get(key) ?? []), day]);
  }
  const holidayYears: CalendarSource[] = [...years].map(([key, days]) => {
    const year = key.slice(-4);
    return { mode: 'holidays-listed', coverage: { from: tradingDate(`${year}-01-01`), to: tradingDate(`${year}-12-31`) }, days };
  });
  return createCalendar({ exchange: 'NSE', zone, regular, sources: [...sessionsSeen(sessions), ...holidayYears] });
}

/** The market as tools and the gates see it: the feed's time and quotes, with symbols and calendar kept in memory. */
export interface Market extends MarketView {
  /** Reads symbols and calendar again, after an import. */
  refresh(): Promise<void>;
  follow(feed: MarketFeed): void;
  linker(): SymbolLinker;
}

export async function openMarket(database: Database, simulatedDays: readonly CalendarDay[] | null): Promise<Market> {
  let feed: MarketFeed | null = null;
  let records: readonly SymbolRecord[] = [];
  /** The same, each from the day on which names may mean it. */
  let linkable: readonly SymbolRecord[] = [];
  let symbolsAsOf: SymbolsAsOf;
  /** Shares of the US of which bars are stored; they have prices and nothing else. */
  let abroad: ReadonlySet<string> = new Set();
  let calendar: TradingCalendar;
  let linker: SymbolLinker;
  /** Days from which names mean something else, and the linkers between them that were asked for. */
  let changes: readonly TradingDate[] = [];
  const linkers = new Map<number, SymbolLinker>();
  const current = (): MarketFeed => {
    if (!feed) throw new Error('the market has no feed yet');
    return feed;
  };
  const simulatedCalendar = (days: readonly CalendarDay[]): TradingCalendar => {
    const dates = days.map((day) => day.date).sort();
    const [from, to] = [dates[0], dates.at(-1)];
    return createCalendar({ exchange: 'NSE', zone, regular, sources: from && to ? [{ mode: 'sessions-listed', coverage: { from, to }, days }] : [] });
  };
  const refresh = async (): Promise<void> => {
    records = await allSymbols(database.orm);
    abroad = new Set(await foreignSymbols(database.orm));
    symbolsAsOf = createSymbolsAsOf({ records, sectors: await sectorHistory(database.orm), zone });
    linkable = sinceFirstTrade(records, await firstTrades(database.orm));
    linker = createSymbolLinker(linkable);
    linkers.clear();
    changes = [...RENAME_DAYS, ...linkable.flatMap(({ listedOn }) => (listedOn ? [listedOn] : []))].sort();
    calendar = simulatedDays ? simulatedCalendar(simulatedDays) : await calendarFromFacts(database);
  };
  const linkerOn = (date: TradingDate): SymbolLinker => {
    const passed = changes.filter((change) => change <= date).length;
    const found = linkers.get(passed) ?? createSymbolLinker(linkable, { asOf: date });
    if (linkers.size >= mostLinkers && !linkers.has(passed)) linkers.delete(linkers.keys().next().value ?? passed);
    linkers.set(passed, found);
    return found;
  };
  const foreignNamed = (name: string): string | undefined => { const said = name.trim().toLowerCase(); const symbol = foreignNames[said] ?? said.toUpperCase(); return abroad.has(symbol) ? symbol : undefined; };
  await refresh();
  const symbols = (asOf?: Instant): ReadonlyMap<string, SymbolRecord> => symbolsAsOf(asOf ?? feed?.now() ?? null);
  const named = (symbol: string): { symbol: string; name: string } => ({ symbol, name: symbols().get(symbol)?.name ?? symbol });
  return {
    get kind() { return current().kind; },
    label: () => current().label(), now: () => current().now(), zone, today: () => dateIn(current().now(), zone),
    calendar: () => calendar, quote: (symbol) => current().quote(symbol), chain: (underlying) => current().chain?.(underlying) ?? null, contract: (symbol) => current().contract?.(symbol) ?? null, symbols, linker: () => linker,
    resolve(name, on) {
      const found = linkerOn(on ?? dateIn(current().now(), zone)).resolve(name);
      const foreign = found.kind === 'one' ? undefined : foreignNamed(name);
      if (foreign !== undefined && !symbols().has(foreign)) return { kind: 'one', symbol: foreign, name: foreign };
      if (found.kind === 'one') return { kind: 'one', ...named(found.symbol) };
      if (found.kind === 'ambiguous') return { kind: 'ambiguous', candidates: found.candidates.map(named) };
      const elsewhere = found.elsewhere && (found.elsewhere === 'not listed' ? '' : whatBecame(name.trim(), found.elsewhere, on ?? dateIn(current().now(), zone)));
      return { kind: 'unknown', near: found.near.map(named), ...(elsewhere === undefined ? {} : { elsewhere }) };
    },
    refresh, follow: (next) => { feed = next; },
  };
}
