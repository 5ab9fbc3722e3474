import { sql } from 'drizzle-orm';
import { bigint, check, index, smallint, text } from 'drizzle-orm/pg-core';
import { core } from './columns.ts';

/** Append-only and hash-chained. `payload` is the exact canonical text that was hashed, `at` the exact text of the time. */
export const auditLog = core.table('audit_log', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey(), at: text('at').notNull(), kind: text('kind').notNull(), subject: text('subject').notNull(), actor: text('actor').notNull(),
  payload: text('payload').notNull(), previousHash: text('previous_hash').notNull().unique(), hash: text('hash').notNull().unique(),
}, (t) => [index('audit_log_subject').on(t.subject)]);

/** The head row that every append locks. */
export const auditHead = core.table('audit_head', {
  one: smallint('one').primaryKey().default(1), sequence: bigint('sequence', { mode: 'number' }).notNull(), hash: text('hash').notNull(),
}, (t) => [check('audit_head_one', sql`${t.one} = 1`)]);
