import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUsageBook, memoryUseStore } from '../../../agents/model/usage.ts';
import { says, stream } from '../../helpers/model-server/replies.ts';
import { type ModelServer, startModelServer } from '../../helpers/model-server/server.ts';
import { instant } from '../../../desk/time.ts';
import { asker } from './ask.ts';

let server: ModelServer;
beforeAll(async () => { server = await startModelServer(); });
afterAll(() => server.close());

const priced = { OPENAI_MODEL: 'gpt-4.1-mini' };
const overBudget = expect.objectContaining({ reason: 'BUDGET' }) as Error;

describe('what models use', () => {
  it('is kept by turn, agent and person, with its cost at the list price', async () => {
    server.play([says('Fine.')]);
    const { ask, uses } = asker(server.url, { environment: priced });
    await ask('hello');
    expect(uses).toEqual([{ at: expect.any(String) as string, turn: 't1', agent: 'Supervisor', personId: 'p1', model: 'gpt-4.1-mini', inputTokens: 100, outputTokens: 20, estimated: false, costUsd: (100 * 0.4 + 20 * 1.6) / 1e6 }]);
  });

  it('is estimated from above where the provider does not count', async () => {
    server.play([(response) => { const { delta, send } = stream(response); delta({ content: 'Fine.' }, 'stop'); send('[DONE]'); response.end(); }]);
    const { ask, uses } = asker(server.url, { environment: { ...priced, LLM_MAX_TOKENS: '100' } });
    await ask('hello');
    expect(uses[0]).toMatchObject({ estimated: true, outputTokens: 100 });
  });

  it('is counted for a call that failed as well: the provider may charge it', async () => {
    server.play([(response) => { stream(response).delta({ content: 'Half' }); response.end(); }]);
    const { ask, uses } = asker(server.url, { environment: priced });
    await expect(ask('hello', { onText: () => undefined })).rejects.toThrow('HALF_ANSWER');
    expect(uses).toHaveLength(1);
  });

  it('has no cost, rather than none to pay, where a model has no price', async () => {
    server.play([says('Fine.')]);
    const { ask, uses } = asker(server.url);
    await ask('hello');
    expect(uses[0]?.costUsd).toBeNull();
  });

  it.each([
    ['the budget is nought', { ...priced, LLM_DAILY_BUDGET: '0' }],
    ['one call may cost more than is left', { ...priced, LLM_DAILY_BUDGET: '0.0001' }],
    ['nobody knows what the model costs', { LLM_DAILY_BUDGET: '100' }],
  ])('is stopped before the call when %s', async (_when, environment) => {
    server.play([says('never')]);
    await expect(asker(server.url, { environment }).ask('hello')).rejects.toEqual(overBudget);
    expect(server.asked).toHaveLength(0);
  });

  it('is stopped when nobody can say what is spent', async () => {
    server.play([says('never')]);
    const store = { spentUsdOn: () => Promise.reject(new Error('the store is away')), add: () => Promise.resolve() };
    await expect(asker(server.url, { environment: { ...priced, LLM_DAILY_BUDGET: '100' }, store }).ask('hello')).rejects.toEqual(overBudget);
    expect(server.asked).toHaveLength(0);
  });

  it('counts calls under way: two at once cannot spend the same money', async () => {
    // The most that one call can cost: 300 characters and 1000 tokens of answer.
    const most = (100 * 0.4 + 1000 * 1.6) / 1e6;
    const book = createUsageBook({ budgetUsd: most * 1.5, store: memoryUseStore(), prices: [{ model: 'm', inputUsd: 0.4, outputUsd: 1.6 }], wallNow: () => instant('2024-06-03T10:00:00Z'), onFailure: () => undefined });
    const call = { caller: { turn: 't', agent: 'a', personId: 'p' }, model: 'm', inputCharacters: 300, maxTokens: 1000 };
    const both = await Promise.all([book.reserve(call), book.reserve(call)]);
    expect(both.filter((each) => each !== null)).toHaveLength(1);
    await both.find((each) => each !== null)?.settle({ input: 100, output: 10 });
    expect(await book.reserve(call)).not.toBeNull();
  });

  it('starts afresh at midnight UTC', async () => {
    let now = instant('2024-06-03T23:59:00Z');
    const book = createUsageBook({ budgetUsd: 0.001, store: memoryUseStore(), prices: [{ model: 'm', inputUsd: 0, outputUsd: 1 }], wallNow: () => now, onFailure: () => undefined });
    const call = { caller: { turn: 't', agent: 'a', personId: 'p' }, model: 'm', inputCharacters: 0, maxTokens: 1000 };
    await (await book.reserve(call))?.settle(null);
    expect(await book.reserve(call)).toBeNull();
    now = instant('2024-06-04T00:00:00Z');
    expect(await book.reserve(call)).not.toBeNull();
  });
});
