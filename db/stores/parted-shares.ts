import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** Shares of a parted company that holders of the ex-date are owed and that nobody has credited yet. `quantity`: shares of the company that was parted, signed. `worthMinor`: an estimate, what the demerger took out of their price. */
export interface ExpectedShares { adjustmentId: string; accountId: string; symbol: string; exDate: TradingDate; quantity: number; worthMinor: Minor }
/** Oldest first; with `to`, as it was at that moment. */
export const expectedShares = (executor: Executor, { accountIds, to }: { accountIds: readonly string[]; to?: Instant }): Promise<ExpectedShares[]> =>
  rows<ExpectedShares & Record<string, unknown>>(executor, sql`select h.id as "adjustmentId", h.account_id as "accountId", h.symbol, h.ex_date::text as "exDate", h.quantity_before as quantity, h.parted_minor::float8 as "worthMinor"
    from core.holding_adjustments h where h.account_id = any(${array(accountIds, 'uuid')}) and h.parted_minor <> 0 ${to ? sql`and h.happened_at <= ${to}` : sql``} order by h.happened_at, h.symbol, h.account_id`);
