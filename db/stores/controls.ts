import { sql } from 'drizzle-orm';
import type { SwitchType } from '../../desk/actions/types.ts';
import type { Minor } from '../../desk/decimal.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** A limit that a person confirmed; `scope` is `desk` or an account's id. */
export interface ConfirmedLimit { scope: string; accountId: string | null; setting: string; value: number; since: Instant }
export const confirmedLimits = (executor: Executor): Promise<ConfirmedLimit[]> => rows<ConfirmedLimit & Record<string, unknown>>(executor, sql`
  select scope, account_id as "accountId", setting, value::text::float8 as value, core.instant_text(since) as since from core.limit_settings order by scope, setting`);
export async function writeLimit(tx: Executor, input: { accountId: string | null; setting: string; value: number; actionId: string }): Promise<void> {
  await tx.execute(sql`insert into core.limit_settings (scope, setting, account_id, value, since, action_id)
    values (${input.accountId ?? 'desk'}, ${input.setting}, ${input.accountId}, ${JSON.stringify(input.value)}::jsonb, core.wall_now(), ${input.actionId})
    on conflict (scope, setting) do update set value = excluded.value, since = excluded.since, action_id = excluded.action_id`);
}

/** A kill switch as it was set; the same terms as `SwitchRule` in `desk/gates/kill-switches.ts`. */
export interface StoredSwitch {
  scope: string; accountId: string | null; switchType: SwitchType; threshold: number; thresholdType: 'ABSOLUTE' | 'PERCENTAGE';
  onTrigger: ('pauseNewEntries' | 'cancelOpenEntries' | 'closeAll')[]; autoResetMinutes: number | null; active: boolean; since: Instant;
}
export const killSwitches = (executor: Executor): Promise<StoredSwitch[]> => rows<StoredSwitch & Record<string, unknown>>(executor, sql`
  select scope, account_id as "accountId", type as "switchType", threshold, threshold_type as "thresholdType", on_trigger as "onTrigger", auto_reset_minutes as "autoResetMinutes", active, core.instant_text(since) as since
  from core.kill_switches order by scope, type`);
export async function writeSwitch(tx: Executor, input: Omit<StoredSwitch, 'scope' | 'since'> & { actionId: string | null }): Promise<void> {
  await tx.execute(sql`insert into core.kill_switches (scope, type, account_id, threshold, threshold_type, on_trigger, auto_reset_minutes, active, since, action_id)
    values (${input.accountId ?? 'desk'}, ${input.switchType}, ${input.accountId}, ${input.threshold}, ${input.thresholdType}, ${JSON.stringify(input.onTrigger)}::jsonb, ${input.autoResetMinutes}, ${input.active}, core.wall_now(), ${input.actionId})
    on conflict (scope, type) do update set threshold = excluded.threshold, threshold_type = excluded.threshold_type, on_trigger = excluded.on_trigger, auto_reset_minutes = excluded.auto_reset_minutes,
      active = excluded.active, since = excluded.since, action_id = excluded.action_id`);
}

export interface FundingRelease { planId: string; accountId: string; tranche: number; kind: 'INSTALMENT' | 'TRANCHE'; amountMinor: Minor; releasedOn: TradingDate; actionId: string | null }
/** What the plan in force has let out, by number. */
export const fundingReleases = (executor: Executor, accountId: string): Promise<FundingRelease[]> => rows<FundingRelease & Record<string, unknown>>(executor, sql`
  select r.plan_id as "planId", r.account_id as "accountId", r.tranche, r.kind, r.amount_minor::float8 as "amountMinor", r.released_on::text as "releasedOn", r.action_id as "actionId"
  from core.funding_releases r join core.funding_plans p on p.id = r.plan_id where r.account_id = ${accountId} and p.active order by r.tranche`);
export async function recordRelease(tx: Executor, release: FundingRelease): Promise<void> {
  await tx.execute(sql`insert into core.funding_releases (account_id, plan_id, tranche, kind, amount_minor, released_on, at, action_id)
    values (${release.accountId}, ${release.planId}, ${release.tranche}, ${release.kind}, ${release.amountMinor}, ${release.releasedOn}, core.wall_now(), ${release.actionId})`);
}
