import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionIn, streamOf } from '../../evals/cassette/completion.ts';
import { CassetteRefusal, readCassette } from '../../evals/cassette/format.ts';
import { playFrom } from '../../evals/cassette/play.ts';
import { difference, keyOf } from '../../evals/cassette/request-key.ts';
import { openModelOfEvals } from '../../evals/model.ts';
import { openEvalDesk } from '../../evals/open-desk.ts';
import { judgeTrajectory, walk } from '../../evals/suites/trajectory.ts';
import { evalProcessIn } from '../../start/eval-process.ts';
import { asksFor, lastSaid, says, saysJson, toolMessages } from '../helpers/model-server/replies.ts';
import { type ModelServer, startModelServer } from '../helpers/model-server/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'parapet-cassette-'));
let server: ModelServer;
beforeAll(async () => { server = await startModelServer(); });
afterAll(async () => { await server.close().catch(() => undefined); rmSync(folder, { recursive: true, force: true }); });

const nowMs = Date.parse('2026-05-04T10:00:00.000Z');
const [one, two] = ['0190a000-0000-7000-8000-000000000001', '0190b000-0000-7000-8000-000000000002'];
const body = (more: { id?: string; at?: string; cash?: number; said?: string } = {}): string => JSON.stringify({
  model: 'scripted', temperature: 0, tools: [{ name: 'portfolio_state' }],
  messages: [{ role: 'system', content: 'be brief' }, { role: 'user', content: more.said ?? 'what do I hold' }, { role: 'tool', content: `{"account":"${more.id ?? one}","cash":${more.cash ?? 5},"until":"${more.at ?? '2026-05-04T10:05:00.123Z'}","asOf":"2030-01-07T04:15:00.000Z"}` }],
});
const settings = () => ({ OPENAI_API_KEY: 'a-secret-key', OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'scripted', LLM_TIMEOUT_SECONDS: '20' });
const unexpected = (sentence: string): void => { process.stderr.write(`${sentence}\n`); };

describe('the key of a request', () => {
  it('is the same on every desk, whatever its ids and its clock are', () => {
    const later = nowMs + 86_400_000;
    expect(keyOf(body({ id: two, at: new Date(later + 60_000).toISOString() }), later).key).toBe(keyOf(body(), nowMs).key);
  });
  it.each([['a figure', { cash: 6 }], ['what was said', { said: 'what do I owe' }], ['a moment of the market', { at: '2030-01-08T04:15:00.000Z' }]])('is another one with %s changed', (_what, more) => {
    expect(keyOf(body(more), nowMs).key).not.toBe(keyOf(body(), nowMs).key);
  });
  it('says which part differs from the nearest recording', () => {
    const parts = (more: Parameters<typeof body>[0]) => keyOf(body(more), nowMs).parts;
    expect(difference(parts({ cash: 6 }), [parts({ said: 'hello' }), parts({})])).toBe('message 3 of 3, a tool’s result, differs from the nearest one');
    expect(difference({ ...parts({}), tools: 'others' }, [parts({})])).toBe('the tools that the model is offered differ from the nearest one');
    expect(difference({ ...parts({}), model: 'gpt-9' }, [parts({})])).toBe('nothing was recorded with gpt-9');
  });
});

describe('a provider’s stream', () => {
  it('is kept whole, with calls, refusal, end and tokens, and reads the same when it is streamed again', () => {
    const whole = { content: 'half a word', refusal: null, finishReason: 'tool_calls', toolCalls: [{ id: 'a', name: 'limits', arguments: '{"account":' }, { id: 'b', name: 'orders', arguments: '{}' }], usage: { prompt_tokens: 3, completion_tokens: 1 } };
    expect(completionIn(streamOf(whole, 'scripted'))).toEqual(whole);
    expect(completionIn(streamOf({ ...whole, content: '', refusal: 'no', toolCalls: [] }, 'scripted'))).toMatchObject({ refusal: 'no' });
  });
  it.each([['broke off', 'data: {"choices":[{"delta":{"content":"You ho"}}]}\n\n'], ['failed in the middle', 'data: {"error":{"message":"overloaded"}}\n\n'], ['is no stream', '<html>'], ['is half a line', 'data: {"cho']])('that %s is not kept', (_what, text) => { expect(completionIn(text)).toBeNull(); });
});

describe('a cassette', () => {
  const file = join(folder, 'talk.jsonl');
  const talk = async (model: NonNullable<ReturnType<typeof openModelOfEvals>>, turns: string[]) => {
    const desk = await openEvalDesk({ model: model.path });
    try {
      const thread = await desk.openThread('talk');
      const heard = [];
      for (const turn of turns) heard.push(...(await thread.say(turn)));
      return heard.flatMap((event) => (event.type === 'reply' ? [`${event.agent}: ${event.text}`] : event.type === 'card' ? [`card: ${event.card.headline}`] : event.type === 'error' ? [`error: ${event.message}`] : []));
    } finally { await desk.close(); }
  };
  const turns = ['so roughly what should I make of how things stand for me, overall', 'I have been thinking that five of MERUBANK would do me good in LumpSum, please put that up'];

  it('plays what the scripted server said, word for word, after that server is gone, on a desk with other ids', { timeout: 240_000 }, async () => {
    server.play((request) => {
      if (toolMessages(request).length === 0) return asksFor(lastSaid(request).includes('MERUBANK') ? [{ name: 'propose_order', args: { symbol: 'MERUBANK', account: 'LumpSum', side: 'BUY', quantity: 5 } }] : [{ name: 'portfolio_state', args: {} }]);
      // An id out of the result comes back in the answer: on the next desk it is another one.
      const actionId = /"actionId":"([0-9a-f-]{36})"/.exec(String(toolMessages(request).at(-1)?.content))?.[1];
      return actionId ? saysJson({ text: 'That is up.', showCards: [actionId] }) : says('The first account is {{c1.accounts.0.name|text}}.');
    });
    const recorder = openModelOfEvals({ cassette: { use: 'record', file }, settings: settings(), onMissing: unexpected });
    if (!recorder) throw new Error('nothing records');
    const recorded = await talk(recorder, turns);
    expect(recorded.join('\n')).toMatch(/Supervisor: The first account is \w+\.[\s\S]*card: BUY 5 MERUBANK/);
    expect(recorder.told()).toBe('scripted, 4 answers recorded');
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/a-secret-key|127\.0\.0\.1/);
    await server.close();

    const player = openModelOfEvals({ cassette: { use: 'play', file }, settings: {}, onMissing: unexpected });
    if (!player) throw new Error('nothing plays');
    expect(player.says).toMatch(/^a replay of what scripted answered on \d{4}-\d\d-\d\d: it measures the desk, not the model$/);
    expect(await talk(player, turns)).toEqual(recorded);
    expect(player.told()).toMatch(/^replay of 4 answers of scripted, recorded /);

    const missing: string[] = [];
    const asked = openModelOfEvals({ cassette: { use: 'play', file }, settings: {}, onMissing: (sentence) => missing.push(sentence) });
    if (!asked) throw new Error('nothing plays');
    await talk(asked, ['so roughly what should I make of how things stand for my aunt, overall']);
    expect(missing[0]).toBe(`${file} has no recording of a request (${/\((\w{12})\)/.exec(missing[0] ?? '')?.[1]}): message 2 of 2, what was said, differs from the nearest one; record it again with --record.`);
  });

  it('gives the next answer each time that the same is asked, and says when there are no more', async () => {
    const [header = '', first = '', second = ''] = readFileSync(file, 'utf8').trim().split('\n');
    const { key, parts } = keyOf(body(), nowMs);
    const recording = (content: string) => JSON.stringify({ key, request: parts, answer: { content, refusal: null, finishReason: 'stop', toolCalls: [], usage: null } });
    const twice = join(folder, 'twice.jsonl');
    writeFileSync(twice, [header, first, recording('one'), second, recording('two')].join('\n'));
    const missing: string[] = [];
    const { fetch } = playFrom({ file: twice, nowMs: () => nowMs, onMissing: (sentence) => missing.push(sentence) });
    const ask = async (): Promise<string> => (await fetch('http://nowhere.invalid', { body: body() })).text();
    expect(completionIn(await ask())?.content).toBe('one');
    expect(completionIn(await ask())?.content).toBe('two');
    await expect(ask()).rejects.toThrow(CassetteRefusal);
    expect(missing).toEqual([expect.stringMatching(/it was recorded 2 times and is asked once more; record it again with --record\.$/)]);
  });

  it('is never written over, and what is none is refused in one sentence', () => {
    expect(() => openModelOfEvals({ cassette: { use: 'record', file }, settings: { OPENAI_API_KEY: 'k' }, onMissing: unexpected })).toThrow(`${file} is there already; record to another file or move it away.`);
    expect(() => openModelOfEvals({ cassette: { use: 'record', file: join(folder, 'new.jsonl') }, settings: {}, onMissing: unexpected })).toThrow('No model is configured: set OPENAI_API_KEY, or an agent’s own key, to record.');
    expect(() => readCassette(join(folder, 'nothing.jsonl'))).toThrow(/^There is no cassette /);
    writeFileSync(join(folder, 'other.jsonl'), '{"cassette":2}\n');
    expect(() => readCassette(join(folder, 'other.jsonl'))).toThrow(/other\.jsonl is no cassette: line 1, cassette: /);
  });

  it('without what a suite asks for ends the run with that sentence', { timeout: 120_000 }, async () => {
    const [header = ''] = readFileSync(file, 'utf8').split('\n');
    const empty = join(folder, 'empty.jsonl');
    writeFileSync(empty, `${header}\n`);
    const run = evalProcessIn(process.env);
    await expect(run({ suite: 'trajectory', cassette: { use: 'play', file: empty } })).rejects.toThrow(/^\S+empty\.jsonl has no recording of a request \(\w{12}\): nothing was recorded with scripted; record it again with --record\.$/);
    await expect(run({ suite: 'routing', cassette: { use: 'play', file: empty } })).rejects.toThrow('No model takes part in routing; one does in confirmation, injection, trajectory.');
  });
});

describe('the scorer of trajectories', () => {
  it('catches a tool that was not used and a proposal that nobody asked for, and lets further reads pass', () => {
    expect(judgeTrajectory(['portfolio_state', 'limits'], { calls: ['portfolio_state'] })).toBeNull();
    expect(judgeTrajectory(['limits'], { calls: ['portfolio_state'] })).toBe('not used: portfolio_state');
    expect(judgeTrajectory(['broker_quote', 'propose_order'], { calls: ['broker_quote'] })).toBe('proposed unasked: propose_order');
  });
  it('reads the tools of a conversation’s last turn from what is stored', { timeout: 120_000 }, async () => {
    const desk = await openEvalDesk();
    try {
      expect((await walk(desk, { id: 'a', family: 'f', turns: ['what moved today', 'what do I hold'], calls: ['portfolio_state'] })).detail).toBeNull();
      expect((await walk(desk, { id: 'b', family: 'f', turns: ['what do I hold', 'what moved today'], calls: ['portfolio_state'] })).detail).toBe('not used: portfolio_state');
      expect((await walk(desk, { id: 'c', family: 'f', turns: ['buy 5 MERUBANK in LumpSum'], calls: [] })).detail).toBe('proposed unasked: propose_order');
    } finally { await desk.close(); }
  });
});
