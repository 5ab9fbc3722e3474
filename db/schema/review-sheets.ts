import { integer, jsonb } from 'drizzle-orm/pg-core';
import { core, day, moment } from './columns.ts';

/** The decisions that a person reviews of one week, drawn once it is over. `week` is its Monday, in the exchange's zone on the wall clock, and the seed. Never changed afterwards. */
export const reviewSheets = core.table('review_sheets', {
  week: day('week').primaryKey(), drawnAt: moment('drawn_at').notNull(), decisions: integer('decisions').notNull(), actionIds: jsonb('action_ids').$type<string[]>().notNull(),
});
