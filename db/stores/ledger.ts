import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant, TradingDate, Zone } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** What caused a ledger row: exactly one of these. */
export type LedgerCause = { clearanceId: string } | { fillId: string } | { corporateAction: string } | { reconciliation: string } | { opening: string };
export interface LedgerPosting { accountId: string; ledger: string; amountMinor: Minor }

/** Writes one balanced transaction; the database refuses one that does not sum to zero, or has no cause. */
export async function postTransaction(tx: Executor, input: { id: string; kind: string; reason: string; cause: LedgerCause; happenedAt: Instant; knownAt: Instant; postings: readonly LedgerPosting[] }): Promise<void> {
  const cause = input.cause as Partial<Record<'clearanceId' | 'fillId' | 'corporateAction' | 'reconciliation' | 'opening', string>>;
  await tx.execute(sql`insert into core.ledger_transactions (id, kind, reason, clearance_id, fill_id, corporate_action, reconciliation, opening, happened_at, known_at)
    values (${input.id}, ${input.kind}, ${input.reason}, ${cause.clearanceId ?? null}, ${cause.fillId ?? null}, ${cause.corporateAction ?? null}, ${cause.reconciliation ?? null}, ${cause.opening ?? null}, ${input.happenedAt}, ${input.knownAt})`);
  await tx.execute(sql`insert into core.ledger_entries (transaction_id, account_id, ledger, amount_minor, happened_at)
    select ${input.id}::uuid, account, ledger, amount, ${input.happenedAt}::timestamptz from unnest(${array(input.postings.map((p) => p.accountId), 'uuid')}, ${array(input.postings.map((p) => p.ledger), 'text')}, ${array(input.postings.map((p) => p.amountMinor), 'bigint')}) as t(account, ledger, amount)`);
}

/** Sum by ledger of each account, of what had happened at `asOf`. */
export async function balances(executor: Executor, input: { accountIds: readonly string[]; asOf?: Instant }): Promise<Map<string, Record<string, Minor>>> {
  const found = await rows<{ account: string; ledger: string; total: number }>(executor, sql`
    select account_id as account, ledger, sum(amount_minor)::float8 as total from core.ledger_entries where account_id = any(${array(input.accountIds, 'uuid')}) ${input.asOf ? sql`and happened_at <= ${input.asOf}` : sql``} group by 1, 2`);
  const result = new Map<string, Record<string, Minor>>(input.accountIds.map((id) => [id, {}]));
  for (const row of found) { const of = result.get(row.account); if (of) of[row.ledger] = row.total; }
  return result;
}
/** What each ledger of each account moved on each date of the exchange's wall, oldest first, of what had happened at `asOf`. */
export const ledgerByDay = (executor: Executor, input: { accountIds: readonly string[]; zone: Zone; asOf: Instant }) => rows<{ accountId: string; date: TradingDate; ledger: string; amountMinor: Minor }>(executor, sql`
  select account_id as "accountId", (happened_at at time zone ${input.zone})::date::text as date, ledger, sum(amount_minor)::float8 as "amountMinor" from core.ledger_entries
  where account_id = any(${array(input.accountIds, 'uuid')}) and happened_at <= ${input.asOf} group by 1, 2, 3 order by 2, 1, 3`);

/** What came into an account or left it otherwise than by trading: from outside and from other accounts, newest first. Money in is positive. */
export const moneyMoved = (executor: Executor, input: { accountIds: readonly string[]; from: Instant; to: Instant }) => rows<{ accountId: string; kind: string; reason: string; ledger: 'external' | 'transit'; amountMinor: Minor; happenedAt: Instant }>(executor, sql`
  select e.account_id as "accountId", t.kind, t.reason, e.ledger, (-sum(e.amount_minor))::float8 as "amountMinor", core.instant_text(t.happened_at) as "happenedAt" from core.ledger_entries e join core.ledger_transactions t on t.id = e.transaction_id
  where e.account_id = any(${array(input.accountIds, 'uuid')}) and e.ledger in ('external', 'transit') and t.happened_at >= ${input.from} and t.happened_at <= ${input.to}
  group by t.id, e.account_id, e.ledger having sum(e.amount_minor) <> 0 order by t.happened_at desc, t.id desc`);
