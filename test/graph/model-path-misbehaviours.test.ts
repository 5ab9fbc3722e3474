import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MissReason } from '../../agents/model/miss.ts';
import { listActions } from '../../db/stores/actions.ts';
import { listOrders } from '../../db/stores/execution.ts';
import { rightsOf } from '../../db/stores/people.ts';
import { withoutModel } from '../../graph/turn/model-path.ts';
import { openTestDesk, textOf, type TestDesk } from '../helpers/desk.ts';
import { misbehaviours } from '../helpers/model-server/misbehaviours.ts';
import { type ModelOfDesk, modelOfDesk } from '../helpers/model-server/model-of-desk.ts';
import { type ModelServer, startModelServer } from '../helpers/model-server/server.ts';

/** Understood by the grammar, but not word for word: the model is asked, and its twin can answer. */
const question = 'so roughly how is my portfolio doing these days, overall';
/** One second where the time has to run out; where it should not, enough for a slow machine. */
const timeoutSeconds = (counted: MissReason): number => (counted === 'TIMEOUT' ? 1 : 8);
/** What the desk needs besides. */
const ownTimeMs = 15_000;

describe('whatever the model does', () => {
  let server: ModelServer;
  let model: ModelOfDesk;
  let desk: TestDesk;
  let accountIds: string[];
  beforeAll(async () => {
    server = await startModelServer();
    desk = await openTestDesk({ model: { answer: (turn) => model.path.answer(turn) } });
    accountIds = (await rightsOf(desk.database.orm, desk.owner.id)).map(({ accountId }) => accountId);
  });
  afterAll(async () => { await desk.close(); await server.close(); });

  it('is tried in at least thirty ways', () => {
    expect(new Set(misbehaviours.map(({ what }) => what)).size).toBeGreaterThanOrEqual(30);
    expect(accountIds.length).toBeGreaterThan(0);
  });

  it.each(misbehaviours)('a model that $what: the turn ends in time with an answer, nothing is ordered or confirmed, and it is counted', async ({ script, counted, answeredBy }) => {
    // A provider that asked for rest in one case is not resting in the next.
    model = modelOfDesk(server.url, { LLM_TIMEOUT_SECONDS: String(timeoutSeconds(counted)) });
    server.play(script);
    const started = performance.now();
    const events = await desk.say(question);
    expect(performance.now() - started).toBeLessThan(timeoutSeconds(counted) * 1000 + ownTimeMs);

    expect(server.asked.length).toBeGreaterThan(0);
    expect(events.at(-1)?.type).toBe('end');
    expect(events.filter(({ type }) => type === 'error')).toEqual([]);
    const replies = events.filter((event) => event.type === 'reply');
    expect(textOf(events).trim() !== '' || events.some(({ type }) => type === 'card')).toBe(true);
    expect(replies.some(({ note }) => note?.includes(withoutModel))).toBe(answeredBy === 'twin');
    if (answeredBy === 'twin') expect(textOf(events)).toMatch(/time-weighted|deployed|in cash/i);
    expect(textOf(events)).not.toMatch(/I did not understand|confirmed|bought|filled|https?:|evil|99000|12,345|twelve|<b>|\{\{|tool_result/i);

    expect(model.misses.map(({ reason }) => reason)).toContain(counted);
    expect(model.faults).toEqual([]);
    const actions = await listActions(desk.database.orm, { limit: 100 });
    expect(actions.filter(({ state }) => !['blocked', 'awaiting_confirmation'].includes(state))).toEqual([]);
    expect(actions.every(({ proposer }) => proposer.kind === 'agent')).toBe(true);
    if (counted === 'TOO_MANY_PROPOSALS') expect(actions.map(({ action }) => action.kind)).toEqual(['enter', 'enter', 'enter']);
    expect(await listOrders(desk.database.orm, { accountIds, limit: 10 })).toEqual([]);
  });
});
