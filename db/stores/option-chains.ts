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
  await executor.execute(sql`insert into core.option_snapshots as s (symbol, as_of, source, exchange, spot, priced_from, open_interest_unit, comparable_volatility, happened_at, known_at)
    select distinct on (symbol, as_of, source) symbol, as_of, source, exchange, spot, priced_from, unit, volatility, as_of, known_at
    from unnest(${head((f) => f.snapshot.underlying, 'text')}, ${head((f) => f.snapshot.asOf, 'timestamptz')}, ${head((f) => f.source, 'text')}, ${head((f) => f.snapshot.exchange, 'text')}, ${head((f) => f.snapshot.spot, 'numeric')},
      ${head((f) => f.snapshot.pricedFrom, 'text')}, ${head((f) => f.snapshot.openInterestUnit, 'text')}, ${head((f) => f.comparableVolatility, 'float8')}, ${head((f) => f.knownAt, 'timestamptz')})
      as t(symbol, as_of, source, exchange, spot, priced_from, unit, volatility, known_at) order by symbol, as_of, source
    on conflict (symbol, as_of, source) do update set spot = coalesce(excluded.spot, s.spot), comparable_volatility = coalesce(excluded.comparable_volatility, s.comparable_volatility), known_at = least(s.known_at, excluded.known_at)`);
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
      insert into core.option_chains as c (symbol, as_of, source, expiry, strike, opt_right, lot_size, bid, ask, last, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward, marks, happened_at, known_at)
      select ${snapshot.underlying}, ${snapshot.asOf}::timestamptz, ${source}, expiry, strike, opt_right, lot_size, bid, ask, last, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward,
        string_to_array(marks, ' '), ${snapshot.asOf}::timestamptz, ${knownAt}::timestamptz
      from unnest(${column((c) => c.expiry, 'date')}, ${column((c) => c.strike, 'float8')}, ${column((c) => (c.type === 'call' ? 'CE' : 'PE'), 'text')}, ${column((c) => c.lotSize, 'int')}, ${column((c) => c.quote.bid, 'float8')},
        ${column((c) => c.quote.ask, 'float8')}, ${column((c) => c.quote.last, 'float8')}, ${column((c) => c.quote.at, 'timestamptz')}, ${column((c) => c.quote.volume, 'float8')}, ${column((c) => c.quote.openInterest, 'float8')},
        ${column((c) => c.quote.openInterestChange, 'float8')}, ${column((c) => c.impliedVolatility, 'float8')}, ${column((c) => c.delta, 'float8')}, ${column((c) => c.gamma, 'float8')}, ${column((c) => c.thetaPerDay, 'float8')},
        ${column((c) => c.vega, 'float8')}, ${column((c) => c.forward, 'float8')}, ${column((c) => c.marks.join(' '), 'text')})
        as t(expiry, strike, opt_right, lot_size, bid, ask, last, quoted_at, volume, open_interest, open_interest_change, iv, delta, gamma, theta, vega, forward, marks)
      on conflict (symbol, as_of, source, expiry, strike, opt_right) do update set lot_size = coalesce(excluded.lot_size, c.lot_size), bid = excluded.bid, ask = excluded.ask, last = excluded.last, quoted_at = excluded.quoted_at,
        volume = excluded.volume, open_interest = excluded.open_interest, open_interest_change = excluded.open_interest_change, iv = excluded.iv, delta = excluded.delta, gamma = excluded.gamma, theta = excluded.theta, vega = excluded.vega,
        forward = excluded.forward, marks = excluded.marks
      where (c.bid, c.ask, c.last, c.quoted_at, c.volume, c.open_interest, c.open_interest_change) is distinct from (excluded.bid, excluded.ask, excluded.last, excluded.quoted_at, excluded.volume, excluded.open_interest, excluded.open_interest_change)
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
  expiry: TradingDate;
  strike: number;
  right: 'CE' | 'PE';
  lot: number | null;
  bid: number | null;
  ask: number | null;
  last: number | null;
  at: Instant | null;
  volume: number | null;
  oi: number | null;
  change: number | null;
}

/** A chain that was stored, with the source that told it. */
export interface StoredSnapshot {
  snapshot: ChainSnapshot;
  source: string;
  knownAt: Instant;
}

/** The latest chain of an underlying that was known at `asOf`; of two of one moment that with bids and offers. Null: none. */
export async function chainKnown(executor: Executor, input: { underlying: string; asOf: Instant }): Promise<StoredSnapshot | null> {
  const [head] = await rows<{
    at: Instant;
    source: string;
    exchange: ChainSnapshot['exchange'];
    spot: number | null;
    from: ChainSnapshot['pricedFrom'];
    unit: ChainSnapshot['openInterestUnit'];
    known: Instant;
  }>(
    executor,
    sql`
    select core.instant_text(as_of) as at, source, exchange, spot::float8, priced_from as "from", open_interest_unit as unit, core.instant_text(known_at) as known from core.option_snapshots s
    where symbol = ${input.underlying} and known_at <= ${input.asOf} and exists (select 1 from core.option_chains c where c.symbol = s.symbol and c.as_of = s.as_of and c.source = s.source)
    order by as_of desc, priced_from desc, source limit 1`,
  );
  if (!head) return null;
  const found = await rows<ContractRow>(
    executor,
    sql`
    select expiry::text, strike, opt_right as right, lot_size as lot, bid, ask, last, core.instant_text(quoted_at) as at, volume, open_interest as oi, open_interest_change as change
    from core.option_chains where symbol = ${input.underlying} and as_of = ${head.at} and source = ${head.source} order by expiry, strike, opt_right`,
  );
  const quote = (row: ContractRow): OptionQuote => ({
    bid: row.bid,
    ask: row.ask,
    last: row.last,
    at: row.at,
    volume: row.volume,
    openInterest: row.oi,
    openInterestChange: row.change,
  });
  const expiries = new Map<TradingDate, { lotSize: number | null; strikes: Map<number, ChainStrike> }>();
  for (const row of found) {
    const expiry = expiries.get(row.expiry) ?? { lotSize: row.lot, strikes: new Map<number, ChainStrike>() };
    expiries.set(row.expiry, expiry);
    const strike = expiry.strikes.get(row.strike) ?? { strike: row.strike, call: null, put: null };
    expiry.strikes.set(row.strike, { ...strike, [row.right === 'CE' ? 'call' : 'put']: quote(row) });
  }
  return {
    source: head.source,
    knownAt: head.known,
    snapshot: {
      underlying: input.underlying,
      exchange: head.exchange,
      asOf: head.at,
      spot: head.spot,
      pricedFrom: head.from,
      openInterestUnit: head.unit,
      expiries: [...expiries].map(([expiry, { lotSize, strikes }]) => ({ expiry, lotSize, strikes: [...strikes.values()] })),
    },
  };
}

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
