import { createPublicKey } from 'node:crypto';
import type { BrokerFill, BrokerOrderState, BrokerReads, BrokerSubmits, OrderStatus } from '../../brokers/define.ts';
import { orderByClientId } from '../../db/stores/execution.ts';
import { decimal } from '../../desk/decimal.ts';
import { instant } from '../../desk/time.ts';
import type { ExecutionServices } from '../../graph/execution/services.ts';
import type { FaultDesk } from './trading.ts';

/** A broker that says what a test wants said: fills twice, late, in the wrong order, or of orders that nobody sent. */
export interface ScriptedBroker {
  services: ExecutionServices;
  /** What was submitted, by client order id. */
  orders: Map<string, BrokerOrderState & { side: string; category: string; triggerPrice: string | null }>;
  /** The fills as the broker lists them; a test may order, double and remove them. */
  fills: BrokerFill[];
  /** Lets an order fill. The order's own count follows unless `silent`. */
  fill(clientOrderId: string, quantity: number, price: number, more?: { id?: string; silent?: boolean }): BrokerFill;
  set(clientOrderId: string, status: OrderStatus): void;
  /** Takes over an order that the desk has sent to its paper broker. */
  adopt(clientOrderId: string): Promise<void>;
  /** Answers nothing while set. */
  silent: boolean;
}

export function scriptedBroker(desk: FaultDesk): ScriptedBroker {
  const orders: ScriptedBroker['orders'] = new Map();
  const fills: BrokerFill[] = [];
  const now = () => desk.market.now();
  const answer = (clientOrderId: string, change: Partial<BrokerOrderState>): BrokerOrderState => {
    const order = orders.get(clientOrderId);
    if (broker.silent) throw new Error('no answer');
    if (!order) return { clientOrderId, brokerOrderId: '', status: 'REJECTED', message: 'no such order', filledQuantity: 0, averagePrice: null, updatedAt: now() };
    const next = { ...order, ...change, updatedAt: now() };
    orders.set(clientOrderId, next);
    return next;
  };
  const reads: BrokerReads = {
    name: 'scripted', stopsLiveAt: 'broker', deduplicatesByClientOrderId: true, reachable: async () => true,
    lookUp: async (_account, clientOrderId) => orders.get(clientOrderId) ?? null,
    orders: async () => [...orders.values()],
    fillsSince: async (_account, after) => (after === null ? [...fills] : fills.slice(fills.findIndex(({ brokerFillId }) => brokerFillId === after) + 1)),
  };
  const submits: BrokerSubmits = {
    submit: async (order) => {
      if (broker.silent) throw new Error('no answer');
      if (!orders.has(order.clientOrderId)) orders.set(order.clientOrderId, { clientOrderId: order.clientOrderId, brokerOrderId: `B${orders.size}`, status: 'OPEN', message: null, filledQuantity: 0, averagePrice: null, updatedAt: now(), quantity: order.quantity, side: order.side, category: order.category, triggerPrice: order.triggerPrice });
      return answer(order.clientOrderId, {});
    },
    cancel: async ({ clientOrderId }) => answer(clientOrderId, { status: 'CANCELLED' }),
    replace: async ({ clientOrderId, quantity }) => answer(clientOrderId, { quantity }),
  };
  const broker: ScriptedBroker = {
    orders, fills, silent: false,
    services: {
      database: desk.database, market: desk.market, ownerId: desk.owner.id, wallNow: () => instant(Date.now()), broker: () => ({ reads, submits }), publicKey: createPublicKey(desk.publicKeyPem),
      killFile: () => ({ state: 'ABSENT' }), ordersPerSecond: 9, changed: () => undefined, effects: {}, pause: (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }),
    },
    fill(clientOrderId, quantity, price, { id = `F${fills.length + 1}-${clientOrderId}`, silent = false } = {}) {
      const fill: BrokerFill = { brokerFillId: id, clientOrderId, quantity, price: decimal(price), charges: { brokerage: 20_00 }, filledAt: now() };
      fills.push(fill);
      const order = orders.get(clientOrderId);
      if (order && !silent) {
        const filledQuantity = order.filledQuantity + quantity;
        orders.set(clientOrderId, { ...order, filledQuantity, status: filledQuantity >= (order.quantity ?? 0) ? 'FILLED' : order.status === 'CANCELLED' ? 'CANCELLED' : 'PARTIALLY_FILLED' });
      }
      return fill;
    },
    set(clientOrderId, status) { const order = orders.get(clientOrderId); if (order) orders.set(clientOrderId, { ...order, status }); },
    async adopt(clientOrderId) {
      const stored = await orderByClientId(desk.database.orm, clientOrderId);
      if (!stored) throw new Error(`the desk has no order ${clientOrderId}`);
      orders.set(clientOrderId, { clientOrderId, brokerOrderId: stored.brokerOrderId ?? 'B', status: 'OPEN', message: null, filledQuantity: 0, averagePrice: null, updatedAt: now(), quantity: stored.quantity, side: stored.side, category: stored.category, triggerPrice: stored.triggerPrice });
    },
  };
  return broker;
}

/** A test is a day of its own at a broker of its own: nothing open, no cursor, entries allowed. */
export const freshDay = (desk: FaultDesk): Promise<unknown> => desk.database.asOwner((client) =>
  client.query("delete from core.fill_cursors; delete from core.trading_holds; update core.trading_states set state = 'ACTIVE', reason = null; update core.orders set status = 'CANCELLED' where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'); update core.mandates set terms = jsonb_set(terms, '{maxPositions}', '200')"));

export interface WorkingEntry { symbol: string; entry: string; actionId: string; price: number; /** Where to look for the next one. */ next: number }
/** An entry that a person confirmed and that works at the scripted broker, in the first share from the `from`th on that the gates let through. */
export async function workingEntry(desk: FaultDesk, broker: ScriptedBroker, { quantity, from }: { quantity: number; from: number }): Promise<WorkingEntry> {
  for (let next = from; ; ) {
    const symbol = desk.equities[next] ?? '';
    next += 1;
    const { actionId, confirmation, message } = await desk.entry(symbol, quantity);
    if (!confirmation) { if (next > 55) throw new Error(message ?? 'no entry passes'); continue; }
    await desk.press(confirmation.id);
    const [row] = await desk.ask<{ id: string }>("select client_order_id as id from core.orders where action_id = $1 and category = 'ENTRY'", [actionId]);
    await broker.adopt(row?.id ?? '');
    return { symbol, entry: row?.id ?? '', actionId, price: desk.market.quote(symbol)?.last ?? 0, next };
  }
}

/** Presses, and leaves the confirmed action as a crash would have: cleared and not sent. */
export async function clearedOnly(desk: FaultDesk, { confirmationId, actionId }: { confirmationId: string; actionId: string }): Promise<void> {
  const working = await desk.ask<{ id: string; status: string; quantity: number }>("select id, status, quantity from core.orders where status in ('OPEN', 'PARTIALLY_FILLED')");
  await desk.press(confirmationId);
  await desk.database.asOwner(async (client) => {
    // The press went to the paper broker, which knows nothing of these orders.
    for (const { id, status, quantity } of working) await client.query('update core.orders set status = $2, quantity = $3 where id = $1', [id, status, quantity]);
    await client.query('alter table core.order_intents disable trigger order_intents_step');
    await client.query("update core.order_intents set state = 'READY' where action_id = $1", [actionId]);
    await client.query('alter table core.order_intents enable always trigger order_intents_step');
    await client.query("update core.actions set state = 'executing' where id = $1", [actionId]);
    await client.query("delete from core.orders where action_id = $1", [actionId]);
  });
}
