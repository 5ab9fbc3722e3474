import { sql } from 'drizzle-orm';
import type { DailyBar } from '../../desk/market/types.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { type CopyThrough, copyPlain, copyText } from '../copy-through.ts';
import { array, rows } from '../sql.ts';
import type { WriteCounts } from './bars.ts';

/** A bar happened when it was known: at its session's close. */
export interface DailyBarFact { bar: DailyBar; knownAt: Instant; source: string }
interface Written extends Record<string, unknown> { inserted: number; updated: number }

const columns = 'symbol, date, open, high, low, close, volume, previous_close, trades, delivery_quantity, happened_at, known_at, source';
/** In the order of the key, so that two who write the same bars at once wait for each other and not both; and neighbours in the index come one after the other. */
const insertFrom = (told: string): string => `
  with written as (
    insert into core.bars_daily as b (${columns}) select ${columns} from ${told}`;
const updateWhatDiffers = `order by symbol, date
    on conflict (symbol, date) do update set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
      previous_close = coalesce(excluded.previous_close, b.previous_close), trades = coalesce(excluded.trades, b.trades), delivery_quantity = coalesce(excluded.delivery_quantity, b.delivery_quantity)
    where (b.open, b.high, b.low, b.close, b.volume) is distinct from (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
      or (b.previous_close is null and excluded.previous_close is not null) or (b.trades is null and excluded.trades is not null) or (b.delivery_quantity is null and excluded.delivery_quantity is not null)
    returning (xmax = 0) as fresh
  ) select count(*) filter (where fresh)::int as inserted, count(*) filter (where not fresh)::int as updated from written`;

let writes = 0;
/** How often this process has written daily bars. */
export const dailyBarWrites = (): number => writes;

const countsOf = ([written]: readonly Written[], told: number): WriteCounts => {
  writes += 1;
  const [accepted, updated] = [written?.inserted ?? 0, written?.updated ?? 0];
  return { accepted, updated, duplicate: told - accepted - updated };
};

/** Inserts bars, each symbol's day at most once; one that is there with the same figures is a duplicate, one with other figures is updated. */
export async function writeDailyBars(executor: Executor, facts: readonly DailyBarFact[]): Promise<WriteCounts> {
  const column = <K extends keyof DailyBar>(key: K) => facts.map(({ bar }) => bar[key] ?? null);
  return countsOf(await rows<Written>(executor, sql`${sql.raw(insertFrom('unnest'))}(${array(column('symbol'), 'text')}, ${array(column('date'), 'date')}, ${array(column('open'), 'numeric')}, ${array(column('high'), 'numeric')},
    ${array(column('low'), 'numeric')}, ${array(column('close'), 'numeric')}, ${array(column('volume'), 'bigint')}, ${array(column('previousClose'), 'numeric')},
    ${array(column('trades'), 'int')}, ${array(column('deliveryQuantity'), 'bigint')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')},
    ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')}) as t(${sql.raw(columns)}) ${sql.raw(updateWhatDiffers)}`), facts.length);
}

const lineOf = ({ bar, knownAt, source }: DailyBarFact): string =>
  `${copyText(bar.symbol)}\t${bar.date}\t${bar.open}\t${bar.high}\t${bar.low}\t${bar.close}\t${bar.volume}\t${copyPlain(bar.previousClose)}\t${copyPlain(bar.trades)}\t${copyPlain(bar.deliveryQuantity)}\t${knownAt}\t${knownAt}\t${copyText(source)}`;

/**
 * The same for very many bars, by COPY: half the time of the server and of the desk. The desk's part is done when this returns; what it gives
 * writes them. They go through a table of the session, because under row-level security a table of facts takes no COPY.
 */
export function copyDailyBars(facts: readonly DailyBarFact[]): (copy: CopyThrough) => Promise<WriteCounts> {
  const lines = facts.map(lineOf);
  return async (copy) => countsOf(await copy<Written>({ name: 'told_daily_bars', like: 'core.bars_daily', columns, lines, statement: `${insertFrom('pg_temp.told_daily_bars')} ${updateWhatDiffers}` }), lines.length);
}
