import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface OutboundRow { sequence: number; bot: string; chat: string; subject: string | null; body: string; attempts: number; notBefore: Instant }
/** The same key in a chat is queued once, however often it comes. */
export const queueOutbound = (tx: Executor, input: { bot: string; chat: string; key: string; subject: string | null; body: string }) => tx.execute(sql`
  insert into core.outbound_messages (bot, chat, key, subject, body, state, not_before, created_at)
  values (${input.bot}, ${input.chat}, ${input.key}, ${input.subject}, ${input.body}, 'waiting', core.wall_now(), core.wall_now()) on conflict (bot, chat, key) do nothing`);

/** The first message that waits in each chat, where its time has come: order within a chat is kept by never looking past it. */
export const dueOutbound = (executor: Executor, bot: string): Promise<OutboundRow[]> => rows<OutboundRow & Record<string, unknown>>(executor, sql`
  select sequence::float8 as sequence, bot, chat, subject, body, attempts, core.instant_text(not_before) as "notBefore" from (
    select distinct on (chat) * from core.outbound_messages where bot = ${bot} and state = 'waiting' order by chat, sequence) firsts
  where not_before <= core.wall_now() order by sequence`);
/** Milliseconds until something is due; null when nothing waits. */
export const nextOutboundMs = async (executor: Executor, bot: string): Promise<number | null> => (await rows<{ ms: number | null }>(executor, sql`
  select greatest(0, extract(epoch from min(not_before) - core.wall_now()) * 1000)::float8 as ms from core.outbound_messages where bot = ${bot} and state = 'waiting'`))[0]?.ms ?? null;

/** A later message of the same subject waits in the chat: this one would be replaced at once. */
export const isOvertaken = async (executor: Executor, row: OutboundRow): Promise<boolean> => row.subject !== null && (await rows(executor, sql`
  select 1 as one from core.outbound_messages where bot = ${row.bot} and chat = ${row.chat} and subject = ${row.subject} and state = 'waiting' and sequence > ${row.sequence} limit 1`)).length > 0;
/** What the chat knows the subject's message by, once one was sent. */
export const sentAs = async (executor: Executor, input: { bot: string; chat: string; subject: string }): Promise<string | null> => (await rows<{ externalId: string }>(executor, sql`
  select external_id as "externalId" from core.outbound_messages where bot = ${input.bot} and chat = ${input.chat} and subject = ${input.subject} and external_id is not null order by sequence desc limit 1`))[0]?.externalId ?? null;

export const outboundSent = (tx: Executor, input: { sequence: number; externalId: string | null }) => tx.execute(sql`
  update core.outbound_messages set state = 'sent', sent_at = core.wall_now(), external_id = ${input.externalId}, error = null where sequence = ${input.sequence}`);
export const outboundEnded = (tx: Executor, input: { sequence: number; state: 'skipped' | 'failed'; error: string | null }) => tx.execute(sql`
  update core.outbound_messages set state = ${input.state}, error = ${input.error?.slice(0, 500) ?? null} where sequence = ${input.sequence}`);
export const outboundLater = (tx: Executor, input: { sequence: number; seconds: number; error: string; counts: boolean }) => tx.execute(sql`
  update core.outbound_messages set not_before = core.wall_now() + make_interval(secs => ${input.seconds}), error = ${input.error.slice(0, 500)}, attempts = attempts + ${input.counts ? 1 : 0} where sequence = ${input.sequence}`);
/** A bot that is asked to wait waits in every chat. */
export const botWaits = (tx: Executor, input: { bot: string; seconds: number }) => tx.execute(sql`
  update core.outbound_messages set not_before = greatest(not_before, core.wall_now() + make_interval(secs => ${input.seconds})) where bot = ${input.bot} and state = 'waiting'`);
