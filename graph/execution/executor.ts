import type { Tx } from '../../db/client.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { actionById, moveAction, type StoredAction } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { clearanceOf, consumeClearance, type StoredClearance } from '../../db/stores/confirmations.ts';
import { changeOrderTerms, type Intent, intentsOf, listOrders, moveIntent, openStatuses, orderById, type StoredOrder } from '../../db/stores/execution.ts';
import { openPositions, positionById, savePositionBracket } from '../../db/stores/positions.ts';
import { placeHold } from '../../db/stores/trading-holds.ts';
import type { ActionOf } from '../../desk/actions/types.ts';
import { type Instant, msBetween } from '../../desk/time.ts';
import { withAccountLock } from '../action/account-lock.ts';
import { appliedKinds, applyAction } from './apply.ts';
import { syncBracket } from './bracket-sync.ts';
import { CannotChange } from './changes/define.ts';
import { raiseDiscrepancy } from './discrepancy.ts';
import { filledUnbooked } from './leaving.ts';
import { takeInNewFills } from './reconcile.ts';
import { isOfOldShares, recordAnswerToChange, sendIntent } from './send.ts';
import { workInLate } from './late-adjustment.ts';
import { creditParted } from './parted-shares.ts';
import type { ExecutionServices } from './services.ts';
import { advanceStructure } from './structure.ts';
import { cancelTicket, isGenuine, NotCleared, replaceTicket } from './ticket.ts';

/** A broker lists what it has filled within a minute or two. */
const unlistedTooLongMs = 120_000;

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

async function recordEnd(tx: Tx, stored: StoredAction, { to, sentence }: { to: NonNullable<Carried['to']>; sentence: string }): Promise<void> {
  await moveAction(tx, { id: stored.id, from: 'executing', to, reason: sentence, actor: 'executor', payload: { sentence }, topic: `action.${to}` });
  if (to === 'failed') await setCardStatus(tx, { actionId: stored.id, status: 'FAILED', reason: sentence });
  if (to === 'done') await setCardStatus(tx, { actionId: stored.id, status: 'EXECUTED' });
}

async function finish(services: ExecutionServices, stored: StoredAction, { to, sentence }: Carried): Promise<void> {
  if (to === null) return;
  await services.database.transaction((tx) => recordEnd(tx, stored, { to, sentence }));
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
    case 'option_structure': return advanceStructure(services, stored, clearance);
    case 'holding_adjustment': return applied(() => workInLate(services, { stored, end: (tx, sentence) => recordEnd(tx, stored, { to: 'done', sentence }) }));
    case 'parted_shares': return applied(() => creditParted(services, { stored, end: (tx, sentence) => recordEnd(tx, stored, { to: 'done', sentence }) }));
    default: {
      if (appliedKinds.includes(action.kind)) {
        return applied(() => services.database.transaction(async (tx) => recordEnd(tx, stored, { to: 'done', sentence: await applyAction({ tx, services, stored, clearanceId: clearance.id }) })));
      }
      const effect = services.effects[action.kind];
      const outside = await effect?.(stored);
      return outside ? { to: outside.ended, sentence: outside.sentence } : { to: 'failed', sentence: `The desk cannot carry out ${action.kind} yet.` };
    }
  }
}

/** The change and its end are one transaction: after a crash it has happened and is on record, or neither. */
async function applied(change: () => Promise<void>): Promise<Carried> {
  try {
    await change();
    return { to: null, sentence: '' };
  } catch (error) {
    if (!(error instanceof CannotChange)) throw error;
    return { to: 'failed', sentence: `Not done: ${error.message}` };
  }
}

/** Sends the intents that are ready; those that wait (bracket children, conditions) are sent by what they wait for. */
async function sendAll(services: ExecutionServices, stored: StoredAction): Promise<Carried> {
  const { action } = stored;
  const intents = await intentsOf(services.database.orm, stored.id);
  const main = intents.filter((intent) => intent.state === 'READY');
  // An exit that closes the position joins its bracket's group, so that exit, stop and target can never sell it twice.
  const whole = action.kind === 'exit' && main.length === 1;
  const shrunk = action.kind === 'reduce' || (action.kind === 'exit' && !whole) ? await shrinkBracketFirst(services, { positionId: action.positionId, since: stored.updatedAt, leaving: main.reduce((sum, intent) => sum + quantityOf(intent), 0) }) : true;
  // So does part of one where the broker has not answered that stop and target cover less: the exit is not kept waiting for that.
  const group = whole || (action.kind === 'reduce' && main.length === 1 && !shrunk) ? `bracket:${action.positionId}` : null;
  await each(main, (intent) => sendIntent(services, intent, group));
  // By what is on record, not by what was sent just now: a run after a crash has sent nothing and ends the same.
  const after = (await intentsOf(services.database.orm, stored.id)).filter((intent) => isMain(intent));
  const silent = after.find((intent) => intent.state === 'UNKNOWN' || intent.state === 'SENDING');
  if (silent) return { to: 'unknown', sentence: `The broker has not answered: ${silent.message ?? 'no answer yet'}. It is being looked up by its order id; nothing is sent twice.` };
  const refused = after.filter((intent) => intent.state === 'VOID');
  if (after.length === 0 || refused.length === after.length) return { to: 'failed', sentence: `Not sent: ${refused[0]?.message ?? 'there was nothing to send'}.` };
  return { to: 'done', sentence: refused.length > 0 ? `Sent to the broker in part; ${refused[0]?.message ?? 'the rest was refused'}.` : 'Sent to the broker.' };
}
/** One that fails does not keep the others from their turn; the first failure is thrown at the end, and the next run does what is left. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const one of all) try { await work(one); } catch (error) { failures.push(error); }
  if (failures.length > 0) throw failures[0];
}
/** Not a bracket's child: those wait, and follow their position. */
const isMain = (intent: Intent): boolean => intent.leg === 'entry' || intent.leg.startsWith('exit');

/**
 * Before part of a position is sold, its stop and target stop covering that part. What of them has filled meanwhile must be
 * booked first: while the broker counts a fill that it does not list yet, this throws and the next run tries again. What stays
 * unlisted is put before a person. `since`: when the action came to be carried out. False where stop or target may still cover that part.
 */
async function shrinkBracketFirst(services: ExecutionServices, { positionId, leaving, since }: { positionId: string; leaving: number; since: Instant }): Promise<boolean> {
  const before = await positionById(services.database.orm, positionId);
  if (!before || before.closedAt !== null) return true;
  await takeInNewFills(services, before.accountId);
  const position = await positionById(services.database.orm, positionId);
  const broker = await brokerOf(services, before.accountId);
  if (!position || position.closedAt !== null || !broker) return true;
  const orders = await listOrders(services.database.orm, { accountIds: [position.accountId], symbol: position.symbol, statuses: openStatuses, limit: 500 });
  const unlisted = await filledUnbooked(services, broker.reads, orders);
  if (unlisted > 0) {
    const sentence = `the broker has filled ${unlisted} of ${position.symbol} that it does not list yet`;
    if (msBetween(since, services.wallNow()) > unlistedTooLongMs) await services.database.transaction((tx) => raiseDiscrepancy(tx, { kind: 'AMBIGUOUS', accountId: position.accountId, key: `unlisted:${position.id}:${unlisted}`, sentence: `${sentence}; part of an exit waits for it`, detail: { positionId, unlisted } }));
    throw new Error(sentence);
  }
  await syncBracket(services, { position, leaving });
  const covering = await listOrders(services.database.orm, { accountIds: [position.accountId], symbol: position.symbol, statuses: openStatuses, limit: 500 });
  return covering.every((order) => order.ocoGroup !== `bracket:${positionId}` || order.quantity - order.filledQuantity <= Math.abs(position.quantity) - leaving);
}
const quantityOf = (intent: Intent): number => (JSON.parse(intent.spec) as { quantity?: number }).quantity ?? 0;

async function brokerOf(services: ExecutionServices, accountId: string) {
  const account = await accountById(services.database.orm, accountId);
  return account ? services.broker(account.broker) : null;
}

async function cancelAtBroker(services: ExecutionServices, clearance: StoredClearance, order: StoredOrder): Promise<string | null> {
  const broker = await brokerOf(services, order.accountId);
  if (!broker) return 'the account has no broker';
  const state = await broker.submits.cancel(await cancelTicket(services, { clearance, order }));
  await services.database.transaction(async (tx) => {
    await recordAnswerToChange(tx, order, state);
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

const ofOldShares = async (services: ExecutionServices, { id }: StoredAction, { accountId, symbol }: { accountId: string; symbol: string }): Promise<boolean> =>
  isOfOldShares(services, { accountId, symbol, intentIds: (await intentsOf(services.database.orm, id)).map((intent) => intent.id) });

async function modify(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance, action: ActionOf<'modify'>): Promise<Carried> {
  if (action.positionId) {
    const position = await positionById(services.database.orm, action.positionId);
    if (!position || position.closedAt !== null || position.accountId !== stored.accountId) return { to: 'failed', sentence: 'That position is not open any more.' };
    if (await ofOldShares(services, stored, position)) return { to: 'failed', sentence: `Not changed: the prices are of before ${position.symbol} went ex.` };
    await savePositionBracket(services.database.orm, {
      id: position.id, stopLoss: action.stop ?? position.stopLoss, takeProfit: action.target ?? position.takeProfit, trailing: action.trail === undefined ? position.trailing : action.trail,
    });
    await syncBracket(services, { position, mayLoosen: true });
    return { to: 'done', sentence: `Changed the bracket of ${position.symbol}.` };
  }
  const order = action.orderId ? await orderById(services.database.orm, action.orderId) : null;
  const broker = order ? await brokerOf(services, order.accountId) : null;
  if (!order || !broker || order.accountId !== stored.accountId) return { to: 'failed', sentence: 'There is no such order in this account.' };
  if (await ofOldShares(services, stored, order)) return { to: 'failed', sentence: `Not changed: the price is of before ${order.symbol} went ex.` };
  const ticket = await replaceTicket(services, { clearance, order });
  const terms = { limitPrice: ticket.limitPrice, triggerPrice: ticket.triggerPrice, quantity: ticket.quantity };
  const state = await broker.submits.replace(ticket);
  // A broker that declines answers with the order as it was and a message.
  const declined = state.status === 'REJECTED' || state.message !== null;
  await services.database.transaction(async (tx) => {
    if (!declined) await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, ...terms });
    await recordAnswerToChange(tx, order, state);
    await appendAudit(tx, { kind: 'order.changed', subject: stored.id, actor: 'executor', payload: { clientOrderId: order.clientOrderId, ...terms, status: state.status, message: state.message } });
  });
  return declined ? { to: 'failed', sentence: `Not changed: ${state.message ?? 'the broker refused'}.` } : { to: 'done', sentence: `Changed the ${order.symbol} order.` };
}

/**
 * Flatten: halt if asked, cancel open entries, then leave every position, reported leg by leg. One leg that fails does not
 * keep the others from their turn; a run after a crash goes on with what is left.
 */
async function closeAll(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance, action: ActionOf<'close_all'>): Promise<Carried> {
  const { accountId } = action;
  const lines: string[] = [];
  const intents = await intentsOf(services.database.orm, stored.id);
  if (action.haltEntries) {
    const reason = action.reason ?? 'flatten and stop';
    await services.database.transaction(async (tx) => {
      await placeHold(tx, { accountId, cause: 'FLATTEN', state: 'HALTED', reason, actionId: stored.id });
      await appendAudit(tx, { kind: 'account.halted', subject: accountId, actor: 'executor', payload: { actionId: stored.id, reason } });
    });
    lines.push('entries halted');
  }
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], statuses: openStatuses, limit: 500 })) {
    if (order.category === 'ENTRY') lines.push(await cancelEntry(services, clearance, order));
  }
  const applied = intents.filter(({ leg }) => leg === 'halt' || leg.startsWith('cancel:'));
  await services.database.transaction(async (tx) => { for (const { id } of applied) await moveIntent(tx, { id, from: ['READY'], to: 'VOID', message: 'carried out by the executor' }); });
  await each(intents.filter(({ state, leg }) => state === 'READY' && leg.startsWith('exit:')), async (intent) => {
    const positionId = intent.leg.split(':')[1] ?? '';
    const slices = intents.filter(({ leg }) => leg === `exit:${positionId}` || leg.startsWith(`exit:${positionId}:`));
    // Slices of one exit would cancel one another in a group, so their bracket makes room for them instead.
    if (slices.length > 1) await shrinkBracketFirst(services, { positionId, since: stored.updatedAt, leaving: slices.filter(({ state }) => state === 'READY').reduce((sum, slice) => sum + quantityOf(slice), 0) });
    await sendIntent(services, intent, slices.length > 1 ? null : `bracket:${positionId}`);
  });
  const exits = (await intentsOf(services.database.orm, stored.id)).filter(({ leg }) => leg.startsWith('exit:'));
  for (const { spec, state, message } of exits) lines.push(`${(JSON.parse(spec) as { symbol: string }).symbol} exit ${state === 'VOID' ? `not sent: ${message ?? 'refused'}` : state === 'SENDING' || state === 'UNKNOWN' ? 'without an answer yet' : 'sent'}`);
  // An entry that filled after the gates had looked is not among the confirmed exits.
  const covered = new Set(exits.map(({ leg }) => leg.split(':')[1]));
  for (const position of await openPositions(services.database.orm, [accountId])) if (!covered.has(position.id)) lines.push(`${position.symbol} filled meanwhile and is still held behind its stop; exit it as well`);
  if (lines.length === 0) lines.push('nothing was open');
  return { to: exits.some(({ state }) => state === 'SENDING' || state === 'UNKNOWN') ? 'unknown' : 'done', sentence: `${lines.join('; ')}.` };
}

async function cancelEntry(services: ExecutionServices, clearance: StoredClearance, order: StoredOrder): Promise<string> {
  try {
    const problem = await cancelAtBroker(services, clearance, order);
    return problem ? `${order.symbol} entry not cancelled: ${problem}` : `${order.symbol} entry cancelled`;
  } catch (error) {
    if (!(error instanceof NotCleared)) throw error;
    return `${order.symbol} entry not cancelled: ${error.message}`;
  }
}
