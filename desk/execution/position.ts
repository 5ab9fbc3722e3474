import Big from 'big.js';
import type { Side } from '../actions/types.ts';
import { decimal, type Decimal, type Minor, valueMinor } from '../decimal.ts';

/**
 * One symbol of one account. Everything is an integer, so nothing drifts: the average price is the fraction
 * `basis.costMinor / (100 × basis.quantity)` and is never stored rounded. Signs follow the quantity: a short position
 * has a negative quantity and a negative cost (what was received for it).
 */
export interface Position {
  quantity: number;
  /** Quantity and cost when the position last grew. Closing a part leaves it alone, so the average stays exact. */
  basis: { quantity: number; costMinor: Minor };
  /** Before charges. */
  realisedMinor: Minor;
  chargesMinor: Minor;
}

export const flatPosition: Position = { quantity: 0, basis: { quantity: 0, costMinor: 0 }, realisedMinor: 0, chargesMinor: 0 };

export interface PositionFill {
  side: Side;
  quantity: number;
  price: Decimal;
  chargesMinor: Minor;
}

/** What a fill moved, for the ledger: `cash + cost` change equals `realised` (all before charges). */
export interface FillEffect {
  cashMinor: Minor;
  costMinor: Minor;
  realisedMinor: Minor;
  chargesMinor: Minor;
}

/** `value × part / whole`, rounded half away from zero, exact for any safe integers. */
function share(value: Minor, part: number, whole: number): Minor {
  const numerator = BigInt(value) * BigInt(part);
  const denominator = BigInt(whole);
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = Number((2n * n + d) / (2n * d));
  return negative && rounded !== 0 ? -rounded : rounded;
}

/** What the open quantity cost, signed like the quantity. */
export const openCostMinor = ({ quantity, basis }: Position): Minor =>
  quantity === 0 ? 0 : share(basis.costMinor, quantity, basis.quantity);

/** Average entry price to `decimals` places; null when flat. */
export function averagePrice({ quantity, basis }: Position, decimals = 4): Decimal | null {
  if (quantity === 0) return null;
  return decimal(new Big(basis.costMinor).div(new Big(basis.quantity).times(100)).round(decimals, Big.roundHalfUp).toFixed());
}

/** Gain if the position were closed at `mark`, before charges. */
export const unrealisedMinor = (position: Position, mark: Decimal | number): Minor =>
  valueMinor(mark, position.quantity) - openCostMinor(position);

/**
 * Applies a fill: adding averages the cost, reducing realises against the average, crossing zero closes the old position
 * and opens the rest on the other side.
 * @throws RangeError when the quantity is not a positive whole number.
 */
export function applyFill(position: Position, fill: PositionFill): { position: Position; effect: FillEffect } {
  if (!Number.isSafeInteger(fill.quantity) || fill.quantity <= 0) throw new RangeError(`not a filled quantity: ${fill.quantity}`);
  const signed = fill.side === 'BUY' ? fill.quantity : -fill.quantity;
  const paidMinor = valueMinor(fill.price, signed);
  const costBefore = openCostMinor(position);
  const quantity = position.quantity + signed;
  const sameSide = position.quantity === 0 || Math.sign(position.quantity) === Math.sign(signed);

  let basis = position.basis;
  let realisedMinor = 0;
  if (sameSide) {
    basis = { quantity, costMinor: costBefore + paidMinor };
  } else if (quantity === 0 || Math.sign(quantity) === Math.sign(position.quantity)) {
    basis = quantity === 0 ? flatPosition.basis : basis;
    realisedMinor = -paidMinor - (costBefore - openCostMinor({ ...position, quantity, basis }));
  } else {
    const paidToCloseMinor = share(paidMinor, -position.quantity, signed);
    basis = { quantity, costMinor: paidMinor - paidToCloseMinor };
    realisedMinor = -paidToCloseMinor - costBefore;
  }
  const next: Position = {
    quantity,
    basis,
    realisedMinor: position.realisedMinor + realisedMinor,
    chargesMinor: position.chargesMinor + fill.chargesMinor,
  };
  const effect = {
    cashMinor: noNegativeZero(-paidMinor),
    costMinor: openCostMinor(next) - costBefore,
    realisedMinor: noNegativeZero(realisedMinor),
    chargesMinor: fill.chargesMinor,
  };
  return { position: { ...next, realisedMinor: noNegativeZero(next.realisedMinor) }, effect };
}

const noNegativeZero = (minor: Minor): Minor => (minor === 0 ? 0 : minor);
