import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';

export async function insertAccount(tx: Executor, account: { id: string; ownerId: string; name: string; type: 'SIP' | 'LUMP_SUM' | 'EVENT_TACTICAL'; openedAt: Instant; baseCurrency?: 'INR' | 'USD' }): Promise<void> {
  await tx.execute(sql`insert into core.accounts (id, owner_id, name, type, status, base_currency, broker, mode, opened_at)
    values (${account.id}, ${account.ownerId}, ${account.name}, ${account.type}, 'ACTIVE', ${account.baseCurrency ?? 'INR'}, 'paper', 'paper', ${account.openedAt})`);
}

export async function insertFundingPlan(tx: Executor, plan: {
  id: string; accountId: string; type: 'SIP' | 'LUMP_SUM' | 'HYBRID'; sipAmountMinor: Minor | null; sipFrequency: 'MONTHLY' | 'WEEKLY' | null; sipStartDate: TradingDate | null; sipDurationMonths: number | null;
  lumpSumAmountMinor: Minor | null; lumpSumDate: TradingDate | null; tranchePlan: { percent: number; trigger: string }[]; carryForwardEnabled: boolean; maxCarryForwardPercent: number; emergencyBufferPercent: number;
}): Promise<void> {
  await tx.execute(sql`update core.funding_plans set active = false where account_id = ${plan.accountId} and active`);
  await tx.execute(sql`insert into core.funding_plans (id, account_id, version, active, type, sip_amount_minor, sip_frequency, sip_start_date, sip_duration_months, lump_sum_amount_minor, lump_sum_date, tranche_plan,
      carry_forward_enabled, max_carry_forward_percent, emergency_buffer_percent, created_at)
    select ${plan.id}::uuid, ${plan.accountId}::uuid, coalesce(max(version), 0) + 1, true, ${plan.type}, ${plan.sipAmountMinor}::bigint, ${plan.sipFrequency}, ${plan.sipStartDate}::date, ${plan.sipDurationMonths}::int, ${plan.lumpSumAmountMinor}::bigint,
      ${plan.lumpSumDate}::date, ${JSON.stringify(plan.tranchePlan)}::jsonb, ${plan.carryForwardEnabled}, ${plan.maxCarryForwardPercent}::float8, ${plan.emergencyBufferPercent}::float8, core.wall_now() from core.funding_plans where account_id = ${plan.accountId}`);
}
