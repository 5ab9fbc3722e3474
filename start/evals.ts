import type { Database } from '../db/client.ts';
import { type EvalResult, type EvalRun, storeEvalRun } from '../db/stores/evals.ts';
import { uuidv7 } from '../db/uuid.ts';
import { suiteNamed, suiteNames } from '../desk/evaluation/suite-names.ts';
import { type Clock, epochMs, type Instant, msBetween } from '../desk/time.ts';
import type { Cassette } from '../channels/terminal/command.ts';
import { type EvalProcess, EvalRefusal } from './eval-process.ts';

export type EvalOutcome = { run: EvalRun; results: EvalResult[] } | { unknownSuite: string; suites: string[] } | { refused: string };
export type RunEvals = (input: { suite: string | null; label: string; /** How often each case is tried; 1 unless said. */ tries?: number; cassette?: Cassette | null; onStep(text: string): void }) => Promise<EvalOutcome>;

/** A run as it is stored, from what came out of it. */
export const evalRunOf = ({ id, startedAt, endedAt, label, tries = 1, model, results }: { id: string; startedAt: Instant; endedAt: Instant; label: string; tries?: number; model: string | null; results: readonly EvalResult[] }): EvalRun => ({
  id, startedAt, label, tries, model, suites: [...new Set(results.map(({ suite }) => suite))], safetyFailures: results.filter(({ safety, score }) => safety && score < 1).length, durationMs: Math.round(msBetween(startedAt, endedAt)),
});

/** Runs suites on desks of their own, in a process of their own, and stores how they ended in this home. */
export const evalsOf = ({ database, wallNow, process, send = null }: {
  database: Database; wallNow: Clock; process: EvalProcess;
  /** Where a stored run goes besides; gives what became of it, in a sentence. */
  send?: ((run: EvalRun, results: readonly EvalResult[]) => Promise<string>) | null;
}): RunEvals => async ({ suite, label, tries = 1, cassette = null, onStep }) => {
  const wanted = suite === null ? null : suiteNamed(suite);
  if (suite !== null && wanted === null) return { unknownSuite: suite, suites: [...suiteNames] };
  const startedAt = wallNow();
  const findings = await process({ suite: wanted, tries, cassette, onStep }).catch((error: unknown) => {
    if (error instanceof EvalRefusal) return { refused: error.message };
    throw error;
  });
  if ('refused' in findings) return findings;
  const { results, model } = findings;
  const run = evalRunOf({ id: uuidv7(epochMs(startedAt)), startedAt, endedAt: wallNow(), label, tries, model, results });
  await storeEvalRun(database, run, results);
  if (send) onStep(await send(run, results));
  return { run, results };
};
