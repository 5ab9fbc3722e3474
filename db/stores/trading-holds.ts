import { sql } from 'drizzle-orm';
import type { DeskState } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';
import { tradingStates, writeTradingState } from './accounts.ts';

/** Why entries are refused in a scope. `cause`: a kind of switch, or `PAUSE`, `FLATTEN`, `DISCREPANCY`. */
export interface TradingHold {
  scope: string; accountId: string | null; cause: string; state: DeskState; reason: string; measured: number | null; threshold: number | null;
  since: Instant; resetsAt: Instant | null; actionId: string | null;
}
/** Oldest first. */
export const tradingHolds = (executor: Executor): Promise<TradingHold[]> => rows<TradingHold & Record<string, unknown>>(executor, sql`
  select scope, account_id as "accountId", cause, state, reason, measured, threshold, core.instant_text(since) as since, core.instant_text(resets_at) as "resetsAt", action_id as "actionId" from core.trading_holds order by since, scope, cause`);

const strictness: Record<DeskState, number> = { ACTIVE: 0, REDUCING: 1, HALTED: 2 };

export interface NewHold { accountId: string | null; cause: string; state: DeskState; reason: string; actionId: string | null; measured?: number | null; threshold?: number | null; resetMinutes?: number | null }
/**
 * Holds entries back, or makes a hold of the same cause stricter; the scope's trading state follows. A hold that is there
 * never gets looser, and one that lasts until a person resumes gets no end by a later one that would have had one.
 */
export async function placeHold(tx: Executor, hold: NewHold): Promise<void> {
  await tx.execute(sql`insert into core.trading_holds as h (scope, cause, account_id, state, reason, measured, threshold, since, resets_at, action_id)
    values (${hold.accountId ?? 'desk'}, ${hold.cause}, ${hold.accountId}, ${hold.state}, ${hold.reason}, ${hold.measured ?? null}, ${hold.threshold ?? null}, core.wall_now(),
      ${hold.resetMinutes == null ? sql`null` : sql`core.wall_now() + make_interval(mins => ${hold.resetMinutes})`}, ${hold.actionId})
    on conflict (scope, cause) do update set reason = excluded.reason, measured = excluded.measured, threshold = excluded.threshold, action_id = excluded.action_id,
      state = case when array_position(array['ACTIVE','REDUCING','HALTED'], excluded.state) > array_position(array['ACTIVE','REDUCING','HALTED'], h.state) then excluded.state else h.state end,
      resets_at = case when h.resets_at is null or excluded.resets_at is null then null else greatest(h.resets_at, excluded.resets_at) end`);
  const now = (await tradingStates(tx)).find((row) => row.accountId === hold.accountId);
  if (strictness[hold.state] > strictness[now?.state ?? 'ACTIVE']) await writeTradingState(tx, { accountId: hold.accountId, state: hold.state, reason: hold.reason, actionId: hold.actionId });
}

/** Lifts one hold of a scope, or all of them, and gives what the state is then: the strictest of what still holds. */
export async function liftHolds(tx: Executor, input: { accountId: string | null; cause: string | 'all'; actionId: string }): Promise<{ lifted: TradingHold[]; state: DeskState; reason: string | null }> {
  const own = (await tradingHolds(tx)).filter((hold) => hold.accountId === input.accountId);
  const lifted = own.filter((hold) => input.cause === 'all' || hold.cause === input.cause);
  const before = (await tradingStates(tx)).find((row) => row.accountId === input.accountId);
  if (lifted.length === 0 && input.cause !== 'all') return { lifted, state: before?.state ?? 'ACTIVE', reason: before?.reason ?? null };
  const left = own.filter((hold) => !lifted.includes(hold));
  for (const hold of lifted) await tx.execute(sql`delete from core.trading_holds where scope = ${hold.scope} and cause = ${hold.cause}`);
  const strictest = left.reduce<TradingHold | null>((found, hold) => (strictness[hold.state] > strictness[found?.state ?? 'ACTIVE'] ? hold : found), null);
  const after = { state: strictest?.state ?? ('ACTIVE' as const), reason: strictest?.reason ?? null };
  await writeTradingState(tx, { accountId: input.accountId, ...after, actionId: input.actionId });
  return { lifted, ...after };
}
