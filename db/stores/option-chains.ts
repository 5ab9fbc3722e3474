import { sql } from 'drizzle-orm';
import type { ChainStrike, OptionQuote } from '../../desk/options/chain.ts';
import type { ChainSnapshot } from '../../desk/options/stored-chain.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import type { WriteCounts } from './bars.ts';

type ChainFact = Extract<FeedRecord, { type: 'option_chain' }>;

/** Writes chains; what is counted are their contracts. */
export async function writeOptionChains(executor: Executor, facts: readonly ChainFact[]): Promise<WriteCounts> {
  const total = { accepted: 0, updated: 0, duplicate: 0 };
  const head = (pick: (fact: ChainFact) => unknown, type: string) => array(facts.map(pick), type);
  await executor.execute(sql`insert into core.option_snapshots as s (symbol, as_of, source, exchange, spot, spot_previous_close, priced_from, open_interest_unit, comparable_volatility, happened_at, known_at)
    select distinct on (symbol, as_of, source) symbol, as_of, source, exchange, spot, spot_previous_close, priced_from, unit, volatility, as_of, known_at
    from unnest(${head((f) => f.snapshot.underlying, 'text')}, ${head((f) => f.snapshot.asOf, 'timestamptz')}, ${head((f) => f.source, 'text')}, ${head((f) => f.snapshot.exchange, 'text')}, ${head((f) => f.snapshot.spot, 'numeric')}, ${head((f) => f.snapshot.spotPreviousClose ?? null, 'numeric')},
      ${head((f) => f.snapshot.pricedFrom, 'text')}, ${head((f) => f.snapshot.openInterestUnit, 'text')}, ${head((f) => f.comparableVolatility, 'float8')}, ${head((f) => f.knownAt, 'timestamptz')})
      as t(symbol, as_of, source, exchange, spot, spot_previous_close, priced_from, unit, volatility, known_at) order by symbol, as_of, source
    on conflict (symbol, as_of, source) do update set spot = coalesce(excluded.spot, s.spot), spot_previous_close = coalesce(excluded.spot_previous_close, s.spot_previous_close), comparable_volatility = coalesce(excluded.comparable_volatility, s.comparable_volatility), known_at = least(s.known_at, excluded.known_at)`);
  for (const { snapshot, contracts, knownAt, source } of facts) {
    if (contracts.length === 0) continue;
    const column = (pick: (contract: ChainFact['contracts'][number]) => unknown, type: string) =>
      array(
        contracts.map((contract) => pick(contract) ?? null),
        type,
      );
    const written = await rows<{ fresh: boolean }>(
      executor,
      sql`
      insert into core.option_chains as c (symbol, as_of, source, expiry, strike, opt_right, lot_size, bid, ask, last, bid_size, ask_size, previous_close, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward, marks, happened_at, known_at)
      select ${snapshot.underlying}, ${snapshot.asOf}::timestamptz, ${source}, expiry, strike, opt_right, lot_size, bid, ask, last, bid_size, ask_size, previous_close, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward,
        string_to_array(marks, ' '), ${snapshot.asOf}::timestamptz, ${knownAt}::timestamptz
      from unnest(${column((c) => c.expiry, 'date')}, ${column((c) => c.strike, 'float8')}, ${column((c) => (c.type === 'call' ? 'CE' : 'PE'), 'text')}, ${column((c) => c.lotSize, 'int')}, ${column((c) => c.quote.bid, 'float8')},
        ${column((c) => c.quote.ask, 'float8')}, ${column((c) => c.quote.last, 'float8')}, ${column((c) => c.quote.bidSize, 'float8')}, ${column((c) => c.quote.askSize, 'float8')}, ${column((c) => c.quote.previousClose, 'float8')}, ${column((c) => c.quote.at, 'timestamptz')}, ${column((c) => c.quote.volume, 'float8')}, ${column((c) => c.quote.openInterest, 'float8')},
        ${column((c) => c.quote.openInterestChange, 'float8')}, ${column((c) => c.impliedVolatility, 'float8')}, ${column((c) => c.delta, 'float8')}, ${column((c) => c.gamma, 'float8')}, ${column((c) => c.thetaPerDay, 'float8')},
        ${column((c) => c.vega, 'float8')}, ${column((c) => c.forward, 'float8')}, ${column((c) => c.marks.join(' '), 'text')})
        as t(expiry, strike, opt_right, lot_size, bid, ask, last, bid_size, ask_size, previous_close, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward, marks)
      on conflict (symbol, as_of, source, expiry, strike, opt_right) do update set lot_size = coalesce(excluded.lot_size, c.lot_size), bid = excluded.bid, ask = excluded.ask, last = excluded.last,
        bid_size = coalesce(excluded.bid_size, c.bid_size), ask_size = coalesce(excluded.ask_size, c.ask_size), previous_close = coalesce(excluded.previous_close, c.previous_close), quoted_at = excluded.quoted_at,
        volume = excluded.volume, open_interest = excluded.open_interest, open_interest_change = excluded.open_interest_change, iv = excluded.iv, delta = excluded.delta, gamma = excluded.gamma, theta = excluded.theta, vega = excluded.vega,
        forward = excluded.forward, marks = excluded.marks
      where (c.bid, c.ask, c.last, c.quoted_at, c.volume, c.open_interest, c.open_interest_change, c.lot_size, c.bid_size, c.ask_size, c.previous_close)
        is distinct from (excluded.bid, excluded.ask, excluded.last, excluded.quoted_at, excluded.volume, excluded.open_interest, excluded.open_interest_change, coalesce(excluded.lot_size, c.lot_size), coalesce(excluded.bid_size, c.bid_size), coalesce(excluded.ask_size, c.ask_size), coalesce(excluded.previous_close, c.previous_close))
      returning (xmax = 0) as fresh`,
    );
    const accepted = written.filter(({ fresh }) => fresh).length;
    total.accepted += accepted;
    total.updated += written.length - accepted;
    total.duplicate += contracts.length - written.length;
  }
  return total;
}

interface ContractRow extends Record<string, unknown> {
  symbol: string; asOf: Instant; source: string;
  expiry: TradingDate; strike: number; right: 'CE' | 'PE'; lot: number | null;
  bid: number | null; ask: number | null; last: number | null; bidSize: number | null; askSize: number | null; previousClose: number | null;
  at: Instant | null; volume: number | null; oi: number | null; change: number | null;
}
interface HeadRow extends Record<string, unknown> { symbol: string; asOf: Instant; source: string; exchange: ChainSnapshot['exchange']; spot: number | null; spotBefore: number | null; from: ChainSnapshot['pricedFrom']; unit: ChainSnapshot['openInterestUnit']; known: Instant }

/** A chain that was stored, with the source that told it. */
export interface StoredSnapshot {
  snapshot: ChainSnapshot;
  source: string;
  knownAt: Instant;
}

const heads = sql`select symbol, core.instant_text(as_of) as "asOf", source, exchange, spot::float8 as spot, spot_previous_close::float8 as "spotBefore", priced_from as "from", open_interest_unit as unit, core.instant_text(known_at) as known from core.option_snapshots s`;
const hasContracts = sql`exists (select 1 from core.option_chains c where c.symbol = s.symbol and c.as_of = s.as_of and c.source = s.source)`;

/** The latest chain of an underlying that was known at `asOf`; of two of one moment that with bids and offers. Null: none. */
export async function chainKnown(executor: Executor, input: { underlying: string; asOf: Instant }): Promise<StoredSnapshot | null> {
  const found = await rows<HeadRow>(executor, sql`${heads} where symbol = ${input.underlying} and known_at <= ${input.asOf} and ${hasContracts} order by as_of desc, priced_from desc, source limit 1`);
  return (await withContracts(executor, found))[0] ?? null;
}

/** Every chain that became known in (after, through], and of each underlying the latest before with contracts that live on the day of `through`; in order of when they were known. */
export async function chainsKnown(executor: Executor, input: { after: Instant; through: Instant; date: TradingDate }): Promise<StoredSnapshot[]> {
  const living = sql`exists (select 1 from core.option_chains c where c.symbol = s.symbol and c.as_of = s.as_of and c.source = s.source and c.expiry >= ${input.date})`;
  const found = await rows<HeadRow>(executor, sql`
    select * from (select distinct on (symbol) * from (${heads} where known_at <= ${input.after} and ${living}) earlier order by symbol, "asOf" desc, "from" desc, source) latest
    union all select * from (${heads} where known_at > ${input.after} and known_at <= ${input.through} and ${living}) today order by known, symbol`);
  return withContracts(executor, found);
}

async function withContracts(executor: Executor, found: readonly HeadRow[]): Promise<StoredSnapshot[]> {
  if (found.length === 0) return [];
  const contracts = await rows<ContractRow>(executor, sql`
    select c.symbol, core.instant_text(c.as_of) as "asOf", c.source, expiry::text, strike, opt_right as right, lot_size as lot, bid, ask, last, bid_size as "bidSize", ask_size as "askSize", previous_close as "previousClose",
      core.instant_text(quoted_at) as at, volume, open_interest as oi, open_interest_change as change
    from core.option_chains c join unnest(${array(found.map(({ symbol }) => symbol), 'text')}, ${array(found.map(({ asOf }) => asOf), 'timestamptz')}, ${array(found.map(({ source }) => source), 'text')}) as wanted(symbol, as_of, source) using (symbol, as_of, source)
    order by expiry, strike, opt_right`);
  const keyOf = ({ symbol, asOf, source }: { symbol: string; asOf: Instant; source: string }): string => `${symbol}\n${asOf}\n${source}`;
  const grouped = Map.groupBy(contracts, keyOf);
  return found.map((head) => ({ source: head.source, knownAt: head.known, snapshot: snapshotOf(head, grouped.get(keyOf(head)) ?? []) }));
}

function snapshotOf(head: HeadRow, contracts: readonly ContractRow[]): ChainSnapshot {
  const expiries = new Map<TradingDate, { lotSize: number | null; strikes: Map<number, ChainStrike> }>();
  for (const row of contracts) {
    const expiry = expiries.get(row.expiry) ?? { lotSize: row.lot, strikes: new Map<number, ChainStrike>() };
    expiries.set(row.expiry, expiry);
    const strike = expiry.strikes.get(row.strike) ?? { strike: row.strike, call: null, put: null };
    expiry.strikes.set(row.strike, { ...strike, [row.right === 'CE' ? 'call' : 'put']: quoteOf(row) });
  }
  return {
    underlying: head.symbol, exchange: head.exchange, asOf: head.asOf, spot: head.spot, ...(head.spotBefore === null ? {} : { spotPreviousClose: head.spotBefore }), pricedFrom: head.from, openInterestUnit: head.unit,
    expiries: [...expiries].map(([expiry, { lotSize, strikes }]) => ({ expiry, lotSize, strikes: [...strikes.values()] })),
  };
}

const quoteOf = (row: ContractRow): OptionQuote => ({
  bid: row.bid, ask: row.ask, last: row.last, at: row.at, volume: row.volume, openInterest: row.oi, openInterestChange: row.change,
  ...(row.bidSize === null ? {} : { bidSize: row.bidSize }), ...(row.askSize === null ? {} : { askSize: row.askSize }), ...(row.previousClose === null ? {} : { previousClose: row.previousClose }),
});

/** Of each day the last comparable volatility that was known, oldest first, at most a year of days back. */
export async function volatilityHistory(
  executor: Executor,
  input: { underlying: string; asOf: Instant; days: number },
): Promise<{ date: TradingDate; volatility: number }[]> {
  return rows<{ date: TradingDate; volatility: number }>(
    executor,
    sql`
    select distinct on (1) (as_of at time zone 'Asia/Kolkata')::date::text as date, comparable_volatility as volatility from core.option_snapshots
    where symbol = ${input.underlying} and known_at <= ${input.asOf} and as_of > ${input.asOf}::timestamptz - make_interval(days => ${input.days}) and comparable_volatility is not null order by 1, as_of desc`,
  );
}
