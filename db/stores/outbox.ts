import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface OutboxRow { sequence: number; topic: string; actionId: string | null; payload: string; attempts: number }
/** Open rows, oldest first, that nobody else holds; locked until the transaction ends. */
export const claimOutbox = (tx: Executor, limit: number): Promise<OutboxRow[]> => rows<OutboxRow & Record<string, unknown>>(tx, sql`
  select sequence::float8 as sequence, topic, action_id as "actionId", payload, attempts from core.outbox where done_at is null and (attempts = 0 or created_at + attempts * interval '2 seconds' < core.wall_now()) order by sequence limit ${limit} for update skip locked`);
export const finishOutbox = (tx: Executor, sequence: number) => tx.execute(sql`update core.outbox set done_at = core.wall_now(), attempts = attempts + 1 where sequence = ${sequence}`);
export const failOutbox = (tx: Executor, sequence: number, error: string) => tx.execute(sql`update core.outbox set attempts = attempts + 1, last_error = ${error.slice(0, 500)} where sequence = ${sequence}`);
export async function outboxDepth(executor: Executor): Promise<number> {
  return (await rows<{ n: number }>(executor, sql`select count(*)::int as n from core.outbox where done_at is null`))[0]?.n ?? 0;
}
