import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Keeps what a button means. `body` is the channel's own text. */
export const storeButton = (tx: Executor, input: { id: string; bot: string; chat: string; body: string }) => tx.execute(sql`
  insert into core.chat_buttons (id, bot, chat, body, created_at) values (${input.id}, ${input.bot}, ${input.chat}, ${input.body}, core.wall_now()) on conflict (id) do nothing`);
export const buttonById = async (executor: Executor, input: { id: string; bot: string }): Promise<{ chat: string; body: string } | null> =>
  (await rows<{ chat: string; body: string }>(executor, sql`select chat, body from core.chat_buttons where id = ${input.id} and bot = ${input.bot}`))[0] ?? null;
