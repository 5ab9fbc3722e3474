import type { TradingDate } from '../../time.ts';

/**
 * One leg of a structure. `quantity` is in units of the underlying (lots × lot size), negative when sold. `price` is what a unit was
 * paid or received at; the money of a structure is the sum of price × quantity.
 */
export type StructureLeg = OptionLeg | UnderlyingLeg;
export interface UnderlyingLeg { kind: 'underlying'; quantity: number; price: number }
export interface OptionLeg {
  kind: 'call' | 'put';
  quantity: number;
  price: number;
  strike: number;
  expiry: TradingDate;
  timeYears: number;
  volatility: number;
  /** That the expiry's forward implies: r − ln(F/S)/T. */
  dividendYield: number;
}

export const isOption = (leg: StructureLeg): leg is OptionLeg => leg.kind !== 'underlying';

/** Paid for the options (positive) or received (negative). */
export const netPremium = (legs: readonly StructureLeg[]): number => legs.filter(isOption).reduce((sum, { quantity, price }) => sum + quantity * price, 0);

/** Years to the first expiry; null when no leg is an option. */
export function firstExpiryYears(legs: readonly StructureLeg[]): number | null {
  const times = legs.filter(isOption).map(({ timeYears }) => timeYears);
  return times.length === 0 ? null : Math.min(...times);
}
