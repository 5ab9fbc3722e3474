import { resolve } from 'node:path';
import { evalCandidates } from '../../../db/stores/feedback.ts';
import { evalResults, type EvalRun, evalRuns } from '../../../db/stores/evals.ts';
import { compareRuns, type SuiteComparison } from '../../../desk/evaluation/compare-runs.ts';
import { scoreSuites, type SuiteScore } from '../../../desk/evaluation/score-suites.ts';
import { ToolError } from '../../../tools/define.ts';
import { evalRunNamed } from '../../../tools/evals.ts';
import { readArguments } from '../arguments.ts';
import { type Cassette, type Command, type CommandCall, type CommandDesk, CommandRefusal, type ExitCode } from '../command.ts';

const usage = 'evals run [SUITE] [--tries K] [--record FILE | --cassette FILE] [--label TEXT] [--json] | evals list [--json] | evals compare BASE HEAD [--json] | evals candidates [--json]';
const mostTries = 20;
const mostCandidates = 1000;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** With several tries a case counts where every one was right; what share of single tries was, stands behind it. */
const scoreLine = ({ suite, safety, cases, right, share, passed, passedLow, passedHigh, failuresAtMost }: SuiteScore, tries: number): string =>
  `${suite.padEnd(20)}${String(right).padStart(5)} of ${String(cases).padEnd(5)}${percent(passed).padStart(8)}${tries === 1 ? '' : ` in all ${tries} tries, ${percent(share)} of single ones`}  (95 %: ${percent(passedLow)} to ${percent(passedHigh)}${failuresAtMost === null ? '' : `; none failed: at most about ${percent(failuresAtMost)} do`})${safety ? (right === cases ? '  safety' : '  SAFETY FAILURE') : ''}`;
const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
const wordsOf = ({ pairs, base, head, difference, low, high, probability, verdict }: SuiteComparison): string => (base === null || head === null || difference === null || low === null || high === null || probability === null
  ? words[verdict]
  : `${percent(base)} → ${percent(head)} over ${pairs} cases: ${points(difference)} points (95 %: ${points(low)} to ${points(high)}; McNemar p ${probability.toFixed(3)}), ${words[verdict]}`);
/** The shares right in every try, where there were several. */
const triesLine = ({ passedBase, passedHead, passedProbability }: SuiteComparison, [base, head]: readonly [EvalRun, EvalRun]): string | null => {
  if (passedBase === null || passedHead === null || passedProbability === null || (base.tries === 1 && head.tries === 1)) return null;
  if (base.tries !== head.tries) return `  right in every try: ${percent(passedBase)} of ${base.tries} and ${percent(passedHead)} of ${head.tries}; not compared, since more tries are harder`;
  return `  right in all ${head.tries} tries: ${percent(passedBase)} → ${percent(passedHead)} (McNemar p ${passedProbability.toFixed(3)})`;
};
const words: Record<SuiteComparison['verdict'], string> = { SAFETY_FAILURE: 'SAFETY FAILURE', WORSE: 'WORSE', BETTER: 'better', NO_DIFFERENCE_SHOWN: 'no difference shown', NOT_COMPARED: 'nothing in common to compare' };

async function namedRun(desk: CommandDesk, name: string): Promise<EvalRun> {
  try { return await evalRunNamed(desk.database.orm, { name, field: 'run' }); } catch (error) { throw error instanceof ToolError ? new CommandRefusal(`${error.message}${error.code === 'NO_RUN' && name !== 'last' && name !== 'previous' ? '; evals list shows them' : ''}`) : error; }
}

function triesIn(text: string | undefined): number {
  const tries = text === undefined ? 1 : Number(text);
  if (!Number.isInteger(tries) || tries < 1 || tries > mostTries) throw new CommandRefusal(`--tries takes a whole number from 1 to ${mostTries}, not ${text}`, 2);
  return tries;
}
function cassetteIn({ directory }: CommandCall, { record, play }: { record: string | undefined; play: string | undefined }): Cassette | null {
  if (record !== undefined && play !== undefined) throw new CommandRefusal('--record asks the model and --cassette does not: say one of them', 2);
  const file = record ?? play;
  return file === undefined ? null : { use: record === undefined ? 'play' : 'record', file: resolve(directory, file) };
}

async function run(call: CommandCall, desk: CommandDesk, args: string[]): Promise<ExitCode> {
  const given = readArguments(args, { json: { type: 'boolean' }, label: { type: 'string' }, tries: { type: 'string' }, record: { type: 'string' }, cassette: { type: 'string' } }, usage);
  const [tries, cassette] = [triesIn(given.text('tries')), cassetteIn(call, { record: given.text('record'), play: given.text('cassette') })];
  if (given.words.length > 1) throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  const outcome = await desk.runEvals({ suite: given.words[0] ?? null, label: given.text('label') ?? '', tries, cassette, onStep: call.streams.err });
  if ('refused' in outcome) throw new CommandRefusal(outcome.refused);
  if ('unknownSuite' in outcome) throw new CommandRefusal(`there is no suite ${outcome.unknownSuite}; there are ${outcome.suites.join(', ')}`, 2);
  const { run: ran, results } = outcome;
  const scores = scoreSuites(results);
  const failed = results.filter(({ score }) => score < 1);
  if (given.flag('json')) call.streams.out(JSON.stringify({ run: ran, scores, failed }));
  else {
    for (const score of scores) call.streams.out(scoreLine(score, tries));
    for (const { suite, caseId, detail } of failed) call.streams.out(`  ${suite} ${caseId}: ${detail ?? ''}`);
    call.streams.out(`run ${ran.id}, ${(ran.durationMs / 1000).toFixed(0)} s, ${ran.model ?? 'without a language model'}`);
  }
  return ran.safetyFailures > 0 ? 1 : 0;
}

async function compare(call: CommandCall, desk: CommandDesk, args: string[]): Promise<ExitCode> {
  const given = readArguments(args, { json: { type: 'boolean' } }, usage);
  const [base, head] = given.words;
  if (base === undefined || head === undefined || given.words.length > 2) throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  const runs = [await namedRun(desk, base), await namedRun(desk, head)] as const;
  const suites = compareRuns(await evalResults(desk.database.orm, runs[0].id), await evalResults(desk.database.orm, runs[1].id));
  if (given.flag('json')) call.streams.out(JSON.stringify({ base: runs[0], head: runs[1], suites }));
  else {
    for (const comparison of suites) {
      const { suite, lost, gained, onlyBase, onlyHead } = comparison;
      call.streams.out(`${suite.padEnd(20)}${wordsOf(comparison)}`);
      const inAll = triesLine(comparison, runs);
      if (inAll !== null) call.streams.out(inAll);
      if (onlyBase + onlyHead > 0) call.streams.out(`  not compared: ${onlyBase} cases of the first run alone, ${onlyHead} of the second`);
      if (lost.length > 0) call.streams.out(`  lost: ${lost.join(', ')}`);
      if (gained.length > 0) call.streams.out(`  gained: ${gained.join(', ')}`);
    }
  }
  return suites.some(({ verdict }) => verdict === 'SAFETY_FAILURE' || verdict === 'WORSE') ? 1 : 0;
}

/** Answers that people found good or wrong, a line each: what the next cases are written from. */
async function candidates(call: CommandCall, desk: CommandDesk, args: string[]): Promise<ExitCode> {
  const given = readArguments(args, { json: { type: 'boolean' } }, usage);
  for (const candidate of await evalCandidates(desk.database.orm, mostCandidates)) {
    const { at, person, channel, verdict, note, said, replied } = candidate;
    call.streams.out(given.flag('json') ? JSON.stringify(candidate) : `${at}  ${verdict === 'GOOD' ? 'good ' : 'wrong'}  ${person} (${channel}): ${said}${note === null ? '' : `  [${note}]`}  → ${replied.split('\n')[0] ?? ''}`);
  }
  return 0;
}

export const evalsCommand: Command = {
  name: 'evals', usage, does: 'runs the evaluation suites on desks of their own, stores the scores, compares two runs case by case (1 for a safety failure or a regression), and lists answers that people found good or wrong',
  async run(call, desk) {
    const [verb, ...rest] = call.args;
    if (verb === 'run') return run(call, desk, rest);
    if (verb === 'compare') return compare(call, desk, rest);
    if (verb === 'candidates') return candidates(call, desk, rest);
    if (verb !== 'list') throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
    const given = readArguments(rest, { json: { type: 'boolean' } }, usage);
    const runs = await evalRuns(desk.database.orm, 50);
    if (given.flag('json')) call.streams.out(JSON.stringify(runs));
    else for (const { id, startedAt, label, suites, safetyFailures } of runs) call.streams.out(`${id}  ${startedAt}  ${suites.length === 1 ? suites[0] : `${suites.length} suites`}${label === '' ? '' : `  ${label}`}${safetyFailures > 0 ? `  ${safetyFailures} safety failures` : ''}`);
    return 0;
  },
};
