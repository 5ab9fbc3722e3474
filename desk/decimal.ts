import Big from 'big.js';

declare const decimalBrand: unique symbol;
/** An exact decimal in canonical form: no exponent, no trailing zeros, no `-0`. Used for prices. */
export type Decimal = string & { readonly [decimalBrand]: true };
/** Integer minor units of the account's currency (paise, cents). */
export type Minor = number;

/** @throws RangeError when `value` is not a finite decimal number. */
export function decimal(value: string | number): Decimal {
  try {
    const big = new Big(value);
    return (big.eq(0) ? '0' : big.toFixed()) as Decimal;
  } catch {
    throw new RangeError(`not a decimal number: ${String(value)}`);
  }
}

export const toNumber = (value: Decimal): number => Number(value);

/** `price × quantity` in minor units, rounded half away from zero. */
export const valueMinor = (price: Decimal | number, quantity: number): Minor =>
  Number(new Big(price).times(quantity).times(100).round(0, Big.roundHalfUp).toFixed());

/** Rounds a price to the exchange's tick: `nearest`, `down` or `up`. */
export function roundToTick(price: number, tick: number, direction: 'nearest' | 'down' | 'up' = 'nearest'): Decimal {
  const modes = { nearest: Big.roundHalfUp, down: Big.roundDown, up: Big.roundUp };
  const ticks = new Big(price.toFixed(8)).div(tick).round(0, modes[direction]);
  return decimal(ticks.times(tick).toFixed());
}

export const minorToDecimal = (minor: Minor): Decimal => decimal(new Big(minor).div(100).toFixed());
export const decimalToMinor = (value: Decimal): Minor => valueMinor(value, 1);
