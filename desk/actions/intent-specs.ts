import type { Decimal } from '../decimal.ts';
import type { ActionOf, Side, TrailRule } from './types.ts';

/** What one intent does. Prices are exact decimals or null; quantities whole shares or contracts. */
export interface SubmitSpec {
  operation: 'submit';
  symbol: string; exchange: string; side: Side; quantity: number;
  type: 'MARKET' | 'LIMIT' | 'STOP'; limitPrice: Decimal | null; triggerPrice: Decimal | null;
  product: 'DELIVERY' | 'INTRADAY';
  category: 'ENTRY' | 'EXIT' | 'STOP_LOSS' | 'TAKE_PROFIT';
  /** Orders of one group cancel one another when one fills whole; null for orders that stand alone or join the position's own group. */
  ocoGroup: string | null;
  onlyIf: ActionOf<'enter'>['onlyIf'] | null;
}
/** The confirmed rule by which the stop follows; the desk may move the stop inside it and never looser. */
export interface TrailSpec { operation: 'trail'; symbol: string; side: Side; quantity: number; category: 'TRAIL'; distance: Decimal; activateAt: Decimal | null; ocoGroup: string }
export interface CancelSpec { operation: 'cancel'; orderId: string; targetClientOrderId: string; symbol: string; category: string }
export interface ReplaceSpec { operation: 'replace'; orderId: string; targetClientOrderId: string; symbol: string; category: string; quantity: number; limitPrice: Decimal | null; triggerPrice: Decimal | null }
/** A position's stop, target or trail as it is to be from now on; what is absent stays. */
export interface ProtectSpec { operation: 'protect'; positionId: string; symbol: string; stop?: Decimal; target?: Decimal; trail?: TrailRule | null }
export interface HaltSpec { operation: 'halt'; accountId: string }
export type IntentSpec = SubmitSpec | TrailSpec | CancelSpec | ReplaceSpec | ProtectSpec | HaltSpec;

/** One thing the executor may do with a clearance, once. `after`: the leg whose fill sets it free. */
export interface Intent { leg: string; clientOrderId: string; state: 'READY' | 'WAITING'; after: string | null; spec: IntentSpec }
