import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mcpRoutes } from '../../channels/mcp/http.ts';
import { LineTransport } from '../../channels/mcp/line-transport.ts';
import { createMcpServer } from '../../channels/mcp/server.ts';
import { createToolDoor, type ToolDoor } from '../../channels/tools/tool-door.ts';
import { createWebServer, type WebServer } from '../../channels/web/server.ts';
import { toolRoutes } from '../../channels/web/tool-routes.ts';
import { revokeToken } from '../../db/stores/people.ts';
import { sha256 } from '../../desk/canonical.ts';
import type { SessionStore } from '../../channels/web/identity.ts';
import { createSessionStore } from '../../start/session-store.ts';
import { tools } from '../../tools/registry.ts';
import { instant } from '../../desk/time.ts';
import { canary, openSqlWorld, type SqlWorld } from '../tools/sql/world.ts';

let desk: SqlWorld;
let door: ToolDoor;
let web: WebServer;
let identity: SessionStore;
const folder = mkdtempSync(join(tmpdir(), 'parapet-tools-'));
const key = 'k'.repeat(40);
const strangersKey = 's'.repeat(40);
beforeAll(async () => {
  desk = await openSqlWorld();
  door = createToolDoor({ services: desk.services, tools });
  const now = () => instant(Date.now());
  identity = createSessionStore(desk.database, now);
  await desk.database.asOwner(async (client) => {
    for (const [id, person, secret] of [['01890000-0000-7000-8000-0000000000a1', desk.owner.id, key], ['01890000-0000-7000-8000-0000000000a2', desk.strangerId, strangersKey]]) await client.query("insert into core.access_tokens (id, person_id, kind, hash, label, created_at) values ($1, $2, 'api_key', $3, 'test', now())", [id, person, sha256(secret ?? '')]);
  });
  web = await createWebServer({
    service: desk.conversation, read: () => { throw new Error('no page follows anything here'); }, identity, health: async () => ({ live: true, ready: true, parts: [] }), port: 0, pageFolder: folder, rateLimitPerMinute: 5, socketsPerAddress: 5, nowMs: () => Date.now(), report: (thrown) => { throw thrown; },
    routes: ({ app, guards }) => { app.use('/api', toolRoutes({ door, identity, guards, url: () => web.url })); app.use(mcpRoutes({ door, guards })); },
  });
});
afterAll(async () => { await web.close(); await desk.close(); rmSync(folder, { recursive: true, force: true }); });

const post = (name: string, input: unknown, { bearer = key, query = '' }: { bearer?: string | null; query?: string } = {}) => fetch(`${web.url}/api/tools/${name}${query}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) }, body: JSON.stringify(input) });

describe('POST /api/tools/NAME', () => {
  it('answers a key with the rights of its person and nobody else’s', async () => {
    const mine = (await (await post('sql', { sql: 'select name from accounts order by 1' })).json()) as { ok: boolean; output: { rows: unknown[][] } };
    expect(mine).toMatchObject({ ok: true, output: { rows: [['LumpSum'], ['SIP'], ['Tactical']] } });
    const theirs = await (await post('sql', { sql: 'select name from accounts' }, { bearer: strangersKey })).json();
    expect(theirs).toMatchObject({ ok: true, output: { rows: [[canary]] } });
  });
  it('says by its status what went wrong', async () => {
    expect((await post('sql', { sql: 'drop table x' })).status).toBe(422);
    expect((await post('sql', {})).status).toBe(400);
    expect((await post('no_such', {})).status).toBe(404);
    expect(await (await post('market_bars', { symbol: 7 })).json()).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', field: 'symbol' } });
    expect(await (await post('fills', { period: { from: '2024-06-03', to: '2024-06-03', till: '2024-06-04' } })).json()).toEqual({ ok: false, error: { code: 'INVALID_INPUT', message: 'period.till: there is no such field', field: 'period.till' } });
    expect((await post('portfolio_state', {}, { query: '?asOf=2100-01-01' })).status).toBe(422);
    const sent = (body: string, headers: Record<string, string>, method = 'POST') => fetch(`${web.url}/api/tools/sql`, { method, headers: { authorization: `Bearer ${key}`, ...headers }, ...(method === 'GET' ? {} : { body }) });
    const json = { 'content-type': 'application/json' };
    // A web form or a text is not read as no input at all.
    const answers = [
      [await sent('{"sql": "', json), 400, 'INVALID'], [await sent('5', json), 400, 'INVALID'], [await sent(`{"sql": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`, json), 400, 'INVALID_INPUT'], [await sent('{"sql": "select \\ud800"}', json), 400, 'INVALID_INPUT'],
      [await sent('sql=select 1', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UNSUPPORTED'], [await sent('{}', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED'], [await sent('{}', { 'content-type': 'application/json; charset=bogus' }), 415, 'UNSUPPORTED'], [await sent('{}', { ...json, 'content-encoding': 'bogus' }), 415, 'UNSUPPORTED'],
      [await sent('', {}, 'GET'), 405, 'POST_ONLY'], [await sent('{}', json, 'DELETE'), 405, 'POST_ONLY'],
    ] as const;
    for (const [answer, status, code] of answers) expect([answer.status, await answer.json()]).toEqual([status, { ok: false, error: expect.objectContaining({ code, message: expect.stringMatching(/^[^\n]{10,200}$/) }) }]);
    // No body is none of another kind: a browser sends it with a length of nothing.
    expect((await fetch(`${web.url}/api/tools/market_hours`, { method: 'POST', headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    // What is repeated of the input is cut.
    const long = (await (await post('market_bars', { symbol: 'x'.repeat(20_000) })).json()) as { error: { message: string } };
    expect(long.error.message.length).toBeLessThan(300);
  });
  it('never lets a program confirm: what would act at once for a person waits for one', async () => {
    const { output } = (await (await post('control', { command: 'pause', reason: 'test' })).json()) as { output: { state: string; confirmation?: { id: string } } };
    expect(output.state).toBe('awaiting_confirmation');
    expect(output.confirmation?.id).toMatch(/^[0-9a-f-]{36}$/);
  });
  it('takes a session from the desk’s own page only', async () => {
    const { secret } = await identity.create({ id: desk.owner.id, name: desk.owner.name, role: desk.owner.role });
    const from = (origin: string) => fetch(`${web.url}/api/tools/accounts`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: `parapet_session_${web.port}=${secret}`, origin }, body: '{}' });
    expect((await from(web.url)).status).toBe(200);
    expect((await from('https://evil.example')).status).toBe(403);
  });
  it('refuses a revoked key, an unknown one, and after some of them the address', async () => {
    await desk.database.transaction((tx) => revokeToken(tx, strangersKey));
    expect((await post('accounts', {}, { bearer: strangersKey })).status).toBe(401);
    let last = await post('accounts', {}, { bearer: null });
    for (let more = 0; more < 6 && last.status !== 429; more += 1) last = await post('accounts', {}, { bearer: 'x'.repeat(40) });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post('accounts', {})).status).toBe(200);
  });
  it('counts everybody’s calls of the gates', async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 7; call += 1) statuses.push((await post('guardrails', { card: 1 })).status);
    expect(statuses.slice(0, 5)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('the description', () => {
  it('has a path with both schemas for every tool, and every reference in it leads somewhere', async () => {
    const spec = (await (await fetch(`${web.url}/api/openapi.json`)).json()) as { openapi: string; paths: Record<string, { post?: { operationId: string; requestBody: { content: { 'application/json': { schema: { type?: string } } } } } }>; components: { schemas: Record<string, unknown> } };
    expect(spec.openapi).toBe('3.1.0');
    for (const name of tools.keys()) expect(spec.paths[`/api/tools/${name}`]?.post?.operationId).toBe(name);
    for (const [, name = ''] of JSON.stringify(spec).matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(spec.components.schemas[name]).toBeDefined();
  });
  it('is a page without anything from outside', async () => {
    const response = await fetch(`${web.url}/api/docs`);
    const page = await response.text();
    for (const name of tools.keys()) expect(page).toContain(`id="${name}"`);
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:\/\//);
  });
});

describe('the Model Context Protocol', () => {
  const connect = async (bearer: string): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${web.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${bearer}` } } }) as Transport);
    return client;
  };
  it('lists and runs the tools for the person of the key, over HTTP', async () => {
    const client = await connect(key);
    const listed = await client.listTools();
    expect(listed.tools.map(({ name }) => name).toSorted()).toEqual([...tools.keys()].toSorted());
    const result = await client.callTool({ name: 'portfolio_state', arguments: { account: 'LumpSum' } });
    expect(result.structuredContent).toMatchObject({ totals: { positions: 2 } });
    const refused = await client.callTool({ name: 'sql', arguments: { sql: 'delete from orders' } });
    expect(refused).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('SQL_REFUSED') }] });
    const proposal = await client.callTool({ name: 'propose_deposit', arguments: { account: 'SIP', amountMinor: 20_000, reason: 'test' } });
    expect(proposal.structuredContent).toMatchObject({ state: 'awaiting_confirmation', confirmation: { id: expect.any(String) } });
    expect(listed.tools.some(({ name }) => /press|confirm|approve/.test(name))).toBe(false);
    await expect(client.callTool({ name: 'sql', arguments: [1] as never })).rejects.toThrow(/^MCP error -32602: params.arguments: [^\n{[]+$/);
    await expect(client.request({ method: 'desk/press' } as never, z.object({}))).rejects.toThrow('there is no method desk/press');
    await client.close();
  });
  it('knows nobody without a key', async () => {
    await expect(connect('y'.repeat(40))).rejects.toThrow();
    expect((await fetch(`${web.url}/mcp`)).status).toBe(405);
  });
  it('speaks over lines, answers everything that was asked before they end, and survives nonsense', async () => {
    const said: string[] = [];
    const lines = ['{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}', 'nonsense', '{"jsonrpc":"2.0","method":"notifications/initialized"}', '{"jsonrpc":"2.0","id":2,"method":"tools/list"}', '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"market_hours","arguments":{}}}'];
    const transport = new LineTransport({ lines: (async function* () { yield* lines; })(), out: (line) => { said.push(line); } });
    const server = createMcpServer({ door, person: { id: desk.strangerId, name: 'Mallory', role: 'viewer' } });
    const errors: string[] = [];
    server.onerror = (error) => { errors.push(error.message); };
    await server.connect(transport);
    await transport.done;
    await server.close();
    const answers = said.map((line) => JSON.parse(line) as { id: number; result?: { tools?: { name: string }[]; isError?: boolean } });
    expect(answers.map(({ id }) => id).toSorted()).toEqual([1, 2, 3]);
    expect(answers.find(({ id }) => id === 2)?.result?.tools?.some(({ name }) => name.startsWith('propose_'))).toBe(false);
    expect(answers.find(({ id }) => id === 3)?.result?.isError).toBeUndefined();
    expect(errors.length).toBe(1);
  });
});
