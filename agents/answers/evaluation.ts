import { evalComparison, evals } from '../../tools/evals.ts';
import { suiteNames } from '../../desk/evaluation/suite-names.ts';
import type { AnswerTable } from './define.ts';
import { proposed, refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, read, table, words } from './wording.ts';

const runThem = [choice('Run the evals', 'run the evals'), choice('Understanding only', 'run the routing evals')];

/** The desk's own evaluation suites: what their stored runs say, two of them side by side, and running them. */
export const evaluationAnswers: AnswerTable = {
  async evals_show(context) {
    const call = await read(context, evals, {});
    if (!call.ok) return refusalDraft(call);
    const { run, failed, count, failures } = call.output;
    if (!run) return draft('No evals have been run on this desk, so there are no scores to show.', { choices: runThem });
    const cell = cells(call);
    const safety = run.safetyFailures > 0 ? ` ${cell('run.safetyFailures', 'count')} ${many(run.safetyFailures, 'is a safety failure', 'are safety failures')}.` : call.output.scores.some(({ kind }) => kind === 'safety') ? ' No safety case failed.' : '';
    return draft(`${cell('right', 'count')} of ${cell('cases', 'count')} cases right in the last run (${cell('run.startedText', 'text')}, ${cell('run.suiteWords', 'text')}).${safety}`, {
      parts: [
        table(call, 'scores', 'Scores', [words('suite', 'Suite'), words('kind', 'Kind'), figures('right', 'Right'), figures('cases', 'Cases'), figures('percent', 'Right', '%'), figures('low', 'From', '%'), figures('high', 'To', '%')]),
        ...(failed > 0 ? [table(call, 'failures', failures.length < failed ? 'The first failures' : 'Failures', [words('suite', 'Suite'), words('caseId', 'Case'), words('detail', 'What was wrong')])] : []),
        ...(count > 1 ? [table(call, 'runs', 'Runs', [words('startedText', 'Run'), words('suiteWords', 'Suites'), figures('safetyFailures', 'Safety failures'), figures('seconds', 'Seconds')])] : []),
      ],
      choices: [...(count > 1 ? [choice('Compare the last two', 'compare the last two eval runs')] : []), ...runThem], note: 'From and To: what 95 % of such suites would show by chance.',
    });
  },
  async evals_compare(context) {
    const call = await read(context, evalComparison, {});
    if (!call.ok) return call.error.code === 'NO_RUN' ? draft('There are not two runs to compare yet.', { choices: runThem }) : refusalDraft(call);
    const cell = cells(call);
    const { worse, better, suites, gainedCount } = call.output;
    const common = suites.filter(({ pairs }) => pairs > 0).length;
    const verdict = common === 0 ? 'The last two runs have no case in common.'
      : worse > 0 ? `${cell('worse', 'count')} ${many(worse, 'suite is', 'suites are')} worse than in the run before.`
        : better > 0 ? `${cell('better', 'count')} ${many(better, 'suite is', 'suites are')} better than in the run before, none worse.` : 'No suite is shown to be better or worse than in the run before.';
    const changed = common === 0 ? '' : ` ${cell('gainedCount', 'count')} ${many(gainedCount, 'case')} gained, ${cell('lostCount', 'count')} lost (${cell('base.startedText', 'text')} against ${cell('head.startedText', 'text')}).`;
    return draft(`${verdict}${changed}`, {
      parts: [table(call, 'suites', 'The last two runs', [words('suite', 'Suite'), figures('pairs', 'Cases'), figures('before', 'Before', '%'), figures('after', 'After', '%'), figures('points', 'Points'), figures('low', 'From'), figures('high', 'To'), figures('probability', 'McNemar p'), words('verdict', 'Verdict'), words('changed', 'Changed')])],
      choices: [choice('Scores', '/evals')],
    });
  },
  async evals_run(context) {
    const call = await context.tools.call<{ state: string }>('control', { command: 'trigger_eval', ...(context.intent.suite === undefined ? {} : { suite: context.intent.suite }) });
    if (!call.ok) return { ...refusalDraft(call), ...(call.error.code === 'NO_SUCH_SUITE' ? { choices: suiteNames.map((name) => choice(name, `/runevals ${name}`)) } : {}) };
    const card = proposed(context, call);
    return call.output.state === 'executing' ? { ...card, text: `Started as card ${cells(call)('cardNumber', 'count')}: beside the desk, for some seconds up to some minutes. That card then says how they ended.`, choices: [choice('Scores', '/evals')] } : card;
  },
};
