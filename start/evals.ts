import type { Database } from '../db/client.ts';
import { type EvalResult, type EvalRun, storeEvalRun } from '../db/stores/evals.ts';
import { uuidv7 } from '../db/uuid.ts';
import { suiteNamed, suiteNames } from '../desk/evaluation/suite-names.ts';
import { type Clock, epochMs, type Instant, msBetween } from '../desk/time.ts';
import type { EvalProcess } from './eval-process.ts';

export type EvalOutcome = { run: EvalRun; results: EvalResult[] } | { unknownSuite: string; suites: string[] };
export type RunEvals = (input: { suite: string | null; label: string; onStep(text: string): void }) => Promise<EvalOutcome>;

/** A run as it is stored, from what came out of it. */
export const evalRunOf = ({ id, startedAt, endedAt, label, results }: { id: string; startedAt: Instant; endedAt: Instant; label: string; results: readonly EvalResult[] }): EvalRun => ({
  id, startedAt, label, suites: [...new Set(results.map(({ suite }) => suite))], safetyFailures: results.filter(({ safety, score }) => safety && score < 1).length, durationMs: Math.round(msBetween(startedAt, endedAt)),
});

/** Runs suites on desks of their own, in a process of their own, and stores how they ended in this home. */
export const evalsOf = ({ database, wallNow, process }: { database: Database; wallNow: Clock; process: EvalProcess }): RunEvals => async ({ suite, label, onStep }) => {
  const wanted = suite === null ? null : suiteNamed(suite);
  if (suite !== null && wanted === null) return { unknownSuite: suite, suites: [...suiteNames] };
  const startedAt = wallNow();
  const results = await process({ suite: wanted, onStep });
  const run = evalRunOf({ id: uuidv7(epochMs(startedAt)), startedAt, endedAt: wallNow(), label, results });
  await storeEvalRun(database, run, results);
  return { run, results };
};
