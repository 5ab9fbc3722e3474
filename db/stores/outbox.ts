import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface OutboxRow { sequence: number; topic: string; actionId: string | null; payload: string; attempts: number }
/** Open rows, oldest first, that nobody else holds, leased for `seconds`: a worker that dies gives them back by not finishing. */
export const claimOutbox = async (tx: Executor, input: { limit: number; seconds: number }): Promise<OutboxRow[]> => (await rows<OutboxRow & Record<string, unknown>>(tx, sql`
  update core.outbox set lease_until = core.wall_now() + make_interval(secs => ${input.seconds}), attempts = attempts + 1
  where sequence in (select sequence from core.outbox where done_at is null and (lease_until is null or lease_until <= core.wall_now()) order by sequence limit ${input.limit} for update skip locked)
  returning sequence::float8 as sequence, topic, action_id as "actionId", payload, attempts`)).sort((a, b) => a.sequence - b.sequence);
export const finishOutbox = (tx: Executor, sequence: number) => tx.execute(sql`update core.outbox set done_at = core.wall_now(), lease_until = null where sequence = ${sequence}`);
/** Gives a row back, to be tried again after `seconds`. */
export const failOutbox = (tx: Executor, input: { sequence: number; error: string; seconds: number }) =>
  tx.execute(sql`update core.outbox set lease_until = core.wall_now() + make_interval(secs => ${input.seconds}), last_error = ${input.error.slice(0, 500)} where sequence = ${input.sequence}`);
/** At start, before any worker runs on an embedded database: nobody else can hold a lease. */
export const dropLeases = (tx: Executor) => tx.execute(sql`update core.outbox set lease_until = null where done_at is null`);
export async function outboxDepth(executor: Executor): Promise<number> {
  return (await rows<{ n: number }>(executor, sql`select count(*)::int as n from core.outbox where done_at is null`))[0]?.n ?? 0;
}
