import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Notes that a thread shows an action's card; the turn in which it did so first stays. */
export const noteCardView = (tx: Executor, input: { actionId: string; threadId: string; turn: string }) => tx.execute(sql`
  insert into core.card_views (action_id, thread_id, turn) values (${input.actionId}, ${input.threadId}, ${input.turn}) on conflict do nothing`);
export const threadsShowing = (executor: Executor, actionId: string): Promise<{ threadId: string; turn: string }[]> =>
  rows<{ threadId: string; turn: string }>(executor, sql`select thread_id as "threadId", turn from core.card_views where action_id = ${actionId} order by thread_id`);
