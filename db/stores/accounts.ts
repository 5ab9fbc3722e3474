import { sql } from 'drizzle-orm';
import type { MandateTerms } from '../../desk/actions/types.ts';
import type { DeskState } from '../../desk/gates/snapshot.ts';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export interface Account {
  id: string; ownerId: string; name: string; type: 'SIP' | 'LUMP_SUM' | 'EVENT_TACTICAL'; status: 'ACTIVE' | 'PAUSED' | 'CLOSED'; baseCurrency: 'INR' | 'USD';
  broker: string; mode: 'paper' | 'live'; openedAt: Instant; liveArmedUntil: Instant | null;
}
const columns = sql`id, owner_id as "ownerId", name, type, status, base_currency as "baseCurrency", broker, mode, core.instant_text(opened_at) as "openedAt", core.instant_text(live_armed_until) as "liveArmedUntil"`;

export const listAccounts = (executor: Executor, ids?: readonly string[]): Promise<Account[]> =>
  rows<Account & Record<string, unknown>>(executor, sql`select ${columns} from core.accounts where deleted_at is null ${ids ? sql`and id = any(${array(ids, 'uuid')})` : sql``} order by opened_at, name`);
export async function accountById(executor: Executor, id: string): Promise<Account | null> {
  return (await listAccounts(executor, [id]))[0] ?? null;
}

export interface Mandate { version: number; terms: MandateTerms; summary: string; assumptionLog: string[]; createdAt: Instant }
export async function activeMandate(executor: Executor, accountId: string): Promise<Mandate | null> {
  return (await rows<Mandate & Record<string, unknown>>(executor, sql`
    select version, terms, summary, assumption_log as "assumptionLog", core.instant_text(created_at) as "createdAt" from core.mandates where account_id = ${accountId} and active`))[0] ?? null;
}
/** The next version of a mandate; the one before is kept, inactive. */
export async function writeMandate(tx: Executor, input: { id: string; accountId: string; terms: MandateTerms; summary: string; assumptionLog: readonly string[]; actionId: string | null }): Promise<void> {
  await tx.execute(sql`update core.mandates set active = false where account_id = ${input.accountId} and active`);
  await tx.execute(sql`insert into core.mandates (id, account_id, version, active, terms, assumption_log, summary, action_id, created_at)
    select ${input.id}::uuid, ${input.accountId}::uuid, coalesce(max(version), 0) + 1, true, ${JSON.stringify(input.terms)}::jsonb, ${JSON.stringify(input.assumptionLog)}::jsonb, ${input.summary}, ${input.actionId}::uuid, core.wall_now()
    from core.mandates where account_id = ${input.accountId}`);
}

export interface FundingPlanRow {
  id: string; type: 'SIP' | 'LUMP_SUM' | 'HYBRID'; sipAmountMinor: Minor | null; sipFrequency: 'MONTHLY' | 'WEEKLY' | null; sipStartDate: TradingDate | null; sipDurationMonths: number | null;
  lumpSumAmountMinor: Minor | null; lumpSumDate: TradingDate | null; tranchePlan: { percent: number; trigger: string }[];
  carryForwardEnabled: boolean; maxCarryForwardPercent: number; emergencyBufferPercent: number;
}
export async function activeFundingPlan(executor: Executor, accountId: string): Promise<FundingPlanRow | null> {
  return (await rows<FundingPlanRow & Record<string, unknown>>(executor, sql`
    select id, type, sip_amount_minor::float8 as "sipAmountMinor", sip_frequency as "sipFrequency", sip_start_date::text as "sipStartDate", sip_duration_months as "sipDurationMonths",
      lump_sum_amount_minor::float8 as "lumpSumAmountMinor", lump_sum_date::text as "lumpSumDate", tranche_plan as "tranchePlan", carry_forward_enabled as "carryForwardEnabled",
      max_carry_forward_percent as "maxCarryForwardPercent", emergency_buffer_percent as "emergencyBufferPercent" from core.funding_plans where account_id = ${accountId} and active`))[0] ?? null;
}

export interface TradingState { scope: string; accountId: string | null; state: DeskState; reason: string | null; since: Instant }
export const tradingStates = (executor: Executor): Promise<TradingState[]> =>
  rows<TradingState & Record<string, unknown>>(executor, sql`select scope, account_id as "accountId", state, reason, core.instant_text(since) as since from core.trading_states order by scope`);
/** `accountId` null: the whole desk. The database lets ACTIVE come back only by a confirmed action. */
export async function writeTradingState(tx: Executor, input: { accountId: string | null; state: DeskState; reason: string | null; actionId: string | null }): Promise<void> {
  await tx.execute(sql`insert into core.trading_states (scope, account_id, state, reason, since, action_id)
    values (${input.accountId ?? 'desk'}, ${input.accountId}, ${input.state}, ${input.reason}, core.wall_now(), ${input.actionId})
    on conflict (scope) do update set state = excluded.state, reason = excluded.reason, since = excluded.since, action_id = excluded.action_id`);
}
