import type { BrokerOrder } from '../../brokers/define.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { changeOrderTerms, insertOrder, type Intent, listOrders, moveIntent, protectiveIntents, recordOrderState, type StoredOrder } from '../../db/stores/execution.ts';
import { type StoredPosition, savePosition } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { clientOrderIdFor } from '../../desk/actions/client-order-id.ts';
import { bracketOrders, type PlaceChild, type ProtectiveOrder } from '../../desk/execution/bracket.ts';
import { isClosed } from '../../desk/execution/order-life.ts';
import { betterPrice } from '../../desk/execution/trail.ts';
import { decimal } from '../../desk/decimal.ts';
import type { ExecutionServices } from './services.ts';
import { childTicket, NotCleared } from './ticket.ts';

const protective = new Set(['STOP_LOSS', 'TAKE_PROFIT', 'TRAIL']);

/**
 * Brings the stop and target orders of a position to what they must be: placed as the entry fills, resized as it grows or
 * shrinks, moved with the trail, gone when it is closed. Calling it again without a change sends nothing.
 */
export async function syncBracket(services: ExecutionServices, input: { position: StoredPosition; mayLoosen?: boolean; /** Quantity about to be sold by orders that are not at the broker yet. */ leaving?: number }): Promise<void> {
  const { position } = input;
  if (position.stopLoss === null) return;
  const account = await accountById(services.database.orm, position.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return;
  const quote = services.market.quote(position.symbol);
  const tracked = await followPrice(services, position, quote?.last ?? null);
  const orders = (await listOrders(services.database.orm, { accountIds: [position.accountId], symbol: position.symbol, limit: 200 })).filter((order) => protective.has(order.category) && order.marketTime >= position.openedAt);
  const leaving = (await listOrders(services.database.orm, { accountIds: [position.accountId], symbol: position.symbol, statuses: ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'], limit: 50 }))
    .filter((order) => order.category === 'EXIT' && order.ocoGroup === null).reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0) + (input.leaving ?? 0);
  const direction = position.quantity >= 0 ? 'LONG' : 'SHORT';
  // What a partial exit is about to sell is not protected twice, so that stop and exit together never sell too much.
  const protectedQuantity = direction === 'LONG' ? Math.max(0, position.quantity - leaving) : Math.min(0, position.quantity + leaving);
  const plan = bracketOrders({
    position: { positionId: position.id, quantity: protectedQuantity, direction, best: tracked, last: quote ? decimal(quote.last) : null, tickSize: services.market.symbols().get(position.symbol)?.tickSize ?? decimal('0.05') },
    bracket: { stop: position.stopLoss, ...(position.takeProfit === null ? {} : { target: position.takeProfit }), ...(position.trailing ? { trail: position.trailing } : {}) },
    existing: orders.map((order): ProtectiveOrder => ({ clientOrderId: order.clientOrderId, category: order.category as ProtectiveOrder['category'], status: order.status, side: order.side, quantity: order.quantity, filledQuantity: order.filledQuantity, triggerPrice: order.triggerPrice, limitPrice: order.limitPrice })),
    mayLoosen: input.mayLoosen ?? false,
  });
  const intents = await protectiveIntents(services.database.orm, { accountId: position.accountId, symbol: position.symbol });
  for (const { clientOrderId } of plan.cancel) await change(services, { broker, intents, orders, clientOrderId, to: null });
  for (const replace of plan.replace) await change(services, { broker, intents, orders, clientOrderId: replace.clientOrderId, to: replace });
  for (const child of plan.place) await place(services, { broker, intents, position, child });
}

/** The best price since the entry, for the trail. */
async function followPrice(services: ExecutionServices, position: StoredPosition, last: number | null): Promise<StoredPosition['bestPrice']> {
  if (last === null || position.trailing === null) return position.bestPrice;
  const direction = position.quantity >= 0 ? 'LONG' : 'SHORT';
  const best = position.bestPrice === null ? decimal(last) : betterPrice(direction, position.bestPrice, decimal(last));
  if (best !== position.bestPrice) await services.database.transaction((tx) => savePosition(tx, { ...position, bestPrice: best }));
  return best;
}

type Broker = NonNullable<ReturnType<ExecutionServices['broker']>>;

async function place(services: ExecutionServices, input: { broker: Broker; intents: Intent[]; position: StoredPosition; child: PlaceChild }): Promise<void> {
  const { child, position } = input;
  const intent = input.intents.find((each) => each.leg === (child.leg === 'STOP' ? 'stop' : 'target'));
  if (!intent) return;
  const clientOrderId = child.sequence === 0 ? intent.clientOrderId : clientOrderIdFor(intent.actionId, `${intent.leg}.${child.sequence}`);
  const order: BrokerOrder = {
    clientOrderId, accountId: position.accountId, symbol: position.symbol, exchange: position.exchange, side: child.side, quantity: child.quantity, type: child.type,
    limitPrice: child.limitPrice, triggerPrice: child.triggerPrice, product: 'DELIVERY', category: child.category, ocoGroup: child.ocoGroup,
  };
  const ticket = await childTicket(services, { intent, child: order, side: child.side });
  await services.database.transaction(async (tx) => {
    await moveIntent(tx, { id: intent.id, from: ['WAITING', 'SENT', 'DONE'], to: 'SENDING', attempted: true });
    await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order, cardId: position.cardId, parentClientOrderId: null, marketTime: services.market.now() });
    await appendAudit(tx, { kind: 'order.sending', subject: position.actionId, actor: 'executor', payload: { clientOrderId, order: { ...order }, reason: child.reason } });
  });
  const state = await input.broker.submits.submit(ticket);
  await services.database.transaction(async (tx) => {
    await recordOrderState(tx, state);
    await moveIntent(tx, { id: intent.id, from: ['SENDING', 'UNKNOWN'], to: 'SENT', message: state.message });
    await appendAudit(tx, { kind: 'order.answered', subject: position.actionId, actor: 'executor', payload: { clientOrderId, brokerOrderId: state.brokerOrderId, status: state.status, message: state.message } });
  });
}

async function change(services: ExecutionServices, input: { broker: Broker; intents: Intent[]; orders: StoredOrder[]; clientOrderId: string; to: { quantity: number; triggerPrice: BrokerOrder['triggerPrice']; limitPrice: BrokerOrder['limitPrice'] } | null }): Promise<void> {
  const order = input.orders.find((each) => each.clientOrderId === input.clientOrderId);
  const intent = input.intents.find((each) => each.id === order?.intentId);
  if (!order || !intent || isClosed(order.status)) return;
  const base = { accountId: order.accountId, clientOrderId: order.clientOrderId, quantity: input.to?.quantity ?? order.quantity };
  try {
    const state = input.to
      ? await input.broker.submits.replace(await childTicket(services, { intent, child: { ...base, limitPrice: input.to.limitPrice, triggerPrice: input.to.triggerPrice } }))
      : await input.broker.submits.cancel(await childTicket(services, { intent, child: base }));
    const { to } = input;
    await services.database.transaction(async (tx) => {
      // A broker that declines answers with the order as it was and a message; nothing has changed then.
      if (to && state.message === null) await changeOrderTerms(tx, { clientOrderId: order.clientOrderId, limitPrice: to.limitPrice, triggerPrice: to.triggerPrice, quantity: to.quantity });
      await recordOrderState(tx, state);
      await appendAudit(tx, { kind: to ? 'order.changed' : 'order.cancelled', subject: order.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, status: state.status, ...(to ?? {}) } });
    });
  } catch (error) {
    if (error instanceof NotCleared) throw error;
    // The broker did not answer: what it thinks is read back at the next reconciliation.
    await services.database.transaction((tx) => appendAudit(tx, { kind: 'order.change_unknown', subject: order.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, message: error instanceof Error ? error.message : String(error) } }));
  }
}
