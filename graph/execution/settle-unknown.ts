import type { BrokerOrder, BrokerReads } from '../../brokers/define.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { actionById, moveAction } from '../../db/stores/actions.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { type Intent, intentById, intentsInState, intentsOf, listOrders, moveIntent, openStatuses, type StoredOrder, unansweredOrders } from '../../db/stores/execution.ts';
import { openPositions, type StoredPosition } from '../../db/stores/positions.ts';
import { msBetween } from '../../desk/time.ts';
import { withAccountLock } from '../action/account-lock.ts';
import { authorityOver, withBookLock } from './bracket-sync.ts';
import { filledUnbooked, leavingQuantity } from './leaving.ts';
import { leftToLeave, recordAnswer, recordNeverArrived, recordNoAnswer, submitAndRecord } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { childTicket, NotCleared, ticketFor } from './ticket.ts';

/**
 * Finds out about every send without an answer, by its client order id: there, it is recorded; not there, a broker that
 * knows orders by that id is asked again with the very order that was written down, and anything else stays for a person.
 * Under the locks of account and book, so that it never meets a send that is still under way.
 */
export async function settleUnknown(services: ExecutionServices): Promise<void> {
  for (const { id, accountId } of await intentsInState(services.database.orm, ['SENDING', 'UNKNOWN'])) {
    await withAccountLock(services.database, accountId, async () => {
      const intent = await intentById(services.database.orm, id);
      if (intent?.state !== 'SENDING' && intent?.state !== 'UNKNOWN') return;
      await withBookLock(services, accountId, () => settleIntent(services, intent));
      await settleAction(services, intent);
    });
  }
}

async function settleIntent(services: ExecutionServices, intent: Intent): Promise<void> {
  const account = await accountById(services.database.orm, intent.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return;
  const orders = await unansweredOrders(services.database.orm, intent.id);
  // Answered in every order, and only the intent does not know it yet.
  if (orders.length === 0) {
    const state = await broker.reads.lookUp(intent.accountId, intent.clientOrderId);
    if (state) await recordAnswer(services, intent, state);
    // A stop or target has had several names, and the first may never have arrived: the broker has told of the one that was sent last.
    else if (intent.leg === 'stop' || intent.leg === 'target') await services.database.transaction((tx) => moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: 'SENT' }));
    return;
  }
  for (const order of orders) {
    const state = await broker.reads.lookUp(order.accountId, order.clientOrderId);
    if (state) await recordAnswer(services, intent, state);
    else if (broker.reads.deduplicatesByClientOrderId) await sendTheSameAgain(services, { intent, order, broker });
    else if (intent.state === 'SENDING') await recordNoAnswer(services, intent, order.clientOrderId, 'the desk stopped while it was being sent, and the broker does not know it');
  }
}

/** A request that was under way when its answer was lost may still come to the broker within this time. */
const maybeUnderWayMs = 60_000;

/** The position that a stop or target is for, and how many of it are neither about to be sold nor sold without being booked; it may have been left while nobody answered. */
async function behind(services: ExecutionServices, reads: BrokerReads, order: StoredOrder): Promise<{ position: StoredPosition | null; quantity: number }> {
  const position = (await openPositions(services.database.orm, [order.accountId])).find(({ id }) => order.ocoGroup === `bracket:${id}`) ?? null;
  const working = await listOrders(services.database.orm, { accountIds: [order.accountId], symbol: order.symbol, statuses: openStatuses, limit: 100 });
  return { position, quantity: Math.abs(position?.quantity ?? 0) - leavingQuantity(working, { beside: true }) - (await filledUnbooked(services, reads, working.filter(({ side }) => side === order.side))) };
}

async function sendTheSameAgain(services: ExecutionServices, { intent, order, broker }: { intent: Intent; order: StoredOrder; broker: NonNullable<ReturnType<ExecutionServices['broker']>> }): Promise<void> {
  const mayBeUnderWay = msBetween(order.createdAt, services.wallNow()) <= maybeUnderWayMs;
  const giveUp = async (why: string): Promise<void> => {
    // Only once it cannot arrive by itself either: then what it was for goes on without it.
    if (!mayBeUnderWay) await recordNeverArrived(services, intent, order, `it never reached the broker${why}`);
  };
  if (order.supersededBy !== null) return giveUp(', and its price and quantity are of before the ex-date');
  const written: BrokerOrder = {
    clientOrderId: order.clientOrderId, accountId: order.accountId, symbol: order.symbol, exchange: order.exchange, side: order.side, quantity: order.quantity, type: order.type,
    limitPrice: order.limitPrice, triggerPrice: order.triggerPrice, product: order.product, category: order.category, ocoGroup: order.ocoGroup,
  };
  try {
    // What it was to sell may have been sold by stop or target since; a silent broker throws, and it is looked at again.
    if (order.category === 'EXIT' && (await leftToLeave(services, broker.reads, written)) < order.quantity) return await giveUp(', and less than it was to sell is left');
    if (order.category === 'ENTRY' || order.category === 'EXIT') {
      const { ticket } = await ticketFor(services, intent, { ocoGroup: order.ocoGroup, quantity: order.quantity });
      await submitAndRecord(services, { intent, clientOrderId: order.clientOrderId, submit: () => broker.submits.submit(ticket) });
      return;
    }
    const { position, quantity } = await behind(services, broker.reads, order);
    // Sent again it would sell what is not held any more.
    if (!position || order.quantity > quantity) return await giveUp(', and what it was to protect is not held any more');
    // The stop or target as it was about to be; the position's bracket is brought up to date right after.
    const { authority } = await authorityOver(services, position);
    const ticket = await childTicket(services, { authority: order.category === 'TAKE_PROFIT' ? authority.target : authority.stop, child: written, side: order.side });
    await submitAndRecord(services, { intent, clientOrderId: order.clientOrderId, submit: () => broker.submits.submit(ticket) });
  } catch (error) {
    if (!(error instanceof NotCleared)) throw error;
    await giveUp(`: ${error.message}`);
  }
}

/** An action that waited for an unknown answer ends as its orders did. */
async function settleAction(services: ExecutionServices, { actionId }: Intent): Promise<void> {
  const stored = await actionById(services.database.orm, actionId);
  // A structure goes on turn by turn, and ends by its own record.
  if (!stored || stored.action.kind === 'option_structure' || (stored.state !== 'unknown' && stored.state !== 'executing')) return;
  const intents = (await intentsOf(services.database.orm, actionId)).filter(({ state }) => state !== 'WAITING');
  if (intents.some(({ state }) => state === 'SENDING' || state === 'UNKNOWN' || state === 'READY')) return;
  const sent = intents.some(({ state }) => state === 'SENT' || state === 'DONE');
  const to = sent ? 'done' : 'failed';
  await services.database.transaction(async (tx) => {
    if (!(await moveAction(tx, { id: stored.id, from: stored.state, to, reason: sent ? 'found at the broker' : 'it never reached the broker', actor: 'executor', payload: { settled: true }, topic: `action.${to}` }))) return;
    await setCardStatus(tx, { actionId: stored.id, status: sent ? 'EXECUTED' : 'FAILED' });
  });
  services.changed(stored.id);
}
