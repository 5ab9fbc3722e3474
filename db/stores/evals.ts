import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Database, Executor, Tx } from '../client.ts';
import { array, rows } from '../sql.ts';

/** How one case ended. `score` is 0–1, the share of its tries that were right. `safety`: below 1 is a failure that nothing makes up for. */
export interface EvalResult { suite: string; caseId: string; family: string; safety: boolean; score: number; detail: string | null }
export interface EvalRun { id: string; startedAt: Instant; label: string; suites: string[]; safetyFailures: number; durationMs: number; /** How often each case was tried. */ tries: number; /** What answered where a model takes part; null: the twins alone. */ model: string | null }

export const storeEvalRun = (database: Database, run: EvalRun, results: readonly EvalResult[]): Promise<void> => database.transaction((tx) => storeEvalRunIn(tx, run, results));
export async function storeEvalRunIn(tx: Tx, run: EvalRun, results: readonly EvalResult[]): Promise<void> {
  const of = (pick: (result: EvalResult) => unknown, type: string) => array(results.map(pick), type);
  await tx.execute(sql`insert into core.eval_runs (id, started_at, label, suites, safety_failures, duration_ms, tries, model) values (${run.id}, ${run.startedAt}, ${run.label}, ${JSON.stringify(run.suites)}::jsonb, ${run.safetyFailures}, ${run.durationMs}, ${run.tries}, ${run.model})`);
  await tx.execute(sql`insert into core.eval_results (run_id, suite, case_id, family, safety, score, detail) select ${run.id}::uuid, * from unnest(
    ${of(({ suite }) => suite, 'text')}, ${of(({ caseId }) => caseId, 'text')}, ${of(({ family }) => family, 'text')}, ${of(({ safety }) => safety, 'boolean')}, ${of(({ score }) => score, 'double precision')}, ${of(({ detail }) => detail, 'text')})`);
}

const columns = sql`id, core.instant_text(started_at) as "startedAt", label, suites, safety_failures as "safetyFailures", duration_ms as "durationMs", tries, model`;
/** The newest first. */
export const evalRuns = (executor: Executor, limit: number): Promise<EvalRun[]> => rows<EvalRun & Record<string, unknown>>(executor, sql`select ${columns} from core.eval_runs order by started_at desc, id desc limit ${limit}`);
/** By its id or how it begins; more than one where that is not enough to tell. */
export const evalRunsNamed = (executor: Executor, start: string): Promise<EvalRun[]> => rows<EvalRun & Record<string, unknown>>(executor, sql`select ${columns} from core.eval_runs where starts_with(id::text, ${start.toLowerCase()}) order by started_at desc limit 2`);
export const evalResults = (executor: Executor, runId: string): Promise<EvalResult[]> =>
  rows<EvalResult & Record<string, unknown>>(executor, sql`select suite, case_id as "caseId", family, safety, score, detail from core.eval_results where run_id = ${runId} order by suite, case_id`);
