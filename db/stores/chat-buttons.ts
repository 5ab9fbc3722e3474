import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Keeps what a button means. `body` is the channel's own text. */
export const storeButton = (tx: Executor, input: { id: string; bot: string; chat: string; body: string }) => tx.execute(sql`
  insert into core.chat_buttons (id, bot, chat, body, created_at) values (${input.id}, ${input.bot}, ${input.chat}, ${input.body}, core.wall_now()) on conflict (id) do nothing`);
/** Forgets buttons and messages of chats that are older than `days`: nobody presses or edits them any more. */
export async function forgetOldChats(executor: Executor, input: { bot: string; days: number }): Promise<void> {
  await executor.execute(sql`delete from core.chat_buttons where bot = ${input.bot} and created_at < core.wall_now() - make_interval(days => ${input.days})`);
  await executor.execute(sql`delete from core.outbound_messages where bot = ${input.bot} and state <> 'waiting' and created_at < core.wall_now() - make_interval(days => ${input.days})`);
}
export const buttonById = async (executor: Executor, input: { id: string; bot: string }): Promise<{ chat: string; body: string } | null> =>
  (await rows<{ chat: string; body: string }>(executor, sql`select chat, body from core.chat_buttons where id = ${input.id} and bot = ${input.bot}`))[0] ?? null;
