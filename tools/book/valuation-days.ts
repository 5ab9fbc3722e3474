import { dailySeries } from '../../db/stores/bars.ts';
import { listFills, type StoredFill } from '../../db/stores/execution.ts';
import { adjustmentsOf } from '../../db/stores/holding-adjustments.ts';
import { ledgerByDay } from '../../db/stores/ledger.ts';
import type { DailyBar, TradingCalendar } from '../../desk/market/types.ts';
import { dateIn, plusDays, type TradingDate } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import { type DayEnd, dayEnds, ledgerDays } from './day-ends.ts';
import { everyFill } from './holdings.ts';
import { marksOf } from './marks.ts';
import type { Moment } from './moment.ts';
import type { Span } from './period.ts';

/** Closes by symbol and date, carried over days without one; null before the first. */
export type CloseOf = (symbol: string, date: TradingDate) => number | null;

/** Session closes of what was known at the moment; on the moment's own date the last price, while its close is not known. */
export async function closesOf(services: ToolServices, { symbols, from, moment }: { symbols: readonly string[]; from: TradingDate; moment: Moment }): Promise<CloseOf> {
  if (symbols.length === 0) return () => null;
  const days = Math.round((Date.parse(moment.date) - Date.parse(from)) / 86_400_000);
  const series = await dailySeries(services.database.orm, { symbols, asOf: moment.asOf, sessions: Math.max(days, 0) + 15 });
  const marks = await marksOf(services, { symbols, moment });
  return (symbol, date) => {
    const bars = series.get(symbol) ?? [];
    const bar = lastOnOrBefore(bars, date);
    return date === moment.date && bar?.date !== date ? (marks.get(symbol)?.last ?? bar?.close ?? null) : (bar?.close ?? null);
  };
}

function lastOnOrBefore(bars: readonly DailyBar[], date: TradingDate): DailyBar | undefined {
  let [low, high] = [0, bars.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.date ?? date) <= date) low = middle + 1; else high = middle;
  }
  return bars[low - 1];
}

/** The day before the span, its sessions, and its last day where money moved after the last session. Days past the calendar's knowledge are left out. */
export function valuationDates({ span, calendar, movedOn }: { span: Pick<Span, 'from' | 'to'>; calendar: TradingCalendar; movedOn: readonly TradingDate[] }): TradingDate[] {
  const dates = [plusDays(span.from, -1)];
  for (let date = span.from; date <= span.to; date = plusDays(date, 1)) if (calendar.covers(date) && calendar.isTradingDay(date)) dates.push(date);
  const last = dates.at(-1) ?? span.from;
  return movedOn.some((date) => date > last && date <= span.to) ? [...dates, span.to] : dates;
}

export interface Valuations { ends: DayEnd[]; fills: StoredFill[]; closeOf: CloseOf }

/** Worth of the accounts together at the end of each day of the span, of what was known at the moment. `fills` are all up to it, oldest first. */
export async function valuationsOf(services: ToolServices, { accountIds, span, moment }: { accountIds: readonly string[]; span: Span; moment: Moment }): Promise<Valuations> {
  const { database: { orm }, market } = services;
  const fills = (await listFills(orm, { accountIds, to: moment.asOf, limit: everyFill })).reverse();
  const ledger = ledgerDays(await ledgerByDay(orm, { accountIds, zone: market.zone, asOf: moment.asOf }));
  const traded = fills.map((fill) => ({ date: dateIn(fill.happenedAt, market.zone), symbol: fill.symbol, quantity: fill.side === 'BUY' ? fill.quantity : -fill.quantity }));
  // Closes are as printed, so shares that a split or bonus made count from its ex-date on.
  const adjusted = (await adjustmentsOf(orm, { accountIds, to: moment.asOf })).map((row) => ({ date: row.exDate, symbol: row.symbol, quantity: row.quantityAfter - row.quantityBefore }));
  const shares = [...traded, ...adjusted];
  const dates = valuationDates({ span, calendar: market.calendar(), movedOn: ledger.map((day) => day.date) });
  const closeOf = await closesOf(services, { symbols: [...new Set(shares.map((share) => share.symbol))], from: plusDays(span.from, -1), moment });
  return { ends: dayEnds({ dates, ledger, shares, closeOf }), fills, closeOf };
}
