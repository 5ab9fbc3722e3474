import { sql } from 'drizzle-orm';
import type { DailyBar, IntradayBar } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export { dailyBarWrites } from './write-daily-bars.ts';

export interface WriteCounts { accepted: number; updated: number; duplicate: number }
export interface IntradayBarFact { bar: IntradayBar; knownAt: Instant; source: string }

export async function writeIntradayBars(executor: Executor, facts: readonly IntradayBarFact[]): Promise<WriteCounts> {
  const column = <K extends keyof IntradayBar>(key: K) => facts.map(({ bar }) => bar[key]);
  const [counts] = await rows<{ inserted: number }>(executor, sql`
    with written as (
      insert into core.bars_intraday (symbol, start, minutes, open, high, low, close, volume, happened_at, known_at, source)
      select * from unnest(${array(column('symbol'), 'text')}, ${array(column('start'), 'timestamptz')}, ${array(column('minutes'), 'int')}, ${array(column('open'), 'numeric')},
        ${array(column('high'), 'numeric')}, ${array(column('low'), 'numeric')}, ${array(column('close'), 'numeric')}, ${array(column('volume'), 'bigint')},
        ${array(facts.map((f) => f.bar.start), 'timestamptz')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')})
      on conflict do nothing returning 1
    ) select count(*)::int as inserted from written`);
  return { accepted: counts?.inserted ?? 0, updated: 0, duplicate: facts.length - (counts?.inserted ?? 0) };
}

/** A symbol's bars as one text, `date open high low close volume [previous close]` by commas: seven arrays of numbers take four times as long to send and to read. */
interface SeriesRow extends Record<string, unknown> { symbol: string; bars: string }
const barsAsText = sql`string_agg(concat_ws(' ', date, open, high, low, close, volume, previous_close), ',' order by date)`;
const toBars = ({ symbol, bars }: SeriesRow): DailyBar[] => bars.split(',').map((text) => {
  const [date, open, high, low, close, volume, previous] = text.split(' ');
  return { symbol, date: date as TradingDate, open: Number(open), high: Number(high), low: Number(low), close: Number(close), volume: Number(volume), ...(previous === undefined ? {} : { previousClose: Number(previous) }) };
});

/** Series by symbol, oldest first, of what was known at `asOf`; at most the last `sessions` bars of each. */
export async function dailySeries(executor: Executor, input: { symbols?: readonly string[]; asOf: Instant; sessions: number }): Promise<Map<string, DailyBar[]>> {
  const found = await rows<SeriesRow>(executor, sql`
    select symbol, ${barsAsText} as bars from core.bars_daily
    where known_at <= ${input.asOf} and date > (${input.asOf}::timestamptz at time zone 'UTC')::date - ${Math.ceil(input.sessions * 1.6) + 12}::int
      ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``}
    group by symbol`);
  return new Map(found.map((row) => [row.symbol, toBars(row).slice(-input.sessions)]));
}

/** The same of the named symbols, with the moment at which the next bar of that series becomes known: null where none is stored up to the day after `asOf`. */
export async function dailySeriesUntil(executor: Executor, { symbols, asOf, sessions }: { symbols: readonly string[]; asOf: Instant; sessions: number }): Promise<Map<string, { bars: DailyBar[]; until: Instant | null }>> {
  const found = await rows<{ symbol: string; bars: string | null; until: Instant | null }>(executor, sql`
    select symbol, ${barsAsText} filter (where known_at <= ${asOf}) as bars, core.instant_text(min(known_at) filter (where known_at > ${asOf})) as until from core.bars_daily
    where date > (${asOf}::timestamptz at time zone 'UTC')::date - ${Math.ceil(sessions * 1.6) + 12}::int and date <= (${asOf}::timestamptz at time zone 'UTC')::date + 1 and symbol = any(${array(symbols, 'text')}) group by symbol`);
  return new Map(found.map(({ symbol, bars, until }) => [symbol, { bars: bars === null ? [] : toBars({ symbol, bars }).slice(-sessions), until }]));
}

/** Bars of one symbol with dates in [from, to], of what was known at `asOf`. */
export async function dailyBars(executor: Executor, input: { symbol: string; from: TradingDate; to: TradingDate; asOf: Instant }): Promise<DailyBar[]> {
  const [row] = await rows<SeriesRow>(executor, sql`
    select symbol, ${barsAsText} as bars from core.bars_daily where symbol = ${input.symbol} and date between ${input.from} and ${input.to} and known_at <= ${input.asOf} group by symbol`);
  return row ? toBars(row) : [];
}

/** The last bar known of each symbol at `asOf` on or before `date`. */
export async function lastBars(executor: Executor, input: { symbols?: readonly string[]; asOf: Instant; onOrBefore?: TradingDate }): Promise<Map<string, DailyBar>> {
  const found = await rows<{ symbol: string; date: string; open: number; high: number; low: number; close: number; volume: number; previous: number | null }>(executor, sql`
    select distinct on (symbol) symbol, date::text, open::float8, high::float8, low::float8, close::float8, volume::float8, previous_close::float8 as previous
    from core.bars_daily where known_at <= ${input.asOf} ${input.onOrBefore ? sql`and date <= ${input.onOrBefore}` : sql``}
      ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``}
    order by symbol, date desc`);
  return new Map(found.map((r) => [r.symbol, { symbol: r.symbol, date: r.date as TradingDate, open: r.open, high: r.high, low: r.low, close: r.close, volume: r.volume, ...(r.previous === null ? {} : { previousClose: r.previous }) }]));
}

/** All bars of one date (the replay's day). */
export async function barsOn(executor: Executor, date: TradingDate): Promise<DailyBar[]> {
  const found = await rows<{ symbol: string; open: number; high: number; low: number; close: number; volume: number; previous: number | null }>(executor, sql`
    select symbol, open::float8, high::float8, low::float8, close::float8, volume::float8, previous_close::float8 as previous from core.bars_daily where date = ${date}`);
  return found.map((r) => ({ symbol: r.symbol, date, open: r.open, high: r.high, low: r.low, close: r.close, volume: r.volume, ...(r.previous === null ? {} : { previousClose: r.previous }) }));
}

export async function barDates(executor: Executor): Promise<{ date: TradingDate; symbols: number }[]> {
  return (await rows<{ date: string; symbols: number }>(executor, sql`select date::text, count(*)::int as symbols from core.bars_daily group by date order by date`)).map((r) => ({ date: r.date as TradingDate, symbols: r.symbols }));
}

/** Of each symbol its latest bar strictly before `date`, however old. */
export async function latestBarsBefore(executor: Executor, date: TradingDate): Promise<DailyBar[]> {
  const found = await rows<{ symbol: string; date: string; open: number; high: number; low: number; close: number; volume: number; previous: number | null }>(executor, sql`
    select distinct on (symbol) symbol, date::text, open::float8, high::float8, low::float8, close::float8, volume::float8, previous_close::float8 as previous from core.bars_daily where date < ${date} order by symbol, date desc`);
  return found.map((r) => ({ symbol: r.symbol, date: r.date as TradingDate, open: r.open, high: r.high, low: r.low, close: r.close, volume: r.volume, ...(r.previous === null ? {} : { previousClose: r.previous }) }));
}

/** Intraday bars that begin in [from, to), by symbol and time. */
export async function intradayBarsOn(executor: Executor, input: { from: TradingDate; to: TradingDate; symbol?: string; asOf?: Instant }): Promise<IntradayBar[]> {
  return rows<IntradayBar & Record<string, unknown>>(executor, sql`
    select symbol, core.instant_text(start) as start, minutes, open::float8, high::float8, low::float8, close::float8, volume::float8 from core.bars_intraday
    where start >= ${input.from}::date and start < ${input.to}::date ${input.symbol ? sql`and symbol = ${input.symbol}` : sql``} ${input.asOf ? sql`and known_at <= ${input.asOf}` : sql``} order by symbol, start`);
}

/** From when to when daily bars of a symbol are known at `asOf`; null without any. */
export async function dailySpan(executor: Executor, input: { symbol: string; asOf: Instant }): Promise<{ from: TradingDate; to: TradingDate; sessions: number } | null> {
  const [row] = await rows<{ from: TradingDate | null; to: TradingDate | null; sessions: number }>(executor, sql`
    select min(date)::text as "from", max(date)::text as "to", count(*)::int as sessions from core.bars_daily where symbol = ${input.symbol} and known_at <= ${input.asOf}`);
  return row?.from && row.to ? { from: row.from, to: row.to, sessions: row.sessions } : null;
}

export interface StretchEnds { symbol: string; base: { date: TradingDate; close: number } | null; last: { date: TradingDate; close: number }; volume: number; averageTurnover: number; /** Steps that a split, a break or missing sessions may explain. */ oddSteps: number }
/** Of each symbol the last close before `from` (at most 16 days before), the last close known at `asOf`, and how many steps between them are not an ordinary day's. */
export async function stretchEnds(executor: Executor, input: { from: TradingDate; asOf: Instant }): Promise<StretchEnds[]> {
  const found = await rows<{ symbol: string; baseDate: TradingDate | null; baseClose: number | null; lastDate: TradingDate; lastClose: number; volume: number | null; averageTurnover: number; oddSteps: number }>(executor, sql`
    with steps as (
      select symbol, date, open, close, volume, previous_close, lag(close) over by_day as before, lag(date) over by_day as before_date
      from core.bars_daily where known_at <= ${input.asOf} and date > ${input.from}::date - 16 window by_day as (partition by symbol order by date)
    )
    select symbol, max(date) filter (where date < ${input.from})::text as "baseDate", (array_agg(close order by date desc) filter (where date < ${input.from}))[1]::float8 as "baseClose",
      max(date)::text as "lastDate", (array_agg(close order by date desc))[1]::float8 as "lastClose", sum(volume) filter (where date >= ${input.from})::float8 as volume, avg(close * volume)::float8 as "averageTurnover",
      count(*) filter (where date >= ${input.from} and before is not null and (open not between 0.8 * before and 1.5 * before or previous_close not between 0.8 * before and 1.5 * before or date - before_date > 7))::int as "oddSteps"
    from steps group by symbol`);
  return found.map((row) => ({
    symbol: row.symbol, base: row.baseDate && row.baseClose !== null ? { date: row.baseDate, close: row.baseClose } : null, last: { date: row.lastDate, close: row.lastClose },
    volume: row.volume ?? 0, averageTurnover: row.averageTurnover, oddSteps: row.oddSteps,
  }));
}

/** What the exchange tells of the trading besides prices: shares delivered (with the shares traded on the days that tell it) and trades, over dates in [from, to]. Null where no day tells it. */
export async function tradingDetail(executor: Executor, input: { symbol: string; from: TradingDate; to: TradingDate; asOf: Instant }): Promise<{ delivered: number | null; tradedThen: number | null; trades: number | null }> {
  const [row] = await rows<{ delivered: number | null; tradedThen: number | null; trades: number | null }>(executor, sql`
    select sum(delivery_quantity)::float8 as delivered, (sum(volume) filter (where delivery_quantity is not null))::float8 as "tradedThen", sum(trades)::float8 as trades
    from core.bars_daily where symbol = ${input.symbol} and date between ${input.from} and ${input.to} and known_at <= ${input.asOf}`);
  return row ?? { delivered: null, tradedThen: null, trades: null };
}

/** Of what was traded on a day, the part that was delivered, in percent, by symbol; only where the exchange told it. */
export async function deliveredOn(executor: Executor, input: { date: TradingDate; asOf: Instant }): Promise<Map<string, number>> {
  const found = await rows<{ symbol: string; percent: number }>(executor, sql`
    select symbol, (100 * delivery_quantity::float8 / volume::float8)::float8 as percent from core.bars_daily where date = ${input.date} and known_at <= ${input.asOf} and delivery_quantity is not null and volume > 0`);
  return new Map(found.map(({ symbol, percent }) => [symbol, percent]));
}
