import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { latestCalibrations } from '../../../db/stores/calibrations.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import { canonicalAction } from '../../../desk/actions/digest.ts';
import { type Instant, plusDays, plusMinutes, plusMs, at } from '../../../desk/time.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let desk: SimulatedDesk;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
beforeAll(async () => { desk = await openSimulatedDesk({ seed: 5 }); });
afterAll(async () => { await desk.close(); });

/** Everything that a cycle would put on cards; what a row was called in one run or another left out. */
async function cards(): Promise<string[]> {
  const proposals: ProposalInput[] = [];
  const runner = createCycleRunner({ ...desk.services, async propose(input) { proposals.push(input); return { actionId: '01900000-0000-7000-8000-000000000001', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; } });
  const summary = await runner.run({ requestedBy: { kind: 'person', personId: desk.ownerId, channel: 'web' }, threadId: null, turn: null });
  return [...proposals.map(({ action, thesis, risks, strategy, confidence, edgePercent, judgeRationale, modelVersion }) => JSON.stringify([canonicalAction(action), thesis, risks, strategy, confidence, edgePercent, judgeRationale, modelVersion])), JSON.stringify(summary.refused)];
}
const equities = () => [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY');
const store = async (records: FeedRecord[]): Promise<void> => { await writeFacts(desk.database.orm, records, desk.services.wallNow()); await desk.market.refresh(); };
const sectorRule = (symbol: string, sector: string, knownAt: Instant, from = desk.market.today()): FeedRecord => ({ type: 'trading_rule', rule: { symbol, rule: 'SECTOR', validFrom: from, value: sector }, knownAt, source: 'list' });

it('comes to the same cards, byte for byte, after everything that became known later is stored', async () => {
  // Sectors come from dated lists here; the first of them names every other share.
  const companies = equities();
  await desk.database.asOwner((client) => client.query('update core.symbols set sector = null'));
  await store(companies.flatMap(({ symbol, sector }, n) => (n % 2 === 0 && sector ? [sectorRule(symbol, sector, plusMinutes(desk.market.now(), -30 * 1440), plusDays(desk.market.today(), -30))] : [])));
  const before = await cards();
  expect(before.length).toBeGreaterThan(3);
  // Each card names the map by which its trust was read, and that map is stored with what it was tried on.
  const stored = await latestCalibrations(desk.database.orm, desk.market.now());
  const named = new Set(before.slice(0, -1).map((card) => /(?:un)?calibration-1-[0-9a-f]{8}/.exec(card)?.[0]));
  expect(named.size).toBeGreaterThan(0);
  for (const version of named) expect(stored.find((each) => each.version === version)).toMatchObject({ knots: expect.any(Array), tried: { bins: expect.any(Array) } });
  // Before the market’s time nobody knew it.
  expect(await latestCalibrations(desk.database.orm, plusMinutes(desk.market.now(), -1))).toEqual([]);

  const later = plusMinutes(desk.market.now(), 1);
  const source = 'later';
  await store(companies.flatMap((company, n): FeedRecord[] => {
    const { symbol } = company;
    const date = plusDays(desk.market.today(), 3 + (n % 2));
    return [
      { type: 'symbol', symbol: { ...company, sector: 'One for all' }, knownAt: later, source }, sectorRule(symbol, 'One for all', plusMs(at(plusDays(desk.market.today(), 1), '00:00', desk.market.zone), 0), plusDays(desk.market.today(), 1)),
      { type: 'daily_bar', bar: { symbol, date, open: 1, high: 5_000, low: 1, close: 4_000, volume: 9_000_000 }, knownAt: at(date, '15:30', desk.market.zone), source },
      { type: 'corporate_action', action: { symbol, exDate: plusDays(desk.market.today(), -20), kind: 'SPLIT', subject: 'Split told too late', factor: 0.1, basis: 'published', knownAt: later }, source },
      { type: 'event', event: { source, title: `${company.name} fined heavily`, body: '', eventType: 'PENALTY', priority: 'HIGH', symbols: [symbol], unlinkedNames: [], stance: 'BEARISH', happenedAt: later, knownAt: later } },
      { type: 'scheduled_event', event: { symbol, date: plusDays(desk.market.today(), 1), kind: 'RESULTS', purpose: 'results', knownAt: later }, source },
    ];
  }));
  expect(await cards()).toEqual(before);
});
