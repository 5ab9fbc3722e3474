import type { Database } from '../db/client.ts';
import { type EvalResult, type EvalRun, storeEvalRun } from '../db/stores/evals.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type Clock, epochMs } from '../desk/time.ts';

export type EvalOutcome = { run: EvalRun; results: EvalResult[] } | { unknownSuite: string; suites: string[] };
export type RunEvals = (input: { suite: string | null; label: string; onStep(text: string): void }) => Promise<EvalOutcome>;

/** Runs suites on desks of their own and stores how they ended in this home. The suites are read when somebody asks for them. */
export const evalsOf = ({ database, wallNow }: { database: Database; wallNow: Clock }): RunEvals => async ({ suite, label, onStep }) => {
  const { runSuites, suites } = await import('../evals/run.ts');
  const wanted = suite === null ? suites : suites.filter(({ name }) => name === suite);
  if (suite !== null && wanted.length === 0) return { unknownSuite: suite, suites: suites.map(({ name }) => name) };
  const startedAt = wallNow();
  const started = performance.now();
  const results = await runSuites(wanted, onStep);
  const run: EvalRun = { id: uuidv7(epochMs(startedAt)), startedAt, label, suites: wanted.map(({ name }) => name), safetyFailures: results.filter(({ safety, score }) => safety && score < 1).length, durationMs: Math.round(performance.now() - started) };
  await storeEvalRun(database, run, results);
  return { run, results };
};
