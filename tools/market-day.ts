import { dailySeries, type StretchEnds, stretchEnds } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import type { DayMove } from '../desk/market/breadth.ts';
import type { CorporateAction, DailyBar, Quote } from '../desk/market/types.ts';
import { dateIn, type TradingDate } from '../desk/time.ts';
import { adjustSeries } from './adjusted-series.ts';
import { momentOn, type ReadingMoment } from './as-of.ts';
import { closedDay } from './closed-day.ts';
import type { ToolContext } from './define.ts';

/** A symbol's move with the turnover that tells whether it is liquid, in the exchange's currency. */
export interface SymbolMove extends DayMove { usualTurnover: number; /** Splits and the like that were taken out of the move. */ adjustedFor: string[] }
export interface MarketMoves {
  /** The last session that counts, and whether it is still on (then moves are from quotes). */
  session: TradingDate; live: boolean;
  /** Moves are from the close of the session before this day. */
  from: TradingDate;
  moves: SymbolMove[];
  /** Left out: no comparable price before, or no trade in the session. */
  without: { broken: number; notTraded: number };
}

/** Sessions read beyond the stretch, so that there is a close before it. */
const marginSessions = 7;
const longStretchDays = 60;
/**
 * How every share moved: over the session of `to` (today's while it is on, by quotes), or from the close before `from`. Previous
 * closes are in the prices of the last day, so a split is no fall. Null where no session is known by then.
 */
export async function marketMoves(context: ToolContext, { moment, from, to }: { moment: ReadingMoment; from?: TradingDate; to?: TradingDate }): Promise<MarketMoves | null> {
  const { market, database: { orm } } = context.services;
  const calendar = market.calendar();
  const end = to === undefined ? moment : momentOn(moment, to, market.zone);
  const firstWanted = from ?? end.date;
  const reach = Math.max(0, (Date.parse(end.date) - Date.parse(firstWanted)) / 86_400_000);
  const published = await corporateActions(orm, { asOf: end.asOf });
  // Of a long stretch only the symbols with an odd step need every bar; the others their ends.
  const ends = from !== undefined && reach > longStretchDays ? await stretchEnds(orm, { from, asOf: end.asOf }) : [];
  const acted = new Set(published.filter((action) => action.exDate >= firstWanted).map((action) => action.symbol));
  const ordinary = ends.filter((each) => each.oddSteps === 0 && !acted.has(each.symbol));
  const others = ends.filter((each) => !ordinary.includes(each)).map((each) => each.symbol);
  const series = await dailySeries(orm, { asOf: end.asOf, sessions: Math.ceil(reach) + marginSessions, ...(ends.length > 0 ? { symbols: others } : {}) });
  const session = calendar.session(end.date);
  const begun = end.live && session !== null && end.asOf >= session.open;
  const todays = begun ? quotedBars(context, { lasts: [...[...series].map(([symbol, bars]) => ({ symbol, date: bars.at(-1)?.date })), ...ordinary.map(({ symbol, last }) => ({ symbol, date: last.date }))], today: end.date }) : new Map<string, DailyBar>();
  for (const [symbol, bars] of series) { const bar = todays.get(symbol); if (bar) series.set(symbol, [...bars, bar]); }
  const last = latestSession([...[...series.values()].map((bars) => bars.at(-1)?.date), ...ordinary.map((each) => todays.get(each.symbol)?.date ?? each.last.date)]);
  if (last === null) return null;
  // One session: the last one. A stretch: from its first day, or from the last session where it holds none.
  const first = from === undefined || from > last ? last : from;
  const actionsOf = new Map<string, CorporateAction[]>();
  for (const action of published) if (action.exDate >= first && action.exDate <= last) actionsOf.set(action.symbol, [...(actionsOf.get(action.symbol) ?? []), action]);
  const found: MarketMoves = { session: last, live: todays.size > 0, from: first, moves: [], without: { broken: 0, notTraded: 0 } };
  const isShare = (symbol: string): boolean => (market.symbols().get(symbol)?.kind ?? 'EQUITY') === 'EQUITY';
  for (const each of ordinary) {
    if (!isShare(each.symbol)) continue;
    const move = moveOfEnds(each, todays.get(each.symbol), last);
    if (move) found.moves.push(move); else found.without.notTraded += 1;
  }
  for (const [symbol, bars] of series) {
    if (!isShare(symbol)) continue;
    const before = bars.findLastIndex((bar) => bar.date < first);
    const stretch = before < 0 ? [] : bars.slice(before);
    if (stretch.length < 2 || stretch.at(-1)?.date !== last) { found.without.notTraded += 1; continue; }
    const move = moveOf({ symbol, stretch, published: actionsOf.get(symbol) ?? [], moment: { ...end, date: last }, calendar });
    if (move) found.moves.push(move); else found.without.broken += 1;
  }
  return found;
}

function moveOf({ symbol, stretch, published, moment, calendar }: { symbol: string; stretch: DailyBar[]; published: CorporateAction[]; moment: ReadingMoment; calendar: Parameters<typeof adjustSeries>[0]['calendar'] }): SymbolMove | null {
  const { bars, actions, comparableFrom } = adjustSeries({ printed: stretch, published, moment, calendar });
  const [base, close] = [bars[0], bars.at(-1)];
  if (!base || !close || comparableFrom !== base.date || !(base.close > 0) || !(close.close > 0)) return null;
  const sessions = bars.slice(1);
  const turnovers = bars.map((bar) => bar.close * bar.volume);
  // Within a session's first minutes nothing has traded much yet: the session before tells as well.
  const usualTurnover = sessions.length === 1 ? Math.max(...turnovers) : turnovers.reduce((sum, turnover) => sum + turnover, 0) / turnovers.length;
  return {
    symbol, close: close.close, previousClose: base.close, volume: sessions.reduce((sum, bar) => sum + bar.volume, 0), usualTurnover,
    adjustedFor: actions.filter((action) => action.factor !== 1 && action.exDate > base.date && action.exDate <= close.date).map((action) => action.subject),
  };
}

/** The move of a stretch without an odd step; null where the symbol did not trade at both ends. */
function moveOfEnds({ symbol, base, last: stored, volume, averageTurnover }: StretchEnds, today: DailyBar | undefined, last: TradingDate): SymbolMove | null {
  const close = today ?? stored;
  if (!base || close.date !== last || base.date >= last || !(base.close > 0) || !(close.close > 0)) return null;
  return { symbol, close: close.close, previousClose: base.close, volume: volume + (today?.volume ?? 0), usualTurnover: averageTurnover, adjustedFor: [] };
}

/** Fewer shares than this on a day are strays, not a session. */
const fewestOfASession = 5;
/** The latest date on which enough series end. Most may end earlier: whole-market files of single days leave such ends behind. */
export function latestSession(ends: readonly (TradingDate | undefined)[]): TradingDate | null {
  const counts = new Map<TradingDate, number>();
  for (const date of ends) if (date) counts.set(date, (counts.get(date) ?? 0) + 1);
  const enough = Math.min(fewestOfASession, Math.max(0, ...counts.values()));
  return [...counts].filter(([, count]) => count >= enough).map(([date]) => date).sort().at(-1) ?? null;
}

/** Today's unfinished bars, from quotes, of the symbols that have none stored. */
function quotedBars({ services: { market } }: ToolContext, { lasts, today }: { lasts: readonly { symbol: string; date: TradingDate | undefined }[]; today: TradingDate }): Map<string, DailyBar> {
  const bars = lasts.flatMap(({ symbol, date }): [string, DailyBar][] => { const bar = date === today ? null : barOfQuote(market.quote(symbol), today, market.zone); return bar ? [[symbol, bar]] : []; });
  return new Map(bars);
}
export function barOfQuote(quote: Quote | null, today: TradingDate, zone: Parameters<typeof dateIn>[1]): DailyBar | null {
  if (!quote || dateIn(quote.at, zone) !== today) return null;
  const { symbol, open, high, low, last, volume, previousClose } = quote;
  if (open === null || high === null || low === null || !(open > 0)) return null;
  return { symbol, date: today, open, high: Math.max(high, last), low: Math.min(low, last), close: last, volume, ...(previousClose === null ? {} : { previousClose }) };
}
/** Said with an answer about a day on which the exchange was closed. */
export const closedNote = (context: ToolContext, date: TradingDate): string | null => closedDay(context.services.market.calendar(), date)?.label ?? null;
