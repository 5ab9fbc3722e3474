import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { dropLeases } from '../../db/stores/outbox.ts';
import type { LimitFacts, SwitchFacts } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import { type ActionGraph, runAction } from '../../graph/action/action-graph.ts';
import type { ActionServices } from '../../graph/action/services.ts';
import { type Stations, stationsOf } from '../../graph/action/stations.ts';
import { type ActionWorker, createActionWorker } from '../../graph/action/worker.ts';
import { interruptedActions, reconcile } from '../../graph/execution/reconcile.ts';
import type { ExecutionServices } from '../../graph/execution/services.ts';
import { createMarketLoop, type MarketLoop } from '../../start/market-loop.ts';
import { type MemoryStore, openMemory } from './memory/store.ts';
import type { SimulatedMarket } from './market.ts';
import type { Exchange } from './network.ts';
import type { Random } from './random.ts';
import type { Life, Scheduler } from './scheduler.ts';

/** A fixed Ed25519 key, so that a seed signs the same bytes each time. */
const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]), format: 'der', type: 'pkcs8' });
export const signingKey = { privateKey, publicKey: createPublicKey(privateKey), keyId: 'simulated' };

/** What is there whichever process lives: database, exchange, clock, the kill file, the locks on the server. */
export interface Surroundings {
  store: MemoryStore; exchange: Exchange; market: SimulatedMarket; scheduler: Scheduler; random: Random;
  /** The wall clock, which can be stepped. */
  wallNow: () => Instant;
  limits: LimitFacts; ownerId: string; kind: Database['kind'];
  killFile: SwitchFacts['killFile'];
  locks: Map<string, { life: Life; waiting: { life: Life; enter: () => void }[] }>;
  /** How likely it is at a seam that another goes first, and that the process dies there. */
  unrest: number; mortality: number;
  /** What was logged: failures that the desk lives with. */
  logged: string[];
  /** Where a process died, for the report. */
  died: (life: Life, where: string) => void;
}

/** One incarnation of the desk: the production modules over the surroundings. */
export interface Process extends Life {
  database: Database; actions: ActionServices; execution: ExecutionServices; graph: ActionGraph; worker: ActionWorker; loop: MarketLoop;
  /** What a desk does when it opens: the order of `start/open-desk.ts`. */
  start(): Promise<void>;
}

/** The graph's edges without its checkpoints: what LangGraph would do with the same stations. */
function walker(stations: Stations): ActionGraph {
  const walk = async (whose: { actionId: string; personId: string }): Promise<void> => {
    for (let from: string | null = null; ;) {
      const at = await stations.standing(whose);
      if (at === 'end' || at === 'wait' || (at === 'clear' && from === 'clear')) return;
      await stations.work[at](whose);
      if (at === 'execute') return;
      from = at;
    }
  };
  return { getState: async () => ({ tasks: [] }), invoke: walk } as unknown as ActionGraph;
}

export function openProcess(around: Surroundings, name: string): Process {
  const { store, scheduler, random } = around;
  const life: Life = { name, alive: true };
  const gone = (): Promise<never> => new Promise(() => undefined);
  const die = (where: string): void => {
    around.died(life, where);
    endLife(around, life);
  };
  const seam = async (what: string, run: () => unknown): Promise<unknown> => {
    if (!life.alive) return gone();
    if (random.chance(around.unrest)) await scheduler.park(life);
    if (!life.alive) return gone();
    const fate = random.chance(around.mortality) ? (random.chance(0.5) ? 'before' : 'after') : null;
    if (fate === 'before') { die(`before ${what}`); return gone(); }
    let result: unknown;
    try {
      result = await run();
    } catch (error) {
      if (!life.alive) return gone();
      throw error;
    }
    if (fate === 'after' && life.alive) die(`after ${what}`);
    return life.alive ? result : gone();
  };
  const whileLocked: Database['whileLocked'] = async (lockName, work) => {
    await seam(`lock ${lockName.slice(0, 4)}`, async () => {
      const held = around.locks.get(lockName);
      if (held) await new Promise<void>((enter) => { held.waiting.push({ life, enter }); });
      else around.locks.set(lockName, { life, waiting: [] });
    });
    try { return await work(); } finally { if (life.alive) releaseLock(around, lockName); }
  };
  const database = openMemory({ store, seam, ended: () => !life.alive, kind: around.kind, ...(around.kind === 'server' ? { whileLocked } : {}) });
  const broker = around.exchange.connect(life, seam);
  const actions: ActionServices = {
    database, market: around.market, wallNow: around.wallNow, limits: () => around.limits, policyVersion: 'simulated', killFile: () => around.killFile, signingKey,
    brokerFor: () => broker.reads, changed: () => undefined, ownerId: around.ownerId,
  };
  const execution: ExecutionServices = {
    database, market: around.market, wallNow: around.wallNow, killFile: () => around.killFile, changed: () => undefined, publicKey: signingKey.publicKey, ordersPerSecond: 9, effects: {}, ownerId: around.ownerId,
    pause: (ms) => scheduler.sleep(life, ms), broker: () => broker,
  };
  const graph = walker(stationsOf({ services: actions, execution }));
  const worker = createActionWorker({ services: actions, graph, ownerId: around.ownerId, onError: (error) => around.logged.push(String(error)) });
  const exchangeOpens = { ...around.exchange.paper, onMarket: async (_now: unknown, market?: { except?: ReadonlySet<string> }) => { await seam('exchange', () => around.exchange.trade(market?.except)); return []; } };
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (text: string, more?: unknown) => { around.logged.push(`${text} ${JSON.stringify(more)}`); } };
  const loop = createMarketLoop({
    database, market: around.market as never, feed: { name: 'simulated' } as never, paper: exchangeOpens, execution, worker, wallNow: around.wallNow, log: log as never, deskChanged: () => undefined, saveState: async () => undefined,
  });
  return Object.assign(life, {
    database, actions, execution, graph, worker, loop,
    async start() {
      if (database.kind === 'embedded') await dropLeases(database.orm);
      await reconcile(execution);
      await worker.drain();
      for (const actionId of await interruptedActions(execution)) await runAction(graph, { actionId, personId: around.ownerId }).catch((error: unknown) => around.logged.push(String(error)));
      await worker.expireOverdue();
    },
  });
}

function releaseLock(around: Surroundings, name: string): void {
  const held = around.locks.get(name);
  const next = held?.waiting.find(({ life }) => life.alive);
  if (!held || !next) { around.locks.delete(name); return; }
  around.locks.set(name, { life: next.life, waiting: held.waiting.filter((each) => each !== next) });
  next.enter();
}

/** SIGKILL: nothing of it goes on, what it had not committed has not happened, its locks are free. */
export function endLife(around: Surroundings, life: Life): void {
  if (!life.alive) return;
  life.alive = false;
  around.scheduler.bury(life);
  around.store.abandon();
  for (const [name, held] of around.locks) {
    held.waiting = held.waiting.filter((each) => each.life !== life);
    if (held.life === life) releaseLock(around, name);
  }
}
