import type { Decimal } from '../../desk/decimal.ts';
import type { Quote } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { BrokerFill, BrokerOrder, OrderStatus } from '../define.ts';

/** An order in the paper exchange's book. Plain JSON; `quantity` shrinks when another order of its OCO group fills in part. */
export interface PaperOrder extends BrokerOrder {
  clearanceId: string;
  brokerOrderId: string;
  status: OrderStatus;
  message: string | null;
  filledQuantity: number;
  /** Sum of price × quantity of its fills, exact. */
  turnover: Decimal;
  /** Its stop has gone off. */
  triggered: boolean;
  /** Market time of acceptance, and from when on it can be matched (later by the latency, or after a change). */
  acceptedAt: Instant;
  activeAt: Instant;
  /** Market time of the last quote or bar that it traded on; it does not trade on the same one twice. */
  tradedUpTo: Instant | null;
  updatedAt: Instant;
}

export interface PaperFill extends BrokerFill {
  accountId: string;
  symbol: string;
  side: 'BUY' | 'SELL';
  product: 'DELIVERY' | 'INTRADAY';
  date: TradingDate;
  spreadFrom: Quote['spreadFrom'];
}

/** The size of one quote that buys (its offer) or sales (its bid) take from. */
export interface DisplayedSide {
  symbol: string;
  side: 'BUY' | 'SELL';
  /** Which quote: the moment it was made. */
  quotedAt: Instant;
}

/** What one transaction sees of the book. Orders are values: change one by `updateOrder`, never in place. */
export interface PaperBook {
  /** Idempotent by (accountId, clientOrderId): a repeat changes nothing and returns the order that is there. */
  insertOrder(order: PaperOrder): Promise<{ order: PaperOrder; inserted: boolean }>;
  order(accountId: string, clientOrderId: string): Promise<PaperOrder | null>;
  /** @throws Error when there is no such order. */
  updateOrder(order: PaperOrder): Promise<void>;
  /** Orders that may still trade (PENDING, OPEN, PARTIALLY_FILLED), of all accounts, in any order. */
  openOrders(): Promise<PaperOrder[]>;
  /** All orders of an account, in any order. */
  orders(accountId: string): Promise<PaperOrder[]>;
  /** @throws Error when the account has a fill with this id already. */
  appendFill(fill: PaperFill): Promise<void>;
  /** An account's fills in the order of appending: those after the fill with id `after`, or all when it is null or not there. */
  fills(accountId: string, after: string | null): Promise<PaperFill[]>;
  /** What orders of all accounts have taken so far from this side of this quote. Only the last quote that was traded with is remembered, of any other it is 0. */
  taken(of: DisplayedSide): Promise<number>;
  /** Counts what an order took. */
  take(of: DisplayedSide & { quantity: number }): Promise<void>;
  /** Has the account sold this symbol from delivery on this date? */
  hasDeliverySale(of: { accountId: string; symbol: string; date: TradingDate }): Promise<boolean>;
}

/** Keeps the book through crashes. `atomically` runs one piece of work at a time; when it throws, nothing of it has happened. */
export interface PaperBookStore {
  atomically<T>(work: (book: PaperBook) => Promise<T>): Promise<T>;
}
