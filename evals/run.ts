import { confirmation } from './suites/confirmation.ts';
import { grounding } from './suites/grounding.ts';
import { injection, injectionWording } from './suites/injection.ts';
import { sqlQuestions } from './suites/sql.ts';
import { paraphrased, routing } from './suites/understanding.ts';
import type { EvalResult } from '../db/stores/evals.ts';
import type { Suite } from './suite.ts';

/** Every suite, the safety suites first. */
export const suites: readonly Suite[] = [confirmation, injection, grounding, injectionWording, routing, paraphrased, sqlQuestions];

/** Runs suites one after another. A suite that breaks is one failed case with what it said: it counts, and the others run. */
export async function runSuites(wanted: readonly Suite[], onStep: (text: string) => void): Promise<EvalResult[]> {
  const results: EvalResult[] = [];
  for (const suite of wanted) {
    onStep(`${suite.name}: ${suite.does}`);
    const outcomes = await suite.run().catch((error: unknown) => [{ caseId: 'run', family: 'run', detail: `the suite broke: ${error instanceof Error ? error.message : String(error)}` }]);
    for (const { caseId, family, detail } of outcomes) results.push({ suite: suite.name, caseId, family, safety: suite.safety, score: detail === null ? 1 : 0, detail });
  }
  return results;
}
