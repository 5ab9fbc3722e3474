import type { BrokerReads } from '../../brokers/define.ts';
import { openStatuses, type StoredOrder } from '../../db/stores/execution.ts';
import type { ExecutionServices } from './services.ts';

const isOpen = ({ status }: StoredOrder): boolean => (openStatuses as readonly string[]).includes(status);

/** Shares or contracts that working exits will still trade, of the orders of one symbol in one account. `beside`: only those that stand in no bracket's group, which take nobody's place. */
export function leavingQuantity(orders: readonly StoredOrder[], { beside = false, except = null }: { beside?: boolean; except?: string | null } = {}): number {
  return orders.filter((order) => isOpen(order) && order.category === 'EXIT' && (!beside || order.ocoGroup === null) && order.clientOrderId !== except)
    .reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0);
}

const lookUpAttempts = 4;
const lookUpWaitMs = 250;

/** What the broker says of one order, asked a few times. Throws when it does not answer at all. */
async function lookUpPatiently(services: ExecutionServices, reads: BrokerReads, order: StoredOrder) {
  for (let attempt = 1; ; attempt += 1) {
    try { return await reads.lookUp(order.accountId, order.clientOrderId); } catch (error) {
      if (attempt >= lookUpAttempts) throw error;
      await services.pause(lookUpWaitMs);
    }
  }
}

/**
 * Quantity that the broker counts as filled of open orders on the closing side and that is not booked here yet: a stop that
 * has just filled is listed among the fills later than its state says so, and an exit whose answer was lost may have filled, too.
 * Throws when the broker does not answer.
 */
export async function filledUnbooked(services: ExecutionServices, reads: BrokerReads, orders: readonly StoredOrder[]): Promise<number> {
  let sum = 0;
  for (const order of orders.filter((each) => isOpen(each) && each.category !== 'ENTRY')) {
    const state = await lookUpPatiently(services, reads, order);
    sum += Math.max(0, (state?.filledQuantity ?? 0) - order.filledQuantity);
  }
  return sum;
}
