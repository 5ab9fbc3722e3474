import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Database, openEmbedded, openServer } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import type { Action } from '../../desk/actions/types.ts';
import { instant } from '../../desk/time.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import { type Desk, openDesk } from '../../start/open-desk.ts';
import type { Tool } from '../../tools/define.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';

/** A home that a desk can be killed in and opened again: a directory, or a database on a server (`url`), and its keys. */
export interface CrashHome { folder: string; url: string | null }
export type Scenario = 'entry' | 'flatten' | 'structure' | 'late_adjustment';
export const scenarios: readonly Scenario[] = ['entry', 'flatten', 'structure', 'late_adjustment'];
/** Looks at the market that a structure's turns need, and some. */
export const turnsOf = (scenario: Scenario): number => (scenario === 'structure' ? 9 : 1);
/** Where a run dies: at its `at`th crossing of a seam since the press (from 1), of all or of the lasting ones, before it or after it. */
export interface Point { scenario: Scenario; at: number; when: 'before' | 'after'; among: 'all' | 'lasting' }
export interface Crossing { what: string; lasting: boolean }

export const openHomeDatabase = async (home: CrashHome): Promise<Database> => (home.url === null ? openEmbedded({ directory: join(home.folder, 'db') }) : openServer({ url: home.url, appUrl: appUrlOf(home.url) }));
const appUrlOf = (url: string): string => { const app = new URL(url); app.username = 'parapet_test'; app.password = 'parapet_test'; return app.toString(); };

export async function openCrashDesk(home: CrashHome, database: Database): Promise<Desk & { logged: string[] }> {
  const loaded = loadConfiguration({ OPTIONS_TRADING_ENABLED: 'true' });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const logged: string[] = [];
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: home.folder, killFile: join(home.folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error', write: (line) => { logged.push(line); } }), model: null, running: false,
  });
  return { ...desk, logged };
}
export const advance = async (desk: Desk, minutes: number): Promise<void> => { for (let n = 0; n < minutes; n += 1) await desk.feed.advance?.(60_000); await desk.settle(); };

export async function lumpSum(desk: Desk): Promise<string> {
  const found = await desk.database.pool.query<{ id: string }>("select id from core.accounts where name = 'LumpSum'");
  return found.rows[0]?.id ?? '';
}
const propose = (desk: Desk, action: Action) => desk.services.propose({ action, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
/** Puts the question of an entry of ten shares of the nth equity that the gates let through, counted from `from`. */
export async function askEntry(desk: Desk, from: number): Promise<{ actionId: string; confirmationId: string; symbol: string }> {
  const equities = [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY');
  for (const { symbol } of equities.slice(from)) {
    const last = desk.market.quote(symbol)?.last ?? 0;
    const onTick = (price: number): Action => (Math.round(price * 20) / 20).toFixed(2) as never;
    const asked = await propose(desk, { kind: 'enter', accountId: await lumpSum(desk), symbol, exchange: 'NSE', side: 'BUY', quantity: 10, orderType: 'MARKET', product: 'DELIVERY', bracket: { stop: onTick(last * 0.95), target: onTick(last * 1.1) }, strategy: 'manual', horizonDays: 10 } as never);
    if (asked.confirmation) return { actionId: asked.actionId, confirmationId: asked.confirmation.id, symbol };
  }
  throw new Error('the gates let no entry through');
}
export async function ask(desk: Desk, scenario: Scenario): Promise<string> {
  if (scenario === 'entry') return (await askEntry(desk, 10)).confirmationId;
  if (scenario === 'structure') return askByTool(desk, 'propose_structure', { underlying: 'NIFTY', kind: 'iron_condor', expiry: '2030-01-15', delta: 0.15, width: 50 });
  if (scenario === 'late_adjustment') return askByTool(desk, 'propose_adjustment', { symbol: await lateSymbol(desk), account: 'LumpSum' });
  const asked = await propose(desk, { kind: 'close_all', accountId: await lumpSum(desk), haltEntries: true });
  if (!asked.confirmation) throw new Error(asked.message ?? 'the gates did not let the flatten through');
  return asked.confirmation.id;
}
async function askByTool(desk: Desk, tool: string, input: object): Promise<string> {
  const caller = { personId: desk.owner.id, role: 'owner' as const, channel: 'test', viewableAccountIds: [await lumpSum(desk)] };
  const result = await runTool({ tool: tools.get(tool) as Tool, services: desk.services, caller, input });
  const output = (result.ok ? result.output : {}) as { confirmation?: { id: string }; message?: string };
  if (!output.confirmation) throw new Error(`the gates let nothing of ${tool} through: ${JSON.stringify(result).slice(0, 400)}`);
  return output.confirmation.id;
}
export async function press(desk: Desk, confirmationId: string): Promise<void> {
  const { threadId } = await desk.conversation.openThread({ channel: 'test', externalId: 'crash', person: desk.owner });
  await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: randomUUID(), inbound: { press: confirmationId, choice: 'confirm' } });
  await desk.conversation.idle();
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { await client.query(statement); } finally { await client.end(); }
}
const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

/** A home with two positions behind their stops and targets, and an entry that works and does not fill: where every run starts. */
async function makeBase(serverUrl: string | null): Promise<CrashHome & { serverUrl: string | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-crash-'));
  const home: CrashHome = { folder, url: null };
  if (serverUrl !== null) {
    const url = new URL(serverUrl);
    url.pathname = `/parapet_crash_${randomUUID().replaceAll('-', '')}`;
    home.url = url.toString();
    await administer(serverUrl, `create database ${databaseOf(home.url)}`);
  } else mkdirSync(join(folder, 'db'));
  const desk = await openCrashDesk(home, await openHomeDatabase(home));
  await advance(desk, 30);
  for (const from of [0, 5]) await press(desk, (await askEntry(desk, from)).confirmationId);
  await advance(desk, 2);
  await desk.close();
  return { ...home, serverUrl };
}
/** The first of the two shares held. */
const lateSymbol = async (desk: Desk): Promise<string> => (await desk.database.pool.query<{ symbol: string }>('select symbol from core.positions where closed_at is null order by symbol limit 1')).rows[0]?.symbol ?? '';
/** The same home a day later, when a bonus of that day is told whose prices have met the orders: ten shares and a quarter of one for ten. */
async function dayLater(base: CrashHome & { serverUrl: string | null }): Promise<CrashHome & { serverUrl: string | null }> {
  const home = await copyOf(base);
  const desk = await openCrashDesk(home, await openHomeDatabase(home));
  for (let n = 0; n < 4; n += 1) await desk.feed.advance?.(6 * 3_600_000);
  await desk.settle();
  await writeFacts(desk.database.orm, [{ type: 'corporate_action', source: 'made', action: { symbol: await lateSymbol(desk), exDate: desk.market.today(), kind: 'BONUS', subject: 'Bonus 1:40', factor: 40 / 41, basis: 'published', knownAt: desk.market.now() } }], desk.market.now());
  await desk.settle();
  await desk.close();
  return { ...home, serverUrl: base.serverUrl };
}
/** Where the runs of each scenario start. */
export async function makeBases(serverUrl: string | null): Promise<{ of: (scenario: Scenario) => CrashHome & { serverUrl: string | null }; remove: () => Promise<void> }> {
  const base = await makeBase(serverUrl);
  const later = await dayLater(base);
  return { of: (scenario) => (scenario === 'late_adjustment' ? later : base), remove: async () => { for (const home of [base, later]) await removeHome(home, serverUrl); } };
}
export async function copyOf(base: CrashHome & { serverUrl: string | null }): Promise<CrashHome> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-crash-'));
  cpSync(base.folder, folder, { recursive: true });
  if (base.url === null || base.serverUrl === null) return { folder, url: null };
  const url = new URL(base.url);
  url.pathname = `/parapet_crash_${randomUUID().replaceAll('-', '')}`;
  await administer(base.serverUrl, `create database ${databaseOf(url.toString())} template ${databaseOf(base.url)}`);
  return { folder, url: url.toString() };
}
export async function removeHome(home: CrashHome, serverUrl: string | null): Promise<void> {
  rmSync(home.folder, { recursive: true, force: true });
  if (home.url !== null && serverUrl !== null) await administer(serverUrl, `drop database if exists ${databaseOf(home.url)} with (force)`);
}

/** Runs the scenario in a process of its own. `point` null: it lives to its end. The trace lists the crossings. */
export async function runChild(home: CrashHome, scenario: Scenario, point: Point | null): Promise<{ killed: boolean; crossings: Crossing[]; output: string }> {
  const trace = join(home.folder, 'trace.txt');
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ['--import', path('../../start/compile-cache.ts'), path('./crash-child.ts')], {
    env: { ...process.env, CRASH_FOLDER: home.folder, CRASH_URL: home.url ?? '', CRASH_SCENARIO: scenario, CRASH_AT: String(point?.at ?? 0), CRASH_WHEN: point?.when ?? 'before', CRASH_AMONG: point?.among ?? 'all', CRASH_TRACE: trace },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => { output += String(chunk); });
  child.stderr.on('data', (chunk) => { output += String(chunk); });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) => { child.on('close', (exitCode, by) => resolve({ code: exitCode, signal: by })); });
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the child ended with ${code ?? signal}: ${output.slice(-2000)}`);
  const crossings = signal === null ? readFileSync(trace, 'utf8').split('\n').filter(Boolean).map((line): Crossing => ({ what: line.slice(2), lasting: line.startsWith('*') })) : [];
  return { killed: signal === 'SIGKILL', crossings, output };
}
