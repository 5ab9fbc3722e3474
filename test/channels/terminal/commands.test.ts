import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../channels/terminal/commands.ts';
import { verifyFile } from '../../../channels/terminal/commands/audit.ts';
import { showQuarantine } from '../../../channels/terminal/commands/import.ts';
import type { CommandDesk } from '../../../channels/terminal/command.ts';
import { evalProcessIn } from '../../../start/eval-process.ts';
import { evalsOf } from '../../../start/evals.ts';
import { runCommand } from '../../../start/run-command.ts';
import { openTestDesk, type TestDesk } from '../../helpers/desk.ts';

let desk: TestDesk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parapet-commands-'));
  desk = await openTestDesk({ folder });
  await desk.advance(20);
});
afterAll(async () => { await desk.close(); rmSync(folder, { recursive: true, force: true }); });

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> { yield* lines; }
async function run(args: string[], input: readonly string[] = [], token: string | null = null): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const commandDesk: CommandDesk = { database: desk.database, services: desk.services, conversation: desk.conversation, owner: desk.owner, market: desk.market, publicKeyPem: desk.publicKeyPem, writeAnchor: desk.writeAnchor, brokerReachable: desk.brokerReachable, killFile: join(folder, 'KILL'), settle: desk.settle, runEvals: evalsOf({ database: desk.database, wallNow: () => desk.clock.now, process: evalProcessIn(process.env) }) };
  const call = { directory: folder, token, streams: { input: linesOf(input), out: (line: string) => out.push(line), err: (line: string) => err.push(line) } };
  return { code: await runCommand({ args, call, desk: commandDesk, commands }), out, err };
}
const json = (lines: readonly string[]): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the command line', () => {
  it('lists and describes every tool with its schemas', async () => {
    const listed = JSON.parse((await run(['tool', 'list', '--json'])).out[0] ?? '[]') as { name: string; input: object; output: object; effect: string }[];
    expect(listed.length).toBeGreaterThan(40);
    expect(listed.every((tool) => typeof tool.input === 'object' && typeof tool.output === 'object' && ['read', 'propose'].includes(tool.effect))).toBe(true);
    expect(json((await run(['tool', 'describe', 'option_price', '--json'])).out)[0]).toMatchObject({ name: 'option_price', effect: 'read' });
  });

  it('answers a call with its output, and a bad one with a code and the field', async () => {
    const good = await run(['tool', 'call', 'indicator', '--json', JSON.stringify({ name: 'sma', period: 2, bars: [1, 2, 3].map((close) => ({ open: close, high: close, low: close, close, volume: 1 })) })]);
    expect(good.code).toBe(0);
    expect(json(good.out)[0]).toMatchObject({ ok: true, output: { values: [null, 1.5, 2.5] } });
    const bad = await run(['tool', 'call', 'indicator', '--json', '{"name":"sma"}']);
    expect(bad.code).toBe(1);
    expect(json(bad.out)[0]).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect((await run(['tool', 'call', 'nothing'])).err[0]).toMatch(/there is no tool nothing/);
  });

  it('answers a batch line by line, a bad line with an error line', async () => {
    const { code, out } = await run(['tool', 'batch', 'symbol_lookup'], ['{"name":"NIFTY"}', 'not json', '{"nam":1}', '{"name":"NIFTY"}']);
    expect(code).toBe(0);
    expect(json(out).map((line) => line.ok)).toEqual([true, false, false, true]);
  });

  it('holds the conversation as JSON lines, each turn closed by an end', async () => {
    const { code, out } = await run(['chat', '--json'], ['{"message":"what do I hold"}', 'nonsense', '{"message":"/accounts"}']);
    expect(code).toBe(0);
    const events = json(out);
    expect(events.filter((event) => event.type === 'end')).toHaveLength(3);
    expect(events.find((event) => event.type === 'reply')).toMatchObject({ text: expect.stringMatching(/^Nothing is held/), agent: 'Portfolio' });
    expect(events.find((event) => event.type === 'error')).toMatchObject({ code: 'BAD_LINE' });
  });

  it('asks the last message again by /edit and /retry, and refuses a turn that is not the person’s last message', async () => {
    const { code, out } = await run(['chat', '--json'], ['{"message":"quote zorbixx"}', '{"message":"/edit market hours"}', '{"message":"/retry"}', '{"message":"/accounts","replaces":"01890000-0000-7000-8000-000000000001"}', '{"message":"/accounts"}']);
    expect(code).toBe(0);
    const events = json(out);
    const replies = events.filter((event) => event.type === 'reply').map(({ text }) => text as string);
    expect(replies[1]).toMatch(/^(Open until|Closed|Not yet)/);
    expect(replies[2]).toBe(replies[1]);
    expect(events.find((event) => event.type === 'error')).toMatchObject({ code: 'NOT_FOUND', message: 'There is no such message of yours in this conversation.' });
    expect(events.filter((event) => event.type === 'end')).toHaveLength(5);
  });

  it('holds it in words, with a card and its press', async () => {
    const symbol = [...desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
    const { out } = await run(['chat', '--account', 'LumpSum'], [`buy 3 ${symbol} in LumpSum`, 'yes']);
    expect(out.join('\n')).toMatch(new RegExp(`BUY 3 ${symbol} at market`));
    expect(out.join('\n')).toMatch(/\[Confirm: \/approve \d+\]/);
    expect(out.join('\n')).toMatch(/Sent: working at the broker/);
  });

  it('shows actions, replays their verdicts to the same bytes, and exports an audit that verifies', async () => {
    const actions = JSON.parse((await run(['action', 'list', '--json'])).out[0] ?? '[]') as { id: string; state: string }[];
    const id = actions.find((action) => action.state === 'done')?.id ?? '';
    expect(json((await run(['replay', id, '--json'])).out)[0]).toMatchObject({ same: true });
    expect(json((await run(['action', 'show', id, '--json'])).out)[0]).toMatchObject({ id, state: 'done' });
    expect((await run(['audit', 'export', '--out', 'audit.jsonl'])).code).toBe(0);
    expect(json((await run(['audit', 'verify', '--json'])).out)[0]).toMatchObject({ ok: true, provedThrough: null });
    expect((await run(['audit', 'anchor', '--out', 'anchor.json'])).code).toBe(0);
    const [anchored] = json((await run(['audit', 'verify', '--anchor', 'anchor.json', '--json'])).out);
    expect(anchored).toMatchObject({ ok: true, provedThrough: anchored?.entries });
    expect((await run(['audit', 'verify', '--anchor', 'nowhere.json'])).err[0]).toMatch(/there is no file/);
    const out: string[] = [];
    const call = { args: ['verify', 'audit.jsonl', '--json'], directory: folder, token: null, streams: { input: linesOf([]), out: (line: string) => { out.push(line); }, err: () => undefined } };
    expect(await verifyFile(call, join(folder, 'clearance.pub.pem'))).toBe(0);
    expect(json(out)[0]).toMatchObject({ ok: true, provedThrough: null, verdictsRecomputed: expect.any(Number), signaturesChecked: 1 });
    const lines = readFileSync(join(folder, 'audit.jsonl'), 'utf8').trim().split('\n');
    writeFileSync(join(folder, 'audit.jsonl'), [...lines.slice(0, 3), ...lines.slice(4)].join('\n'));
    expect(await verifyFile(call, join(folder, 'clearance.pub.pem'))).toBe(1);
    expect(json(out)[1]).toMatchObject({ ok: false, firstBad: { sequence: 5 } });
  });

  it('checks every part, runs a cycle, and lists people and accounts', async () => {
    expect((await run(['preflight'])).out.join('\n')).toMatch(/pass {2}database/);
    expect(json((await run(['cycle', 'run', '--account', 'SIP', '--json'])).out)[0]).toMatchObject({ cycleId: expect.any(String), stages: expect.any(Array) });
    expect((await run(['user', 'list'])).out).toEqual([expect.stringMatching(/^owner/)]);
    expect((JSON.parse((await run(['account', 'list', '--json'])).out[0] ?? '[]') as { name: string }[]).map((account) => account.name).sort()).toEqual(['LumpSum', 'SIP', 'Tactical']);
    const shown: string[] = [];
    expect(await showQuarantine({ args: ['--json'], directory: folder, token: null, streams: { input: linesOf([]), out: (line) => { shown.push(line); }, err: () => undefined } }, desk)).toBe(0);
    expect(shown).toEqual(['[]']);
  });

  it('says of every part whether it is as it should be, and what to do where it is not', async () => {
    const before = json((await run(['preflight', '--json'])).out)[0] as { ok: boolean; checks: { part: string; ok: boolean; found: string; todo: string | null }[] };
    expect(before.checks.map(({ part }) => part)).toEqual(['database', 'market', 'calendar', 'feeds', 'accounts', 'brokers', 'scheduler', 'endpoints', 'switches', 'work queue']);
    expect(before.checks.filter(({ ok, todo }) => ok !== (todo === null))).toEqual([]);
    expect(before.checks.find(({ part }) => part === 'brokers')).toMatchObject({ ok: true, found: 'paper reachable' });
    // Nothing runs by the clock, and no web desk is there, in a desk that was opened for one command.
    expect(before.checks.filter(({ ok }) => !ok).map(({ part }) => part)).toEqual(['scheduler', 'endpoints']);
    await desk.jobs.run('expire_questions');
    await run(['kill', '--account', 'SIP', '--reason', 'looking']);
    const after = json((await run(['preflight', '--json'])).out)[0] as typeof before;
    expect(after.checks.find(({ part }) => part === 'scheduler')?.ok).toBe(true);
    expect(after.checks.find(({ part }) => part === 'switches')).toMatchObject({ ok: false, found: expect.stringContaining('looking') });
  });

  it('lists what people found wrong in answers, a line each', async () => {
    await desk.say('breadth');
    await desk.say('/bad the count is off');
    expect((await run(['evals', 'candidates'])).out).toEqual([expect.stringMatching(/ wrong {2}owner \(test\): breadth {2}\[the count is off\] {2}→ \S/)]);
    expect(json((await run(['evals', 'candidates', '--json'])).out)).toEqual([expect.objectContaining({ verdict: 'BAD', said: 'breadth', note: 'the count is off' })]);
  });

  it('writes trades as CSV to a file that was not there, and over nothing else', async () => {
    expect(await run(['export', 'tradebook', '--out', 'trades.csv'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'trades.csv'), 'utf8')).toMatch(/^date,time,account,symbol/);
    expect(await run(['export', 'tradebook', '--out', 'trades.csv'])).toMatchObject({ code: 1 });
    expect((await run(['export', 'tax-lots', '--account', 'SIP'])).out[0]).toMatch(/^account,symbol,state/);
    expect(await run(['export', 'everything'])).toMatchObject({ code: 2 });
    expect(await run(['export', 'tradebook', '--account', 'nobody'])).toMatchObject({ code: 1 });
  });

  it('lets nobody act as somebody else without their token', async () => {
    await run(['user', 'add', 'asha', '--role', 'viewer']);
    expect((await run(['tool', 'call', 'accounts', '--as', 'asha'])).err[0]).toMatch(/no person called “asha”/);
    expect((await run(['tool', 'call', 'accounts'], [], 'forged-token')).err[0]).toMatch(/not one of owner/);
  });

  it('says what became of a proposal about people and accounts as one value where that is asked', async () => {
    const added = await run(['user', 'add', 'meera', '--role', 'trader', '--json']);
    expect([added.code, added.out.length]).toEqual([0, 1]);
    expect(json(added.out)[0]).toMatchObject({ actionId: expect.any(String), state: 'awaiting_confirmation', gateReport: { verdict: 'PASS' }, confirmation: { id: expect.any(String) }, cardNumber: expect.any(Number) });
    const key = await run(['user', 'key', 'owner', '--label', 'script', '--json']);
    expect(json(key.out)).toEqual([expect.objectContaining({ state: 'awaiting_confirmation', key: expect.stringMatching(/^pk_/) })]);
    expect(json((await run(['user', 'token', 'owner', '--json'])).out)).toEqual([{ token: expect.any(String) }]);
    expect(json((await run(['account', 'rename', 'SIP', '--to', 'SIP2', '--json'])).out)).toEqual([expect.objectContaining({ state: 'awaiting_confirmation' })]);
    expect(json((await run(['resume', '--account', 'SIP', '--json'])).out)).toEqual([expect.objectContaining({ state: expect.any(String) })]);
  });

  it('halts by the kill file and the switch, and a simulated home takes no real data', async () => {
    expect((await run(['kill', '--reason', 'a test'])).code).toBe(0);
    expect(readFileSync(join(folder, 'KILL'), 'utf8')).toBe('HALT\na test\n');
    expect((await run(['resume'])).out[0]).toBe('The kill file is still there; remove it first.');
    rmSync(join(folder, 'KILL'));
    expect((await run(['resume'])).out[0]).toMatch(/waits for a confirmation/);
    expect((await run(['import', folder])).err[0]).toMatch(/simulated world/);
    expect((await run(['kill'])).code).toBe(2);
    expect((await run(['unheard-of'])).code).toBe(2);
  });
});
