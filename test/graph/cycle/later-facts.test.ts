import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeFacts } from '../../../db/stores/facts.ts';
import { canonicalAction } from '../../../desk/actions/digest.ts';
import { plusMinutes, type Instant } from '../../../desk/time.ts';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let desk: SimulatedDesk;
// A whole history is written first, and several cycles run; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
beforeAll(async () => { desk = await openSimulatedDesk({ seed: 3 }); });
afterAll(async () => { await desk.close(); });

/** The desk as it stood at one moment: its clock and its prices of then, whatever has been written since. */
function frozen() {
  const { market } = desk;
  const [now, today] = [market.now(), market.today()];
  const quotes = new Map([...market.symbols().keys()].map((symbol) => [symbol, market.quote(symbol)]));
  return async (): Promise<{ bodies: string[]; theses: unknown[] }> => {
    const proposals: ProposalInput[] = [];
    const runner = createCycleRunner({
      ...desk.services, market: { ...market, kind: 'sim', now: () => now, today: () => today, quote: (symbol) => quotes.get(symbol) ?? null },
      async propose(input) { proposals.push(input); return { actionId: input.cycleId ?? '', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; },
    });
    await runner.run({ requestedBy: { kind: 'desk', rule: 'cycle' }, threadId: null, turn: null });
    return { bodies: proposals.map(({ action }) => canonicalAction(action)), theses: proposals.map(({ thesis }) => thesis?.map(({ text }) => text)) };
  };
}

describe('what becomes known later', () => {
  it('changes nothing in a cycle of before', async () => {
    const cycleOfThen = frozen();
    const before = await cycleOfThen();
    expect(before.bodies.length).toBeGreaterThan(2);

    // The rest of the session, and two more: bars, news, schedules, corporate actions.
    await desk.simulator.advance(3 * 1440 * 60_000);
    const later: Instant = desk.market.now();
    const symbol = JSON.parse(before.bodies[0]!).symbol as string;
    await writeFacts(desk.database.orm, [
      { type: 'event', event: { source: 'test', title: 'Chief executive resigns', body: '', eventType: 'MANAGEMENT', priority: 'HIGH', symbols: [symbol], unlinkedNames: [], stance: 'BEARISH', happenedAt: later, knownAt: later } },
      { type: 'corporate_action', source: 'test', action: { symbol, exDate: desk.market.today(), kind: 'SPLIT', subject: '2:1', factor: 0.5, basis: 'published', knownAt: later } },
      { type: 'scheduled_event', source: 'test', event: { symbol, date: desk.market.today(), kind: 'RESULTS', purpose: 'results', knownAt: later } },
    ], later);
    expect(await cycleOfThen()).toEqual(before);
  });
  it('but what was known all along does', async () => {
    const cycleOfThen = frozen();
    const before = await cycleOfThen();
    const symbol = JSON.parse(before.bodies[0]!).symbol as string;
    const known = plusMinutes(desk.market.now(), -5);
    await writeFacts(desk.database.orm, [{ type: 'event', event: { source: 'test', title: 'Regulator opens an inquiry', body: '', eventType: 'PENALTY', priority: 'HIGH', symbols: [symbol], unlinkedNames: [], stance: 'BEARISH', happenedAt: known, knownAt: known } }], known);
    const after = await cycleOfThen();
    expect(after.bodies.some((body) => JSON.parse(body).symbol === symbol)).toBe(false);
  });
});
