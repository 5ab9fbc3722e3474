import type { BrokerFill, BrokerReads } from '../../brokers/define.ts';
import { accountById, listAccounts } from '../../db/stores/accounts.ts';
import { listActions } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { changeOrderTerms, listOrders, openStatuses, orderByClientId, recordOrderState, type StoredOrder } from '../../db/stores/execution.ts';
import { fillCursor, openPositions, saveFillCursor } from '../../db/stores/positions.ts';
import { syncUnderLock, withBookLock } from './bracket-sync.ts';
import { type Discrepancy, raiseDiscrepancy } from './discrepancy.ts';
import { takeInFill } from './fills.ts';
import type { ExecutionServices } from './services.ts';
import { settleUnknown } from './settle-unknown.ts';

/** Takes in what the broker has filled since the last look, then brings brackets up to date. Returns the actions touched. */
export async function takeInNewFills(services: ExecutionServices, accountId: string): Promise<string[]> {
  const account = await accountById(services.database.orm, accountId);
  const reads = account ? services.broker(account.broker)?.reads : undefined;
  if (!reads) return [];
  const touched = await withBookLock(services, accountId, () => takeInUnderLock(services, { accountId, reads }));
  for (const actionId of touched) services.changed(actionId);
  return touched;
}

/** For callers that hold the book's lock. Returns the actions touched. */
export async function takeInUnderLock(services: ExecutionServices, { accountId, reads }: Reading): Promise<string[]> {
  const touched = new Set<string>();
  const after = await fillCursor(services.database.orm, accountId);
  await takeInSince(services, { accountId, reads, after, touched });
  // A broker that counts more than it listed has a fill before the cursor: what came late is found by asking for all.
  const missing = await readBackOrders(services, { accountId, reads });
  if (missing) { await takeInSince(services, { accountId, reads, after: null, touched }); await readBackOrders(services, { accountId, reads }); }
  return [...touched];
}

interface Reading { accountId: string; reads: BrokerReads }

async function takeInSince(services: ExecutionServices, { accountId, reads, after, touched }: Reading & { after: string | null; touched: Set<string> }): Promise<void> {
  const fills = await reads.fillsSince(accountId, after);
  const positions = new Set<string>();
  for (const fill of fills) {
    await acceptGrown(services, { accountId, reads, fill });
    const taken = await takeInFill(services, { accountId, fill });
    if (!taken) continue;
    touched.add(taken.actionId);
    positions.add(taken.positionId);
  }
  // The cursor moves before the brackets: a bracket that fails is brought up to date again, a fill is not taken in again.
  const last = fills.at(-1);
  if (last && (after !== null || (await fillCursor(services.database.orm, accountId)) === null)) await saveFillCursor(services.database.orm, { accountId, brokerFillId: last.brokerFillId });
  for (const positionId of positions) await syncUnderLock(services, { positionId });
}

const raise = (services: ExecutionServices, discrepancy: Discrepancy): Promise<void> => services.database.transaction((tx) => raiseDiscrepancy(tx, discrepancy));

/** Order states that changed at the broker without a fill: cancelled, rejected, expired. True when it counts fills that are not booked here. */
async function readBackOrders(services: ExecutionServices, { accountId, reads }: Reading): Promise<boolean> {
  let missing = false;
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], statuses: openStatuses, limit: 500 })) {
    const state = await reads.lookUp(accountId, order.clientOrderId);
    if (!state) { await goneAtBroker(services, order); continue; }
    if (state.filledQuantity > order.filledQuantity) { missing = true; continue; }
    if (state.filledQuantity < order.filledQuantity) {
      await raise(services, { kind: 'AMBIGUOUS', accountId, key: `fewer:${order.clientOrderId}:${state.filledQuantity}`, sentence: `the broker counts ${state.filledQuantity} filled of ${order.symbol}, the desk ${order.filledQuantity}`, detail: { clientOrderId: order.clientOrderId } });
      continue;
    }
    const resized = state.quantity !== undefined && state.quantity !== order.quantity;
    if (state.status === order.status && !resized) continue;
    await services.database.transaction(async (tx) => {
      if (resized && state.quantity !== undefined) await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, limitPrice: order.limitPrice, triggerPrice: order.triggerPrice, quantity: state.quantity });
      await recordOrderState(tx, state);
      await appendAudit(tx, { kind: 'order.answered', subject: order.actionId, actor: 'broker', payload: { clientOrderId: order.clientOrderId, status: state.status, message: state.message } });
    });
  }
  return missing;
}

/**
 * A fill of more than its order was here: a stop or target may have been enlarged without an answer, and the broker is asked how large it is. Believed only up
 * to what is held, which is all that the desk can have asked for; beyond that, and of any other order, the fill is one for a person.
 */
async function acceptGrown(services: ExecutionServices, { accountId, reads, fill }: Reading & { fill: BrokerFill }): Promise<void> {
  const order = await orderByClientId(services.database.orm, fill.clientOrderId);
  if (!order || order.accountId !== accountId || order.category === 'EXIT' || order.filledQuantity + fill.quantity <= order.quantity) return;
  const position = (await openPositions(services.database.orm, [accountId])).find(({ id }) => order.ocoGroup === `bracket:${id}`);
  const state = position ? await reads.lookUp(accountId, order.clientOrderId) : null;
  if (!position || state?.quantity === undefined || state.quantity <= order.quantity || state.quantity - order.filledQuantity > Math.abs(position.quantity)) return;
  const { quantity, status, message } = state;
  await services.database.transaction(async (tx) => {
    await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, limitPrice: order.limitPrice, triggerPrice: order.triggerPrice, quantity });
    await appendAudit(tx, { kind: 'order.answered', subject: order.actionId, actor: 'broker', payload: { clientOrderId: order.clientOrderId, status, message, quantity } });
  });
}

/** An order without an answer is looked up elsewhere; one that the broker had and has no more is for a person. */
async function goneAtBroker(services: ExecutionServices, order: StoredOrder): Promise<void> {
  if (order.brokerOrderId === null) return;
  await raise(services, { kind: 'AMBIGUOUS', accountId: order.accountId, key: `gone:${order.clientOrderId}`, sentence: `the broker does not know the ${order.symbol} order any more that it had taken`, detail: { clientOrderId: order.clientOrderId, brokerOrderId: order.brokerOrderId } });
}

/** Orders at the broker that this desk never wrote down. */
async function findOrphans(services: ExecutionServices, { accountId, reads }: Reading): Promise<void> {
  for (const state of await reads.orders(accountId)) {
    if (await orderByClientId(services.database.orm, state.clientOrderId)) continue;
    await raise(services, { kind: 'ORPHAN_ORDER', accountId, key: state.clientOrderId, sentence: `the broker has order ${state.brokerOrderId}, which this desk never sent`, detail: { state: { ...state } } });
  }
}

/** At start and every minute: unknown sends, missed fills, brackets, strangers. One account that fails does not keep the others from their turn. */
export async function reconcile(services: ExecutionServices): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<unknown>): Promise<void> => { try { await work(); } catch (error) { failures.push(error); } };
  await attempt(() => settleUnknown(services));
  for (const account of await listAccounts(services.database.orm)) {
    const reads = services.broker(account.broker)?.reads;
    if (!reads) continue;
    await attempt(() => takeInNewFills(services, account.id));
    await attempt(() => findOrphans(services, { accountId: account.id, reads }));
    for (const position of await openPositions(services.database.orm, [account.id])) await attempt(() => withBookLock(services, account.id, () => syncUnderLock(services, { positionId: position.id })));
  }
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, `reconciliation failed in ${failures.length} places`);
}

/** Actions that a crash left between the yes and their end. Carrying them on twice at once is safe: each step is taken by one. */
export const interruptedActions = async (services: ExecutionServices): Promise<string[]> =>
  (await listActions(services.database.orm, { states: services.database.kind === 'embedded' ? ['proposed', 'gated', 'confirmed', 'cleared', 'executing'] : ['confirmed', 'cleared', 'executing'], limit: 500 })).map((each) => each.id).reverse();
