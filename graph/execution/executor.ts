import { accountById, writeTradingState } from '../../db/stores/accounts.ts';
import { actionById, moveAction, type StoredAction } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { clearanceOf, consumeClearance, type StoredClearance } from '../../db/stores/confirmations.ts';
import { changeOrderTerms, type Intent, intentsOf, listOrders, openStatuses, orderById, recordOrderState, type StoredOrder } from '../../db/stores/execution.ts';
import { openPositions, positionById, savePosition } from '../../db/stores/positions.ts';
import type { ActionOf } from '../../desk/actions/types.ts';
import { withAccountLock } from '../action/account-lock.ts';
import { appliedKinds, applyAction } from './apply.ts';
import { syncBracket } from './bracket-sync.ts';
import { takeInNewFills } from './reconcile.ts';
import { sendIntent } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { changeTicket, isGenuine } from './ticket.ts';

interface Carried { to: 'done' | 'failed' | 'unknown' | null; sentence: string }

/**
 * Carries out a cleared action once. Called again after a crash it goes on where it was: the clearance's use, every intent
 * and every order are on record before anything is sent.
 */
export async function execute(services: ExecutionServices, actionId: string): Promise<void> {
  const stored = await actionById(services.database.orm, actionId);
  if (!stored || (stored.state !== 'cleared' && stored.state !== 'executing')) return;
  await withAccountLock(services.database, stored.accountId ?? 'desk', () => executeUnderLock(services, actionId));
  services.changed(actionId);
}

async function executeUnderLock(services: ExecutionServices, actionId: string): Promise<void> {
  const { database } = services;
  const stored = await actionById(database.orm, actionId);
  const clearance = await clearanceOf(database.orm, actionId);
  if (!stored || !clearance) return;
  if (stored.state === 'cleared' && !(await takeUp(services, stored, clearance))) return;
  if (stored.state !== 'cleared' && stored.state !== 'executing') return;
  const fresh = { ...clearance, consumedAt: clearance.consumedAt ?? services.wallNow() };
  const carried = await carryOut(services, stored, fresh);
  if (carried.to !== null) await finish(services, stored, carried);
}

/** Uses the clearance up. A second worker, or a second run, finds it used and the action further on. */
async function takeUp(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance): Promise<boolean> {
  if (!isGenuine(services, clearance)) {
    await services.database.transaction((tx) => moveAction(tx, { id: stored.id, from: 'cleared', to: 'failed', reason: 'the clearance is not signed by the gate', actor: 'executor', payload: { clearance: clearance.id } }));
    return false;
  }
  return services.database.transaction(async (tx) => {
    if (!(await consumeClearance(tx, clearance.id))) {
      await moveAction(tx, { id: stored.id, from: 'cleared', to: 'expired', reason: 'the clearance expired before it was used', actor: 'executor', payload: { clearance: clearance.id }, topic: 'action.expired' });
      return false;
    }
    await setCardStatus(tx, { actionId: stored.id, status: 'APPROVED' });
    return moveAction(tx, { id: stored.id, from: 'cleared', to: 'executing', actor: 'executor', payload: { clearance: clearance.id } });
  });
}

async function finish(services: ExecutionServices, stored: StoredAction, carried: Carried): Promise<void> {
  const { to } = carried;
  if (to === null) return;
  await services.database.transaction(async (tx) => {
    await moveAction(tx, { id: stored.id, from: 'executing', to, reason: carried.sentence, actor: 'executor', payload: { sentence: carried.sentence }, topic: `action.${to}` });
    if (to === 'failed') await setCardStatus(tx, { actionId: stored.id, status: 'FAILED', reason: carried.sentence });
    if (to === 'done') await setCardStatus(tx, { actionId: stored.id, status: 'EXECUTED' });
  });
  // What filled at once is taken in now, so that the answer to the press can say so.
  if (to === 'done' && stored.accountId) await takeInNewFills(services, stored.accountId);
}

async function carryOut(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance): Promise<Carried> {
  const { action } = stored;
  switch (action.kind) {
    case 'enter': case 'exit': case 'reduce': return sendAll(services, stored);
    case 'cancel': return cancelOrder(services, stored, clearance, action);
    case 'modify': return modify(services, stored, clearance, action);
    case 'close_all': return closeAll(services, stored, clearance, action);
    default: {
      if (appliedKinds.includes(action.kind)) {
        const sentence = await services.database.transaction((tx) => applyAction({ tx, services, stored, clearanceId: clearance.id }));
        return { to: 'done', sentence };
      }
      const effect = services.effects[action.kind];
      return effect ? { to: 'done', sentence: await effect(stored) } : { to: 'failed', sentence: `The desk cannot carry out ${action.kind} yet.` };
    }
  }
}

/** Sends the intents that are ready; those that wait (bracket children, conditions) are sent by what they wait for. */
async function sendAll(services: ExecutionServices, stored: StoredAction): Promise<Carried> {
  const { action } = stored;
  const intents = await intentsOf(services.database.orm, stored.id);
  const main = intents.filter((intent) => intent.state === 'READY');
  // An exit that closes the position joins its bracket's group, so that exit, stop and target can never sell it twice.
  const group = action.kind === 'exit' && main.length === 1 ? `bracket:${action.positionId}` : null;
  if (action.kind === 'reduce' || (action.kind === 'exit' && group === null)) await shrinkBracketFirst(services, { positionId: action.positionId, leaving: main.reduce((sum, intent) => sum + quantityOf(intent), 0) });
  const results = [];
  for (const intent of main) results.push(await sendIntent(services, intent, group));
  const unknown = results.find((result) => result.outcome === 'unknown') ?? (intents.some((intent) => intent.state === 'UNKNOWN' || intent.state === 'SENDING') ? { outcome: 'unknown' as const, message: 'no answer from the broker yet' } : undefined);
  if (unknown) return { to: 'unknown', sentence: `The broker has not answered: ${unknown.message}. It is being looked up by its order id; nothing is sent twice.` };
  const refused = results.find((result) => result.outcome === 'refused');
  if (refused && refused.outcome === 'refused') return { to: 'failed', sentence: `Not sent: ${refused.message}.` };
  if (main.length === 0 && intents.some((intent) => intent.leg === 'entry' && intent.state === 'READY')) return { to: null, sentence: 'waiting for its condition' };
  return { to: 'done', sentence: 'Sent to the broker.' };
}

/** Before part of a position is sold, its stop and target stop covering that part. */
async function shrinkBracketFirst(services: ExecutionServices, { positionId, leaving }: { positionId: string; leaving: number }): Promise<void> {
  const position = await positionById(services.database.orm, positionId);
  if (position && position.closedAt === null) await syncBracket(services, { position, leaving });
}
const quantityOf = (intent: Intent): number => (JSON.parse(intent.spec) as { quantity?: number }).quantity ?? 0;

async function brokerOf(services: ExecutionServices, accountId: string) {
  const account = await accountById(services.database.orm, accountId);
  return account ? services.broker(account.broker) : null;
}

async function cancelAtBroker(services: ExecutionServices, clearance: StoredClearance, order: StoredOrder): Promise<string | null> {
  const broker = await brokerOf(services, order.accountId);
  if (!broker) return 'the account has no broker';
  const state = await broker.submits.cancel(await changeTicket(services, { clearance, change: { accountId: order.accountId, clientOrderId: order.clientOrderId } }));
  await services.database.transaction(async (tx) => {
    await recordOrderState(tx, state);
    await appendAudit(tx, { kind: 'order.cancelled', subject: clearance.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, status: state.status, message: state.message } });
  });
  return state.status === 'CANCELLED' ? null : (state.message ?? `it is ${state.status.toLowerCase().replace('_', ' ')}`);
}

async function cancelOrder(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance, action: ActionOf<'cancel'>): Promise<Carried> {
  const order = await orderById(services.database.orm, action.orderId);
  if (!order || order.accountId !== stored.accountId) return { to: 'failed', sentence: 'There is no such order in this account.' };
  const problem = await cancelAtBroker(services, clearance, order);
  return problem ? { to: 'failed', sentence: `Not cancelled: ${problem}.` } : { to: 'done', sentence: `Cancelled the ${order.symbol} order.` };
}

async function modify(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance, action: ActionOf<'modify'>): Promise<Carried> {
  if (action.positionId) {
    const position = await positionById(services.database.orm, action.positionId);
    if (!position || position.closedAt !== null || position.accountId !== stored.accountId) return { to: 'failed', sentence: 'That position is not open any more.' };
    const changed = {
      ...position, stopLoss: action.stop ?? position.stopLoss, takeProfit: action.target ?? position.takeProfit, trailing: action.trail === undefined ? position.trailing : action.trail,
    };
    await services.database.transaction((tx) => savePosition(tx, changed));
    await syncBracket(services, { position: changed, mayLoosen: true });
    return { to: 'done', sentence: `Changed the bracket of ${position.symbol}.` };
  }
  const order = action.orderId ? await orderById(services.database.orm, action.orderId) : null;
  const broker = order ? await brokerOf(services, order.accountId) : null;
  if (!order || !broker || order.accountId !== stored.accountId) return { to: 'failed', sentence: 'There is no such order in this account.' };
  const terms = { limitPrice: action.limitPrice ?? order.limitPrice, triggerPrice: order.triggerPrice, quantity: order.quantity };
  const state = await broker.submits.replace(await changeTicket(services, { clearance, change: { accountId: order.accountId, clientOrderId: order.clientOrderId, ...terms } }));
  await services.database.transaction(async (tx) => {
    await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, ...terms });
    await recordOrderState(tx, state);
    await appendAudit(tx, { kind: 'order.changed', subject: stored.id, actor: 'executor', payload: { clientOrderId: order.clientOrderId, ...terms, status: state.status } });
  });
  return state.status === 'REJECTED' ? { to: 'failed', sentence: `Not changed: ${state.message ?? 'the broker refused'}.` } : { to: 'done', sentence: `Changed the ${order.symbol} order.` };
}

/** Flatten: halt if asked, cancel open entries, then leave every position, reported leg by leg. */
async function closeAll(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance, action: ActionOf<'close_all'>): Promise<Carried> {
  const { accountId } = action;
  if (action.haltEntries) await services.database.transaction((tx) => writeTradingState(tx, { accountId, state: 'HALTED', reason: action.reason ?? 'flatten and stop', actionId: stored.id }));
  const lines: string[] = action.haltEntries ? ['entries halted'] : [];
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], statuses: openStatuses, limit: 500 })) {
    if (order.category !== 'ENTRY') continue;
    const problem = await cancelAtBroker(services, clearance, order);
    lines.push(problem ? `${order.symbol} entry not cancelled: ${problem}` : `${order.symbol} entry cancelled`);
  }
  let unknown = false;
  for (const intent of await intentsOf(services.database.orm, stored.id)) {
    if (intent.state === 'UNKNOWN' || intent.state === 'SENDING') unknown = true;
    if (intent.state !== 'READY' || !intent.leg.startsWith('exit:')) continue;
    const symbol = (JSON.parse(intent.spec) as { symbol: string }).symbol;
    const sent = await sendIntent(services, intent, `bracket:${intent.leg.split(':')[1] ?? ''}`);
    unknown ||= sent.outcome === 'unknown';
    lines.push(sent.outcome === 'accepted' ? `${symbol} exit sent` : `${symbol} exit: ${sent.message}`);
  }
  if ((await openPositions(services.database.orm, [accountId])).length === 0 && lines.length === 0) lines.push('nothing was open');
  return { to: unknown ? 'unknown' : 'done', sentence: `${lines.join('; ')}.` };
}
