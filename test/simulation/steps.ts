import { Action, type Proposer } from '../../desk/actions/types.ts';
import { proposeAndRun } from '../../graph/action/propose-and-run.ts';
import { press } from '../../graph/conversation/press.ts';
import { reconcile } from '../../graph/execution/reconcile.ts';
import { planLateAdjustment } from '../../desk/execution/late-adjustment.ts';
import { decimal } from '../../desk/decimal.ts';
import { planCredit } from '../../desk/execution/parted-shares.ts';
import { lowestTerms, shareRatio } from '../../desk/market/share-ratio.ts';
import { ToolError } from '../../tools/define.ts';
import { lateAdjustmentFacts, lateAdjustments } from '../../tools/late-adjustments.ts';
import { partedFacts } from '../../tools/parted-facts.ts';
import { hostileAction } from './garbage.ts';
import { symbols } from './market.ts';
import { type Cast, mandate } from './people-and-accounts.ts';
import type { Process, Surroundings } from './processes.ts';
import type { Random } from './random.ts';

/** One thing that somebody does. Each is a task of its own, so that several of them cross one another. */
export type Deed = 'enter' | 'agent_enter' | 'revise' | 'press' | 'press_storm' | 'leave' | 'modify' | 'cancel' | 'flatten' | 'pause' | 'resume' | 'money' | 'mandate' | 'rights' | 'garbage' | 'work_in' | 'credit' | 'market' | 'reconcile' | 'expire' | 'drain';
export const usual: Readonly<Record<Deed, number>> = {
  enter: 8, agent_enter: 4, revise: 1, press: 14, press_storm: 2, leave: 4, modify: 2, cancel: 2, flatten: 1, pause: 1, resume: 2, money: 1, mandate: 1, rights: 1, garbage: 3, work_in: 1, credit: 1, market: 10, reconcile: 3, expire: 1, drain: 2,
};
/** Where something went ex that nobody was told of in time. */
export const afterLateNight: Readonly<Record<Deed, number>> = { ...usual, work_in: 40, press: 20, market: 20, flatten: 0, leave: 1, modify: 1 };

/** Where a demerger has been. */
export const afterDemerger: Readonly<Record<Deed, number>> = { ...usual, credit: 40, press: 20, market: 14, flatten: 0, leave: 1, modify: 3 };

interface Scene { around: Surroundings; cast: Cast; process: Process; random: Random }
const price = (value: number): string => (Math.round(value * 20) / 20).toFixed(2);

function entry({ around, cast, random }: Scene): Action {
  const symbol = random.pick(symbols);
  const last = around.market.quote(symbol)?.last ?? 0;
  const limit = random.chance(0.6);
  return Action.parse({
    kind: 'enter', accountId: random.pick(cast.accounts), symbol, exchange: 'NSE', side: 'BUY', quantity: random.weighted({ small: 6, large: 2, huge: 1 }) === 'small' ? random.between(1, 12) : random.between(12, 300),
    orderType: limit ? 'LIMIT' : 'MARKET', ...(limit ? { limitPrice: price(last * (0.998 + 0.006 * random.unit())) } : {}),
    bracket: { stop: price(last * 0.95), ...(random.chance(0.8) ? { target: price(last * 1.06) } : {}), ...(random.chance(0.2) ? { trail: { distance: price(last * 0.04) } } : {}) },
    strategy: 'manual', horizonDays: 10, ...(random.chance(0.1) ? { onlyIf: { comparison: 'ABOVE', price: price(last * 0.99) } } : {}),
  });
}

const proposerOf = (personId: string): Proposer => ({ kind: 'person', personId, channel: 'test' });
/** A proposal that the desk may refuse; what it refuses changes nothing. */
async function propose({ process, around }: Scene, action: Action, proposer: Proposer, revises?: string): Promise<void> {
  await proposeAndRun({ services: process.actions, graph: process.graph, worker: process.worker, ownerId: around.ownerId }, { action, proposer, threadId: null, turn: null, ...(revises ? { revises } : {}) });
}

function position({ around, random }: Scene) {
  const open = [...around.store.tables.positions.values()].filter(({ closedAt }) => closedAt === null);
  return open.length === 0 ? null : random.pick(open);
}
function question({ around, random }: Scene) {
  const all = [...around.store.tables.confirmations.values()];
  const pending = all.filter(({ status }) => status === 'pending');
  return all.length === 0 ? null : random.chance(0.85) && pending.length > 0 ? random.pick(pending) : random.pick(all);
}
async function pressAs({ process, random }: Scene, confirmationId: string, personId: string): Promise<void> {
  await press({ database: process.database, worker: process.worker, zone: 'Asia/Kolkata' }, { confirmationId, choice: random.chance(0.9) ? 'confirm' : 'reject', reason: null, person: { id: personId, name: '', role: 'owner', lastAccountId: null }, channel: 'test' });
}
const somebody = ({ cast, random }: Scene): string => cast[random.weighted({ owner: 12, trader: 3, viewer: 1, stranger: 1 })];

const deeds: Record<Deed, (scene: Scene) => Promise<void>> = {
  enter: (scene) => propose(scene, entry(scene), proposerOf(somebody(scene))),
  agent_enter: (scene) => propose(scene, entry(scene), { kind: 'agent', agent: 'analyst', onBehalfOf: scene.cast.owner, channel: 'test' }),
  async revise(scene) {
    const open = question(scene);
    const stored = open && scene.around.store.tables.actions.get(open.actionId);
    if (stored?.action.kind === 'enter') await propose(scene, { ...stored.action, quantity: scene.random.between(1, 20) }, proposerOf(scene.cast.owner), stored.id);
  },
  async press(scene) { const open = question(scene); if (open) await pressAs(scene, open.id, somebody(scene)); },
  async press_storm(scene) {
    const open = question(scene);
    if (open) await Promise.all(Array.from({ length: scene.random.between(2, 5) }, () => pressAs(scene, open.id, somebody(scene))));
  },
  async leave(scene) {
    const held = position(scene);
    if (!held) return;
    const order = { accountId: held.accountId, symbol: held.symbol, exchange: 'NSE', positionId: held.id, orderType: 'MARKET' };
    await propose(scene, Action.parse(scene.random.chance(0.5) ? { kind: 'exit', ...order } : { kind: 'reduce', ...order, quantity: scene.random.between(1, Math.max(1, held.quantity)) }), proposerOf(scene.cast.owner));
  },
  async modify(scene) {
    const held = position(scene);
    const last = held && scene.around.market.quote(held.symbol)?.last;
    if (held && last) await propose(scene, Action.parse({ kind: 'modify', accountId: held.accountId, positionId: held.id, stop: price(last * (0.93 + 0.05 * scene.random.unit())) }), proposerOf(scene.cast.owner));
  },
  async cancel(scene) {
    const working = [...scene.around.store.tables.orders.values()].filter(({ category, status }) => category === 'ENTRY' && (status === 'OPEN' || status === 'PARTIALLY_FILLED'));
    if (working.length > 0) { const order = scene.random.pick(working); await propose(scene, Action.parse({ kind: 'cancel', accountId: order.accountId, orderId: order.id }), proposerOf(scene.cast.owner)); }
  },
  flatten: (scene) => propose(scene, Action.parse({ kind: 'close_all', accountId: scene.random.pick(scene.cast.accounts), haltEntries: scene.random.chance(0.5) }), proposerOf(scene.cast.owner)),
  pause: (scene) => propose(scene, Action.parse({ ...(scene.random.chance(0.7) ? { kind: 'pause' } : { kind: 'kill_switch_trip', switchType: 'MANUAL' }), accountId: scene.random.pick(scene.cast.accounts), reason: 'simulated' }), proposerOf(scene.cast.owner)),
  resume: (scene) => propose(scene, Action.parse({ kind: 'resume', accountId: scene.random.pick(scene.cast.accounts) }), proposerOf(scene.cast.owner)),
  async money(scene) {
    const [from, to] = scene.random.chance(0.5) ? scene.cast.accounts : [scene.cast.accounts[1], scene.cast.accounts[0]];
    const amount = { accountId: from, amountMinor: scene.random.between(1000, 500_000), reason: 'simulated' };
    await propose(scene, Action.parse(scene.random.pick([{ kind: 'deposit', ...amount }, { kind: 'withdrawal', ...amount }, { kind: 'transfer_cash', ...amount, toAccountId: to }])), proposerOf(scene.cast.owner));
  },
  mandate: (scene) => propose(scene, Action.parse({ kind: 'mandate_change', accountId: scene.random.pick(scene.cast.accounts), terms: { ...mandate, maxPositions: scene.random.between(1, 3) }, summary: 'simulated', assumptionLog: [] }), proposerOf(scene.cast.owner)),
  rights: (scene) => propose(scene, Action.parse({ kind: 'rights_change', personId: scene.cast.trader, accountId: scene.cast.accounts[0], canView: true, canPropose: true, canConfirm: scene.random.chance(0.5) }), proposerOf(scene.cast.owner)),
  async garbage(scene) {
    // What is not an action, or not an agent's to propose, is refused before anything is written.
    const { action, proposer } = hostileAction(scene.random, scene.cast, [...scene.around.store.tables.actions.values()]);
    const before = scene.around.store.tables.auditHead.get('head')?.sequence;
    try { await propose(scene, action as Action, proposer); } catch (error) {
      if (!scene.process.alive) return;
      const refused = (error instanceof ToolError && error.code === 'INVALID_INPUT') || /cannot be proposed|no such account/.test(String(error));
      if (!refused) throw new Error(`garbage of ${String(before)} was not refused but broke something: ${String(error)}`);
    }
  },
  async work_in(scene) {
    const { around: { market }, process: { database }, cast, random } = scene;
    const waiting = await lateAdjustments(database.orm, { market, accountIds: cast.accounts });
    if (waiting.length === 0) return;
    const { accountId, symbol, exDate, kind, subject, factor } = random.pick(waiting);
    const [ratio, facts] = [shareRatio(factor), await lateAdjustmentFacts(database.orm, { market, accountId, symbol, exDate, kind })];
    if (!ratio || !facts) return;
    const basis = random.chance(0.9) ? 'PUBLISHED' as const : 'GIVEN' as const;
    const plan = planLateAdjustment(facts, { of: kind, basis: 'PUBLISHED', ...ratio });
    const drawn = 'refused' in plan ? { quantityBefore: 7, quantityAfter: 14, cashMinor: 0, stop: null, target: null }
      : { quantityBefore: plan.quantityBefore, quantityAfter: plan.quantityAfter, cashMinor: plan.effect.cashMinor, stop: plan.bracket?.stop ?? null, target: plan.bracket?.target ?? null, ...(plan.soldSince === 0 ? {} : { soldSince: plan.soldSince, restatedMinor: plan.restatedMinor }) };
    const action = Action.parse({ kind: 'holding_adjustment', accountId, symbol, exDate, of: kind, subject, ...ratio, basis, ...drawn, ...(random.chance(0.1) ? { quantityAfter: drawn.quantityAfter + 1 } : {}) });
    await propose(scene, action, proposerOf(somebody(scene)));
    const asked = [...scene.around.store.tables.confirmations.values()].filter(({ actionId, status }) => status === 'pending' && scene.around.store.tables.actions.get(actionId)?.action.kind === 'holding_adjustment');
    if (asked.length > 0 && random.chance(0.8)) await pressAs(scene, random.pick(asked).id, random.chance(0.8) ? cast.owner : somebody(scene));
  },
  /** The shares of a parted company, of another symbol: at what its price lost, or badly counted, or that none come. */
  async credit(scene) {
    const { around: { market, store }, process: { database }, cast, random } = scene;
    const all = [...store.tables.adjustments.values()].filter(({ kind, quantityBefore }) => kind === 'DEMERGER' && quantityBefore > 0);
    const unsettled = all.filter(({ accountId, symbol }) => ![...store.tables.partedShares.values()].some((row) => row.accountId === accountId && row.symbol === symbol));
    const parted = unsettled.length > 0 ? unsettled : all;
    if (parted.length === 0) return;
    const { accountId, symbol, exDate, quantityBefore, partedMinor } = random.pick(parted);
    const into = random.chance(0.05) ? null : random.pick([...symbols].filter((each) => each !== symbol).sort((a, b) => (market.quote(a)?.last ?? 0) - (market.quote(b)?.last ?? 0)).slice(0, 2));
    const facts = await partedFacts(database.orm, { market, accountId, symbol, exDate, into });
    if (!facts) return;
    const shares = Math.max(1, Math.floor(partedMinor / 100 / (market.quote(into ?? symbol)?.last ?? 1)));
    const ratio = into === null ? { newShares: 1, oldShares: 1 } : random.chance(0.85) ? lowestTerms({ newShares: shares, oldShares: quantityBefore }) : { newShares: 1, oldShares: random.pick([1, 3, 10]) };
    const partedPercent = into === null || random.chance(0.5) ? null : decimal(random.pick(['4.68', '12.5', '99.9']));
    const plan = planCredit(facts, { into: into === null ? null : { symbol: into, ...ratio, partedPercent } });
    const drawn = 'refused' in plan ? { quantityThen: quantityBefore, quantity: into === null ? 0 : shares, costMinor: into === null ? 0 : 100, costBasis: into === null ? null : 'PRICES', expectedMinor: partedMinor }
      : { quantityThen: plan.quantityThen, quantity: plan.credit?.quantity ?? 0, costMinor: plan.credit?.costMinor ?? 0, costBasis: plan.credit?.costBasis ?? null, expectedMinor: plan.expectedMinor };
    await propose(scene, Action.parse({ kind: 'parted_shares', accountId, symbol, exDate, subject: 'Demerger', into, ...ratio, partedPercent, ...drawn, ...(random.chance(0.1) ? { costMinor: drawn.costMinor + 1 } : {}) }), proposerOf(somebody(scene)));
    const asked = [...store.tables.confirmations.values()].filter(({ actionId, status }) => status === 'pending' && store.tables.actions.get(actionId)?.action.kind === 'parted_shares');
    if (asked.length > 0 && random.chance(0.8)) await pressAs(scene, random.pick(asked).id, random.chance(0.8) ? cast.owner : somebody(scene));
  },
  market: async ({ around, process, random }) => { around.market.move(random, random.chance(0.2)); await process.loop.settle(); },
  reconcile: async ({ process }) => { await reconcile(process.execution); },
  expire: ({ process }) => process.worker.expireOverdue(),
  drain: ({ process }) => process.worker.drain(),
};

export const doDeed = (scene: Scene, deed: Deed): Promise<void> => deeds[deed](scene);
