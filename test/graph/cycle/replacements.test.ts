import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { CycleServices } from '../../../graph/cycle/services.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let desk: SimulatedDesk;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
beforeAll(async () => { desk = await openSimulatedDesk({ seed: 2 }); });
afterAll(async () => { await desk.close(); });

it('is what a cycle would enter, leaves no trace, and never the share that was sold', async () => {
  const proposals: ProposalInput[] = [];
  const services: CycleServices = { ...desk.services, async propose(input) { proposals.push(input); return { actionId: '01900000-0000-7000-8000-000000000001', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; } };
  const runner = createCycleRunner(services);
  const requestedBy = { kind: 'person' as const, personId: desk.ownerId, channel: 'web' };
  const accountId = desk.accountIds.LumpSum;
  const traces = async () => (await desk.database.pool.query('select (select count(*)::int from core.signals) as signals, (select count(*)::int from core.cycles) as cycles, (select count(*)::int from core.actions) as actions')).rows[0];
  const before = await traces();
  const looked = await runner.replacements({ accountId, requestedBy, holdings: [{ symbol: 'NOTHELD', proceedsMinor: 0 }] });
  expect(await traces()).toEqual(before);
  expect(proposals).toEqual([]);
  await runner.run({ accountIds: [accountId], requestedBy, threadId: null, turn: null });
  const action = proposals[0]?.action;
  if (action?.kind !== 'enter') throw new Error('the cycle brought no entry');
  expect(looked).toMatchObject({ closed: null, holdings: [{ symbol: 'NOTHELD', setUp: null, entry: { symbol: action.symbol, quantity: action.quantity, limitPrice: String(action.limitPrice), stop: String(action.bracket.stop), strategy: action.strategy } }] });
  const sold = await runner.replacements({ accountId, requestedBy, holdings: [{ symbol: action.symbol, proceedsMinor: 1_000_000 }] });
  expect(sold.holdings[0]?.setUp).toMatchObject({ strategy: expect.any(String), edgePercent: expect.any(Number) });
  expect(sold.holdings[0]?.entry?.symbol).not.toBe(action.symbol);
});
