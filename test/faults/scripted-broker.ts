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
