import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fails, says, stream } from '../../helpers/model-server/replies.ts';
import { type ModelServer, startModelServer } from '../../helpers/model-server/server.ts';
import { asker } from './ask.ts';

let server: ModelServer;
beforeAll(async () => { server = await startModelServer(); });
afterAll(() => server.close());
const miss = (reason: string) => expect.objectContaining({ reason }) as Error;

describe('one agent’s model', () => {
  it('is asked with its model, temperature, limit and key, and streams what it says', async () => {
    server.play([says('All is calm.')]);
    const pieces: string[] = [];
    const answer = await asker(server.url, { environment: { LLM_MAX_TOKENS: '333' } }).ask('hello', { onText: (text) => pieces.push(text) });
    expect(answer).toEqual({ text: 'All is calm.', calls: [], cutShort: false, tokens: { input: 100, output: 20 } });
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(answer.text);
    expect(server.asked[0]?.request).toMatchObject({ model: 'scripted', temperature: 0, max_tokens: 333, stream: true });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer test-key');
  });

  it.each([429, 500, 503])('tries again after a %i', async (status) => {
    server.play([fails(status), says('Back again.')]);
    expect((await asker(server.url).ask('hello')).text).toBe('Back again.');
    expect(server.asked).toHaveLength(2);
  });

  it('waits as long as the provider asks before it tries again', async () => {
    server.play([fails(429, { headers: { 'retry-after': '0.6' } }), says('Back again.')]);
    await asker(server.url).ask('hello');
    expect((server.asked[1]?.atMs ?? 0) - (server.asked[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(595);
  });

  it('gives up at once when the provider wants more rest than there is time, and leaves it alone until then', async () => {
    server.play([fails(429, { headers: { 'retry-after': '30' } })]);
    const { ask } = asker(server.url);
    const started = performance.now();
    await expect(ask('hello', { withinMs: 5000 })).rejects.toEqual(miss('RATE_LIMITED'));
    expect(performance.now() - started).toBeLessThan(4000);
    await expect(ask('hello')).rejects.toEqual(miss('RATE_LIMITED'));
    expect(server.asked).toHaveLength(1);
  });

  it('leaves out what is thought aloud before the answer, in whichever pieces it comes, and what is no answer of its own', async () => {
    for (const pieceLength of [1, 4, 200]) {
      server.play([says(' <think>Buy for ₹5 </thin </think>\n{{c1.a|text}} is <calm>.', { pieceLength })]);
      const pieces: string[] = [];
      const answer = await asker(server.url).ask('hello', { onText: (text) => pieces.push(text) });
      expect([answer.text, pieces.join('')]).toEqual(['{{c1.a|text}} is <calm>.', '{{c1.a|text}} is <calm>.']);
    }
    server.play([says('<thin')]);
    expect((await asker(server.url).ask('hello')).text).toBe('<thin');
  });

  it('hears the first of several answers, takes arguments that come as an object, and reads a character that came in two pieces', async () => {
    server.play([(response) => {
      const { send, done } = stream(response);
      send({ choices: [{ index: 0, delta: { content: 'All is ' }, finish_reason: null }] });
      send({ choices: [{ index: 1, delta: { content: 'Nothing is ', tool_calls: [{ index: 0, id: 'b', function: { name: 'b', arguments: '{}' } }] }, finish_reason: null }] });
      send({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'a', arguments: { of: 1 } } }] }, finish_reason: null }] });
      const event = Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: '₹5.' }, finish_reason: 'stop' }] })}\n\n`);
      const within = event.indexOf(Buffer.from('₹')) + 1;
      response.write(event.subarray(0, within));
      setTimeout(() => { response.write(event.subarray(within)); done(); }, 20);
    }]);
    expect(await asker(server.url).ask('hello')).toMatchObject({ text: 'All is ₹5.', calls: [{ id: 'a', name: 'a', args: { of: 1 } }] });
  });

  it.each([-1_000_000, 0.5, 1e300, '7'])('counts by its own estimate where the provider says that it used %s tokens', async (count) => {
    server.play([(response) => { const { delta, send } = stream(response); delta({ content: 'Calm.' }, 'stop'); send({ choices: [], usage: { prompt_tokens: count, completion_tokens: count, total_tokens: count } }); send('[DONE]'); response.end(); }]);
    expect((await asker(server.url).ask('hello')).tokens).toBeNull();
  });

  it('does not repeat a request that was refused for what it is', async () => {
    server.play([fails(400), says('never')]);
    await expect(asker(server.url).ask('hello')).rejects.toEqual(miss('REQUEST_REFUSED'));
    expect(server.asked).toHaveLength(1);
  });

  it('asks without the contract where a provider knows none', async () => {
    server.play([fails(400), says('{"a":1}')]);
    const answer = await asker(server.url).ask('hello', { contract: { name: 'a', schema: { type: 'object', properties: { a: { type: 'number' } } } } });
    expect(answer.text).toBe('{"a":1}');
    expect(server.asked.map(({ request }) => request.response_format?.type)).toEqual(['json_schema', undefined]);
  });

  it('never says anything twice: what has begun to stream is not tried again', async () => {
    server.play([(response) => { stream(response).delta({ content: 'Half a' }); setTimeout(() => { response.destroy(); }, 10); }, says('A whole answer.')]);
    const pieces: string[] = [];
    await expect(asker(server.url).ask('hello', { onText: (text) => pieces.push(text) })).rejects.toEqual(miss('HALF_ANSWER'));
    expect(pieces).toEqual(['Half a']);
    expect(server.asked).toHaveLength(1);
  });

  it('does not mend half a tool call', async () => {
    server.play([(response) => { const { delta, done } = stream(response); delta({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'buy', arguments: '{"quantity":5' } }] }); delta({}, 'tool_calls'); done(); }]);
    expect((await asker(server.url).ask('hello')).calls).toEqual([{ id: 'a', name: 'buy', args: null }]);
  });

  it('ends in its time, and at once when it is stopped', async () => {
    server.play([() => undefined]);
    const { ask } = asker(server.url);
    const started = performance.now();
    await expect(ask('hello', { withinMs: 150 })).rejects.toEqual(miss('TIMEOUT'));
    expect(performance.now() - started).toBeLessThan(4000);
    const stop = new AbortController();
    setTimeout(() => { stop.abort(new Error('stopped by the person')); }, 50);
    await expect(ask('hello', { stop: stop.signal })).rejects.toThrow('stopped by the person');
  });

  it('goes on to the common provider when the agent’s own fails, each with its own key', async () => {
    const own = await startModelServer();
    own.play([fails(500)]);
    server.play([says('From the common one.')]);
    const { ask } = asker(server.url, { agent: 'Research', environment: { RESEARCH_BASE_URL: own.url, RESEARCH_MODEL: 'small' } });
    expect((await ask('hello')).text).toBe('From the common one.');
    expect(own.asked.every(({ headers, request }) => headers.authorization === 'Bearer none' && request.model === 'small')).toBe(true);
    expect(server.asked[0]?.headers.authorization).toBe('Bearer test-key');
    expect(server.asked[0]?.request.model).toBe('scripted');
    await own.close();
  });

  it('gives an own provider that is silent only a part of the time', async () => {
    const own = await startModelServer();
    own.play([() => undefined]);
    server.play([says('In time.')]);
    const { ask } = asker(server.url, { agent: 'Judge', environment: { JUDGE_BASE_URL: own.url } });
    expect((await ask('hello', { withinMs: 1500 })).text).toBe('In time.');
    await own.close();
  });

  it('takes nothing from the machine’s environment', async () => {
    Object.assign(process.env, { OPENAI_ORG_ID: 'org-machine', OPENAI_ORGANIZATION: 'org-machine', OPENAI_PROJECT_ID: 'proj-machine', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', LANGSMITH_GATEWAY: 'http://127.0.0.1:9' });
    try {
      server.play([says('Here.')]);
      expect((await asker(server.url).ask('hello')).text).toBe('Here.');
      expect(JSON.stringify(server.asked[0]?.headers)).not.toContain('machine');
    } finally { for (const name of ['OPENAI_ORG_ID', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT_ID', 'OPENAI_BASE_URL', 'LANGSMITH_GATEWAY']) delete process.env[name]; }
  });

  it('answers the same request from memory where that will do, and nowhere else', async () => {
    server.play((_request, index) => says(`Answer ${index}.`));
    const { ask } = asker(server.url);
    const first = await ask('what is new', { cacheable: true });
    expect(await ask('what is new', { cacheable: true })).toEqual(first);
    expect((await ask('what is old', { cacheable: true })).text).not.toBe(first.text);
    expect((await ask('what is new')).text).not.toBe(first.text);
    expect(server.asked).toHaveLength(3);
  });
});
