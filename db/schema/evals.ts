import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { core, id, moment } from './columns.ts';

/** One run of the evals: which suites, how often each case was tried, which model took part (null: the twins alone), and how it ended. Never changed afterwards. */
export const evalRuns = core.table('eval_runs', {
  id: id(), startedAt: moment('started_at').notNull(), label: text('label').notNull(), suites: jsonb('suites').$type<string[]>().notNull(), safetyFailures: integer('safety_failures').notNull(), durationMs: integer('duration_ms').notNull(),
  tries: integer('tries').notNull().default(1), model: text('model'),
}, (t) => [index('eval_runs_started').on(t.startedAt), check('eval_runs_tries', sql`${t.tries} >= 1`)]);

/** How one case of a suite ended in a run: `score` is 0–1, below 1 with the reason in `detail`. */
export const evalResults = core.table('eval_results', {
  runId: uuid('run_id').notNull().references(() => evalRuns.id), suite: text('suite').notNull(), caseId: text('case_id').notNull(), family: text('family').notNull(), safety: boolean('safety').notNull(),
  score: doublePrecision('score').notNull(), detail: text('detail'),
}, (t) => [primaryKey({ columns: [t.runId, t.suite, t.caseId] }), check('eval_results_score', sql`${t.score} between 0 and 1`)]);
