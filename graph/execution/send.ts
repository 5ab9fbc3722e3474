import type { BrokerOrder } from '../../brokers/define.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { insertOrder, type Intent, moveIntent, ordersSince, recordOrderState } from '../../db/stores/execution.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { ExecutionServices } from './services.ts';
import { NotCleared, ticketFor } from './ticket.ts';

export type Sent = { outcome: 'accepted' } | { outcome: 'refused'; message: string } | { outcome: 'unknown'; message: string };

/** What stops an entry at the last moment; exits pass. */
async function lastLook(services: ExecutionServices, order: BrokerOrder): Promise<string | null> {
  if (order.category !== 'ENTRY') return null;
  const file = services.killFile();
  if (file.state !== 'ABSENT') return file.state === 'HALTED' ? `entries are halted: ${file.reason}` : 'the kill file cannot be read, so entries are halted';
  if ((await ordersSince(services.database.orm, 1)) >= services.ordersPerSecond) return `more than ${services.ordersPerSecond} orders a second`;
  return null;
}

/**
 * Sends one cleared intent: the intent and the order are on record before the broker hears of it. An answer that does not
 * come leaves the intent UNKNOWN, to be looked up at the broker by its client order id; it is never sent again blindly.
 */
export async function sendIntent(services: ExecutionServices, intent: Intent, ocoGroup: string | null = null): Promise<Sent> {
  const { database } = services;
  let ticket: Awaited<ReturnType<typeof ticketFor>>;
  try {
    ticket = await ticketFor(services, intent, ocoGroup);
  } catch (error) {
    if (!(error instanceof NotCleared)) throw error;
    await voidIntent(services, intent, error.message);
    return { outcome: 'refused', message: error.message };
  }
  const stop = await lastLook(services, ticket);
  if (stop) { await voidIntent(services, intent, stop); return { outcome: 'refused', message: stop }; }
  const account = await accountById(database.orm, ticket.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) { await voidIntent(services, intent, 'the account has no broker'); return { outcome: 'refused', message: 'the account has no broker' }; }

  const card = await cardOfAction(database.orm, intent.actionId);
  const won = await database.transaction(async (tx) => {
    if (!(await moveIntent(tx, { id: intent.id, from: ['READY', 'WAITING'], to: 'SENDING', attempted: true }))) return false;
    await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order: ticket, cardId: card?.id ?? null, parentClientOrderId: null, marketTime: services.market.now() });
    await appendAudit(tx, { kind: 'order.sending', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: ticket.clientOrderId, order: { ...ticket } } });
    return true;
  });
  if (!won) return { outcome: 'accepted' };
  return submitAndRecord(services, { intent, submit: () => broker.submits.submit(ticket) });
}

type OrderState = Awaited<ReturnType<NonNullable<ReturnType<ExecutionServices['broker']>>['submits']['submit']>>;

/** Asks the broker and writes down what it said, or that it said nothing. */
export async function submitAndRecord(services: ExecutionServices, input: { intent: Intent; submit: () => Promise<OrderState> }): Promise<Sent> {
  const { intent } = input;
  let state: OrderState;
  try {
    state = await input.submit();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await services.database.transaction(async (tx) => {
      await moveIntent(tx, { id: intent.id, from: ['SENDING'], to: 'UNKNOWN', message });
      await appendAudit(tx, { kind: 'order.unknown', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: intent.clientOrderId, message } });
    });
    return { outcome: 'unknown', message };
  }
  await recordAnswer(services, intent, state);
  return state.status === 'REJECTED' ? { outcome: 'refused', message: state.message ?? 'the broker rejected it' } : { outcome: 'accepted' };
}

export async function recordAnswer(services: ExecutionServices, intent: Intent, state: OrderState): Promise<void> {
  await services.database.transaction(async (tx) => {
    await recordOrderState(tx, state);
    await moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: state.status === 'REJECTED' ? 'VOID' : 'SENT', message: state.message });
    await appendAudit(tx, { kind: 'order.answered', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: state.clientOrderId, brokerOrderId: state.brokerOrderId, status: state.status, message: state.message } });
  });
}

async function voidIntent(services: ExecutionServices, intent: Intent, message: string): Promise<void> {
  await services.database.transaction(async (tx) => {
    await moveIntent(tx, { id: intent.id, from: ['READY', 'WAITING'], to: 'VOID', message });
    await appendAudit(tx, { kind: 'order.refused', subject: intent.actionId, actor: 'executor', payload: { clientOrderId: intent.clientOrderId, message } });
  });
}
