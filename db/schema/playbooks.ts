import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PlaybookTerms } from '../../desk/playbooks/playbook.ts';
import { core, id, moment } from './columns.ts';

/** Every version of every playbook; one of each is in force. Later versions come from a confirmed action alone. */
export const playbooks = core.table(
  'playbooks',
  {
    id: id(),
    playbookId: text('playbook_id').notNull(),
    version: integer('version').notNull(),
    active: boolean('active').notNull(),
    terms: jsonb('terms').$type<PlaybookTerms>().notNull(),
    summary: text('summary').notNull(),
    actionId: uuid('action_id'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('playbooks_version').on(t.playbookId, t.version),
    uniqueIndex('playbooks_active').on(t.playbookId).where(sql`${t.active}`),
    check('playbooks_first', sql`${t.version} >= 1`),
  ],
);
