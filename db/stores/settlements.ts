import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** An option that ended while it was held, at what it was worth by its underlying's close, written as the fill that would have ended it. */
export interface Settlement { id: string; accountId: string; symbol: string; side: 'BUY' | 'SELL'; quantity: number; price: number; /** The tax on exercise. */ chargesMinor: Minor; realisedMinor: Minor; happenedAt: Instant }

/** What ended in a stretch of time, read off the ledger; what was held until then follows from the fills. Oldest first. */
export async function listSettlements(executor: Executor, input: { accountIds: readonly string[]; from?: Instant; to?: Instant }): Promise<Settlement[]> {
  const found = await rows<{ id: string; accountId: string; symbol: string; held: number; cashMinor: Minor; chargesMinor: Minor; realisedMinor: Minor; happenedAt: Instant }>(executor, sql`
    select ended.*, (select coalesce(sum(case o.side when 'BUY' then f.quantity else -f.quantity end), 0)::int from core.fills f join core.orders o on o.id = f.order_id
        where f.account_id = ended."accountId" and o.symbol = ended.symbol and f.happened_at <= ended."happenedAt"::timestamptz) as held
    from (select t.id, e.account_id as "accountId", split_part(t.corporate_action, ':', 2) as symbol, core.instant_text(t.happened_at) as "happenedAt",
        coalesce(sum(e.amount_minor) filter (where e.ledger = 'cash'), 0)::float8 as "cashMinor", coalesce(sum(e.amount_minor) filter (where e.ledger = 'charges'), 0)::float8 as "chargesMinor",
        -coalesce(sum(e.amount_minor) filter (where e.ledger = 'realised_pnl'), 0)::float8 as "realisedMinor"
      from core.ledger_transactions t join core.ledger_entries e on e.transaction_id = t.id
      where t.corporate_action like 'option-expiry:%' and e.account_id = any(${array(input.accountIds, 'uuid')}) ${input.from ? sql`and t.happened_at >= ${input.from}` : sql``} ${input.to ? sql`and t.happened_at <= ${input.to}` : sql``}
      group by 1, 2, 3, 4) ended order by "happenedAt", id`);
  return found.flatMap(({ held, cashMinor, ...rest }) => {
    if (held === 0) return [];
    const quantity = Math.abs(held);
    // The worth of one unit has two decimals, so it comes back exactly.
    return [{ ...rest, side: held > 0 ? 'SELL' as const : 'BUY' as const, quantity, price: Math.round(Math.abs(cashMinor + rest.chargesMinor) / quantity) / 100 }];
  });
}
