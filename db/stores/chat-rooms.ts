import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** A thread as it is shown in a chat of `bot` (`telegram`, `discord`). `queuedSequence`: up to where it is in the outbound queue. */
export interface ChatRoom { threadId: string; personId: string; bot: string; chat: string; kind: 'private' | 'group'; queuedSequence: number }
const columns = sql`r.thread_id as "threadId", t.person_id as "personId", r.bot, r.chat, r.kind, r.queued_sequence as "queuedSequence"`;
type Row = ChatRoom & Record<string, unknown>;

/** What was said in the thread before it was a room is not repeated there. */
export const openRoom = async (executor: Executor, input: { threadId: string; bot: string; chat: string; kind: ChatRoom['kind'] }): Promise<ChatRoom> => {
  await executor.execute(sql`insert into core.chat_rooms (thread_id, bot, chat, kind, queued_sequence)
    select ${input.threadId}::uuid, ${input.bot}, ${input.chat}, ${input.kind}, coalesce(max(m.sequence), 0) from core.messages m where m.thread_id = ${input.threadId}::uuid on conflict (thread_id) do nothing`);
  const [room] = await rows<Row>(executor, sql`select ${columns} from core.chat_rooms r join core.threads t on t.id = r.thread_id where r.thread_id = ${input.threadId}`);
  if (!room) throw new Error('the room is not there after opening it');
  return room;
};
export const roomsOf = (executor: Executor, bot: string): Promise<ChatRoom[]> => rows<Row>(executor, sql`select ${columns} from core.chat_rooms r join core.threads t on t.id = r.thread_id where r.bot = ${bot} order by r.thread_id`);
/** The chats in which these people are alone with the desk. */
export const privateRoomsOf = (executor: Executor, personIds: readonly string[]): Promise<ChatRoom[]> =>
  rows<Row>(executor, sql`select ${columns} from core.chat_rooms r join core.threads t on t.id = r.thread_id where r.kind = 'private' and t.person_id = any(${array(personIds, 'uuid')}) order by r.thread_id`);
/** Where each of these people talked last on each of the desk's own screens: threads that are in no chat of a bot. */
export const threadsUsedLast = (executor: Executor, personIds: readonly string[]): Promise<{ threadId: string }[]> => rows(executor, sql`
  select distinct on (t.person_id, t.channel) t.id as "threadId" from core.threads t
  where t.person_id = any(${array(personIds, 'uuid')}) and t.channel not in ('telegram', 'discord') order by t.person_id, t.channel, t.updated_at desc, t.id`);
/** Moves a room's mark on from `from`; false when somebody else did. */
export const advanceRoom = async (tx: Executor, input: { threadId: string; from: number; to: number }): Promise<boolean> =>
  (await rows(tx, sql`update core.chat_rooms set queued_sequence = ${input.to} where thread_id = ${input.threadId} and queued_sequence = ${input.from} returning thread_id`)).length === 1;

/** Closes a person's rooms on a channel; what waits to be sent to their own chats is dropped. */
export async function closeRooms(tx: Executor, input: { personId: string; bot: string }): Promise<void> {
  const closed = await rows<{ chat: string; kind: string }>(tx, sql`delete from core.chat_rooms r using core.threads t where t.id = r.thread_id and t.person_id = ${input.personId} and r.bot = ${input.bot} returning r.chat, r.kind`);
  const own = closed.filter(({ kind }) => kind === 'private').map(({ chat }) => chat);
  if (own.length > 0) await tx.execute(sql`update core.outbound_messages set state = 'skipped', error = 'the link was ended' where bot = ${input.bot} and chat = any(${array(own, 'text')}) and state = 'waiting'`);
}
