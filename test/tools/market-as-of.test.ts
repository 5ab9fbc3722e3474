import { afterAll, beforeAll, expect, it } from 'vitest';
import { runTool } from '../../tools/run.ts';
import { marketAsOf } from '../../tools/market-as-of.ts';
import { tools } from '../../tools/registry.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(5);
});
afterAll(() => desk.close());

it('offers everything that the market offers, so that nothing a feed tells is lost on the way to a tool', () => {
  const { market } = desk.services;
  const seen = marketAsOf(market, market.now());
  // What only the desk's own parts call is no part of what tools see.
  const wanted = ['kind', 'zone', 'label', 'now', 'today', 'calendar', 'quote', 'chain', 'contract', 'symbols', 'resolve'] as const;
  expect(wanted.filter((name) => market[name] !== undefined && seen[name] === undefined)).toEqual([]);
  expect(seen.chain?.('NIFTY')).toEqual(market.chain?.('NIFTY'));
});
it('lets a read reach the chain of now', async () => {
  const tool = tools.get('option_chain');
  if (!tool) throw new Error('there is no option_chain');
  const result = await runTool({ tool, services: desk.services, caller: { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: [] }, input: { underlying: 'NIFTY' } });
  expect(result).toMatchObject({ ok: true, output: { underlying: 'NIFTY' } });
});
