import { z } from 'zod';
import type { Executor } from '../db/client.ts';
import { evalResults, type EvalRun, evalRuns, evalRunsNamed } from '../db/stores/evals.ts';
import { compareRuns } from '../desk/evaluation/compare-runs.ts';
import { scoreSuites } from '../desk/evaluation/score-suites.ts';
import { dateIn } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';

const runsShown = 10;
const failuresShown = 20;
const longestDetail = 200;
const RunName = z.string().trim().min(1).max(40).describe('last, previous, or how a run’s id begins');
const Run = z.object({ id: z.string(), startedText: z.string(), label: z.string(), suites: z.array(z.string()), suiteWords: z.string(), safetyFailures: z.int(), seconds: z.int(), tries: z.int().describe('of each case; it is right when every try was'), model: z.string().nullable().describe('what answered where a model takes part; null: the twins alone') });
const Percent = z.number().nullable();

/** A stored run by `last`, `previous` or how its id begins. Errors: `NO_RUN`, `AMBIGUOUS_RUN`. */
export async function evalRunNamed(executor: Executor, { name, field }: { name: string; field: string }): Promise<EvalRun> {
  const back = ['last', 'previous'].indexOf(name);
  const [run, another] = back >= 0 ? (await evalRuns(executor, 2)).slice(back, back + 1) : await evalRunsNamed(executor, name);
  if (!run) throw new ToolError('NO_RUN', back >= 0 ? 'there are not that many runs yet' : `no run’s id begins with ${name}`, field);
  if (another) throw new ToolError('AMBIGUOUS_RUN', `more than one run’s id begins with ${name}`, field);
  return run;
}

const shown = ({ services: { market, wallNow } }: ToolContext, { id, startedAt, label, suites, safetyFailures, durationMs, tries, model }: EvalRun): z.infer<typeof Run> => ({
  id, startedText: localTime(startedAt, { today: dateIn(wallNow(), market.zone), zone: market.zone }), label, suites, suiteWords: suites.length === 1 ? (suites[0] ?? '') : `${suites.length} suites`, safetyFailures, seconds: Math.round(durationMs / 1000), tries, model,
});
const percent = (share: number): number => Number((100 * share).toFixed(1));

/** The stored runs of the evaluation suites, and the scores of one of them. `low` and `high`: Wilson’s 95 % interval. Errors: `NO_RUN`, `AMBIGUOUS_RUN`. */
export const evals = defineTool({
  name: 'evals', purpose: 'Stored runs of the desk’s own evaluation suites: scores by suite with intervals, and which cases failed', effect: 'read', permission: 'desk:read',
  input: z.object({ run: RunName.default('last') }),
  output: z.object({
    asOf: z.string(), count: z.int(), runs: z.array(Run), run: Run.nullable(),
    scores: z.array(z.object({ suite: z.string(), kind: z.enum(['safety', 'quality']), cases: z.int(), right: z.int(), percent: z.number().describe('of the tries that were right'), low: z.number(), high: z.number(), passed: z.number().describe('percent of the cases of which every try was right') })),
    cases: z.int(), right: z.int(), failed: z.int(), failures: z.array(z.object({ suite: z.string(), caseId: z.string(), detail: z.string() })),
  }),
  async run(context, input) {
    const { orm } = context.services.database;
    const runs = (await evalRuns(orm, runsShown)).map((run) => shown(context, run));
    const found = runs.length === 0 && input.run === 'last' ? null : await evalRunNamed(orm, { name: input.run, field: 'run' });
    const results = found ? await evalResults(orm, found.id) : [];
    const failed = results.filter(({ score }) => score < 1);
    return {
      asOf: context.services.market.now(), count: runs.length, runs, run: found ? shown(context, found) : null,
      scores: scoreSuites(results).map(({ suite, safety, cases, right, share, low, high, passed }) => ({ suite, kind: safety ? 'safety' as const : 'quality' as const, cases, right, percent: percent(share), low: percent(low), high: percent(high), passed: percent(passed) })),
      cases: results.length, right: results.length - failed.length, failed: failed.length,
      failures: failed.slice(0, failuresShown).map(({ suite, caseId, detail }) => ({ suite, caseId, detail: (detail ?? '').slice(0, longestDetail) })),
    };
  },
});

const verdicts = { SAFETY_FAILURE: 'safety failure', WORSE: 'worse', BETTER: 'better', NO_DIFFERENCE_SHOWN: 'no difference shown', NOT_COMPARED: 'nothing in common' } as const;

/** Two stored runs case by case: McNemar’s exact test and an interval by resampling pairs, in points of a percentage. Errors: `NO_RUN`, `AMBIGUOUS_RUN`. */
export const evalComparison = defineTool({
  name: 'eval_comparison', purpose: 'Two stored runs of the evaluation suites compared case by case: what was lost, what was gained, whether it is worse', effect: 'read', permission: 'desk:read',
  input: z.object({ base: RunName.default('previous'), head: RunName.default('last') }),
  output: z.object({
    asOf: z.string(), base: Run, head: Run, worse: z.int(), better: z.int(), lostCount: z.int(), gainedCount: z.int(),
    suites: z.array(z.object({ suite: z.string(), pairs: z.int(), before: Percent, after: Percent, points: Percent, low: Percent, high: Percent, probability: Percent, passedBefore: Percent.describe('percent of cases right in every try'), passedAfter: Percent, verdict: z.string(), lost: z.array(z.string()), gained: z.array(z.string()), changed: z.string(), onlyBase: z.int(), onlyHead: z.int() })),
  }),
  async run(context, input) {
    const { orm } = context.services.database;
    const [base, head] = [await evalRunNamed(orm, { name: input.base, field: 'base' }), await evalRunNamed(orm, { name: input.head, field: 'head' })];
    const compared = compareRuns(await evalResults(orm, base.id), await evalResults(orm, head.id));
    const points = (share: number | null): number | null => (share === null ? null : percent(share));
    return {
      asOf: context.services.market.now(), base: shown(context, base), head: shown(context, head),
      worse: compared.filter(({ verdict }) => verdict === 'WORSE' || verdict === 'SAFETY_FAILURE').length, better: compared.filter(({ verdict }) => verdict === 'BETTER').length,
      lostCount: compared.reduce((sum, { lost }) => sum + lost.length, 0), gainedCount: compared.reduce((sum, { gained }) => sum + gained.length, 0),
      suites: compared.map(({ suite, pairs, base: before, head: after, difference, low, high, probability, verdict, lost, gained, onlyBase, onlyHead, passedBase, passedHead }) => ({
        suite, pairs, before: points(before), after: points(after), points: points(difference), low: points(low), high: points(high), probability: probability === null ? null : Number(probability.toFixed(3)), passedBefore: points(passedBase), passedAfter: points(passedHead), verdict: verdicts[verdict],
        lost, gained, changed: [...lost.map((id) => `−${id}`), ...gained.map((id) => `+${id}`)].slice(0, 8).join(' '), onlyBase, onlyHead,
      })),
    };
  },
});
