import Big from 'big.js';
import type { OrderStatus } from '../../../brokers/define.ts';
import type * as real from '../../../db/stores/execution.ts';
import { decimal, type Decimal } from '../../../desk/decimal.ts';
import { coveredQuantity } from '../../../desk/market/share-ratio.ts';
import { msBetween } from '../../../desk/time.ts';
import { creditedQuantity } from './parted-shares.ts';
import { type MemoryStore, Refused, type Settled, statement } from './store.ts';
import { byHappening, type FillRow, type IntentRow } from './tables.ts';

const plain = ({ createdAt: _created, ...intent }: IntentRow): real.Intent => intent;
const intentRows = (store: MemoryStore): IntentRow[] => [...store.tables.intents.values()];
const byLeg = (a: IntentRow, b: IntentRow): number => (a.leg < b.leg ? -1 : 1);
const orders = (store: MemoryStore): real.StoredOrder[] => [...store.tables.orders.values()];
const findOrder = (store: MemoryStore, clientOrderId: string): real.StoredOrder | undefined => orders(store).find((order) => order.clientOrderId === clientOrderId);

export const intentsOf: typeof real.intentsOf = (executor, actionId) => statement(executor, 'intentsOf', (store) => intentRows(store).filter((row) => row.actionId === actionId).sort(byLeg).map(plain));
export const intentById: typeof real.intentById = (executor, id) => statement(executor, 'intentById', (store) => { const row = store.tables.intents.get(id); return row ? plain(row) : null; });
export const intentsInState: typeof real.intentsInState = (executor, states) => statement(executor, 'intentsInState', (store) => intentRows(store).filter(({ state }) => states.includes(state)).sort((a, b) => (a.createdAt + a.leg < b.createdAt + b.leg ? -1 : 1)).map(plain));
export const intentIdsFor: typeof real.intentIdsFor = (executor, { accountId, symbol }) => statement(executor, 'intentIdsFor', (store) => intentRows(store).filter((row) => row.accountId === accountId && (JSON.parse(row.spec) as { symbol?: string }).symbol === symbol).map(({ id }) => id));
export const protectiveIntents: typeof real.protectiveIntents = (executor, { accountId, symbol }) => statement(executor, 'protectiveIntents', (store) => intentRows(store)
  .filter((row) => { const spec = JSON.parse(row.spec) as { symbol?: string; operation?: string }; return row.accountId === accountId && (row.leg === 'stop' || row.leg === 'target') && spec.symbol === symbol && spec.operation === 'submit'; })
  .sort((a, b) => (a.createdAt !== b.createdAt ? (a.createdAt < b.createdAt ? 1 : -1) : byLeg(a, b))).map(plain));

/** `core.check_intent_step`: what has gone to the broker is never ready again. */
function mayStep({ leg, state: from }: real.Intent, to: real.IntentState): boolean {
  if (from === to || ((from === 'WAITING' || from === 'READY') && ['READY', 'SENDING', 'VOID'].includes(to))) return true;
  if ((from === 'SENDING' || from === 'UNKNOWN') && ['UNKNOWN', 'SENT', 'DONE', 'VOID'].includes(to)) return true;
  return (from === 'SENT' && to === 'DONE') || ((leg === 'stop' || leg === 'target') && ['SENT', 'DONE', 'VOID'].includes(from) && to === 'SENDING');
}
export const moveIntent: typeof real.moveIntent = (tx, { id, from, to, message, attempted }) => statement(tx, 'moveIntent', (store) => {
  const row = store.tables.intents.get(id);
  if (!row || !from.includes(row.state)) return false;
  if (!mayStep(row, to)) throw new Refused(`an intent cannot go from ${row.state} to ${to}`);
  store.put('intents', id, { ...row, state: to, message: message ?? row.message, attempts: row.attempts + (attempted ? 1 : 0) });
  return true;
});

const isChild = (category: string): boolean => category === 'STOP_LOSS' || category === 'TAKE_PROFIT' || category === 'TRAIL';
interface SubmitTerms { operation?: string; symbol?: string; exchange?: string; side?: string; product?: string; category?: string; type?: string; limitPrice?: string | null; quantity?: number }
const samePrice = (a: string | null | undefined, b: string | null | undefined): boolean => (a == null || b == null ? (a ?? null) === (b ?? null) : Number(a) === Number(b));

/** `core.adjusted_quantity`: the adjustments that came after an intent's clearance. */
const adjustmentsOver = (store: MemoryStore, intentId: string) => [...store.tables.adjustments.values()].filter(({ coveredIntents }) => coveredIntents.includes(intentId)).sort(byHappening);

/** `core.check_order`: an order is the image of an intent of a consumed clearance, and no larger than what was cleared. */
function checkOrder(store: MemoryStore, order: real.StoredOrder, inserting: boolean): void {
  const child = isChild(order.category);
  const intent = store.tables.intents.get(order.intentId);
  if (!intent || store.tables.clearances.get(intent.clearanceId)?.consumedAt == null || intent.clearanceId !== order.clearanceId || intent.accountId !== order.accountId || intent.actionId !== order.actionId || (!child && intent.clientOrderId !== order.clientOrderId)) throw new Refused('an order needs a clearance');
  const terms = JSON.parse(intent.spec) as SubmitTerms;
  const same = terms.operation === 'submit' && terms.symbol === order.symbol && terms.exchange === order.exchange && terms.side === order.side && terms.product === order.product;
  const category = terms.category === order.category || (terms.category === 'STOP_LOSS' && order.category === 'TRAIL');
  if (!same || !category || (inserting && !child && (terms.type !== order.type || !samePrice(terms.limitPrice, order.limitPrice)))) throw new Refused('the order is not the one that was cleared');
  const cleared = !child ? (terms.quantity ?? 0) : intentRows(store).reduce((sum, other) => {
    const spec = JSON.parse(other.spec) as SubmitTerms;
    const counts = other.accountId === order.accountId && store.tables.clearances.get(other.clearanceId)?.consumedAt != null && spec.operation === 'submit' && spec.symbol === order.symbol && spec.side === order.side && spec.category === terms.category;
    return sum + (counts ? coveredQuantity(spec.quantity ?? 0, adjustmentsOver(store, other.id)) : 0);
  }, order.side === 'SELL' ? creditedQuantity(store, (row) => row.accountId === order.accountId && row.into === order.symbol) : 0);
  if (!(order.quantity >= 1 && order.quantity <= cleared)) throw new Refused('the order is larger than what was cleared');
}

export const insertOrder: typeof real.insertOrder = (tx, { id, intent, order, cardId, parentClientOrderId, marketTime }) => statement(tx, 'insertOrder', (store) => {
  const now = store.now();
  const row: real.StoredOrder = {
    id, intentId: intent.id, clearanceId: intent.clearanceId, actionId: intent.actionId, cardId, accountId: order.accountId, symbol: order.symbol, exchange: order.exchange, clientOrderId: order.clientOrderId, brokerOrderId: null, parentClientOrderId,
    ocoGroup: order.ocoGroup, category: order.category, type: order.type, side: order.side, product: order.product, quantity: order.quantity, limitPrice: order.limitPrice, triggerPrice: order.triggerPrice, status: 'PENDING', message: null, filledQuantity: 0,
    averagePrice: null, createdAt: now, updatedAt: now, marketTime, supersededBy: null,
  };
  checkOrder(store, row, true);
  if (!findOrder(store, order.clientOrderId)) store.put('orders', id, row);
});
function changeOrder(store: MemoryStore, clientOrderId: string, change: (order: real.StoredOrder) => Partial<real.StoredOrder> | null): void {
  const order = findOrder(store, clientOrderId);
  const changes = order ? change(order) : null;
  if (!order || !changes) return;
  const next = { ...order, ...changes, updatedAt: store.now() };
  if (next.quantity !== order.quantity) checkOrder(store, next, false);
  store.put('orders', order.id, next);
}
export const recordOrderState: typeof real.recordOrderState = (tx, state) => statement(tx, 'recordOrderState', (store) => changeOrder(store, state.clientOrderId, (order) => ({
  brokerOrderId: state.brokerOrderId === '' ? order.brokerOrderId : state.brokerOrderId, message: state.message,
  status: order.status === 'FILLED' ? order.status : state.filledQuantity > order.filledQuantity ? (order.status === 'PENDING' || order.status === 'UNKNOWN' ? 'OPEN' : order.status) : state.status,
})));
export const setUnanswered: Settled<typeof real.setUnanswered> = (tx, { clientOrderId, status, message }) => statement(tx, 'setUnanswered', (store) => changeOrder(store, clientOrderId, (order) => (order.brokerOrderId === null && (order.status === 'PENDING' || order.status === 'UNKNOWN') ? { status, message } : null)));
export const changeOrderTerms: Settled<typeof real.changeOrderTerms> = (tx, { clientOrderId, ...terms }) => statement(tx, 'changeOrderTerms', (store) => changeOrder(store, clientOrderId, () => terms));

const fillsOf = (store: MemoryStore, orderId: string) => [...store.tables.fills.values()].filter((fill) => fill.orderId === orderId);
/** Six places, halves away from zero, as the database's numeric rounds. */
const averageOf = (fills: readonly FillRow['fill'][]): Decimal => decimal(fills.reduce((sum, { price, quantity }) => sum.plus(new Big(price).times(quantity)), new Big(0)).div(fills.reduce((sum, { quantity }) => sum + quantity, 0)).toFixed(6, Big.roundHalfUp));
export const bookFilledQuantity: typeof real.bookFilledQuantity = (tx, orderId) => statement(tx, 'bookFilledQuantity', (store) => {
  const order = store.tables.orders.get(orderId);
  const fills = fillsOf(store, orderId);
  if (!order || fills.length === 0) throw new Error('the filled order is not there');
  const filledQuantity = fills.reduce((sum, { fill }) => sum + fill.quantity, 0);
  const status: OrderStatus = filledQuantity >= order.quantity ? 'FILLED' : order.status === 'CANCELLED' || order.status === 'EXPIRED' ? order.status : 'PARTIALLY_FILLED';
  store.put('orders', orderId, { ...order, filledQuantity, status, averagePrice: averageOf(fills.map(({ fill }) => fill)), updatedAt: store.now() });
  return { filledQuantity, status };
});
/** With `core.check_fill`: fills never exceed their order. */
export const insertFill: typeof real.insertFill = (tx, { id, orderId, accountId, fill, chargesMinor, realisedMinor, knownAt }) => statement(tx, 'insertFill', (store) => {
  const order = store.tables.orders.get(orderId);
  if (!order) throw new Refused('query returned no rows', 'P0002');
  const already = fillsOf(store, orderId).reduce((sum, row) => sum + row.fill.quantity, 0);
  if (order.accountId !== accountId || already + fill.quantity > order.quantity || fill.quantity <= 0) throw new Refused(`fills of ${orderId} would exceed the order (${already + fill.quantity} of ${order.quantity})`, '23514');
  if ([...store.tables.fills.values()].some((row) => row.accountId === accountId && row.fill.brokerFillId === fill.brokerFillId)) return false;
  store.put('fills', id, { id, orderId, accountId, fill, chargesMinor, realisedMinor, knownAt });
  return true;
});
export const fillByBrokerId: typeof real.fillByBrokerId = (executor, accountId, brokerFillId) => statement(executor, 'fillByBrokerId', (store) => {
  const row = [...store.tables.fills.values()].find((each) => each.accountId === accountId && each.fill.brokerFillId === brokerFillId);
  return row ? { clientOrderId: row.fill.clientOrderId, quantity: row.fill.quantity, price: Number(row.fill.price) } : null;
});
export const unansweredOrders: typeof real.unansweredOrders = (executor, intentId) => statement(executor, 'unansweredOrders', (store) =>
  orders(store).filter((order) => order.intentId === intentId && (order.status === 'PENDING' || order.status === 'UNKNOWN') && order.brokerOrderId === null).sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1)));
export const orderByClientId: typeof real.orderByClientId = (executor, clientOrderId) => statement(executor, 'orderByClientId', (store) => findOrder(store, clientOrderId) ?? null);
export const orderById: typeof real.orderById = (executor, id) => statement(executor, 'orderById', (store) => store.tables.orders.get(id) ?? null);
export const listOrders: typeof real.listOrders = (executor, { accountIds, statuses, actionId, symbol, limit }) => statement(executor, 'listOrders', (store) =>
  orders(store).filter((order) => accountIds.includes(order.accountId) && (!statuses || statuses.includes(order.status)) && (actionId === undefined || order.actionId === actionId) && (symbol === undefined || order.symbol === symbol))
    .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? 1 : -1)).slice(0, limit));
export const openStatuses: typeof real.openStatuses = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'];
const countSince = (store: MemoryStore, seconds: number): number => orders(store).filter(({ createdAt }) => msBetween(createdAt, store.now()) < seconds * 1000).length;
export const ordersSince: typeof real.ordersSince = (executor, seconds) => statement(executor, 'ordersSince', (store) => countSince(store, seconds));
export const governOrders: typeof real.governOrders = (tx) => statement(tx, 'governOrders', (store) => countSince(store, 1));
export const listFills: typeof real.listFills = (executor, { accountIds, actionId, limit }) => statement(executor, 'listFills', (store) => [...store.tables.fills.values()].flatMap(({ id, orderId, accountId, fill, chargesMinor, realisedMinor }) => {
  const order = store.tables.orders.get(orderId);
  if (!order || !accountIds.includes(accountId) || (actionId !== undefined && order.actionId !== actionId)) return [];
  return [{ id, orderId, accountId, symbol: order.symbol, side: order.side, category: order.category, quantity: fill.quantity, price: Number(fill.price), chargesMinor, realisedMinor, happenedAt: fill.filledAt }];
}).sort((a, b) => (a.happenedAt + a.id < b.happenedAt + b.id ? 1 : -1)).slice(0, limit));
