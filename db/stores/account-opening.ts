import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { FundingPlan } from '../../desk/treasury/funding-plan.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';

export async function insertAccount(tx: Executor, account: { id: string; ownerId: string; name: string; type: 'SIP' | 'LUMP_SUM' | 'EVENT_TACTICAL'; openedAt: Instant; baseCurrency?: 'INR' | 'USD'; openedBy?: string }): Promise<void> {
  await tx.execute(sql`insert into core.accounts (id, owner_id, name, type, status, base_currency, broker, mode, opened_at, opened_by)
    values (${account.id}, ${account.ownerId}, ${account.name}, ${account.type}, 'ACTIVE', ${account.baseCurrency ?? 'INR'}, 'paper', 'paper', ${account.openedAt}, ${account.openedBy ?? null})`);
}

/** Ends an account: its rows stay, no list shows it any more. The name becomes free for another. */
export const closeAccount = (tx: Executor, account: { id: string; name: string }) => tx.execute(sql`update core.accounts set status = 'CLOSED', deleted_at = core.wall_now(), live_armed_until = null, name = ${account.name} where id = ${account.id}`);
export const renameAccount = (tx: Executor, account: { id: string; name: string }) => tx.execute(sql`update core.accounts set name = ${account.name} where id = ${account.id}`);
/** `until` null: disarmed. */
export const armAccount = (tx: Executor, account: { id: string; until: Instant | null }) => tx.execute(sql`update core.accounts set live_armed_until = ${account.until} where id = ${account.id}`);
export const moveAccount = (tx: Executor, account: { id: string; mode: 'paper' | 'live'; broker: string }) => tx.execute(sql`update core.accounts set mode = ${account.mode}, broker = ${account.broker}, live_armed_until = null where id = ${account.id}`);
/** The same rights on `toId` as there are on `fromId`, and the new account where somebody used the old one last. */
export async function handRightsOn(tx: Executor, { fromId, toId }: { fromId: string; toId: string }): Promise<void> {
  await tx.execute(sql`insert into core.account_rights (person_id, account_id, can_view, can_propose, can_confirm) select person_id, ${toId}::uuid, can_view, can_propose, can_confirm from core.account_rights where account_id = ${fromId}`);
  await tx.execute(sql`update core.people set last_account_id = ${toId} where last_account_id = ${fromId}`);
}

/** Ends the plan in force and writes another: only the action whose plan it is may, and the database holds that. */
export async function replaceFundingPlan(tx: Executor, { id, accountId, plan: { type, sip, lumpSum, carryForwardEnabled, maxCarryForwardPercent, emergencyBufferPercent } }: { id: string; accountId: string; plan: FundingPlan }): Promise<void> {
  await tx.execute(sql`update core.funding_plans set active = false where account_id = ${accountId} and active`);
  await insertFundingPlan(tx, {
    id, accountId, type, sipAmountMinor: sip?.amountMinor ?? null, sipFrequency: sip?.frequency ?? null, sipStartDate: sip?.startDate ?? null, sipDurationMonths: sip?.durationMonths ?? null,
    lumpSumAmountMinor: lumpSum?.amountMinor ?? null, lumpSumDate: lumpSum?.date ?? null, tranchePlan: lumpSum?.tranches ?? [], carryForwardEnabled, maxCarryForwardPercent, emergencyBufferPercent,
  });
}

export async function insertFundingPlan(tx: Executor, plan: {
  id: string; accountId: string; type: 'SIP' | 'LUMP_SUM' | 'HYBRID'; sipAmountMinor: Minor | null; sipFrequency: 'MONTHLY' | 'WEEKLY' | null; sipStartDate: TradingDate | null; sipDurationMonths: number | null;
  lumpSumAmountMinor: Minor | null; lumpSumDate: TradingDate | null; tranchePlan: { percent: number; trigger: string }[]; carryForwardEnabled: boolean; maxCarryForwardPercent: number; emergencyBufferPercent: number;
}): Promise<void> {
  await tx.execute(sql`insert into core.funding_plans (id, account_id, version, active, type, sip_amount_minor, sip_frequency, sip_start_date, sip_duration_months, lump_sum_amount_minor, lump_sum_date, tranche_plan,
      carry_forward_enabled, max_carry_forward_percent, emergency_buffer_percent, created_at)
    select ${plan.id}::uuid, ${plan.accountId}::uuid, coalesce(max(version), 0) + 1, true, ${plan.type}, ${plan.sipAmountMinor}::bigint, ${plan.sipFrequency}, ${plan.sipStartDate}::date, ${plan.sipDurationMonths}::int, ${plan.lumpSumAmountMinor}::bigint,
      ${plan.lumpSumDate}::date, ${JSON.stringify(plan.tranchePlan)}::jsonb, ${plan.carryForwardEnabled}, ${plan.maxCarryForwardPercent}::float8, ${plan.emergencyBufferPercent}::float8, core.wall_now() from core.funding_plans where account_id = ${plan.accountId}`);
}
