import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spansOfTurn } from '../../../db/stores/turn-spans.ts';
import { createTurnTraces } from '../../../graph/turn/turn-trace.ts';
import { afterLooking, says } from '../../helpers/model-server/replies.ts';
import { modelOfDesk } from '../../helpers/model-server/model-of-desk.ts';
import { startModelServer } from '../../helpers/model-server/server.ts';
import { openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';
import { tools } from '../../../tools/registry.ts';
import { runTool } from '../../../tools/run.ts';

const pause = (milliseconds: number) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

describe('the trace of a turn', () => {
  it('has each step with its time, inside the step that was open, and says what failed', async () => {
    const trace = createTurnTraces()('turn-1');
    await trace.step('answer', async () => {
      const good = trace.begin('quote', 'tool');
      await pause(15);
      good();
      trace.begin('news', 'tool')({ failed: 'NO_SUCH_SYMBOL' });
    });
    await expect(trace.step('say', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const spans = trace.end({ 'gen_ai.agent.name': 'Desk' });
    expect(spans.map(({ name, kind, failed }) => [name, kind, failed])).toEqual([['turn', 'turn', null], ['answer', 'step', null], ['quote', 'tool', null], ['news', 'tool', 'NO_SUCH_SYMBOL'], ['say', 'step', 'THROWN']]);
    const [turn, answer, quote] = spans;
    expect(quote?.parentId).toBe(answer?.spanId);
    expect(answer?.parentId).toBe(turn?.spanId);
    expect(turn?.parentId).toBeNull();
    expect(quote?.durationMs).toBeGreaterThanOrEqual(13);
    expect(answer?.durationMs).toBeGreaterThanOrEqual(quote?.durationMs ?? 0);
  });
  it('keeps turns apart that run at the same time', () => {
    const traceOf = createTurnTraces();
    const [one, other] = [traceOf('one'), traceOf('other')];
    one.begin('a', 'tool')(); other.begin('b', 'tool')();
    expect(one.end({}).map(({ turn, name }) => [turn, name])).toEqual([['one', 'turn'], ['one', 'a']]);
    expect(other.end({}).map(({ name }) => name)).toEqual(['turn', 'b']);
  });
});

describe('“show me what you did”', () => {
  let desk: TestDesk;
  beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
  afterAll(async () => { await desk.close(); });
  it('shows agent, tools and times of the last answer, and nothing before there is one', async () => {
    expect(textOf(await desk.say('show me what you did'))).toBe('No steps are on record for an answer in this conversation.');
    const [asked] = await desk.say('what do I hold');
    const events = await desk.say('show me what you did');
    expect(textOf(events)).toMatch(/^Portfolio answered in \d+ ms: \d+ tool calls?, no language model\.$/);
    expect(events.find((event) => event.type === 'table')).toMatchObject({ title: 'The last answer, step by step', rows: expect.arrayContaining([expect.objectContaining({ step: 'portfolio state', kind: 'tool', ended: 'ok' }), expect.objectContaining({ step: 'understand', kind: 'step' })]) });
    expect(events.find((event) => event.type === 'reply')?.figures.every(({ tool }) => tool === 'turn_steps')).toBe(true);
    const spans = await spansOfTurn(desk.database.orm, asked?.turn ?? '');
    expect(JSON.stringify(spans)).not.toContain('13,50,000');
    expect(spans[0]).toMatchObject({ kind: 'turn', attributes: { 'gen_ai.agent.name': 'Portfolio', 'parapet.channel': 'test' } });
  });
  it('stands on the monitoring page for who asked and for the owner, and for nobody else', async () => {
    type Log = { turns: { person: string | null; agent: string; channel: string; milliseconds: number; steps: { step: string; kind: string; afterMs: number; ms: number }[] }[] };
    const log = async (personId: string, role: 'owner' | 'viewer'): Promise<Log['turns']> => {
      const read = await runTool({ tool: tools.get('turn_log')!, services: desk.services, caller: { personId, role, channel: 'test', viewableAccountIds: [] }, input: {} });
      return (read as unknown as { output: Log }).output.turns;
    };
    const seen = (await log(desk.owner.id, 'owner')).find(({ agent }) => agent === 'Portfolio');
    expect(seen).toMatchObject({ person: 'owner', channel: 'test', steps: expect.arrayContaining([expect.objectContaining({ step: 'portfolio state', kind: 'tool' })]) });
    for (const { afterMs, ms } of seen?.steps ?? []) expect(afterMs + ms).toBeLessThanOrEqual((seen?.milliseconds ?? 0) + 2);
    expect(await log(desk.owner.id, 'viewer')).toHaveLength((await log(desk.owner.id, 'owner')).length);
    expect(await log('00000000-0000-7000-8000-00000000abcd', 'viewer')).toEqual([]);
  });
  it('still means what the desk did today where a day is named', async () => { expect(textOf(await desk.say('what did you do today?'))).not.toMatch(/answered in/); });
});

describe('with a model', () => {
  it('has each call of it with its tokens, and one without an answer as such', async () => {
    const server = await startModelServer();
    const model = modelOfDesk(server.url, { LLM_TIMEOUT_SECONDS: '20' });
    const desk = await openTestDesk({ model: model.path });
    try {
      server.play(afterLooking([{ name: 'portfolio_state' }], says('{{c1.accounts.0.name|text}} has {{c1.accounts.0.cashMinor|money}} in cash.')));
      const [first] = await desk.say('so roughly how is my portfolio doing these days, overall');
      const spans = await spansOfTurn(desk.database.orm, first?.turn ?? '');
      const calls = spans.filter(({ kind }) => kind === 'model');
      expect(calls.length).toBeGreaterThanOrEqual(2);
      for (const { attributes, failed } of calls) { expect(failed).toBeNull(); expect(Number(attributes['gen_ai.usage.output_tokens'])).toBeGreaterThan(0); }
      const tool = tools.get('model_use');
      if (!tool) throw new Error('model_use is missing');
      const used = await runTool({ tool, services: desk.services, caller: { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: [] }, input: {} });
      const sum = (name: string): number => calls.reduce((total, { attributes }) => total + Number(attributes[name]), 0);
      const uses = (used as unknown as { output: { uses: { person: string; calls: number; inputTokens: number; outputTokens: number; costUsd: number | null; unpriced: number }[] } }).output.uses;
      expect(uses.reduce((total, each) => total + each.calls, 0)).toBe(calls.length);
      expect(uses.reduce((total, each) => total + each.inputTokens, 0)).toBe(sum('gen_ai.usage.input_tokens'));
      expect(uses.every(({ person }) => person === desk.owner.name)).toBe(true);
      // A made-up model has no list price: its cost is unknown, never nothing.
      expect(uses.every(({ costUsd, unpriced, calls: answered }) => (costUsd === null ? unpriced === answered : unpriced === 0))).toBe(true);
      expect(used).toMatchObject({ output: { latency: [{ channel: 'test', turns: 1, failed: 0 }] } });
      expect(textOf(await desk.say('/steps'))).toMatch(/\d+ calls of a language model \([\d,]+ tokens in, [\d,]+ out\)\.$/);
    } finally { await desk.close(); await server.close(); }
  });
});
