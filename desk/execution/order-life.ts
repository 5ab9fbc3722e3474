import Big from 'big.js';
import { decimal, type Decimal } from '../decimal.ts';
import type { Instant } from '../time.ts';

/** The same words as a broker's order status. `UNKNOWN`: sent, and nobody knows what became of it. */
export type OrderStatus = 'PENDING' | 'OPEN' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELLED' | 'REJECTED' | 'EXPIRED' | 'UNKNOWN';

/** Which status may follow which. Late fills are no status reports: they count whatever the status is. */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'UNKNOWN'],
  UNKNOWN: ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED'],
  OPEN: ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'UNKNOWN'],
  PARTIALLY_FILLED: ['FILLED', 'CANCELLED', 'EXPIRED', 'UNKNOWN'],
  FILLED: [],
  CANCELLED: ['FILLED'],
  EXPIRED: ['FILLED'],
  REJECTED: [],
};

/** No further fill is to be expected; one that comes all the same is counted. */
export const isClosed = (status: OrderStatus): boolean =>
  status === 'FILLED' || status === 'CANCELLED' || status === 'REJECTED' || status === 'EXPIRED';
/** May be working at the broker: nothing may be sent in its place. */
export const mayBeWorking = (status: OrderStatus): boolean => !isClosed(status);

export interface OrderFill {
  brokerFillId: string;
  quantity: number;
  price: Decimal;
  filledAt: Instant;
}

/** An order as the desk knows it: the last status and every fill, in the order of the market, not of arrival. */
export interface OrderProgress {
  clientOrderId: string;
  quantity: number;
  status: OrderStatus;
  message: string | null;
  fills: readonly OrderFill[];
}

export const filledQuantity = (order: OrderProgress): number => order.fills.reduce((sum, fill) => sum + fill.quantity, 0);
export const remainingQuantity = (order: OrderProgress): number => Math.max(0, order.quantity - filledQuantity(order));
/** Shares bought or sold beyond the order; anything but 0 is an alarm. */
export const overfilledQuantity = (order: OrderProgress): number => Math.max(0, filledQuantity(order) - order.quantity);

/** Volume-weighted price of the fills, to eight decimals; null without fills. */
export function averageFillPrice(order: OrderProgress): Decimal | null {
  const filled = filledQuantity(order);
  if (filled === 0) return null;
  const turnover = order.fills.reduce((sum, fill) => sum.plus(new Big(fill.price).times(fill.quantity)), new Big(0));
  return decimal(turnover.div(filled).round(8, Big.roundHalfUp).toFixed());
}

export type FillOutcome =
  /** Counted. `afterClose`: it came after the order was said to be cancelled, expired or rejected. */
  | { kind: 'applied'; order: OrderProgress; overfilled: number; afterClose: boolean }
  | { kind: 'duplicate'; order: OrderProgress }
  /** The same fill id with other content: nothing is counted, a person looks. */
  | { kind: 'conflict'; order: OrderProgress; known: OrderFill; reported: OrderFill };

const inMarketOrder = (a: OrderFill, b: OrderFill): number =>
  a.filledAt < b.filledAt ? -1 : a.filledAt > b.filledAt ? 1 : a.brokerFillId < b.brokerFillId ? -1 : 1;

function statusAfterFill(status: OrderStatus, filled: number, quantity: number): OrderStatus {
  if (filled >= quantity) return 'FILLED';
  // A part that filled before the cancel took hold leaves the order cancelled; a "rejected" order that fills was not rejected.
  return status === 'CANCELLED' || status === 'EXPIRED' ? status : 'PARTIALLY_FILLED';
}

/**
 * Counts a fill once, whenever it arrives. The broker's fills are what happened, so a fill after a cancel or beyond the
 * order's quantity counts too and is reported. The result is the same for every order of arrival.
 */
export function applyFillToOrder(order: OrderProgress, fill: OrderFill): FillOutcome {
  if (!Number.isSafeInteger(fill.quantity) || fill.quantity <= 0) throw new RangeError(`not a filled quantity: ${fill.quantity}`);
  const known = order.fills.find((earlier) => earlier.brokerFillId === fill.brokerFillId);
  if (known) {
    const same = known.quantity === fill.quantity && known.price === fill.price;
    return same ? { kind: 'duplicate', order } : { kind: 'conflict', order, known, reported: fill };
  }
  const fills = [...order.fills, fill].sort(inMarketOrder);
  const filled = filledQuantity({ ...order, fills });
  const next: OrderProgress = { ...order, fills, status: statusAfterFill(order.status, filled, order.quantity) };
  return {
    kind: 'applied',
    order: next,
    overfilled: overfilledQuantity(next),
    afterClose: isClosed(order.status) && order.status !== 'FILLED',
  };
}

export interface StatusReport {
  status: OrderStatus;
  filledQuantity: number;
  message: string | null;
}
export interface StatusOutcome {
  kind: 'changed' | 'unchanged' | 'stale';
  order: OrderProgress;
  /** Shares that the broker counts as filled and the desk has no fill for: ask for fills. */
  missingQuantity: number;
}

/**
 * Takes over a status that the broker reported. A report that is older than what is known (a step that the table does
 * not allow) is stale and changes nothing; the fills it counts are still compared.
 */
export function applyStatusToOrder(order: OrderProgress, report: StatusReport): StatusOutcome {
  const missingQuantity = Math.max(0, report.filledQuantity - filledQuantity(order));
  if (report.status === order.status) {
    if (report.message === order.message) return { kind: 'unchanged', order, missingQuantity };
    return { kind: 'changed', order: { ...order, message: report.message }, missingQuantity };
  }
  // What has fills can no longer be rejected, nor be open without any.
  const contradictsFills =
    order.fills.length > 0 && (report.status === 'REJECTED' || report.status === 'OPEN' || report.status === 'PENDING');
  if (contradictsFills || !orderTransitions[order.status].includes(report.status)) return { kind: 'stale', order, missingQuantity };
  return { kind: 'changed', order: { ...order, status: report.status, message: report.message }, missingQuantity };
}
