import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Notes that a thread shows an action's card; the turn in which it did so first stays. */
export const noteCardView = (tx: Executor, input: { actionId: string; threadId: string; turn: string }) => tx.execute(sql`
  insert into core.card_views (action_id, thread_id, turn) values (${input.actionId}, ${input.threadId}, ${input.turn}) on conflict do nothing`);
/** The threads that show it, of people who may see its account by now. */
export const threadsShowing = (executor: Executor, actionId: string): Promise<{ threadId: string; turn: string }[]> =>
  rows<{ threadId: string; turn: string }>(executor, sql`
    select v.thread_id as "threadId", v.turn from core.card_views v join core.actions a on a.id = v.action_id join core.threads t on t.id = v.thread_id where v.action_id = ${actionId} and ${seesAccount(sql`t.person_id`, sql`a.account_id`)} order by 1`);
/** Whether the person whose thread it is may see the account by now; null: the whole desk, which its question's people do. */
export const threadSees = async (executor: Executor, { threadId, accountId }: { threadId: string; accountId: string | null }): Promise<boolean> =>
  (await rows(executor, sql`select 1 as found from core.threads t where t.id = ${threadId} and ${seesAccount(sql`t.person_id`, sql`${accountId}::uuid`)}`)).length > 0;
const seesAccount = (person: SQL, account: SQL): SQL => sql`(${account} is null or exists (select 1 from core.account_rights r where r.account_id = ${account} and r.person_id = ${person} and (r.can_view or r.can_confirm)))`;
