import type { Decimal, Minor } from '../desk/decimal.ts';
import type { Quote } from '../desk/market/types.ts';
import type { Instant } from '../desk/time.ts';

export type OrderCategory = 'ENTRY' | 'EXIT' | 'STOP_LOSS' | 'TAKE_PROFIT' | 'TRAIL';
export type OrderStatus = 'PENDING' | 'OPEN' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELLED' | 'REJECTED' | 'EXPIRED' | 'UNKNOWN';

/** What the executor sends. `clientOrderId` is derived from the action and leg, so a repeat is the same order. */
export interface BrokerOrder {
  clientOrderId: string;
  accountId: string;
  symbol: string; exchange: string;
  side: 'BUY' | 'SELL';
  quantity: number;
  type: 'MARKET' | 'LIMIT' | 'STOP' | 'STOP_LIMIT';
  limitPrice: Decimal | null; triggerPrice: Decimal | null;
  product: 'DELIVERY' | 'INTRADAY';
  category: OrderCategory;
  /** Orders of one group cancel one another when one fills whole (OCO). */
  ocoGroup: string | null;
}
export interface BrokerOrderState {
  clientOrderId: string; brokerOrderId: string; status: OrderStatus; message: string | null;
  filledQuantity: number; averagePrice: Decimal | null; updatedAt: Instant;
  /** What the broker holds the order's quantity to be, where it says so: an OCO partner's partial fill shrinks it. */
  quantity?: number;
}
export interface BrokerFill {
  brokerFillId: string; clientOrderId: string; quantity: number; price: Decimal;
  /** Charges by name in minor units, from the dated table or the broker's contract note. */
  charges: Record<string, Minor>;
  /** Market time. */
  filledAt: Instant;
  /** Of a paper broker: what kind of price it filled at (`Quote.spreadFrom`). */
  spreadFrom?: Quote['spreadFrom'];
  /** When that price was made, where it is a stored one that stood for now. */
  pricedAt?: Instant;
}

/** The executor's ticket: checked for signature, use and expiry before every send. Only the gate node can make one. */
declare const clearedBrand: unique symbol;
export type Cleared<T> = T & { readonly [clearedBrand]: true; readonly clearanceId: string };

/** Reading a broker is for everybody; `submit`, `cancel` and `replace` are a capability that only the executor holds. */
export interface BrokerReads {
  readonly name: string;
  /** Where a protective stop lives: at the broker, or watched by the desk. */
  readonly stopsLiveAt: 'broker' | 'desk';
  /** A second order with the same client order id is the first one; where false, nothing is ever sent twice on its own. */
  readonly deduplicatesByClientOrderId: boolean;
  lookUp(accountId: string, clientOrderId: string): Promise<BrokerOrderState | null>;
  orders(accountId: string): Promise<BrokerOrderState[]>;
  fillsSince(accountId: string, after: string | null): Promise<BrokerFill[]>;
  reachable(): Promise<boolean>;
}
export interface BrokerSubmits {
  submit(order: Cleared<BrokerOrder>): Promise<BrokerOrderState>;
  cancel(cancel: Cleared<{ accountId: string; clientOrderId: string }>): Promise<BrokerOrderState>;
  replace(change: Cleared<{ accountId: string; clientOrderId: string; limitPrice: Decimal | null; triggerPrice: Decimal | null; quantity: number }>): Promise<BrokerOrderState>;
}
