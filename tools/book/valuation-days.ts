import { dailySeries } from '../../db/stores/bars.ts';
import { contractPrices } from '../../db/stores/contract-prices.ts';
import { adjustmentsOf, type HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { ledgerByDay } from '../../db/stores/ledger.ts';
import { type PartedShares, partedSharesOf } from '../../db/stores/parted-shares.ts';
import type { TradingCalendar } from '../../desk/market/types.ts';
import { dateIn, plusDays, type TradingDate } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import { contractsAmong } from './contracts-among.ts';
import { type DayEnd, dayEnds, ledgerDays } from './day-ends.ts';
import { marksOf } from './marks.ts';
import type { Moment } from './moment.ts';
import type { Span } from './period.ts';
import { type BookTrade, bookTrades } from './trades.ts';

/** Closes by symbol and date, carried over days without one; null before the first. */
export type CloseOf = (symbol: string, date: TradingDate) => number | null;
interface Close { date: TradingDate; close: number }

/** Session closes of what was known at the moment; on the moment's own date the last price, while its close is not known. Options have those of the latest stored chain of a day. */
export async function closesOf(services: ToolServices, input: { symbols: readonly string[]; from: TradingDate; moment: Moment }): Promise<CloseOf> {
  const closeOf = await datedCloses(services, input);
  return (symbol, date) => closeOf(symbol, date)?.close ?? null;
}

/** The same with the day that each price is of. */
async function datedCloses(services: ToolServices, { symbols, from, moment }: { symbols: readonly string[]; from: TradingDate; moment: Moment }): Promise<(symbol: string, date: TradingDate) => Close | null> {
  if (symbols.length === 0) return () => null;
  const { database: { orm }, market: { zone } } = services;
  const days = Math.round((Date.parse(moment.date) - Date.parse(from)) / 86_400_000);
  const series = new Map<string, Close[]>(await dailySeries(orm, { symbols, asOf: moment.asOf, sessions: Math.max(days, 0) + 15 }));
  const contracts = contractsAmong(symbols);
  for (const price of await contractPrices(orm, { contracts, from: plusDays(from, -15), asOf: moment.asOf, zone })) series.set(price.symbol, [...(series.get(price.symbol) ?? []), price]);
  const marks = await marksOf(services, { symbols, moment });
  return (symbol, date) => {
    const bar = lastOnOrBefore(series.get(symbol) ?? [], date);
    const mark = date === moment.date && bar?.date !== date ? marks.get(symbol) : undefined;
    return mark ? { date: dateIn(mark.at, zone), close: mark.last } : (bar ?? null);
  };
}

function lastOnOrBefore(bars: readonly Close[], date: TradingDate): Close | undefined {
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

export interface Valuations {
  ends: DayEnd[];
  /** All up to the moment, oldest first. */
  trades: BookTrade[];
  adjustments: HoldingAdjustment[];
  credits: PartedShares[];
  closeOf: CloseOf;
  /** Options that were valued at a price of an earlier day, since no chain of the day is stored, with on how many days. */
  carried: Map<string, number>;
}

/** Worth of the accounts together at the end of each day of the span, of what was known at the moment. */
export async function valuationsOf(services: ToolServices, { accountIds, span, moment }: { accountIds: readonly string[]; span: Span; moment: Moment }): Promise<Valuations> {
  const { database: { orm }, market } = services;
  const trades = await bookTrades(orm, { accountIds, to: moment.asOf });
  const ledger = ledgerDays(await ledgerByDay(orm, { accountIds, zone: market.zone, asOf: moment.asOf }));
  const traded = trades.map((trade) => ({ date: dateIn(trade.happenedAt, market.zone), symbol: trade.symbol, quantity: trade.side === 'BUY' ? trade.quantity : -trade.quantity }));
  // Closes are as printed, so shares that a split or bonus made count from its ex-date on.
  const adjustments = await adjustmentsOf(orm, { accountIds, to: moment.asOf });
  const adjusted = adjustments.map((row) => ({ date: row.exDate, symbol: row.symbol, quantity: row.quantityAfter - row.quantityBefore }));
  const credits = await partedSharesOf(orm, { accountIds, to: moment.asOf });
  const credited = credits.flatMap(({ into, quantity, happenedAt }) => (into === null ? [] : [{ date: dateIn(happenedAt, market.zone), symbol: into, quantity }]));
  const expected = [...adjustments.map((row) => ({ date: row.exDate, worthMinor: row.partedMinor })), ...credits.map((row) => ({ date: dateIn(row.happenedAt, market.zone), worthMinor: -row.expectedMinor }))];
  const shares = [...traded, ...adjusted, ...credited];
  const dates = valuationDates({ span, calendar: market.calendar(), movedOn: ledger.map((day) => day.date) });
  const symbols = [...new Set(shares.map((share) => share.symbol))];
  const dated = await datedCloses(services, { symbols, from: plusDays(span.from, -1), moment });
  const options = new Set(contractsAmong(symbols).map(({ symbol }) => symbol));
  const carried = new Map<string, number>();
  const ends = dayEnds({
    dates, ledger, shares, expected,
    closeOf(symbol, date) {
      const found = dated(symbol, date);
      if (found && found.date !== date && options.has(symbol)) carried.set(symbol, (carried.get(symbol) ?? 0) + 1);
      return found?.close ?? null;
    },
  });
  return { ends, trades, adjustments, credits, closeOf: (symbol, date) => dated(symbol, date)?.close ?? null, carried };
}
