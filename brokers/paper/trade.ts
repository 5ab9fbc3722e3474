import Big from 'big.js';
import { decimal } from '../../desk/decimal.ts';
import type { BrokerageSchedule } from '../../desk/execution/brokerage.ts';
import { chargesFor } from '../../desk/execution/charges.ts';
import type { Match } from '../../desk/execution/matching.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { type PaperInstrument, zoneOf } from './accept.ts';
import type { PaperBook, PaperFill, PaperOrder } from './book.ts';

export const remainingOf = (order: PaperOrder): number => order.quantity - order.filledQuantity;
export const isWorking = ({ status }: PaperOrder): boolean => status === 'PENDING' || status === 'OPEN' || status === 'PARTIALLY_FILLED';

/** One fill of an order with its charges, and the order after it; null when the date has no charges, which ends the order. */
async function fillOnce({
  book,
  order,
  quantity,
  price,
  at,
  spreadFrom,
  pricedAt,
  instrument,
  schedule,
}: {
  book: PaperBook;
  order: PaperOrder;
  quantity: number;
  price: PaperFill['price'];
  at: Instant;
  spreadFrom: Match['spreadFrom'];
  pricedAt: Instant | undefined;
  instrument: PaperInstrument;
  schedule: BrokerageSchedule | undefined;
}): Promise<{ order: PaperOrder; fill: PaperFill | null }> {
  const { accountId, symbol, side, product } = order;
  const date = dateIn(at, zoneOf(instrument.exchange));
  const fromDelivery = side === 'SELL' && product === 'DELIVERY';
  const charges = chargesFor({
    exchange: instrument.exchange,
    instrument: instrument.kind,
    product,
    side,
    quantity,
    price,
    date,
    earlier: { quantity: order.filledQuantity, turnover: order.turnover },
    depositoryDebited: fromDelivery && (await book.hasDeliverySale({ accountId, symbol, date })),
    ...(schedule ? { schedule } : {}),
  });
  if (!charges.known)
    return {
      order: { ...order, status: order.filledQuantity > 0 ? 'CANCELLED' : 'REJECTED', message: charges.reason, updatedAt: at },
      fill: null,
    };
  const filledQuantity = order.filledQuantity + quantity;
  const turnover = decimal(new Big(order.turnover).plus(new Big(price).times(quantity)).toFixed());
  const next: PaperOrder = {
    ...order,
    filledQuantity,
    turnover,
    status: filledQuantity >= order.quantity ? 'FILLED' : 'PARTIALLY_FILLED',
    message: null,
    updatedAt: at,
  };
  // The quantity filled so far only grows, so the id is unique, and the same again when a run is repeated.
  const brokerFillId = `${order.brokerOrderId}-${filledQuantity}`;
  return {
    order: next,
    fill: {
      brokerFillId,
      clientOrderId: order.clientOrderId,
      accountId,
      symbol,
      side,
      product,
      date,
      quantity,
      price,
      charges: charges.byName,
      filledAt: at,
      spreadFrom,
      ...(pricedAt === undefined ? {} : { pricedAt }),
    },
  };
}

/**
 * Books a match: the fills, the order after them, and what they mean for the other orders of its OCO group. A whole fill
 * cancels them, a part shrinks them. Returns every order that changed.
 */
export async function bookMatch({
  book,
  order,
  match,
  group,
  at,
  tradedUpTo,
  pricedAt,
  instrument,
  schedule,
}: {
  book: PaperBook;
  order: PaperOrder;
  match: Match;
  group: readonly PaperOrder[];
  at: Instant;
  tradedUpTo: Instant;
  /** When a stored price was made that stood for now. */
  pricedAt?: Instant;
  instrument: PaperInstrument;
  schedule: BrokerageSchedule | undefined;
}): Promise<{ changed: PaperOrder[]; fills: PaperFill[] }> {
  let current: PaperOrder = { ...order, triggered: match.triggered };
  const fills: PaperFill[] = [];
  for (const { quantity, price } of match.fills) {
    const done = await fillOnce({ book, order: current, quantity, price, at, spreadFrom: match.spreadFrom, pricedAt, instrument, schedule });
    current = done.order;
    if (!done.fill) break;
    await book.appendFill(done.fill);
    fills.push(done.fill);
  }
  if (fills.length > 0) current = { ...current, tradedUpTo };
  else if (current.status === order.status && current.triggered === order.triggered) return { changed: [], fills };

  const traded = fills.reduce((sum, { quantity }) => sum + quantity, 0);
  const others =
    traded === 0
      ? []
      : group.map((other): PaperOrder => {
          const quantity = other.quantity - traded;
          if (current.status === 'FILLED' || quantity <= other.filledQuantity)
            return { ...other, status: 'CANCELLED', message: 'the other order of its group filled', updatedAt: at };
          return { ...other, quantity, updatedAt: at };
        });
  const changed = [{ ...current, updatedAt: at }, ...others];
  for (const each of changed) await book.updateOrder(each);
  return { changed, fills };
}
