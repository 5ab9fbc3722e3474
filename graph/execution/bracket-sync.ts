import type { BrokerOrder } from '../../brokers/define.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { changeOrderTerms, insertOrder, type Intent, listOrders, moveIntent, protectiveIntents, type StoredOrder } from '../../db/stores/execution.ts';
import { creditedInto } from '../../db/stores/parted-shares.ts';
import { positionById, saveBestPrice, type StoredPosition } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { clientOrderIdFor } from '../../desk/actions/client-order-id.ts';
import { decimal } from '../../desk/decimal.ts';
import { bracketOrders, type PlaceChild, type ProtectiveOrder, type ReplaceChild } from '../../desk/execution/bracket.ts';
import { isClosed } from '../../desk/execution/order-life.ts';
import { betterPrice } from '../../desk/execution/trail.ts';
import { msBetween } from '../../desk/time.ts';
import { withAccountLock } from '../action/account-lock.ts';
import { raiseDiscrepancy } from './discrepancy.ts';
import { unadjusted, withdrawSuperseded } from './ex-date.ts';
import { filledUnbooked, leavingQuantity } from './leaving.ts';
import { recordAnswerToChange, submitAndRecord } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { type Authority, childTicket, NotCleared, withdrawalTicket } from './ticket.ts';

const protective = new Set(['STOP_LOSS', 'TAKE_PROFIT', 'TRAIL']);
/** A child that the broker has just rejected is not sent again at once: the next one would meet the same answer. */
const afterRejectionMs = 60_000;

/** The account's book (fills taken in, brackets brought up to date) is worked on by one at a time; the account's own lock may be held around it, never inside. */
export const withBookLock = <T>(services: ExecutionServices, accountId: string, work: () => Promise<T>): Promise<T> => withAccountLock(services.database, `book:${accountId}`, work);

interface SyncInput { positionId: string; mayLoosen?: boolean; /** Quantity about to be sold by orders that are not at the broker yet. */ leaving?: number }

/**
 * Brings the stop and target orders of a position to what they must be: placed as the entry fills, resized as it grows or
 * shrinks, moved with the trail, gone when it is closed. Calling it again without a change sends nothing.
 */
export const syncBracket = async (services: ExecutionServices, input: { position: Pick<StoredPosition, 'id' | 'accountId'>; mayLoosen?: boolean; leaving?: number }): Promise<void> => {
  const { position, ...more } = input;
  await withBookLock(services, position.accountId, () => syncUnderLock(services, { positionId: position.id, ...more }));
};

/** For callers that hold the book's lock. The position is read here: what a caller read before the lock may be old. */
export async function syncUnderLock(services: ExecutionServices, input: SyncInput): Promise<void> {
  const position = await positionById(services.database.orm, input.positionId);
  if (!position || position.stopLoss === null) return;
  try {
    await sync(services, position, input);
  } catch (error) {
    if (!(error instanceof NotCleared)) throw error;
    const sentence = `the stop and target of ${position.symbol} cannot be set: ${error.message}`;
    await services.database.transaction((tx) => raiseDiscrepancy(tx, { kind: 'AMBIGUOUS', accountId: position.accountId, key: `bracket:${position.id}:${position.quantity}`, sentence, detail: { positionId: position.id, quantity: position.quantity } }));
  }
}

async function sync(services: ExecutionServices, position: StoredPosition, input: SyncInput): Promise<void> {
  const account = await accountById(services.database.orm, position.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker || position.stopLoss === null) return;
  // Between the ex-date's first moment and the adjustment, prices and bracket are of different shares.
  if ((await unadjusted(services, position)).due.length > 0) return;
  if (!(await withdrawSuperseded(services, { broker, accountId: position.accountId, symbol: position.symbol })).protectable) return;
  const { intents, authority, side, orders: all } = await authorityOver(services, position);
  // By the position's own group, not by time: after a crash the market's clock may stand before the fill that opened it.
  const orders = all.filter((order) => protective.has(order.category) && order.ocoGroup === `bracket:${position.id}`);
  // A closed position has no side of its own any more; its children keep theirs.
  const direction = position.quantity === 0 ? (side === 'SELL' ? 'LONG' : 'SHORT') : position.quantity > 0 ? 'LONG' : 'SHORT';
  if (side !== null && (direction === 'LONG') !== (side === 'SELL')) throw new NotCleared(`the position has gone over to the other side (${position.quantity})`);
  const quote = services.market.quote(position.symbol);
  const tracked = await followPrice(services, position, quote?.last ?? null);
  const leaving = leavingQuantity(all, { beside: true }) + (input.leaving ?? 0);
  // What a partial exit is about to sell is not protected twice, so that stop and exit together never sell too much.
  const protectedQuantity = direction === 'LONG' ? Math.max(0, position.quantity - leaving) : Math.min(0, position.quantity + leaving);
  // Of an order of before an ex-date that is not known to be gone nothing is kept and nothing moved: its leg waits.
  const plan = bracketOrders({
    position: { positionId: position.id, quantity: protectedQuantity, direction, best: tracked, last: quote ? decimal(quote.last) : null, tickSize: services.market.symbols().get(position.symbol)?.tickSize ?? decimal('0.05') },
    bracket: { stop: position.stopLoss, ...(position.takeProfit === null ? {} : { target: position.takeProfit }), ...(position.trailing ? { trail: position.trailing } : {}) },
    existing: orders.map((order): ProtectiveOrder => ({ clientOrderId: order.clientOrderId, category: order.category as ProtectiveOrder['category'], status: order.supersededBy !== null && !isClosed(order.status) ? 'UNKNOWN' : order.status, side: order.side, quantity: order.quantity, filledQuantity: order.filledQuantity, triggerPrice: order.triggerPrice, limitPrice: order.limitPrice })),
    mayLoosen: input.mayLoosen ?? false,
  });
  const desk: Change = { broker, intents, authority, orders, taken: new Set(all.map((order) => order.clientOrderId)) };
  for (const { clientOrderId } of plan.cancel) await withdraw(services, desk, clientOrderId);
  for (const replace of plan.replace) await move(services, desk, replace);
  const justRejected = (child: PlaceChild): boolean => orders.some((order) => order.status === 'REJECTED' && (order.category === 'TAKE_PROFIT') === (child.leg === 'TARGET') && msBetween(order.updatedAt, services.wallNow()) < afterRejectionMs);
  const wanted = plan.place.filter((child) => !justRejected(child));
  // An exit of its group that is at the broker and has no answer here may be filling: a stop that is sent meanwhile comes after it, to a group that is done, and sells what is sold.
  if (wanted.length > 0) for (const order of all) if (order.category === 'EXIT' && order.status === 'UNKNOWN' && order.supersededBy === null && order.ocoGroup === `bracket:${position.id}` && (await broker.reads.lookUp(order.accountId, order.clientOrderId)) !== null) return;
  // A stop that is gone because an exit of its group filled must not come back before that fill is listed: it would sell what is sold.
  if (wanted.length > 0 && await filledUnbooked(services, broker.reads, all) > 0) return;
  for (const child of wanted) await place(services, { ...desk, position, child });
}

/** What clearances allow for this position, and on which side its children are. */
export async function authorityOver(services: ExecutionServices, position: StoredPosition): Promise<{ intents: Intent[]; authority: { stop: Authority; target: Authority }; side: 'BUY' | 'SELL' | null; orders: StoredOrder[] }> {
  const intents = await protectiveIntents(services.database.orm, { accountId: position.accountId, symbol: position.symbol });
  const orders = await listOrders(services.database.orm, { accountIds: [position.accountId], symbol: position.symbol, limit: 500 });
  const credited = await creditedInto(services.database.orm, position.id);
  const entries = orders.filter((order) => order.category === 'ENTRY');
  const opening = entries.find((order) => order.actionId === position.actionId);
  // An entry that last filled, and was placed, before the opening one belongs to a position that is over. Either clock is enough: the wall's may be set back, the market's stands a little earlier after a crash.
  // What a demerger opened has no opening entry: those since it are its own.
  const ofPosition = (order: StoredOrder): boolean => (opening === undefined ? credited > 0 && order.marketTime >= position.openedAt : order.updatedAt >= opening.createdAt || order.marketTime >= opening.marketTime);
  const made = new Set(entries.filter((order) => order.filledQuantity > 0 && ofPosition(order)).map((order) => order.actionId)).add(position.actionId);
  const ofEntries = new Set(entries.map((order) => order.actionId));
  // Its own entry first: another one's children may have protected a position that is over.
  const ownFirst = (a: Intent, b: Intent): number => Number(b.actionId === position.actionId) - Number(a.actionId === position.actionId);
  const of = (leg: Intent['leg']): Authority => ({ entries: intents.filter((each) => each.leg === leg && made.has(each.actionId)).sort(ownFirst), changes: intents.filter((each) => each.leg === leg && !made.has(each.actionId) && !ofEntries.has(each.actionId)), credited });
  const authority = { stop: of('stop'), target: of('target') };
  const first = authority.stop.entries[0] ?? authority.stop.changes[0];
  return { intents, authority, orders, side: first ? (JSON.parse(first.spec) as { side: 'BUY' | 'SELL' }).side : null };
}

/** The best price since the entry, for the trail. */
async function followPrice(services: ExecutionServices, position: StoredPosition, last: number | null): Promise<StoredPosition['bestPrice']> {
  if (last === null || position.trailing === null || position.closedAt !== null) return position.bestPrice;
  const direction = position.quantity >= 0 ? 'LONG' : 'SHORT';
  const best = position.bestPrice === null ? decimal(last) : betterPrice(direction, position.bestPrice, decimal(last));
  if (best !== position.bestPrice) await saveBestPrice(services.database.orm, { id: position.id, bestPrice: best });
  return best;
}

type Broker = NonNullable<ReturnType<ExecutionServices['broker']>>;
interface Change { broker: Broker; intents: Intent[]; authority: { stop: Authority; target: Authority }; orders: StoredOrder[]; /** Names that orders of this symbol have had, of this position or an earlier one. */ taken: Set<string> }

async function place(services: ExecutionServices, input: Change & { position: StoredPosition; child: PlaceChild }): Promise<void> {
  const { child, position } = input;
  const authority = child.leg === 'STOP' ? input.authority.stop : input.authority.target;
  const intent = authority.entries[0] ?? authority.changes[0];
  if (!intent) throw new NotCleared(`no clearance lists a ${child.leg.toLowerCase()}`);
  // An entry that fills on after its position was left has children of an earlier one: by their names the broker would take the new ones for repeats.
  const named = (sequence: number): string => (sequence === 0 ? intent.clientOrderId : clientOrderIdFor(intent.actionId, `${intent.leg}.${sequence}`));
  let { sequence } = child;
  while (input.taken.has(named(sequence))) sequence += 1;
  const clientOrderId = named(sequence);
  const order: BrokerOrder = {
    clientOrderId, accountId: position.accountId, symbol: position.symbol, exchange: position.exchange, side: child.side, quantity: child.quantity, type: child.type,
    limitPrice: child.limitPrice, triggerPrice: child.triggerPrice, product: 'DELIVERY', category: child.category, ocoGroup: child.ocoGroup,
  };
  const ticket = await childTicket(services, { authority, child: order, side: child.side });
  const won = await services.database.transaction(async (tx) => {
    if (!(await moveIntent(tx, { id: intent.id, from: ['WAITING', 'READY', 'SENT', 'DONE', 'VOID'], to: 'SENDING', attempted: true }))) return false;
    await insertOrder(tx, { id: uuidv7(Date.parse(services.wallNow())), intent, order, cardId: position.cardId, parentClientOrderId: null, marketTime: services.market.now() });
    await appendAudit(tx, { kind: 'order.sending', subject: position.actionId, actor: 'executor', payload: { clientOrderId, order: { ...order }, reason: child.reason } });
    return true;
  });
  // An earlier child of this leg has no answer yet: it is looked up first.
  if (won) await submitAndRecord(services, { intent, clientOrderId, submit: () => input.broker.submits.submit(ticket) });
}

function found(input: Change, clientOrderId: string): { order: StoredOrder; intent: Intent } | null {
  const order = input.orders.find((each) => each.clientOrderId === clientOrderId);
  const intent = input.intents.find((each) => each.id === order?.intentId);
  return order && intent && !isClosed(order.status) ? { order, intent } : null;
}

async function withdraw(services: ExecutionServices, input: Change, clientOrderId: string): Promise<void> {
  const { order, intent } = found(input, clientOrderId) ?? {};
  if (!order || !intent) return;
  const ticket = await withdrawalTicket(services, { intent, accountId: order.accountId, clientOrderId });
  await unlessSilent(services, order, async () => {
    const state = await input.broker.submits.cancel(ticket);
    await services.database.transaction(async (tx) => {
      await recordAnswerToChange(tx, order, state);
      await appendAudit(tx, { kind: 'order.cancelled', subject: order.actionId, actor: 'executor', payload: { clientOrderId, status: state.status } });
    });
  });
}

async function move(services: ExecutionServices, input: Change, to: ReplaceChild): Promise<void> {
  const { order, intent } = found(input, to.clientOrderId) ?? {};
  if (!order || !intent) return;
  const authority = order.category === 'TAKE_PROFIT' ? input.authority.target : input.authority.stop;
  const ticket = await childTicket(services, { authority, child: { accountId: order.accountId, clientOrderId: to.clientOrderId, quantity: to.quantity, limitPrice: to.limitPrice, triggerPrice: to.triggerPrice }, side: order.side });
  await unlessSilent(services, order, async () => {
    const state = await input.broker.submits.replace(ticket);
    await services.database.transaction(async (tx) => {
      // A broker that declines answers with the order as it was and a message; nothing has changed then.
      if (state.message === null) await changeOrderTerms(tx, { clientOrderId: to.clientOrderId, limitPrice: to.limitPrice, triggerPrice: to.triggerPrice, quantity: to.quantity });
      await recordAnswerToChange(tx, order, state);
      await appendAudit(tx, { kind: 'order.changed', subject: order.actionId, actor: 'executor', payload: { status: state.status, message: state.message, ...to } });
    });
  });
}

/** A broker that does not answer a change is asked at the next reconciliation what it thinks. */
async function unlessSilent(services: ExecutionServices, order: StoredOrder, ask: () => Promise<void>): Promise<void> {
  try { await ask(); } catch (error) {
    await services.database.transaction((tx) => appendAudit(tx, { kind: 'order.change_unknown', subject: order.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, message: error instanceof Error ? error.message : String(error) } }));
  }
}
