import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPositions } from '../../../db/stores/positions.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { rightsOf } from '../../../db/stores/people.ts';
import type { Tool, ToolCaller } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { runTool } from '../../../tools/run.ts';
import { instant } from '../../../desk/time.ts';
import { openTestDesk, type TestDesk } from '../../helpers/desk.ts';

interface Proposed { actionId: string; state: string; cardNumber: number | null; confirmation?: { id: string }; gateReport: { verdict: string; checks: { id: string; severity: string; passed: boolean; message: string }[]; counterfactuals: { sentence: string }[]; reducesRisk: boolean } }
const condor = { underlying: 'NIFTY', kind: 'iron_condor', expiry: '2030-01-15', delta: 0.15, width: 50, account: 'LumpSum' };
const blocks = ({ gateReport }: Proposed): string[] => gateReport.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed).map(({ id, message }) => `${id}: ${message}`);

describe('an option structure on the paper exchange', () => {
  let desk: TestDesk;
  let caller: ToolCaller;
  const call = async <O = Proposed>(name: string, input: object): Promise<O> => {
    const result = await runTool({ tool: tools.get(name) as Tool, services: desk.services, caller, input });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    return result.output as O;
  };
  const account = async (name = 'LumpSum') => (await listAccounts(desk.database.orm)).find((each) => each.name === name)!;
  /** Lets the market go on until the action has come to its end. */
  const carried = async (actionId: string): Promise<{ state: string; reason: string | null }> => {
    for (let minute = 0; minute < 20; minute += 1) {
      const [row] = (await desk.database.pool.query('select state, reason from core.actions where id = $1', [actionId])).rows as { state: string; reason: string | null }[];
      if (row && ['done', 'failed', 'blocked', 'expired'].includes(row.state)) return row;
      await desk.advance(1);
    }
    throw new Error(`${actionId} came to no end: ${JSON.stringify((await desk.database.pool.query('select symbol, side, status, quantity, filled_quantity, limit_price, message from core.orders where action_id = $1', [actionId])).rows)}`);
  };
  /** The order governor counts a second of the wall clock; a person takes longer between two trades. */
  const restedGovernor = async (): Promise<void> => {
    await expect.poll(async () => (await desk.database.pool.query("select count(*)::int as n from core.orders where created_at > core.wall_now() - interval '1 second'")).rows[0].n, { timeout: 10_000 }).toBe(0);
  };
  const held = async () => (await openPositions(desk.database.orm, [(await account()).id])).map(({ symbol, quantity }) => ({ symbol, quantity }));
  beforeAll(async () => {
    desk = await openTestDesk({ environment: { OPTIONS_TRADING_ENABLED: 'true' } });
    await desk.advance(5);
    caller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) };
  }, 180_000);
  afterAll(() => desk.close());

  it('is gated whole, confirmed once, filled with its protection first, and grouped with live greeks', async () => {
    const proposed = await call('propose_structure', condor);
    expect(blocks(proposed)).toEqual([]);
    await desk.press(proposed.confirmation!.id);
    expect(await carried(proposed.actionId)).toMatchObject({ state: 'done', reason: expect.stringMatching(/^All \d legs filled/) });
    const { rows } = await desk.database.pool.query('select o.side, f.happened_at from core.fills f join core.orders o on o.id = f.order_id where o.action_id = $1 order by f.happened_at, o.side', [proposed.actionId]);
    expect(rows.map((row: { side: string }) => row.side)).toEqual(['BUY', 'BUY', 'SELL', 'SELL']);
    expect((await held()).map(({ quantity }) => quantity).sort()).toEqual([-75, -75, 75, 75]);
    const { structures } = await call<{ structures: { structure: string; legs: object[]; profit: number; greeks: { delta: number }; margin: number }[] }>('option_positions', { account: 'LumpSum' });
    expect(structures).toMatchObject([{ structure: 'iron_condor', cardNumber: proposed.cardNumber, settlement: 'settled in cash at the closing price, less the tax on exercise of what is held and ends in the money' }]);
    expect(structures[0]!.legs).toHaveLength(4);
    expect(Math.abs(structures[0]!.greeks.delta)).toBeLessThan(40);
    const ledger = await desk.database.pool.query("select sum(amount_minor)::int as total from core.ledger_entries where account_id = $1", [(await account()).id]);
    expect(ledger.rows).toEqual([{ total: 0 }]);
  }, 180_000);

  it('does not let the protection of a short be sold alone', async () => {
    const long = (await held()).find(({ quantity }) => quantity > 0)!;
    const position = (await openPositions(desk.database.orm, [(await account()).id])).find(({ symbol }) => symbol === long.symbol)!;
    const report = await desk.services.checkGates({ action: { kind: 'exit', accountId: position.accountId, symbol: long.symbol, exchange: 'NSE', positionId: position.id, orderType: 'MARKET' }, personId: desk.owner.id });
    expect(report.checks.filter(({ severity, passed }) => severity === 'BLOCK' && !passed).map(({ id }) => id)).toContain('naked_short');
  });

  it('is rolled as one action, never short without cover on the way', async () => {
    await restedGovernor();
    const proposed = await call('propose_structure_roll', { account: 'LumpSum' });
    expect(blocks(proposed)).toEqual([]);
    await desk.press(proposed.confirmation!.id);
    expect(await carried(proposed.actionId)).toMatchObject({ state: 'done', reason: expect.stringMatching(/^All \d legs filled/) });
    const now = await held();
    expect(now.map(({ quantity }) => quantity).sort()).toEqual([-75, -75, 75, 75]);
    expect(now.every(({ symbol }) => symbol.includes('22JAN30'))).toBe(true);
    const { rows } = await desk.database.pool.query('select o.side, o.category, o.symbol from core.fills f join core.orders o on o.id = f.order_id where o.action_id = $1 order by f.happened_at, o.category', [proposed.actionId]);
    const told = rows.map((row: { side: string; category: string }) => `${row.category} ${row.side}`);
    expect(told.indexOf('ENTRY SELL')).toBeGreaterThan(told.lastIndexOf('EXIT BUY'));
    expect(told.indexOf('EXIT SELL')).toBeGreaterThan(told.lastIndexOf('ENTRY SELL'));
  }, 180_000);

  it('closes as one action that lowers the risk, which no limit on entries stops', async () => {
    await restedGovernor();
    await desk.say('pause');
    const proposed = await call('propose_structure_close', { account: 'LumpSum' });
    expect(proposed.gateReport).toMatchObject({ verdict: 'PASS', reducesRisk: true });
    await desk.press(proposed.confirmation!.id);
    expect(await carried(proposed.actionId)).toMatchObject({ state: 'done', reason: expect.stringMatching(/^All \d legs filled/) });
    expect(await held()).toEqual([]);
    const ledger = await desk.database.pool.query("select ledger, sum(amount_minor)::int as total from core.ledger_entries where account_id = $1 and ledger = 'securities' group by 1", [(await account()).id]);
    expect(ledger.rows).toEqual([{ ledger: 'securities', total: 0 }]);
  }, 180_000);
});

describe('with options trading switched off', () => {
  it('a structure is analysed, and proposing it explains how to enable it', async () => {
    const desk = await openTestDesk();
    const caller: ToolCaller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) };
    const result = await runTool({ tool: tools.get('propose_structure') as Tool, services: desk.services, caller, input: condor });
    expect(result).toMatchObject({ ok: true, output: { state: 'blocked' } });
    const { gateReport } = (result as unknown as { output: Proposed }).output;
    expect(gateReport.counterfactuals.map(({ sentence }) => sentence).join(' ')).toContain('set OPTIONS_TRADING_ENABLED=true');
    await desk.close();
  }, 180_000);
});

describe('a structure that goes wrong on the way', () => {
  let desk: TestDesk;
  let caller: ToolCaller;
  const state = async (id: string) => (await desk.database.pool.query('select state, reason from core.actions where id = $1', [id])).rows[0] as { state: string; reason: string | null };
  const propose = async (): Promise<Proposed> => {
    await expect.poll(async () => (await desk.database.pool.query("select count(*)::int as n from core.orders where created_at > core.wall_now() - interval '1 second'")).rows[0].n, { timeout: 10_000 }).toBe(0);
    const result = await runTool({ tool: tools.get('propose_structure') as Tool, services: desk.services, caller, input: condor });
    if (!result.ok) throw new Error(result.error.message);
    expect(blocks(result.output as Proposed)).toEqual([]);
    return result.output as Proposed;
  };
  const held = async () => (await openPositions(desk.database.orm, (await listAccounts(desk.database.orm)).map(({ id }) => id))).map(({ quantity }) => quantity);
  beforeAll(async () => {
    // The second proposal of a test is the first one again.
    desk = await openTestDesk({ environment: { OPTIONS_TRADING_ENABLED: 'true', DUPLICATE_WINDOW_SECONDS: '1' } });
    await desk.advance(5);
    caller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) };
  }, 180_000);
  afterAll(() => desk.close());

  it('half-way is taken back whole, and the person is told which leg and why', async () => {
    const { actionId, confirmation } = await propose();
    await desk.press(confirmation!.id);
    expect((await desk.database.pool.query('select side from core.orders where action_id = $1', [actionId])).rows).toEqual([{ side: 'BUY' }, { side: 'BUY' }]);
    // The protection is on its way. Entries are halted before it has filled: what would be sold is refused.
    await desk.say('pause');
    for (let minute = 0; minute < 20 && (await state(actionId)).state === 'executing'; minute += 1) await desk.advance(1);
    const ended = await state(actionId);
    expect(ended).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^Taken back: NIFTY-15JAN30-.*entries are paused.*nothing of it is held\.$/) });
    expect(await held()).toEqual([]);
    const { rows } = await desk.database.pool.query("select symbol, side, count(*)::int as n from core.orders where action_id = $1 group by 1, 2", [actionId]);
    expect(rows).toHaveLength(4);
    expect(rows.every((row: { n: number }) => row.n === 1)).toBe(true);
    const resumed = await desk.say('resume');
    const question = resumed.find((event) => event.type === 'confirm');
    if (question?.type === 'confirm') await desk.press(question.id);
  }, 180_000);

  it('is not sent on a chain that has gone stale between the yes and the send', async () => {
    const { actionId, confirmation } = await propose();
    const fresh = desk.market.quote;
    const clock = desk.market.now();
    // The contracts' quotes stand still from here on; the underlying's goes on.
    desk.market.quote = (symbol) => { const quote = fresh(symbol); return quote && symbol.includes('-CE') ? { ...quote, at: instant(Date.parse(clock) - 120_000) } : quote; };
    try {
      await desk.press(confirmation!.id);
      for (let minute = 0; minute < 3; minute += 1) await desk.advance(1);
      expect(await state(actionId)).toMatchObject({ state: 'blocked', reason: expect.stringMatching(/old/) });
      expect(await held()).toEqual([]);
    } finally { desk.market.quote = fresh; }
  }, 180_000);
});
