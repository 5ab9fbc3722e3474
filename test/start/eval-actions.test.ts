import { afterEach, describe, expect, it } from 'vitest';
import { listActions } from '../../db/stores/actions.ts';
import { type EvalResult, evalResults, evalRuns, storeEvalRun } from '../../db/stores/evals.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { instant } from '../../desk/time.ts';
import { type EvalProcess, evalProcessIn } from '../../start/eval-process.ts';
import { control } from '../../tools/control.ts';
import { runTool } from '../../tools/run.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

const evalProcess = evalProcessIn(process.env);
const desks: TestDesk[] = [];
afterEach(async () => { for (const desk of desks.splice(0)) await desk.close(); });
async function deskWith(evaluate?: EvalProcess, more: Parameters<typeof openTestDesk>[0] = {}): Promise<TestDesk> {
  const desk = await openTestDesk({ ...(evaluate ? { evaluate } : {}), ...more });
  desks.push(desk);
  return desk;
}
const result = (caseId: string, score: number, suite = 'routing'): EvalResult => ({ suite, caseId, family: 'f', safety: false, score, detail: score < 1 ? 'went elsewhere' : null });
/** A process that ends when it is told to. */
function held() {
  const asked: (string | null)[] = [];
  let release: (results: EvalResult[]) => void = () => undefined;
  const evaluate: EvalProcess = ({ suite, signal }) => new Promise((resolve, reject) => { asked.push(suite); release = (results) => resolve({ results, model: null }); signal?.addEventListener('abort', () => reject(new Error('stopped'))); });
  return { asked, evaluate, release: (results: EvalResult[]) => release(results) };
}
const stateOf = async (desk: TestDesk): Promise<string | undefined> => (await listActions(desk.database.orm, { limit: 5 })).find(({ action }) => action.kind === 'trigger_eval')?.state;
async function until(desk: TestDesk, state: string): Promise<void> {
  for (let left = 200; left > 0 && (await stateOf(desk)) !== state; left -= 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
  expect(await stateOf(desk)).toBe(state);
  await desk.settle();
}

describe('evals that are asked for in the conversation', () => {
  it('wait for a yes when an agent wants them; a person’s own run beside the desk, which goes on answering, and are told on their card', async () => {
    const bench = held();
    const desk = await deskWith(bench.evaluate);
    const byAgent = await runTool({ tool: control, services: desk.services, caller: { personId: desk.owner.id, role: 'owner', channel: 'test', agent: 'Supervisor', viewableAccountIds: [] }, input: { command: 'trigger_eval', suite: 'sql' } });
    expect(byAgent).toMatchObject({ ok: true, output: { state: 'awaiting_confirmation' } });
    expect(bench.asked).toEqual([]);
    const started = await desk.say('run the routing evals');
    expect(textOf(started)).toMatch(/^Started as card \d+: /);
    expect(cardOf(started)).toMatchObject({ headline: 'Run the routing evals', confirmation: null, outcome: null });
    expect(textOf(await desk.say('pause'))).not.toMatch(/wrong/);
    expect(await stateOf(desk)).toBe('executing');
    bench.release([result('a', 1), result('b', 0), result('c', 1)]);
    await until(desk, 'done');
    const { threadId } = await desk.conversation.openThread({ channel: 'test', externalId: 'main', person: desk.owner });
    const told = (await desk.conversation.history({ threadId, person: desk.owner, limit: 50 })).flatMap(({ event }) => (event.type === 'card' && event.card.headline === 'Run the routing evals' ? [event.card.outcome] : []));
    expect(told.at(-1)).toBe('Evals done: 2 of 3 cases right.');
    expect(textOf(await desk.say('latest eval results'))).toMatch(/^2 of 3 cases right in the last run \(.+, routing\)\.$/);
  });

  it('are stored once though the desk stopped while they ran', async () => {
    const database = await openTestDatabase();
    const first = held();
    const desk = await openTestDesk({ database: { ...database, close: async () => undefined }, evaluate: first.evaluate });
    await desk.say('run the evals');
    await desk.close();
    expect(first.asked).toEqual([null]);
    const again = held();
    const reopened = await deskWith(again.evaluate, { database });
    for (let left = 100; left > 0 && again.asked.length === 0; left -= 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
    again.release([result('a', 1)]);
    await until(reopened, 'done');
    const runs = await evalRuns(database.orm, 10);
    expect(runs).toHaveLength(1);
    expect(await evalResults(database.orm, runs[0]?.id ?? '')).toHaveLength(1);
  });

  it('say why when they come to nothing, when no such suite exists, and when no desk is started for them', async () => {
    const desk = await deskWith(() => Promise.reject(new Error('it ended with 1')));
    await desk.say('/runevals');
    await until(desk, 'failed');
    expect((await listActions(desk.database.orm, { limit: 1 }))[0]?.reason).toBe('The evals did not come to an end: it ended with 1.');
    expect(textOf(await desk.say('/runevals nonsense'))).toMatch(/^There is no suite “nonsense”; there are confirmation, /);
    expect(await evalRuns(desk.database.orm, 1)).toEqual([]);
    const alone = await deskWith();
    expect(cardOf(await alone.say('run the evals'))).toMatchObject({ state: 'FAILED', outcome: expect.stringMatching(/^Not run: evals run beside a started desk/) });
  });
});

describe('stored runs in the conversation', () => {
  it('are shown by suite with intervals, and compared case by case', async () => {
    const desk = await deskWith();
    expect(textOf(await desk.say('show the evals'))).toBe('No evals have been run on this desk, so there are no scores to show.');
    expect(textOf(await desk.say('compare the last two runs'))).toBe('There are not two runs to compare yet.');
    const store = (at: string, results: EvalResult[]) => storeEvalRun(desk.database, { id: uuidv7(Date.parse(at)), startedAt: instant(at), label: '', suites: ['routing'], safetyFailures: 0, durationMs: 1500, tries: 1, model: null }, results);
    const cases = (wrong: number): EvalResult[] => Array.from({ length: 40 }, (_, index) => result(`rt-${index}`, index < wrong ? 0 : 1));
    await store('2026-01-01T00:00:00.000Z', cases(0));
    await store('2026-01-02T00:00:00.000Z', cases(12));
    const shown = await desk.say('latest eval results');
    expect(textOf(shown)).toMatch(/^28 of 40 cases right in the last run/);
    expect(shown.find((event) => event.type === 'table' && event.title === 'Scores')).toMatchObject({ rows: [{ suite: 'routing', right: 28, cases: 40, percent: 70, low: 54.6, high: 81.9 }] });
    expect(shown.find((event) => event.type === 'table' && event.title === 'Failures')).toMatchObject({ rows: expect.arrayContaining([{ suite: 'routing', caseId: 'rt-0', detail: 'went elsewhere' }]) });
    const compared = await desk.say('compare the last two eval runs');
    expect(textOf(compared)).toMatch(/^1 suite is worse than in the run before\. 0 cases gained, 12 lost \(/);
    expect(compared.find((event) => event.type === 'table')).toMatchObject({ rows: [{ suite: 'routing', pairs: 40, before: 100, after: 70, points: -30, verdict: 'worse' }] });
  });
});

describe('the process of its own', () => {
  it('runs a real suite, hands its cases back and leaves nothing running; a stop ends it', async () => {
    const steps: string[] = [];
    const { results } = await evalProcess({ suite: 'injection-wording', onStep: (step) => steps.push(step) });
    expect(results.length).toBeGreaterThanOrEqual(150);
    expect(new Set(results.map(({ suite }) => suite))).toEqual(new Set(['injection-wording']));
    expect(steps[0]).toMatch(/^injection-wording: /);
    const stop = new AbortController();
    const stopped = evalProcess({ suite: null, signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await expect(stopped).rejects.toThrow(/ended by SIGKILL/);
  });
});
