import Big from 'big.js';
import type { Decimal } from '../../desk/decimal.ts';
import { chargesFor } from '../../desk/execution/charges.ts';
import type { BrokerageSchedule } from '../../desk/execution/brokerage.ts';
import type { Exchange, Quote } from '../../desk/market/types.ts';
import { dateIn, type Instant, type Zone } from '../../desk/time.ts';
import type { BrokerOrder } from '../define.ts';

/** What the paper exchange lists. */
export interface PaperInstrument {
  exchange: Exchange;
  kind: 'EQUITY' | 'INDEX_FUTURE' | 'INDEX_OPTION';
  tickSize: Decimal;
  lotSize: number;
}

export const zoneOf = (exchange: Exchange): Zone => (exchange === 'US' ? 'America/New_York' : 'Asia/Kolkata');

interface AcceptanceFacts {
  now: Instant;
  instrument: PaperInstrument | null;
  quote: Quote | null;
  sessionOpen: boolean;
  whenClosed: 'REJECT' | 'QUEUE';
  schedule: BrokerageSchedule | undefined;
}

const offTick = (price: Decimal, tick: Decimal): boolean => !new Big(price).mod(tick).eq(0);

/** A price that the order type needs, or why it cannot stand. */
function priceFault(what: string, price: Decimal | null, tick: Decimal): string | null {
  if (price === null || !new Big(price).gt(0)) return `the order has no ${what}`;
  return offTick(price, tick) ? `${what} ${price} is not on the tick of ${tick}` : null;
}

/** What is wrong with quantity and prices; null when nothing is. Also asked before a change. */
export function termsFault(
  { type, quantity, limitPrice, triggerPrice }: Pick<BrokerOrder, 'type' | 'quantity' | 'limitPrice' | 'triggerPrice'>,
  instrument: PaperInstrument,
): string | null {
  if (!Number.isSafeInteger(quantity) || quantity <= 0) return `${quantity} is not a quantity`;
  if (quantity % instrument.lotSize !== 0) return `${quantity} is not a multiple of the lot of ${instrument.lotSize}`;
  const limit = type === 'LIMIT' || type === 'STOP_LIMIT' ? priceFault('limit price', limitPrice, instrument.tickSize) : null;
  const trigger = type === 'STOP' || type === 'STOP_LIMIT' ? priceFault('trigger price', triggerPrice, instrument.tickSize) : null;
  return limit ?? trigger;
}

/** Why the exchange rejects an order; null when it takes it. */
export function rejection(
  order: BrokerOrder,
  { now, instrument, quote, sessionOpen, whenClosed, schedule }: AcceptanceFacts,
): string | null {
  if (!instrument || instrument.exchange !== order.exchange) return `unknown symbol ${order.symbol} on ${order.exchange}`;
  const fault = termsFault(order, instrument);
  if (fault) return fault;
  if (!sessionOpen && whenClosed === 'REJECT') return `${order.exchange} is closed`;
  if (!quote) return `no quote for ${order.symbol}`;
  const charges = chargesFor({
    exchange: instrument.exchange,
    product: order.product,
    side: order.side,
    quantity: order.quantity,
    price: order.limitPrice ?? instrument.tickSize,
    date: dateIn(now, zoneOf(instrument.exchange)),
    instrument: instrument.kind,
    ...(schedule ? { schedule } : {}),
  });
  return charges.known ? null : charges.reason;
}
