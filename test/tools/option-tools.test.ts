import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPath } from '../../feeds/importers/import-path.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { STRUCTURES, type StructureKind } from '../../desk/options/structures/kinds.ts';
import { optionChain } from '../../tools/option-chain.ts';
import { optionStrategy } from '../../tools/option-strategy.ts';
import { optionStructures } from '../../tools/option-structures.ts';
import { strategyRouter } from '../../tools/strategy-router.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { noSharedFiles, sharedFile } from '../feeds/importers/shared-files.ts';
import { type BookDesk, openBookDesk } from './fixtures.ts';
import { openToolBench, type ToolBench } from './made-market.ts';

/** Straight from the definition, sharing nothing with the code. */
const payoffOf = (legs: readonly { type: string; strike: number | null; quantity: number; price: number }[], spot: number): number => legs.reduce((sum, { type, strike, quantity, price }) => {
  const worth = type === 'underlying' ? spot : type === 'call' ? Math.max(0, spot - strike!) : Math.max(0, strike! - spot);
  return sum + quantity * (worth - price);
}, 0);

describe('the option tools on the simulated exchange', () => {
  let desk: BookDesk;
  beforeAll(async () => { desk = await openBookDesk(); });
  afterAll(() => desk.close());

  it('show the live chain with a forward, volatilities and greeks, and how long its rank\'s history is', async () => {
    const chain = await desk.ask(optionChain, { underlying: 'nifty' });
    expect(chain).toMatchObject({ underlying: 'NIFTY', source: 'SIMULATED', lotSize: 75, stale: false, forwardReason: null });
    expect(Math.abs(chain.forward! / chain.spot! - 1)).toBeLessThan(0.01);
    expect(chain.ivHistory.days).toBeGreaterThan(200);
    expect(chain.ivRank).toBeGreaterThanOrEqual(0);
    for (const row of chain.rows) expect(row.iv === null).toBe(row.marks.length > 0);
    const later = await desk.ask(optionChain, { underlying: 'NIFTY', expiry: chain.expiries[2]! });
    expect(later.expiry).toBe(chain.expiries[2]);
  });

  it('price every kind of structure as arithmetic does, with unlimited as null', async () => {
    for (const kind of Object.keys(STRUCTURES) as StructureKind[]) {
      const found = await desk.ask(optionStrategy, { underlying: 'NIFTY', kind, expiry: '2030-01-15', delta: 0.25, width: 200, lots: 2 });
      const { legs, maxProfit, maxLoss, modelled } = found;
      expect(found.margin, kind).toBeGreaterThanOrEqual(0);
      expect(found.probabilityOfProfit).toBeGreaterThanOrEqual(0);
      expect(found.probabilityOfProfit).toBeLessThanOrEqual(1);
      expect(found.netPremium).toBeCloseTo(legs.filter(({ type }) => type !== 'underlying').reduce((sum, { quantity, price }) => sum + quantity * price, 0), 6);
      if (modelled) continue;
      for (const [spot, profit] of found.payoff) expect(payoffOf(legs, spot), kind).toBeCloseTo(profit, 4);
      for (const spot of found.breakEvens) expect(payoffOf(legs, spot), kind).toBeCloseTo(0, 4);
      const profits = Array.from({ length: 800 }, (_, i) => payoffOf(legs, 100 * i));
      if (maxLoss === null) expect(Math.min(...profits)).toBeLessThan(-1e6);
      else expect(Math.min(...profits), kind).toBeGreaterThanOrEqual(-maxLoss - 1e-4);
      if (maxProfit === null) expect(Math.max(...profits)).toBeGreaterThan(1e6);
      else expect(Math.max(...profits), kind).toBeLessThanOrEqual(maxProfit + 1e-4);
    }
  });

  it('say what a move would do, and nothing is gained where nothing moves and no time passes, but the spread', async () => {
    const asked = { underlying: 'NIFTY', kind: 'iron_condor' as const, expiry: '2030-01-15', delta: 0.15, prices: 'middle' as const };
    const still = await desk.ask(optionStrategy, { ...asked, whatIf: {} });
    expect(Math.abs(still.whatIf!.profit)).toBeLessThan(0.01 * still.maxLoss!);
    const fall = await desk.ask(optionStrategy, { ...asked, whatIf: { spotPercent: -6, volPoints: 3, date: '2030-01-10' } });
    expect(fall.whatIf).toMatchObject({ date: '2030-01-10', spotPercent: -6 });
    expect(fall.whatIf!.profit).toBeLessThan(still.whatIf!.profit);
    expect(await desk.ask(optionStrategy, { ...asked, whatIf: { date: '2030-03-10' } })).toMatchObject({ whatIf: { date: '2030-01-15' } });
  });

  it('take legs of one\'s own, and refuse what the chain cannot price with the field', async () => {
    const chain = await desk.ask(optionChain, { underlying: 'NIFTY', expiry: '2030-01-15' });
    const [low, high] = [chain.rows[60]!.strike, chain.rows[64]!.strike];
    const own = await desk.ask(optionStrategy, { underlying: 'NIFTY', kind: 'custom', expiry: '2030-01-15', legs: [{ type: 'put', side: 'SELL', strike: high }, { type: 'put', side: 'BUY', strike: low, lots: 2 }] });
    expect(own.legs.map(({ side, strike, quantity }) => ({ side, strike, quantity }))).toEqual([{ side: 'SELL', strike: high, quantity: -75 }, { side: 'BUY', strike: low, quantity: 150 }]);
    expect(await desk.refusal(optionStrategy, { underlying: 'NIFTY', kind: 'custom', legs: [{ type: 'call', side: 'BUY', strike: 1 }] })).toBe('NO_STRIKES');
    expect(await desk.refusal(optionStrategy, { underlying: 'NIFTY', kind: 'custom' })).toBe('BAD_LEGS');
    expect(await desk.refusal(optionStrategy, { underlying: 'NIFTY', kind: 'bull_call', strikes: [high, low] })).toBe('NOT_PRICED');
    expect(await desk.refusal(optionChain, { underlying: 'LOKSETU' })).toBe('NO_CHAIN');
    expect(await desk.refusal(optionChain, { underlying: 'NIFTY', expiry: '2031-01-01' })).toBe('NO_EXPIRY');
  });

  it('search within the limits that are set, best first', async () => {
    const { structures } = await desk.ask(optionStructures, { underlying: 'NIFTY', expiry: '2030-01-15', view: 'STILL', maxWidth: 200, maxLoss: 9_000, minProbability: 0.5, limit: 5 });
    const searched = structures.filter(({ kind }) => kind === 'iron_condor');
    expect(searched.length).toBeGreaterThan(0);
    for (const { maxLoss, probabilityOfProfit } of searched) { expect(maxLoss).toBeLessThanOrEqual(9_000); expect(probabilityOfProfit).toBeGreaterThan(0.49); }
    expect(searched.map(({ rewardOverRisk }) => rewardOverRisk)).toEqual(searched.map(({ rewardOverRisk }) => rewardOverRisk).sort((a, b) => b! - a!));
  });

  it('route by the market\'s state, and say what each strategy lacks', async () => {
    const routed = await desk.ask(strategyRouter, { underlying: 'NIFTY', horizonDays: 1 });
    expect(routed.strategies.map(({ id }) => id).sort()).toEqual(['ExpiryPin', 'GammaScalping', 'OIBuildup', 'VolExpansion']);
    for (const { signal, conditions, contracts } of routed.strategies) {
      if (signal) for (const { state, required } of conditions) if (required) expect(state).toBe('MET');
      expect(contracts.length).toBeGreaterThan(0);
    }
    expect(routed.pinProbability).toBeGreaterThan(0);
  });
});

describe.skipIf(noSharedFiles)('the option tools on a captured chain of the exchange (needs ../shared/data)', () => {
  let bench: ToolBench;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const database = await openTestDatabase();
    close = () => database.close();
    for (const file of ['NIFTY_2025-08-05_1359', 'NIFTY_2019-08-23_1530']) {
      await importPath({ path: sharedFile(`04_fno/option_chain/${file}.json.gz`), sink: createImportSink(database, () => instant('2026-11-20')), today: tradingDate('2026-11-20'), clock: () => instant('2026-11-20') });
    }
    bench = await openToolBench(database, { at: instant('2025-08-05T08:31:00Z') });
  }, 180_000);
  afterAll(() => close());

  it('read it from its parity forward, with calls and puts together near the money', async () => {
    const chain = (await bench.call('option_chain', { underlying: 'NIFTY' })) as Awaited<ReturnType<typeof optionChain.run>>;
    expect(chain).toMatchObject({ underlying: 'NIFTY', asOf: '2025-08-05T08:29:23.000Z', source: 'nse-option-chain', expiry: '2025-08-07', spot: 24_623.45, maxPain: 24_650 });
    const near = chain.rows.filter(({ strike }) => Math.abs(strike / chain.forward! - 1) < 0.01);
    for (const strike of new Set(near.map((row) => row.strike))) {
      const [call, put] = near.filter((row) => row.strike === strike);
      expect(Math.abs(call!.iv! - put!.iv!)).toBeLessThan(0.0005);
    }
  });

  it('add up open interest over the strikes that are meant', async () => {
    const all = (await bench.call('option_chain', { underlying: 'NIFTY', expiry: '2025-08-07' })) as Awaited<ReturnType<typeof optionChain.run>>;
    const open = (type: 'call' | 'put', test: (strike: number) => boolean): number => all.rows.filter((row) => row.type === type && test(row.strike)).reduce((sum, row) => sum + (row.openInterest ?? 0), 0);
    expect(all.sums.calls.openInterest).toBe(all.openInterest.calls);
    // Worked out from the exchange's file by itself.
    expect(await bench.call('option_chain', { underlying: 'NIFTY', expiry: '2025-08-07', above: 24_600 })).toMatchObject({ sums: { strikes: 'above 24,600', calls: { openInterest: 2_415_588 }, puts: { openInterest: open('put', (strike) => strike > 24_600) } } });
    expect(await bench.call('option_chain', { underlying: 'NIFTY', expiry: '2025-08-07', below: 24_500 })).toMatchObject({ sums: { puts: { openInterest: 1_119_429 } } });
    expect(await bench.call('option_chain', { underlying: 'NIFTY', expiry: '2025-08-07', above: 24_600, inclusive: true })).toMatchObject({ sums: { calls: { openInterest: 2_549_374 } } });
  });
  it('say of which day a chain is that is weeks old, and not of one that is young', async () => {
    expect(await bench.call('option_chain', { underlying: 'NIFTY' })).toMatchObject({ outdated: null });
    expect(await bench.call('option_chain', { underlying: 'NIFTY', asOf: '2025-08-04T08:29:00Z' })).toMatchObject({ outdated: { onText: '23 August 2019', days: 2172 } });
  });

  it('know nothing of it before it was taken', async () => {
    expect(await bench.call('option_chain', { underlying: 'NIFTY', asOf: '2025-08-05T08:29:00Z' })).toMatchObject({ asOf: '2019-08-23T10:00:00.000Z' });
    await expect(bench.call('option_chain', { underlying: 'NIFTY', asOf: '2019-08-23T09:59:00Z' })).rejects.toThrow(/No option chain/);
  });

  it('build no structure on an expiry without a forward', async () => {
    await expect(bench.call('option_strategy', { underlying: 'NIFTY', kind: 'iron_condor', expiry: '2029-06-26' })).rejects.toThrow(/No forward can be had/);
  });
});
