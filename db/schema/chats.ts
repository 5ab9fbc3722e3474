import { sql } from 'drizzle-orm';
import { bigserial, check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { core, id, moment } from './columns.ts';
import { people, threads } from './people.ts';

/** One-time codes by which a person ties a chat to themself. Only hashes are kept; written by `core.link_code_open` and `core.link_code_redeem` alone. */
export const linkCodes = core.table('link_codes', {
  id: id(), personId: uuid('person_id').notNull().references(() => people.id), hash: text('hash').notNull().unique(), madeIn: text('made_in').notNull(),
  createdAt: moment('created_at').notNull(), expiresAt: moment('expires_at').notNull(), usedAt: moment('used_at'),
});
/** Wrong codes, by who tried: after three in ten minutes nothing is looked up for them. */
export const linkFailures = core.table('link_failures', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), channel: text('channel').notNull(), externalId: text('external_id').notNull(), at: moment('at').notNull(),
}, (t) => [index('link_failures_who').on(t.channel, t.externalId, t.at)]);

/** Where a thread is shown in a chat, and how far it has been put into the outbound queue. */
export const chatRooms = core.table('chat_rooms', {
  threadId: uuid('thread_id').primaryKey().references(() => threads.id), bot: text('bot').notNull(), chat: text('chat').notNull(), kind: text('kind').notNull(), queuedSequence: integer('queued_sequence').notNull(),
}, (t) => [check('chat_rooms_kind', sql`${t.kind} in ('private','group')`), index('chat_rooms_bot').on(t.bot)]);

/** Which threads have shown an action's card, so that every one of them sees it change. */
export const cardViews = core.table('card_views', {
  actionId: uuid('action_id').notNull(), threadId: uuid('thread_id').notNull().references(() => threads.id), /** In which turn of the thread it was first shown. */ turn: uuid('turn').notNull(),
}, (t) => [primaryKey({ columns: [t.actionId, t.threadId] })]);

/** What still has to reach a chat, in order within the chat. */
export const outboundMessages = core.table('outbound_messages', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), bot: text('bot').notNull(), chat: text('chat').notNull(),
  /** The same key is queued once. */
  key: text('key').notNull(),
  /** What a later message may replace in place, like `card:ACTION`. */
  subject: text('subject'),
  body: text('body').notNull(), state: text('state').notNull(), attempts: integer('attempts').notNull().default(0), notBefore: moment('not_before').notNull(),
  externalId: text('external_id'), error: text('error'), createdAt: moment('created_at').notNull(), sentAt: moment('sent_at'),
}, (t) => [check('outbound_messages_state', sql`${t.state} in ('waiting','sent','skipped','failed')`), uniqueIndex('outbound_messages_key').on(t.bot, t.chat, t.key),
  index('outbound_messages_waiting').on(t.bot, t.sequence).where(sql`${t.state} = 'waiting'`), index('outbound_messages_subject').on(t.bot, t.chat, t.subject)]);

/** What a button under a message means; the button itself carries this id and a tag. */
export const chatButtons = core.table('chat_buttons', {
  id: text('id').primaryKey(), bot: text('bot').notNull(), chat: text('chat').notNull(), body: text('body').notNull(), createdAt: moment('created_at').notNull(),
});
