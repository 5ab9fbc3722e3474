import { accountById, listAccounts } from '../../db/stores/accounts.ts';
import { actionById, listActions, moveAction } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { changeOrderTerms, type Intent, intentsInState, intentsOf, listOrders, moveIntent, openStatuses, recordOrderState } from '../../db/stores/execution.ts';
import { fillCursor, openPositionIn, openPositions, saveFillCursor } from '../../db/stores/positions.ts';
import { syncBracket } from './bracket-sync.ts';
import { takeInFill } from './fills.ts';
import { recordAnswer, submitAndRecord } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { ticketFor } from './ticket.ts';

/** Takes in what the broker has filled since the last look, then brings brackets up to date. Returns the actions touched. */
export async function takeInNewFills(services: ExecutionServices, accountId: string): Promise<string[]> {
  const account = await accountById(services.database.orm, accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return [];
  const after = await fillCursor(services.database.orm, accountId);
  const fills = await broker.reads.fillsSince(accountId, after);
  const touched = new Set<string>();
  for (const fill of fills) {
    const taken = await takeInFill(services, { accountId, fill });
    if (taken === null || taken === 'unknown_order') continue;
    touched.add(taken.actionId);
    const position = await openPositionIn(services.database.orm, accountId, taken.order.symbol);
    if (position) await syncBracket(services, { position });
  }
  const last = fills.at(-1);
  if (last) await saveFillCursor(services.database.orm, { accountId, brokerFillId: last.brokerFillId });
  await readBackOrders(services, accountId);
  for (const actionId of touched) services.changed(actionId);
  return [...touched];
}

/** Order states that changed at the broker without a fill: cancelled, rejected, expired. */
async function readBackOrders(services: ExecutionServices, accountId: string): Promise<void> {
  const account = await accountById(services.database.orm, accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return;
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], statuses: openStatuses, limit: 500 })) {
    const state = await broker.reads.lookUp(accountId, order.clientOrderId);
    const resized = state?.quantity !== undefined && state.quantity !== order.quantity;
    if (!state || (state.status === order.status && !resized) || state.filledQuantity > order.filledQuantity) continue;
    await services.database.transaction(async (tx) => {
      if (resized && state.quantity !== undefined) await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, limitPrice: order.limitPrice, triggerPrice: order.triggerPrice, quantity: state.quantity });
      await recordOrderState(tx, { ...state, filledQuantity: order.filledQuantity, averagePrice: order.averagePrice });
      await appendAudit(tx, { kind: 'order.answered', subject: order.actionId, actor: 'broker', payload: { clientOrderId: order.clientOrderId, status: state.status, message: state.message } });
    });
  }
}

/**
 * Finds out about every send without an answer, by its client order id: there, it is recorded; not there, a broker that
 * knows orders by that id is asked again with the same one, and anything else stays for a person.
 */
export async function settleUnknown(services: ExecutionServices): Promise<void> {
  for (const intent of await intentsInState(services.database.orm, ['SENDING', 'UNKNOWN'])) {
    const account = await accountById(services.database.orm, intent.accountId);
    const broker = account ? services.broker(account.broker) : null;
    if (!broker) continue;
    const state = await broker.reads.lookUp(intent.accountId, intent.clientOrderId);
    if (state) await recordAnswer(services, intent, state);
    else if (broker.reads.deduplicatesByClientOrderId) await sendAgainWithTheSameId(services, intent, broker);
    await settleAction(services, intent);
  }
}

async function sendAgainWithTheSameId(services: ExecutionServices, intent: Intent, broker: NonNullable<ReturnType<ExecutionServices['broker']>>): Promise<void> {
  try {
    const ticket = await ticketFor(services, intent);
    await submitAndRecord(services, { intent, submit: () => broker.submits.submit(ticket) });
  } catch (error) {
    // Past its expiry nothing is sent; the broker never had it, so it is void.
    await services.database.transaction(async (tx) => {
      await appendAudit(tx, { kind: 'order.refused', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: intent.clientOrderId, message: error instanceof Error ? error.message : String(error) } });
      await moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: 'VOID', message: 'never reached the broker' });
    });
  }
}

/** An action that waited for an unknown answer ends as its orders did. */
async function settleAction(services: ExecutionServices, intent: Intent): Promise<void> {
  const stored = await actionById(services.database.orm, intent.actionId);
  if (!stored || (stored.state !== 'unknown' && stored.state !== 'executing')) return;
  const intents = await intentsOf(services.database.orm, intent.actionId);
  if (intents.some((each) => ['SENDING', 'UNKNOWN', 'READY'].includes(each.state))) return;
  const sent = intents.some((each) => each.state === 'SENT' || each.state === 'DONE');
  await services.database.transaction(async (tx) => {
    const to = sent ? 'done' : 'failed';
    await moveAction(tx, { id: stored.id, from: stored.state, to, reason: sent ? 'found at the broker' : 'it never reached the broker', actor: 'executor', payload: { settled: true }, topic: `action.${to}` });
    await setCardStatus(tx, { actionId: stored.id, status: sent ? 'EXECUTED' : 'FAILED' });
  });
  services.changed(stored.id);
}

/** At start and every minute: unknown sends, missed fills, brackets. */
export async function reconcile(services: ExecutionServices): Promise<void> {
  await settleUnknown(services);
  for (const account of await listAccounts(services.database.orm)) {
    await takeInNewFills(services, account.id);
    for (const position of await openPositions(services.database.orm, [account.id])) await syncBracket(services, { position });
  }
}

/** Actions that a crash left between their clearance and their end. */
export const interruptedActions = async (services: ExecutionServices): Promise<string[]> =>
  (await listActions(services.database.orm, { states: ['cleared', 'executing'], limit: 500 })).map((each) => each.id);
