import Big from 'big.js';
import type { TrailRule } from '../actions/types.ts';
import { type Decimal, decimal, type Minor, valueMinor } from '../decimal.ts';
import type { ShareRatio } from '../market/share-ratio.ts';
import { openCostMinor, type Position } from './position.ts';
import { type Direction, tighterStop } from './trail.ts';

/** What an adjustment moved, for the ledger: the fraction of a share that is paid out. `cash + cost` change equals `realised`. */
export interface AdjustmentEffect { cashMinor: Minor; costMinor: Minor; realisedMinor: Minor }
export type AdjustedPosition = { position: Position; effect: AdjustmentEffect; /** In shares, as a fraction of `oldShares`. */ fraction: number } | { refused: string };

/**
 * A position in the shares after a split, bonus or consolidation. Its cost stays the same to the paisa. What is less than a whole share
 * is paid in cash at `priceAfter`, the last price before the ex-date in new terms: companies sell the fractions together and pay out
 * what they bring. A short position owes the fraction instead. Without a price a fraction is refused: nobody knows what it is worth.
 */
export function adjustPosition({ position, ratio, priceAfter }: { position: Position; ratio: ShareRatio; priceAfter: Decimal | null }): AdjustedPosition {
  const { newShares, oldShares } = ratio;
  const numerator = position.quantity * newShares;
  if (!Number.isSafeInteger(numerator)) return { refused: 'the quantity is too large to count exactly' };
  const quantity = Math.trunc(numerator / oldShares);
  const fraction = numerator - quantity * oldShares;
  const cost = openCostMinor(position);
  if (fraction !== 0 && priceAfter === null) return { refused: 'no price is known for the fraction of a share that is left over' };
  // Signed like the quantity: a short position's fraction is a debt.
  const cashMinor = fraction === 0 || priceAfter === null ? 0 : Number(new Big(priceAfter).times(100).times(fraction).div(oldShares).round(0, Big.roundHalfUp).toFixed());
  const costOut = quantity === 0 ? cost : fraction === 0 ? 0 : Number(new Big(cost).times(fraction).div(numerator).round(0, Big.roundHalfUp).toFixed());
  const realisedMinor = cashMinor - costOut;
  return {
    position: { quantity, basis: quantity === 0 ? { quantity: 0, costMinor: 0 } : { quantity, costMinor: cost - costOut }, realisedMinor: position.realisedMinor + realisedMinor, chargesMinor: position.chargesMinor },
    effect: { cashMinor, costMinor: costOut === 0 ? 0 : -costOut, realisedMinor }, fraction,
  };
}

/** A dividend on what is held before the ex-date; below zero for a short position, which pays it to whom the shares were borrowed from. */
export const dividendMinor = (quantity: number, amount: Decimal): Minor => valueMinor(amount, quantity);

export interface BracketTerms { stop: Decimal | null; target: Decimal | null; trail: TrailRule | null; best: Decimal | null }

const priceDecimals = 6;
const scaled = (price: Decimal, { newShares, oldShares }: ShareRatio): Big => new Big(price).times(oldShares).div(newShares);
const onTick = (price: Big, tick: Decimal, up: boolean): Decimal => {
  const ticks = price.div(tick).round(0, up ? Big.roundUp : Big.roundDown);
  return decimal((ticks.eq(0) ? new Big(1) : ticks).times(tick).toFixed());
};

/**
 * Stop, target and trail in the prices after the ratio, that of the shares or of the prices alone (`ratioOfPrices`). A stop goes to the tick nearer the market, so that no more is lost at it than
 * before, and is never looser than `standing`, the stop that the trail had reached; a target to the tick that is met first.
 */
export function adjustBracket({ direction, ratio, tickSize, bracket, standing }: { direction: Direction; ratio: ShareRatio; tickSize: Decimal; bracket: BracketTerms; standing: Decimal | null }): BracketTerms {
  const long = direction === 'LONG';
  const { stop, target, trail, best } = bracket;
  const held = stop === null || standing === null ? stop : tighterStop(direction, stop, standing);
  const exact = (price: Decimal): Decimal => decimal(scaled(price, ratio).round(priceDecimals, Big.roundDown).toFixed());
  return {
    stop: held && onTick(scaled(held, ratio), tickSize, long),
    target: target && onTick(scaled(target, ratio), tickSize, !long),
    trail: trail && { distance: exact(trail.distance), ...(trail.activateAt === undefined ? {} : { activateAt: onTick(scaled(trail.activateAt, ratio), tickSize, !long) }) },
    best: best && exact(best),
  };
}
