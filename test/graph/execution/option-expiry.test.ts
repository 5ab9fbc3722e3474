import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyBars } from '../../../db/stores/bars.ts';
import { rightsOf } from '../../../db/stores/people.ts';
import { readContract } from '../../../desk/options/contract-symbol.ts';
import { tradingDate } from '../../../desk/time.ts';
import type { Tool, ToolCaller } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { runTool } from '../../../tools/run.ts';
import { openTestDesk, type TestDesk } from '../../helpers/desk.ts';

describe('options that are held to their last day', () => {
  let desk: TestDesk;
  beforeAll(async () => { desk = await openTestDesk({ environment: { OPTIONS_TRADING_ENABLED: 'true' } }); await desk.advance(5); });
  afterAll(() => desk.close());

  it('end at what they are worth at the close, once, and leave a ledger that adds up', async () => {
    const { pool, orm } = desk.database;
    const caller: ToolCaller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(orm, desk.owner.id)).map((row) => row.accountId) };
    const result = await runTool({ tool: tools.get('propose_structure') as Tool, services: desk.services, caller, input: { underlying: 'NIFTY', kind: 'iron_condor', expiry: '2030-01-08', delta: 0.2, width: 50, account: 'LumpSum' } });
    const { confirmation, actionId } = (result as { output: { confirmation: { id: string }; actionId: string } }).output;
    await desk.press(confirmation.id);
    for (let minute = 0; minute < 20 && (await pool.query("select 1 from core.actions where state in ('confirmed', 'cleared', 'executing')")).rows.length > 0; minute += 1) await desk.advance(1);
    const held = (await pool.query("select symbol, quantity, fees_minor::int as fees, cost_minor::int as cost from core.positions where action_id = $1 and closed_at is null", [actionId])).rows as { symbol: string; quantity: number; fees: number; cost: number }[];
    expect(held).toHaveLength(4);
    for (let quarter = 0; quarter < 8 && desk.market.now() <= '2030-01-08T10:00:00.000Z'; quarter += 1) { await desk.feed.advance?.(6 * 3_600_000); await desk.settle(); }
    expect(desk.market.now() > '2030-01-08T10:00:00.000Z').toBe(true);
    await desk.settle();
    expect((await pool.query('select 1 from core.positions where closed_at is null')).rows).toEqual([]);
    const [bar] = await dailyBars(orm, { symbol: 'NIFTY', from: tradingDate('2030-01-08'), to: tradingDate('2030-01-08'), asOf: desk.market.now() });
    const after = new Map((await pool.query('select symbol, realised_minor::int as realised, fees_minor::int as fees from core.positions where action_id = $1', [actionId])).rows.map((row: { symbol: string; realised: number; fees: number }) => [row.symbol, row]));
    for (const { symbol, quantity, fees, cost } of held) {
      const { type, strike } = readContract(symbol)!;
      const worth = Math.max(0, type === 'call' ? bar!.close - strike : strike - bar!.close);
      expect(Math.abs(after.get(symbol)!.realised - (Math.round(worth * quantity * 100) - cost)), symbol).toBeLessThanOrEqual(1);
      // Whoever holds what ends in the money pays the tax on exercise: 0.15 % of what it is worth since April 2026.
      expect(after.get(symbol)!.fees - fees, symbol).toBe(quantity > 0 ? Math.round((worth * quantity * 0.15) / 100) * 100 : 0);
    }
    const sums = (await pool.query("select ledger, sum(amount_minor)::int as total from core.ledger_entries e join core.accounts a on a.id = e.account_id where a.name = 'LumpSum' group by 1")).rows as { ledger: string; total: number }[];
    expect(sums.find(({ ledger }) => ledger === 'securities')!.total).toBe(0);
    expect(sums.reduce((sum, { total }) => sum + total, 0)).toBe(0);
    // What ended is no longer held, at any moment since, and the account's worth is its cash again.
    const told = await runTool({ tool: tools.get('performance') as Tool, services: desk.services, caller, input: { account: 'LumpSum', period: 'all' } });
    const { endEquityMinor, pnlMinor, rows } = (told as { output: { endEquityMinor: number | null; pnlMinor: number | null; rows: { pnlMinor: number | null }[] } }).output;
    expect(endEquityMinor).toBe(sums.find(({ ledger }) => ledger === 'cash')!.total);
    expect(pnlMinor).toBe([...after.values()].reduce((sum, { realised, fees }) => sum + realised - fees, 0));
    expect(rows.reduce((sum, row) => sum + (row.pnlMinor ?? Number.NaN), 0)).toBe(pnlMinor);
    const lots = await runTool({ tool: tools.get('trade_export') as Tool, services: desk.services, caller, input: { what: 'tax_lots', account: 'LumpSum', period: 'all' } });
    expect((lots as { output: { csv: string } }).output.csv).not.toContain('OPEN');
    // Looking again settles nothing twice.
    await desk.settle();
    expect((await pool.query("select count(*)::int as n from core.audit_log where kind = 'option.expired'")).rows).toEqual([{ n: 4 }]);
  }, 240_000);
});
