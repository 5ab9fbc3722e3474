import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface JobRow { name: string; lastStartedAt: Instant | null; lastFinishedAt: Instant | null; lastOk: boolean | null; lastMessage: string | null; lastDurationMs: number | null; runs: number; failures: number; heldBy: string | null }
export const jobRows = (executor: Executor): Promise<JobRow[]> => rows<JobRow & Record<string, unknown>>(executor, sql`
  select name, core.instant_text(last_started_at) as "lastStartedAt", core.instant_text(last_finished_at) as "lastFinishedAt", last_ok as "lastOk", last_message as "lastMessage", last_duration_ms as "lastDurationMs", runs, failures,
    case when lease_until > core.wall_now() then lease_by end as "heldBy" from core.jobs order by name`);

/**
 * Takes a job for this worker, if nobody holds it and its last start is `restSeconds` ago: of several workers one runs it. A
 * worker that dies gives it back when its lease is over.
 */
export async function claimJob(tx: Executor, input: { name: string; by: string; leaseSeconds: number; restSeconds: number }): Promise<boolean> {
  return (await rows<{ name: string }>(tx, sql`insert into core.jobs as j (name, last_started_at, lease_until, lease_by, runs, failures)
    values (${input.name}, core.wall_now(), core.wall_now() + make_interval(secs => ${input.leaseSeconds}), ${input.by}, 0, 0)
    on conflict (name) do update set last_started_at = excluded.last_started_at, lease_until = excluded.lease_until, lease_by = excluded.lease_by
      where (j.lease_until is null or j.lease_until <= core.wall_now() or j.lease_by = excluded.lease_by) and (j.last_started_at is null or j.last_started_at <= core.wall_now() - make_interval(secs => ${input.restSeconds}))
    returning name`)).length > 0;
}
export const finishJob = (tx: Executor, input: { name: string; by: string; ok: boolean; message: string | null; durationMs: number }) => tx.execute(sql`
  update core.jobs set last_finished_at = core.wall_now(), last_ok = ${input.ok}, last_message = ${input.message?.slice(0, 500) ?? null}, last_duration_ms = ${Math.round(input.durationMs)}, runs = runs + 1, failures = failures + ${input.ok ? 0 : 1},
    lease_until = null, lease_by = null where name = ${input.name} and lease_by = ${input.by}`);
/** At start, before any job runs on an embedded database: nobody else can hold one. */
export const dropJobLeases = (tx: Executor) => tx.execute(sql`update core.jobs set lease_until = null, lease_by = null`);
