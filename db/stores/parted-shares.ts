import { sql } from 'drizzle-orm';
import type { Decimal, Minor } from '../../desk/decimal.ts';
import type { ShareRatio } from '../../desk/market/share-ratio.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** Shares of a parted company that holders of the ex-date are owed and that nobody has credited yet. `quantity`: shares of the company that was parted, signed. `worthMinor`: an estimate, what the demerger took out of their price. */
export interface ExpectedShares { adjustmentId: string; accountId: string; symbol: string; exDate: TradingDate; quantity: number; worthMinor: Minor }
/** Oldest first; with `to`, as it was at that moment. */
export const expectedShares = (executor: Executor, { accountIds, to }: { accountIds: readonly string[]; to?: Instant }): Promise<ExpectedShares[]> =>
  rows<ExpectedShares & Record<string, unknown>>(executor, sql`select h.id as "adjustmentId", h.account_id as "accountId", h.symbol, h.ex_date::text as "exDate", h.quantity_before as quantity, h.parted_minor::float8 as "worthMinor"
    from core.holding_adjustments h where h.account_id = any(${array(accountIds, 'uuid')}) and h.parted_minor <> 0 ${to ? sql`and h.happened_at <= ${to}` : sql``}
      and not exists (select 1 from core.parted_shares s where s.account_id = h.account_id and s.symbol = h.symbol and s.ex_date between h.ex_date - 3 and h.ex_date + 3 ${to ? sql`and s.happened_at <= ${to}` : sql``})
    order by h.happened_at, h.symbol, h.account_id`);

/** What came of a demerger for an account: shares of `into` with a part of the cost, or none (`into` null). Both positions are as they stood after it. */
export interface PartedShares extends ShareRatio {
  id: string; accountId: string; symbol: string; exDate: TradingDate; into: string | null; quantityThen: number; quantity: number; /** The ex-date's first moment. */ since: Instant;
  costMinor: Minor; costBasis: 'GIVEN' | 'PRICES' | null; partedPercent: Decimal | null; positionId: string | null; positionQuantity: number; positionCostMinor: Minor; intoPositionId: string | null; intoQuantity: number; intoCostMinor: Minor;
  /** What had counted in the equity until then. */
  expectedMinor: Minor;
  actionId: string; happenedAt: Instant;
}
/** False where it was put down before. The database refuses one that no confirmed action gives. */
export async function insertPartedShares(tx: Executor, s: PartedShares): Promise<boolean> {
  return (await rows(tx, sql`insert into core.parted_shares (id, account_id, symbol, ex_date, into_symbol, new_shares, old_shares, quantity_then, quantity, since, cost_minor, cost_basis, parted_percent, position_id, position_quantity, position_cost_minor, into_position_id, into_quantity, into_cost_minor, expected_minor, action_id, happened_at, applied_at)
    values (${s.id}, ${s.accountId}, ${s.symbol}, ${s.exDate}, ${s.into}, ${s.newShares}, ${s.oldShares}, ${s.quantityThen}, ${s.quantity}, ${s.since}, ${s.costMinor}, ${s.costBasis}, ${s.partedPercent}, ${s.positionId}, ${s.positionQuantity}, ${s.positionCostMinor}, ${s.intoPositionId}, ${s.intoQuantity}, ${s.intoCostMinor}, ${s.expectedMinor}, ${s.actionId}, ${s.happenedAt}, core.wall_now())
    on conflict (account_id, symbol, ex_date) do nothing returning id`)).length === 1;
}
/** Oldest first. `symbol`: of the company that was parted. */
export const partedSharesOf = (executor: Executor, { accountIds, symbol, to }: { accountIds: readonly string[]; symbol?: string; to?: Instant }): Promise<PartedShares[]> =>
  rows<PartedShares & Record<string, unknown>>(executor, sql`select id, account_id as "accountId", symbol, ex_date::text as "exDate", into_symbol as into, new_shares as "newShares", old_shares as "oldShares", quantity_then as "quantityThen", quantity, core.instant_text(since) as since,
      cost_minor::float8 as "costMinor", cost_basis as "costBasis", trim_scale(parted_percent)::text as "partedPercent", position_id as "positionId", position_quantity as "positionQuantity", position_cost_minor::float8 as "positionCostMinor", into_position_id as "intoPositionId", into_quantity as "intoQuantity", into_cost_minor::float8 as "intoCostMinor",
      expected_minor::float8 as "expectedMinor", action_id as "actionId", core.instant_text(happened_at) as "happenedAt"
    from core.parted_shares where account_id = any(${array(accountIds, 'uuid')}) ${symbol === undefined ? sql`` : sql`and symbol = ${symbol}`} ${to ? sql`and happened_at <= ${to}` : sql``} order by happened_at, id`);
/** Shares that demergers brought into a position, in the shares of now. */
export const creditedInto = async (executor: Executor, positionId: string): Promise<number> =>
  (await rows<{ quantity: number }>(executor, sql`select coalesce(sum(core.credited_quantity(p.account_id, p.symbol, p.id)), 0)::int as quantity from core.positions p where p.id = ${positionId}`))[0]?.quantity ?? 0;
