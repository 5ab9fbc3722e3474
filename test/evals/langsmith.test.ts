import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvalResult, EvalRun } from '../../db/stores/evals.ts';
import { instant } from '../../desk/time.ts';
import { langSmithOf } from '../../evals/langsmith.ts';

interface Row { [member: string]: unknown }
/** The parts of LangSmith's published API that evaluations use, over what was posted to it. */
const held = { datasets: [] as Row[], examples: [] as Row[], sessions: [] as Row[], runs: [] as Row[], feedback: [] as Row[], keys: new Set<string>(), refuse: false };
let [server, url]: [Server | null, string] = [null, ''];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    const answer = (value: unknown, status = 200): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)); };
    held.keys.add(String(request.headers['x-api-key']));
    const body = (): Row => JSON.parse(bytes.toString('utf8')) as Row;
    const keep = (list: Row[], row: Row): Row => { list.push(row); return row; };
    if (held.refuse) return answer({ detail: 'no such key' }, 403);
    if (pathname === '/info') return answer({ version: '0.13.0', instance_flags: { dataset_examples_multipart_enabled: true } });
    if (pathname === '/datasets' && request.method === 'GET') return answer(held.datasets.filter(({ name }) => name === searchParams.get('name')));
    if (pathname === '/datasets') return answer(keep(held.datasets, { ...body(), id: crypto.randomUUID() }));
    if (pathname === '/examples') return answer(Number(searchParams.get('offset') ?? 0) > 0 ? [] : held.examples.filter(({ dataset_id: of }) => of === searchParams.get('dataset')));
    const upload = /\/platform\/datasets\/([^/]+)\/examples$/.exec(pathname);
    if (upload) {
      const form = await new Response(bytes, { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData();
      const ids = [...form.keys()].filter((name) => !name.includes('.'));
      for (const id of ids) held.examples.push({ id, dataset_id: upload[1], inputs: JSON.parse(await (form.get(`${id}.inputs`) as File).text()) as unknown });
      return answer({ count: ids.length, example_ids: ids }, 201);
    }
    if (pathname === '/sessions') return answer(keep(held.sessions, { ...body(), id: crypto.randomUUID() }));
    if (pathname.startsWith('/sessions/')) return answer(Object.assign(held.sessions.find(({ id }) => pathname.endsWith(String(id))) ?? {}, body()));
    if (pathname === '/runs') return answer(keep(held.runs, body()), 202);
    if (pathname === '/feedback') return answer(keep(held.feedback, body()));
    return answer({ detail: `no ${pathname}` }, 404);
  });
  await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => { server?.closeAllConnections(); server?.close(); });

const run = (id: string): EvalRun => ({ id, startedAt: instant('2026-05-04T10:00:00.000Z'), label: 'nightly', suites: ['routing', 'sql'], safetyFailures: 0, durationMs: 2000, tries: 2, model: null });
const results: EvalResult[] = [
  { suite: 'routing', caseId: 'rt-1', family: 'Risk', safety: false, score: 1, detail: null }, { suite: 'routing', caseId: 'rt-2', family: 'Risk', safety: false, score: 0.5, detail: '1 of 2 tries right; went to Desk' },
  { suite: 'sql', caseId: 'sq-1', family: 'questions', safety: false, score: 1, detail: null },
];

describe('a run of the evals in LangSmith', () => {
  it('is an experiment for each suite over its dataset, with each case’s own score as feedback', async () => {
    expect(await langSmithOf({ apiKey: 'the-key', apiUrl: url })?.(run('r1'), results)).toBe('in LangSmith: parapet-routing-r1, parapet-sql-r1');
    expect([...held.keys]).toEqual(['the-key']);
    expect(held.datasets.map(({ name }) => name)).toEqual(['parapet-routing', 'parapet-sql']);
    expect(held.sessions).toMatchObject([{ name: 'parapet-routing-r1', reference_dataset_id: held.datasets[0]?.id, extra: { metadata: { tries: 2, model: 'the twins' } }, end_time: '2026-05-04T10:00:02.000Z' }, { name: 'parapet-sql-r1' }]);
    const scored = held.feedback.map(({ run_id: of, key, score, comment }) => {
      const traced = held.runs.find(({ id }) => id === of);
      const example = held.examples.find(({ id }) => id === traced?.reference_example_id);
      return [traced?.session_name, (example?.inputs as Row | undefined)?.case, key, score, comment];
    });
    expect(scored.toSorted()).toEqual([['parapet-routing-r1', 'rt-1', 'right', 1, undefined], ['parapet-routing-r1', 'rt-2', 'right', 0.5, '1 of 2 tries right; went to Desk'], ['parapet-sql-r1', 'sq-1', 'right', 1, undefined]]);
  });
  it('uses the dataset that is there, and adds the cases that are new to it', async () => {
    await langSmithOf({ apiKey: 'the-key', apiUrl: url })?.(run('r2'), [...results, { suite: 'sql', caseId: 'sq-2', family: 'questions', safety: false, score: 0, detail: 'wrong' }]);
    expect(held.datasets).toHaveLength(2);
    expect(held.examples.map(({ inputs }) => (inputs as Row).case).toSorted()).toEqual(['rt-1', 'rt-2', 'sq-1', 'sq-2']);
  });
  it('is nothing without a key, and says so in a sentence where LangSmith does not take it', async () => {
    expect(langSmithOf({ apiKey: null, apiUrl: url })).toBeNull();
    held.refuse = true;
    expect(await langSmithOf({ apiKey: 'other', apiUrl: url })?.(run('r3'), results)).toMatch(/^LangSmith did not take this run, which is stored here all the same: .*403/);
  });
});
