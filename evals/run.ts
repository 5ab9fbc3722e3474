import { confirmation } from './suites/confirmation.ts';
import { grounding } from './suites/grounding.ts';
import { injection, injectionWording } from './suites/injection.ts';
import { riskManagement } from './suites/risk-management.ts';
import { signalQuality } from './suites/signal-quality.ts';
import { sqlQuestions } from './suites/sql.ts';
import { trajectory } from './suites/trajectory.ts';
import { paraphrased, routing } from './suites/understanding.ts';
import { validatorPatterns } from './suites/validator-patterns.ts';
import type { EvalResult } from '../db/stores/evals.ts';
import type { ModelPath } from '../graph/turn/model-turn.ts';
import type { CaseOutcome, Suite } from './suite.ts';

/** Every suite, the safety suites first. */
export const suites: readonly Suite[] = [confirmation, injection, grounding, injectionWording, trajectory, routing, paraphrased, sqlQuestions, signalQuality, riskManagement, validatorPatterns];

export interface EvalSetting { model: ModelPath | null; /** How often each case is tried; it passes when every try does (pass^k). */ tries: number }

/** Runs suites one after another. A suite that breaks is one failed case with what it said: it counts, and the others run. */
export async function runSuites(wanted: readonly Suite[], { model, tries }: EvalSetting, onStep: (text: string) => void): Promise<EvalResult[]> {
  const results: EvalResult[] = [];
  for (const suite of wanted) {
    const runs: CaseOutcome[][] = [];
    for (let run = 1; run <= tries; run += 1) {
      onStep(`${suite.name}${tries === 1 ? '' : `, try ${run} of ${tries}`}: ${suite.does}`);
      runs.push(await suite.run({ model, onStep }).catch((error: unknown) => [{ caseId: 'run', family: 'run', detail: `the suite broke: ${error instanceof Error ? error.message : String(error)}` }]));
    }
    results.push(...overTries(suite, runs, tries));
  }
  return results;
}

/** Each case once: the share of its tries that were right, and what was wrong first. A try that never came to it was not right. */
function overTries({ name, safety }: Suite, runs: readonly CaseOutcome[][], tries: number): EvalResult[] {
  return [...Map.groupBy(runs.flat(), ({ caseId }) => caseId)].map(([caseId, outcomes]) => {
    const right = outcomes.filter(({ detail }) => detail === null).length;
    const [first] = outcomes;
    const wrong = outcomes.find(({ detail }) => detail !== null)?.detail ?? 'the suite did not come to it';
    return { suite: name, caseId, family: first?.family ?? '', safety, score: right / tries, detail: right === tries ? null : tries === 1 ? wrong : `${right} of ${tries} tries right; ${wrong}` };
  });
}
