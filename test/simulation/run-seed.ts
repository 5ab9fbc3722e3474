import { writeCorporateActions } from '../../db/stores/reference.ts';
import { decimal } from '../../desk/decimal.ts';
import { rightsFactor } from '../../desk/market/measured-factors.ts';
import { at, type Clock, type Instant, instant, msBetween, plusDays, type TradingDate } from '../../desk/time.ts';
import type { LimitFacts } from '../../desk/gates/snapshot.ts';
import { createInvariants, type Violation } from './invariants.ts';
import { MemoryStore, openMemory } from './memory/store.ts';
import { seedIdentities } from './memory/uuid.ts';
import { opening, openSimulatedMarket, pastOf, symbols } from './market.ts';
import { clearSky, openExchange, type Weather } from './network.ts';
import { openAccounts } from './people-and-accounts.ts';
import { endLife, openProcess, type Process, type Surroundings } from './processes.ts';
import { type Random, randomOf } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { afterDemerger, afterLateNight, type Deed, doDeed, usual } from './steps.ts';
import { faultsAtRest } from './stillness.ts';

const limits: LimitFacts = {
  advLookbackDays: 20, advMaxRatio: 0.05, maxSpreadPercent: 1, eventBlackoutDays: 0, catalystFreshnessHours: 24, maxSectorExposure: 1, maxSingleNamePercent: 60, maxGrossPercent: 100, maxClusterPercent: 100, maxNetPercent: 100,
  fatFingerPercent: 10, quoteMaxAgeSeconds: 60, duplicateWindowSeconds: 5, ordersPerSecond: 9, ordersPerMinute: 1000, transferMinBufferPercent: 10, transferMaxLoanPercent: 20,
  optionsTradingEnabled: false, optionsMaxRiskMinor: 0, liveTrading: false, fourEyesMinor: null,
};

function weatherOf(random: Random): Weather {
  if (random.chance(0.25)) return clearSky;
  const bad = random.between(1, 6);
  return {
    calm: false, lateFills: random.pick([0, 0.2, 0.5]), latestMs: random.pick([3000, 20_000, 90_000]), doubledFills: random.pick([0, 0.4]),
    sends: { through: 60, request_lost: bad, answer_lost: bad, late_accept: bad, too_many_requests: bad, server_error: bad, server_error_after: bad, doubled: bad, slow: bad }, reads: { through: 60, lost: bad, slow: bad },
  };
}

/** The moment in words, written anew when it is another. */
function momentOf(nowMs: () => number): Clock {
  let [at, text] = [Number.NaN, '' as Instant];
  return () => { const now = nowMs(); if (now !== at) [at, text] = [now, instant(now)]; return text; };
}

export interface SeedReport { seed: number; violations: Violation[]; steps: number; deaths: number; orders: number; fills: number; audit: number; trace: string[] }

/** A desk's day by one seed: what people, models, market, network and death do to it, and everything that was wrong with it. */
export async function runSeed(seed: number, { traced = false, opened = () => undefined }: { traced?: boolean; /** Told of the store before anything is in it. */ opened?: (store: MemoryStore) => void } = {}): Promise<SeedReport> {
  seedIdentities(seed);
  const random = randomOf(seed);
  const clock = { nowMs: Date.parse(opening) };
  /** The wall clock is the clock with its steps; the market's time goes on evenly. */
  let stepMs = 0;
  const report: SeedReport = { seed, violations: [], steps: 0, deaths: 0, orders: 0, fills: 0, audit: 0, trace: [] };
  const note = (text: string): void => { if (traced) report.trace.push(`${instant(clock.nowMs).slice(11, 23)} ${text}`); };
  const raise = (invariant: string, what: string): void => { note(`! ${invariant}: ${what}`); if (report.violations.length < 20) report.violations.push({ invariant, what }); };
  const wallNow = momentOf(() => clock.nowMs + stepMs);
  const market = openSimulatedMarket(momentOf(() => clock.nowMs));
  const scheduler = createScheduler({ random, clock });
  const store = new MemoryStore(wallNow);
  opened(store);
  const invariants = createInvariants({ around: () => around, raise });
  const exchange = openExchange({ market, clock, scheduler, random, deduplicates: random.chance(0.7), seed, traded: () => invariants.afterTrade(exchange.fills), sending: (order) => invariants.heldAtSending(order), arrived: (arrival) => { note(`broker gets ${arrival.order.category} ${arrival.order.quantity} ${arrival.order.symbol} (${arrival.times})`); invariants.atArrival(arrival); } });
  const world = openMemory({ store, seam: async (_what, run) => run() });
  const cast = await openAccounts(world, wallNow());
  const around: Surroundings = {
    store, exchange, market, scheduler, random, wallNow, limits: random.chance(0.15) ? { ...limits, fourEyesMinor: 100_000 } : limits, ownerId: cast.owner, kind: random.chance(0.25) ? 'server' : 'embedded', killFile: { state: 'ABSENT' }, locks: new Map(),
    unrest: random.pick([0, 0.1, 0.4]), mortality: 0, logged: [], died: (life, where) => { report.deaths += 1; note(`${life.name} dies ${where}`); },
  };
  store.committed = (changes) => {
    if (traced) for (const { table, after } of changes) if (table === 'audit') note(`  ${(after as { kind: string }).kind} ${(after as { subject: string }).subject.slice(-4)}`);
    invariants.atCommit(store, changes);
  };

  let incarnation = 0;
  const live = async (): Promise<Process> => {
    for (;;) {
      const process = openProcess(around, `desk ${++incarnation}`);
      let opened = false;
      scheduler.spawn(process, async () => {
        try { await process.start(); opened = true; } catch (error) { around.logged.push(String(error)); note(`${process.name} does not open: ${String(error).slice(0, 200)}`); }
      });
      if (!(await scheduler.run())) raise('stuck', `${process.name} waits for ever while it opens`);
      if (opened) return process;
      endLife(around, process);
      await scheduler.pass(2000);
      if (incarnation > 60) { around.mortality = 0; exchange.weather = clearSky; }
      if (incarnation > 80) { raise('stuck', `the desk cannot be opened: ${around.logged.at(-1)}`); return process; }
    }
  };
  const desks: Process[] = [await live()];
  if (around.kind === 'server') desks.push(await live());
  exchange.weather = weatherOf(random);
  const mortality = random.pick([0, 0, 0.002, 0.008]);
  around.mortality = mortality;

  const act = async (deeds: readonly Deed[]): Promise<void> => {
    for (const deed of deeds) {
      const process = random.pick(desks);
      if (!process.alive) continue;
      scheduler.spawn(process, async () => {
        try { await doDeed({ around, cast, process, random }, deed); } catch (error) { around.logged.push(String(error)); note(`${deed}: ${String(error).slice(0, 200)}`); if (deed === 'garbage') raise('garbage', String(error)); }
      });
    }
    if (!(await scheduler.run())) raise('stuck', `after ${deeds.join(', ')} something waits for ever`);
    for (const [n, process] of desks.entries()) if (!process.alive) desks[n] = await live();
  };

  /** What went ex and is told when a desk has met a price of the new shares. */
  const untold: (() => Promise<void>)[] = [];
  const heldNow = (): string[] => [...store.tables.positions.values()].filter(({ closedAt }) => closedAt === null).map(({ symbol }) => symbol);
  /** The exchange closes, a share goes ex overnight, and the next session is open again. */
  const night = async (): Promise<void> => {
    const today = market.today();
    const exDate = plusDays(today, 1);
    const held = heldNow();
    const symbol = random.pick(held.length > 0 ? held : symbols);
    // The same ratio twice within days is one action told twice.
    const ratios = ([[2, 1, 'BONUS'], [3, 2, 'BONUS'], [11, 10, 'BONUS'], [41, 40, 'BONUS'], [51, 50, 'BONUS'], [5, 1, 'SPLIT'], [1, 10, 'SPLIT']] as const).filter(([shares]) => !market.splits.some((split) => split.symbol === symbol && split.newShares === shares));
    // Stored prices end before the first night, so what they are compared with must be of the same shares.
    if (random.chance(0.35) && !market.splits.some((split) => split.symbol === symbol)) { await parts(symbol, exDate); return toMorning(exDate); }
    const late = random.chance(held.length > 0 ? 0.6 : 0.2);
    // A small step leaves stops where they are, so that something is still held when it is told.
    const small = ratios.filter(([shares, of]) => shares * 0.96 <= of);
    const [newShares, oldShares, kind] = random.pick(late && small.length > 0 && random.chance(0.8) ? small : ratios);
    const tell = async (): Promise<void> => { await writeCorporateActions(world.orm, [{ symbol, exDate, kind, subject: `${newShares} for ${oldShares}`, factor: oldShares / newShares, basis: 'published', knownAt: market.now(), source: 'simulated' }]); };
    if (late) untold.push(tell); else await tell();
    market.goesEx({ symbol, exDate, kind, newShares, oldShares, priceFactor: null, late });
    note(`night; ${symbol} goes ex, ${newShares} for ${oldShares}${late ? ', which nobody knows' : ''}`);
    await toMorning(exDate);
  };
  /** A rights issue or a demerger, told in time: what the latter takes out of the price only its first trade says. */
  const parts = async (symbol: string, exDate: TradingDate): Promise<void> => {
    const cum = pastOf(symbol)?.at(-1)?.close ?? 100;
    const kind = random.chance(0.75) ? 'DEMERGER' as const : 'RIGHTS' as const;
    const issuePrice = Math.round(cum * random.pick([0.5, 0.8, 1.2]));
    const priceFactor = kind === 'RIGHTS' ? rightsFactor({ newShares: 1, oldShares: 4, issuePrice }, cum) : random.pick([0.55, 0.8, 0.92]);
    await writeCorporateActions(world.orm, [{ symbol, exDate, kind, subject: kind === 'RIGHTS' ? `Rights 1:4 @ Rs ${issuePrice}` : 'Demerger', factor: 1, basis: 'published', knownAt: market.now(), source: 'simulated', ...(kind === 'RIGHTS' ? { amount: decimal(issuePrice) } : {}) }]);
    market.goesEx({ symbol, exDate, kind, newShares: 1, oldShares: 1, priceFactor, late: false });
    note(`night; ${kind.toLowerCase()} of ${symbol}, which leaves ${priceFactor} of its price`);
  };
  const toMorning = async (exDate: TradingDate): Promise<void> => {
    // One desk looks at the market before it opens.
    await scheduler.pass(msBetween(market.now(), at(exDate, '08:30', market.zone)));
    await act(['market']);
    await scheduler.pass(msBetween(market.now(), at(exDate, '09:30', market.zone)));
    if (!(await scheduler.run())) raise('stuck', 'something waits for ever overnight');
    for (const [n, process] of desks.entries()) if (!process.alive) desks[n] = await live();
  };

  const wanted = random.between(12, 26);
  let nights = random.chance(0.6) ? random.between(1, 2) : 0;
  for (; report.steps < wanted && report.violations.length === 0; report.steps += 1) {
    const deeds = Array.from({ length: random.weighted({ one: 5, two: 3, four: 1 }) === 'one' ? 1 : random.between(2, 4) }, () => random.weighted(market.splits.some(({ late }) => late) ? afterLateNight : market.splits.some(({ kind }) => kind === 'DEMERGER') ? afterDemerger : usual));
    if (nights > 0 && report.steps > 5 && random.chance(heldNow().length > 0 ? 0.5 : 0.1)) { nights -= 1; await night(); }
    // Prices of the ex-date have met the orders by then.
    if (untold.length > 0 && store.tables.sessionsMet.has(market.today()) && random.chance(0.6)) { note('what went ex is told'); await untold.pop()?.(); }
    note(deeds.join(' + '));
    await act(deeds);
    await scheduler.pass(random.weighted({ soon: 8, later: 3, muchLater: 1 }) === 'soon' ? random.between(50, 3000) : random.between(3000, 200_000));
    if (random.chance(0.03)) { stepMs += random.between(-90_000, 90_000); note(`the wall clock steps to ${wallNow()}`); }
    if (random.chance(0.04)) { around.killFile = around.killFile.state === 'ABSENT' ? random.pick([{ state: 'HALTED', reason: 'simulated' } as const, { state: 'MALFORMED' } as const]) : { state: 'ABSENT' }; note(`kill file ${around.killFile.state}`); }
    if (random.chance(0.05)) { const victim = random.pick(desks); around.died(victim, 'between two steps'); endLife(around, victim); for (const [n, process] of desks.entries()) if (!process.alive) desks[n] = await live(); }
  }

  // The weather clears, nobody dies any more, and everything gets the time that it may take.
  exchange.weather = clearSky;
  around.mortality = 0;
  note('the weather clears');
  for (let round = 0; round < 6 && report.violations.length === 0; round += 1) { await scheduler.pass(65_000); await act(['reconcile']); await act(['market', 'expire']); await act(['drain']); }
  if (report.violations.length === 0) for (const fault of await faultsAtRest(around)) raise(fault.invariant, fault.what);
  report.orders = store.tables.orders.size;
  report.fills = store.tables.fills.size;
  report.audit = store.tables.audit.size;
  if (traced) report.trace.push(...around.logged.map((line) => `logged: ${line.slice(0, 400)}`));
  return report;
}
