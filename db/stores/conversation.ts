import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface ThreadRow { id: string; channel: string; externalId: string; personId: string; title: string; context: Record<string, unknown>; updatedAt: Instant }
const threadColumns = sql`id, channel, external_id as "externalId", person_id as "personId", title, context::jsonb as context, core.instant_text(updated_at) as "updatedAt"`;
type Row = ThreadRow & Record<string, unknown>;

export async function openThread(tx: Executor, input: { id: string; channel: string; externalId: string; personId: string; title: string }): Promise<ThreadRow> {
  await tx.execute(sql`insert into core.threads (id, channel, external_id, person_id, title, created_at, updated_at, context)
    values (${input.id}, ${input.channel}, ${input.externalId}, ${input.personId}, ${input.title}, core.wall_now(), core.wall_now(), '{}') on conflict (channel, external_id) do nothing`);
  const [row] = await rows<Row>(tx, sql`select ${threadColumns} from core.threads where channel = ${input.channel} and external_id = ${input.externalId}`);
  if (!row) throw new Error('the thread is not there after opening it');
  return row;
}
export const threadById = async (executor: Executor, id: string): Promise<ThreadRow | null> => (await rows<Row>(executor, sql`select ${threadColumns} from core.threads where id = ${id}`))[0] ?? null;
export const threadsOf = (executor: Executor, personId: string): Promise<ThreadRow[]> => rows<Row>(executor, sql`select ${threadColumns} from core.threads where person_id = ${personId} order by updated_at desc limit 200`);
export const saveContext = (tx: Executor, threadId: string, context: Record<string, unknown>) => tx.execute(sql`update core.threads set context = ${JSON.stringify(context)}, updated_at = core.wall_now() where id = ${threadId}`);
export const retitle = (tx: Executor, threadId: string, title: string) => tx.execute(sql`update core.threads set title = ${title} where id = ${threadId}`);

export interface StoredMessage { sequence: number; turn: string; at: Instant; author: 'person' | 'desk'; personId: string | null; clientMessageId: string | null; event: string; /** The turn whose words it replaces. */ replaces: string | null }
const messageColumns = sql`sequence, turn, core.instant_text(at) as at, author, person_id as "personId", client_message_id as "clientMessageId", event, replaces`;
type MessageRow = StoredMessage & Record<string, unknown>;

/**
 * Appends to a thread. A message whose `clientMessageId` is there already is not appended again: the earlier one comes
 * back with `duplicate`. Whoever takes the same next sequence waits for the other one's commit and then takes the one after
 * it, so sequences have no gaps and no twins. Throws when the turn that it `replaces` was replaced already.
 */
export async function appendMessage(executor: Executor, input: { threadId: string; turn: string; author: 'person' | 'desk'; personId: string | null; clientMessageId: string | null; event: string; replaces?: string }): Promise<{ message: StoredMessage; duplicate: boolean }> {
  for (;;) {
    const [message] = await rows<MessageRow>(executor, sql`
      insert into core.messages (thread_id, sequence, turn, at, author, person_id, client_message_id, event, replaces)
      select ${input.threadId}::uuid, coalesce(max(sequence), 0) + 1, ${input.turn}::uuid, core.wall_now(), ${input.author}, ${input.personId}::uuid, ${input.clientMessageId}, ${input.event}, ${input.replaces ?? null}::uuid
      from core.messages where thread_id = ${input.threadId} on conflict do nothing returning ${messageColumns}`);
    if (message) return { message, duplicate: false };
    const before = input.clientMessageId === null ? null : await messageByClientId(executor, { threadId: input.threadId, clientMessageId: input.clientMessageId });
    if (before) return { message: before, duplicate: true };
    if (input.replaces && (await rows(executor, sql`select from core.messages where thread_id = ${input.threadId} and replaces = ${input.replaces}`)).length > 0) throw new Error(`the message of turn ${input.replaces} was replaced already`);
  }
}
export const messageByClientId = async (executor: Executor, input: { threadId: string; clientMessageId: string }): Promise<StoredMessage | null> =>
  (await rows<MessageRow>(executor, sql`select ${messageColumns} from core.messages where thread_id = ${input.threadId} and client_message_id = ${input.clientMessageId}`))[0] ?? null;
export const messagesAfter = (executor: Executor, input: { threadId: string; after: number; limit: number }): Promise<StoredMessage[]> =>
  rows<MessageRow>(executor, sql`select ${messageColumns} from core.messages where thread_id = ${input.threadId} and sequence > ${input.after} order by sequence limit ${input.limit}`);
/** The last `limit` messages before `before`, oldest first. */
export const messagesBefore = async (executor: Executor, input: { threadId: string; before: number | null; limit: number }): Promise<StoredMessage[]> =>
  (await rows<MessageRow>(executor, sql`select ${messageColumns} from core.messages where thread_id = ${input.threadId} ${input.before === null ? sql`` : sql`and sequence < ${input.before}`} order by sequence desc limit ${input.limit}`)).reverse();
/** Messages without the turns whose words others of them replace. */
export const withoutReplaced = (messages: readonly StoredMessage[]): StoredMessage[] => {
  const replaced = new Set(messages.map(({ replaces }) => replaces));
  return messages.filter(({ turn }) => !replaced.has(turn));
};
/** The last `limit` messages that people put into a thread, newest first. */
export const messagesByPeople = (executor: Executor, input: { threadId: string; limit: number }): Promise<StoredMessage[]> =>
  rows<MessageRow>(executor, sql`select ${messageColumns} from core.messages where thread_id = ${input.threadId} and author = 'person' order by sequence desc limit ${input.limit}`);
/** What a person put in to begin a turn of a thread; null: there is no such turn, or it is not theirs. */
export const messageOfTurn = async (executor: Executor, input: { threadId: string; turn: string; personId: string }): Promise<StoredMessage | null> =>
  (await rows<MessageRow>(executor, sql`select ${messageColumns} from core.messages where thread_id = ${input.threadId} and turn = ${input.turn} and author = 'person' and person_id = ${input.personId}`))[0] ?? null;
/** The turns whose words the message of `turn` replaces, the nearest first. */
export const replacedBy = async (executor: Executor, input: { threadId: string; turn: string }): Promise<string[]> => (await rows<{ replaces: string }>(executor, sql`
  with recursive earlier as (
    select replaces, 1 as step from core.messages where thread_id = ${input.threadId} and turn = ${input.turn} and replaces is not null
    union all select m.replaces, e.step + 1 from core.messages m join earlier e on m.turn = e.replaces where m.thread_id = ${input.threadId} and m.replaces is not null)
  select replaces from earlier order by step`)).map(({ replaces }) => replaces);
export interface FoundMessage { at: Instant; channel: string; title: string; author: 'person' | 'desk'; text: string }
/** What was said, replied or shown as a card in a person's own threads and holds all words of one of the `ways`, newest first; a card as it was shown last. Words that were edited since, and what was replied to them, are left out. A word's own wildcards count as themselves. */
export async function messagesSaying(executor: Executor, { personId, ways, exceptTurn, limit }: { personId: string; ways: readonly (readonly string[])[]; exceptTurn: string; limit: number }): Promise<{ total: number; messages: FoundMessage[] }> {
  const like = (word: string): string => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const holds = sql.join(ways.map((way) => sql`(${sql.join(way.map((word) => sql`s.text ilike ${like(word)}`), sql` and `)})`), sql` or `);
  const found = await rows<FoundMessage & { total: number } & Record<string, unknown>>(executor, sql`
    with s as materialized (select m.at, t.channel, t.title, m.author, m.sequence, coalesce(m.event::jsonb->>'text', m.event::jsonb->'card'->>'headline') as text,
        row_number() over (partition by coalesce(m.event::jsonb->'card'->>'actionId', concat(m.thread_id, ' ', m.sequence)) order by m.at desc, m.sequence desc) as newest from core.messages m join core.threads t on t.id = m.thread_id
      where t.person_id = ${personId} and m.turn <> ${exceptTurn} and (m.event::jsonb->>'type' = 'card'
        or (m.event::jsonb->>'type' in ('said', 'reply') and not exists (select from core.messages r where r.thread_id = m.thread_id and r.replaces = m.turn))))
    select core.instant_text(s.at) as at, s.channel, s.title, s.author, s.text, count(*) over ()::int as total from s where s.newest = 1 and (${holds}) order by s.at desc, s.sequence desc limit ${limit}`);
  return { total: found[0]?.total ?? 0, messages: found.map(({ total: _, ...message }) => message) };
}
/** Turns that began and never ended: the process died in them. */
export const unfinishedTurns = (executor: Executor) => rows<{ threadId: string; turn: string; personId: string; said: string }>(executor, sql`
  select m.thread_id as "threadId", m.turn, m.person_id as "personId", m.event as said from core.messages m
  where m.author = 'person' and not exists (select 1 from core.messages e where e.thread_id = m.thread_id and e.turn = m.turn and e.author = 'desk' and e.event like '%"type":"end"%') order by m.at`);

export async function recordAgentMessage(tx: Executor, input: { id: string; turn: string; agent: string; inputId: string; payload: string; writtenBy: string; latencyMs: number }): Promise<void> {
  await tx.execute(sql`insert into core.agent_messages (id, turn, agent, input_id, payload, written_by, at, latency_ms) values (${input.id}, ${input.turn}, ${input.agent}, ${input.inputId}, ${input.payload}, ${input.writtenBy}, core.wall_now(), ${Math.round(input.latencyMs)})`);
}
/** The tools that answered a turn, by name. */
export const toolsOfTurn = async (executor: Executor, turn: string): Promise<string[]> => (await rows<{ name: string }>(executor, sql`
  select distinct c.value->>'name' as name from core.agent_messages a cross join lateral jsonb_array_elements(a.payload::jsonb->'calls') c where a.turn = ${turn} order by name`)).map(({ name }) => name);
/** How a turn began and whether it is over: the id of the message that began it (null when the desk spoke by itself), and whether its end is stored. */
export const turnOf = async (executor: Executor, input: { threadId: string; turn: string }): Promise<{ byPerson: boolean; clientMessageId: string | null; ended: boolean }> => {
  const [row] = await rows<{ byPerson: boolean; clientMessageId: string | null; ended: boolean }>(executor, sql`
    select coalesce(bool_or(author = 'person'), false) as "byPerson", max(client_message_id) filter (where author = 'person') as "clientMessageId",
      coalesce(bool_or(author = 'desk' and event like '%"type":"end"%'), false) as ended from core.messages where thread_id = ${input.threadId} and turn = ${input.turn}`);
  return row ?? { byPerson: false, clientMessageId: null, ended: false };
};
/** The id behind `prefix` of the newest message of a thread whose own id begins so. */
export const lastSaid = async (executor: Executor, input: { threadId: string; prefix: string }): Promise<string | null> => (await rows<{ id: string }>(executor, sql`
  select client_message_id as id from core.messages where thread_id = ${input.threadId} and starts_with(client_message_id, ${input.prefix}) order by sequence desc limit 1`))[0]?.id.slice(input.prefix.length) ?? null;
