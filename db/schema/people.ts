import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { core, id, moment } from './columns.ts';

export const people = core.table('people', {
  id: id(), name: text('name').notNull().unique(), role: text('role').notNull(), createdAt: moment('created_at').notNull(),
  lastAccountId: uuid('last_account_id'),
}, (t) => [check('people_role', sql`${t.role} in ('owner','trader','viewer')`)]);

/** A person on a channel, by the channel's own immutable id. */
export const identities = core.table('identities', {
  id: id(), personId: uuid('person_id').notNull().references(() => people.id), channel: text('channel').notNull(),
  externalId: text('external_id').notNull(), linkedAt: moment('linked_at').notNull(), unlinkedAt: moment('unlinked_at'),
}, (t) => [uniqueIndex('identities_active').on(t.channel, t.externalId).where(sql`${t.unlinkedAt} is null`)]);

export const accountRights = core.table('account_rights', {
  personId: uuid('person_id').notNull().references(() => people.id), accountId: uuid('account_id').notNull().references(() => accounts.id),
  canView: boolean('can_view').notNull(), canPropose: boolean('can_propose').notNull(), canConfirm: boolean('can_confirm').notNull(),
}, (t) => [primaryKey({ columns: [t.personId, t.accountId] })]);

/** Sign-in links, web sessions, API keys and command-line tokens. Only hashes are kept. */
export const accessTokens = core.table('access_tokens', {
  id: id(), personId: uuid('person_id').notNull().references(() => people.id), kind: text('kind').notNull(), hash: text('hash').notNull().unique(),
  label: text('label'), createdAt: moment('created_at').notNull(), expiresAt: moment('expires_at'), usedAt: moment('used_at'), revokedAt: moment('revoked_at'),
}, (t) => [check('access_tokens_kind', sql`${t.kind} in ('signin','session','api_key','cli')`)]);

export const threads = core.table('threads', {
  id: id(), channel: text('channel').notNull(), externalId: text('external_id').notNull(), personId: uuid('person_id').notNull().references(() => people.id),
  title: text('title').notNull(), createdAt: moment('created_at').notNull(), updatedAt: moment('updated_at').notNull(),
  /** What follow-ups refer to: last symbol, account, shown card. */
  context: text('context').notNull(),
}, (t) => [uniqueIndex('threads_external').on(t.channel, t.externalId), index('threads_person').on(t.personId, t.updatedAt)]);

/** The conversation as it was shown: what people said and every event of the desk, in order. */
export const messages = core.table('messages', {
  threadId: uuid('thread_id').notNull().references(() => threads.id), sequence: integer('sequence').notNull(),
  turn: uuid('turn').notNull(), at: moment('at').notNull(), author: text('author').notNull(), personId: uuid('person_id'),
  clientMessageId: text('client_message_id'), event: text('event').notNull(),
  /** The turn of the message whose words this one replaces; both stay, and each is replaced once. */
  replaces: uuid('replaces'),
}, (t) => [primaryKey({ columns: [t.threadId, t.sequence] }), uniqueIndex('messages_client').on(t.threadId, t.clientMessageId), uniqueIndex('messages_replaces').on(t.threadId, t.replaces).where(sql`${t.replaces} is not null`)]);

/** What a person thought of an answer; the newest word of each counts. `said_in`: the turn that said so. Candidates for the evals. */
export const feedback = core.table('feedback', {
  id: id(), threadId: uuid('thread_id').notNull().references(() => threads.id), turn: uuid('turn').notNull(), personId: uuid('person_id').notNull().references(() => people.id),
  verdict: text('verdict').notNull(), note: text('note'), saidIn: uuid('said_in').notNull(), at: moment('at').notNull(),
}, (t) => [check('feedback_verdict', sql`${t.verdict} in ('GOOD','BAD')`), uniqueIndex('feedback_said_in').on(t.saidIn), index('feedback_turn').on(t.turn, t.personId)]);

/** Catalogue A9: what agents hand to one another. */
export const agentMessages = core.table('agent_messages', {
  id: id(), turn: uuid('turn').notNull(), agent: text('agent').notNull(), inputId: text('input_id').notNull(),
  payload: text('payload').notNull(), writtenBy: text('written_by').notNull(), at: moment('at').notNull(), latencyMs: integer('latency_ms').notNull(),
}, (t) => [index('agent_messages_turn').on(t.turn)]);
