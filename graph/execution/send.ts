import type { BrokerOrder, BrokerOrderState, BrokerReads } from '../../brokers/define.ts';
import type { Tx } from '../../db/client.ts';
import { accountById, tradingStates } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import { governOrders, insertOrder, type Intent, listOrders, moveIntent, openStatuses, recordOrderState, setUnanswered, type StoredOrder } from '../../db/stores/execution.ts';
import { adjustmentsOf } from '../../db/stores/holding-adjustments.ts';
import { openPositions } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { driftBetween } from '../../desk/actions/drift.ts';
import type { SubmitSpec } from '../../desk/actions/intent-specs.ts';
import { isStoredPrice, storedPriceStands } from '../../desk/market/stored-price.ts';
import { readContract } from '../../desk/options/contract-symbol.ts';
import { msBetween } from '../../desk/time.ts';
import { filledUnbooked, leavingQuantity } from './leaving.ts';
import type { ExecutionServices } from './services.ts';
import { NotCleared, ticketFor } from './ticket.ts';

export type Sent = { outcome: 'accepted' } | { outcome: 'refused'; message: string } | { outcome: 'unknown'; message: string };

/** How often, and after how many milliseconds each time, an entry waits for the order governor before it is given up. */
const governorAttempts = 30;
const governorWaitMs = 100;
/** A leg of a structure is not sent on a price that is older than this, whatever the gates saw before. */
const staleQuoteSeconds = 60;

/** Whether a split, bonus, consolidation, rights issue or demerger lies between these intents' clearance and now: their prices and quantities mean other shares. */
export const isOfOldShares = async (services: ExecutionServices, { accountId, symbol, intentIds }: { accountId: string; symbol: string; intentIds: readonly string[] }): Promise<boolean> =>
  (await adjustmentsOf(services.database.orm, { accountIds: [accountId], symbol })).some(({ newShares, oldShares, priceFactor, coveredIntents }) => (newShares !== oldShares || priceFactor !== null) && intentIds.some((id) => coveredIntents.includes(id)));

/** What stops an entry at the last moment: halts, a price that has left the band of the yes, a condition that no longer holds. */
async function lastLook(services: ExecutionServices, intent: Intent, order: BrokerOrder, onlyIf: SubmitSpec['onlyIf']): Promise<string | null> {
  const file = services.killFile();
  if (file.state !== 'ABSENT') return file.state === 'HALTED' ? `entries are halted: ${file.reason}` : 'the kill file cannot be read, so entries are halted';
  const stopped = (await tradingStates(services.database.orm)).find((row) => (row.accountId === null || row.accountId === order.accountId) && row.state !== 'ACTIVE');
  if (stopped) return `entries are ${stopped.state === 'HALTED' ? 'halted' : 'paused'}: ${stopped.reason ?? 'no reason was given'}`;
  if (await isOfOldShares(services, { accountId: order.accountId, symbol: order.symbol, intentIds: [intent.id] })) return `its price and quantity are of before ${order.symbol} went ex`;
  const contract = readContract(order.symbol);
  const quote = services.market.quote(order.symbol);
  if (contract) {
    if (!quote) return `nobody knows a price for ${order.symbol}`;
    const now = services.market.now();
    const ageSeconds = msBetween(quote.at, now) / 1000;
    if (isStoredPrice(quote)) {
      if (!storedPriceStands({ at: quote.at, now, calendar: services.market.calendar() })) return `the newest price of ${order.symbol} is of an earlier session`;
    } else if (ageSeconds > staleQuoteSeconds) return `the price of ${order.symbol} is ${Math.round(ageSeconds)} seconds old`;
  }
  // A structure's yes is given at a price of its underlying.
  const last = contract ? services.market.quote(contract.underlying)?.last : quote?.last;
  const asked = await confirmationOf(services.database.orm, intent.actionId);
  if (asked && asked.referencePrice !== null && asked.driftPercent !== null) {
    if (last === undefined) return `nobody knows a price for ${order.symbol}`;
    if (!driftBetween({ shown: asked.referencePrice, now: last, boundPercent: asked.driftPercent }).within) return 'the price has moved farther than the yes covers';
  }
  if (onlyIf && (last === undefined || !(onlyIf.comparison === 'ABOVE' ? last > Number(onlyIf.price) : last < Number(onlyIf.price)))) return `it is not ${onlyIf.comparison.toLowerCase()} ${onlyIf.price} any more`;
  return null;
}

/**
 * What is left to leave of the position that an exit is about, after the exits that are working and what the broker has
 * filled without listing it yet: it may have been stopped out this moment. Throws when the broker does not say.
 */
export async function leftToLeave(services: ExecutionServices, reads: BrokerReads, order: BrokerOrder): Promise<number> {
  const position = (await openPositions(services.database.orm, [order.accountId])).find((each) => each.symbol === order.symbol);
  if (!position || (order.side === 'SELL') !== (position.quantity > 0)) return 0;
  const closing = (await listOrders(services.database.orm, { accountIds: [order.accountId], symbol: order.symbol, statuses: openStatuses, limit: 100 })).filter(({ side }) => side === order.side);
  return Math.max(0, Math.abs(position.quantity) - leavingQuantity(closing, { except: order.clientOrderId }) - (await filledUnbooked(services, reads, closing)));
}

/**
 * Sends one cleared intent: the intent and the order are on record before the broker hears of it. An answer that does not
 * come leaves the intent UNKNOWN, to be looked up at the broker by its client order id; it is never sent again blindly.
 * `atMost`: of an exit, where less is to leave than the clearance lists.
 */
export async function sendIntent(services: ExecutionServices, intent: Intent, ocoGroup: string | null = null, atMost: number = Number.POSITIVE_INFINITY): Promise<Sent> {
  const { database } = services;
  const refuse = async (message: string): Promise<Sent> => { await voidIntent(services, intent, message); return { outcome: 'refused', message }; };
  const account = await accountById(database.orm, intent.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return refuse('the account has no broker');
  let made: Awaited<ReturnType<typeof ticketFor>>;
  try {
    made = await ticketFor(services, intent, { ocoGroup });
    if (made.ticket.category === 'EXIT') {
      const quantity = Math.min(atMost, await leftToLeave(services, broker.reads, made.ticket));
      if (quantity === 0) return await refuse('nothing of it is left to sell');
      if (quantity < made.ticket.quantity) made = await ticketFor(services, intent, { ocoGroup, quantity });
    }
  } catch (error) {
    if (!(error instanceof NotCleared)) throw error;
    return refuse(error.message);
  }
  const { ticket, onlyIf } = made;
  const stop = ticket.category === 'ENTRY' ? await lastLook(services, intent, ticket, onlyIf) : null;
  if (stop) return refuse(stop);

  const card = await cardOfAction(database.orm, intent.actionId);
  const record = (): Promise<'won' | 'lost' | 'too_many'> => database.transaction(async (tx) => {
    // Counted where it is written, one sender at a time, so that any number of workers together keep the limit.
    if (ticket.category === 'ENTRY' && (await governOrders(tx)) >= services.ordersPerSecond) return 'too_many';
    if (!(await moveIntent(tx, { id: intent.id, from: ['READY', 'WAITING'], to: 'SENDING', attempted: true }))) return 'lost';
    await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order: ticket, cardId: card?.id ?? null, parentClientOrderId: null, marketTime: services.market.now() });
    await appendAudit(tx, { kind: 'order.sending', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: ticket.clientOrderId, order: { ...ticket } } });
    return 'won';
  });
  let result = await record();
  for (let attempt = 1; result === 'too_many' && attempt < governorAttempts; attempt += 1) {
    await services.pause(governorWaitMs);
    result = await record();
  }
  if (result === 'too_many') return refuse(`more than ${services.ordersPerSecond} orders a second`);
  // Somebody else has it: what becomes of it is theirs to tell.
  if (result === 'lost') return { outcome: 'accepted' };
  return submitAndRecord(services, { intent, clientOrderId: ticket.clientOrderId, submit: () => broker.submits.submit(ticket) });
}

/** Asks the broker and writes down what it said, or that it said nothing. */
export async function submitAndRecord(services: ExecutionServices, input: { intent: Intent; clientOrderId: string; submit: () => Promise<BrokerOrderState> }): Promise<Sent> {
  const { intent, clientOrderId } = input;
  let state: BrokerOrderState;
  try {
    state = await input.submit();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await recordNoAnswer(services, intent, clientOrderId, message);
    return { outcome: 'unknown', message };
  }
  await recordAnswer(services, intent, state);
  return state.status === 'REJECTED' ? { outcome: 'refused', message: state.message ?? 'the broker rejected it' } : { outcome: 'accepted' };
}

/** Nobody knows whether it arrived; whoever looks at it sees that. */
export async function recordNoAnswer(services: ExecutionServices, intent: Intent, clientOrderId: string, message: string): Promise<void> {
  await services.database.transaction(async (tx) => {
    await moveIntent(tx, { id: intent.id, from: ['SENDING'], to: 'UNKNOWN', message });
    await setUnanswered(tx, { clientOrderId, status: 'UNKNOWN', message });
    await appendAudit(tx, { kind: 'order.unknown', subject: intent.actionId, actor: 'executor', payload: { clientOrderId, message } });
  });
}

/** What the broker answered to a cancel or a change. That it knows no such order says nothing of one that it never answered for: it may still be on its way. */
export async function recordAnswerToChange(tx: Tx, order: StoredOrder, state: BrokerOrderState): Promise<void> {
  const unheardOf = order.brokerOrderId === null && state.status === 'REJECTED' && state.brokerOrderId === '';
  if (!unheardOf) await recordOrderState(tx, state);
}

export async function recordAnswer(services: ExecutionServices, intent: Intent, state: BrokerOrderState): Promise<void> {
  await services.database.transaction(async (tx) => {
    await recordOrderState(tx, state);
    await moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: state.status === 'REJECTED' ? 'VOID' : 'SENT', message: state.message });
    await appendAudit(tx, { kind: 'order.answered', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: state.clientOrderId, brokerOrderId: state.brokerOrderId, status: state.status, message: state.message } });
  });
}

/** The broker never had it: nothing of it is working, and it will not be sent any more. */
export async function recordNeverArrived(services: ExecutionServices, intent: Intent, order: StoredOrder | null, message: string): Promise<void> {
  await services.database.transaction(async (tx) => {
    if (order) await setUnanswered(tx, { clientOrderId: order.clientOrderId, status: 'EXPIRED', message });
    await appendAudit(tx, { kind: 'order.refused', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: order?.clientOrderId ?? intent.clientOrderId, message } });
    await moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: 'VOID', message });
  });
}

async function voidIntent(services: ExecutionServices, intent: Intent, message: string): Promise<void> {
  await services.database.transaction(async (tx) => {
    await moveIntent(tx, { id: intent.id, from: ['READY', 'WAITING'], to: 'VOID', message });
    await appendAudit(tx, { kind: 'order.refused', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: intent.clientOrderId, message } });
  });
}
