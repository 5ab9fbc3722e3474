import { sql } from 'drizzle-orm';
import type { LastFrom } from '../../desk/market/last-price.ts';
import type { Contract } from '../../desk/options/contract-symbol.ts';
import type { Instant, TradingDate, Zone } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** What a stored chain said a contract was worth. `lastFrom`: what `close` is where no trade was told; null: a trade. */
export interface ContractPrice { symbol: string; date: TradingDate; at: Instant; close: number; lastFrom: LastFrom | null; previousClose: number | null }

/**
 * Of each contract and each date of the exchange's wall the latest price that stored chains tell, of what was known at `asOf`, oldest first: the last
 * trade, else the middle of bid and offer. Of a closing file only what traded that day has a price.
 */
export async function contractPrices(executor: Executor, input: { contracts: readonly (Contract & { symbol: string })[]; from: TradingDate; asOf: Instant; zone: Zone }): Promise<ContractPrice[]> {
  const { contracts } = input;
  if (contracts.length === 0) return [];
  const column = (pick: (contract: Contract & { symbol: string }) => unknown, type: string) => array(contracts.map(pick), type);
  return rows<ContractPrice & Record<string, unknown>>(executor, sql`
    select distinct on (symbol, date) symbol, date::text as date, core.instant_text(as_of) as at, close, last_from as "lastFrom", nullif(previous_close, 0) as "previousClose" from (
      select wanted.name as symbol, (c.as_of at time zone ${input.zone})::date as date, c.as_of, s.priced_from, c.previous_close,
        case when c.last > 0 then c.last when s.priced_from = 'QUOTES' and c.bid > 0 and c.ask >= c.bid then (c.bid + c.ask) / 2 end as close, case when c.last > 0 then null else 'middle' end as last_from
      from core.option_chains c join core.option_snapshots s using (symbol, as_of, source)
      join unnest(${column(({ symbol }) => symbol, 'text')}, ${column(({ underlying }) => underlying, 'text')}, ${column(({ expiry }) => expiry, 'date')}, ${column(({ strike }) => strike, 'float8')}, ${column(({ type }) => (type === 'call' ? 'CE' : 'PE'), 'text')})
        as wanted(name, underlying, expiry, strike, opt_right) on c.symbol = wanted.underlying and c.expiry = wanted.expiry and c.strike = wanted.strike and c.opt_right = wanted.opt_right
      where c.known_at <= ${input.asOf} and (c.as_of at time zone ${input.zone})::date >= ${input.from} and (s.priced_from = 'QUOTES' or c.volume > 0)) told
    where close is not null order by symbol, date, as_of desc, priced_from desc`);
}
