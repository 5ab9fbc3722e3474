import { dailySeries } from '../db/stores/bars.ts';
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
  const series = await dailySeries(orm, { asOf: end.asOf, sessions: Math.ceil(reach) + marginSessions });
  const session = calendar.session(end.date);
  const live = end.live && session !== null && end.asOf >= session.open && addToday(context, { series, today: end.date });
  const last = latestSession(series);
  if (last === null) return null;
  // One session: the last one. A stretch: from its first day, or from the last session where it holds none.
  const first = from === undefined || from > last ? last : from;
  const published = await corporateActions(orm, { asOf: end.asOf });
  const actionsOf = new Map<string, CorporateAction[]>();
  for (const action of published) if (action.exDate >= first && action.exDate <= last) actionsOf.set(action.symbol, [...(actionsOf.get(action.symbol) ?? []), action]);
  const found: MarketMoves = { session: last, live, from: first, moves: [], without: { broken: 0, notTraded: 0 } };
  for (const [symbol, bars] of series) {
    const kind = market.symbols().get(symbol)?.kind;
    if (kind !== undefined && kind !== 'EQUITY') continue;
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

/** The date on which most series end; ties go to the later one. */
function latestSession(series: ReadonlyMap<string, readonly DailyBar[]>): TradingDate | null {
  const counts = new Map<TradingDate, number>();
  for (const bars of series.values()) { const date = bars.at(-1)?.date; if (date) counts.set(date, (counts.get(date) ?? 0) + 1); }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1))[0]?.[0] ?? null;
}

/** Appends today's unfinished bar, from quotes, to every series that has none; false when no quote is of today. */
function addToday({ services: { market } }: ToolContext, { series, today }: { series: Map<string, DailyBar[]>; today: TradingDate }): boolean {
  let quoted = false;
  for (const [symbol, bars] of series) {
    if (bars.at(-1)?.date === today) continue;
    const bar = barOfQuote(market.quote(symbol), today, market.zone);
    if (!bar) continue;
    series.set(symbol, [...bars, bar]);
    quoted = true;
  }
  return quoted;
}
export function barOfQuote(quote: Quote | null, today: TradingDate, zone: Parameters<typeof dateIn>[1]): DailyBar | null {
  if (!quote || dateIn(quote.at, zone) !== today || !(quote.open > 0)) return null;
  return { symbol: quote.symbol, date: today, open: quote.open, high: Math.max(quote.high, quote.last), low: Math.min(quote.low, quote.last), close: quote.last, volume: quote.volume, previousClose: quote.previousClose };
}
/** Said with an answer about a day on which the exchange was closed. */
export const closedNote = (context: ToolContext, date: TradingDate): string | null => closedDay(context.services.market.calendar(), date)?.label ?? null;
