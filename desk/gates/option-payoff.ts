import type { ActionOf } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import { tenThousandths } from './figures.ts';

/**
 * The worst result of an option structure at expiry, from its legs alone: what the proposer says about it is not believed.
 * The payoff is piecewise linear in the underlying, so its minimum lies at zero, at a strike, or runs away above the last
 * strike. Legs of different expiries are valued at intrinsic as if all ended with the first (the convention of calendar
 * spreads: the rest is sold then); `uncovered` below sees to it that no short leg outlives its cover.
 */
type Structure = ActionOf<'option_structure'>;
type Leg = Structure['legs'][number];

/** What is closed is gone: only the rest can lose, and needs cover. */
export const openingLegs = ({ legs }: Structure): Leg[] => legs.filter(({ effect }) => effect !== 'CLOSE');

export const signed = (leg: Leg): number => (leg.side === 'BUY' ? 1 : -1) * leg.lots * leg.lotSize;

/** Premium paid (positive) or received (negative), in minor units. */
export function netPremiumMinor(structure: Structure): Minor {
  let total = 0;
  for (const leg of structure.legs) total += tenThousandths(leg.limitPrice) * signed(leg);
  return Math.ceil(total / 100);
}

function payoffAt(structure: Structure, spot: number): number {
  let total = 0;
  for (const leg of openingLegs(structure)) {
    const strike = tenThousandths(leg.strike);
    const intrinsic = leg.right === 'CALL' ? Math.max(0, spot - strike) : Math.max(0, strike - spot);
    total += signed(leg) * (intrinsic - tenThousandths(leg.limitPrice));
  }
  return total;
}

/** Largest loss at expiry in minor units, without charges, at least zero; null when it has no bound. `sharesHeld` of the underlying cover short calls. */
export function structureMaxLoss(structure: Structure, sharesHeld = 0): Minor | null {
  let slopeAbove = 0;
  const opening = openingLegs(structure);
  for (const leg of opening) if (leg.right === 'CALL') slopeAbove += signed(leg);
  if (slopeAbove + sharesHeld < 0) return null;
  let worst = payoffAt(structure, 0);
  for (const leg of opening) worst = Math.min(worst, payoffAt(structure, tenThousandths(leg.strike)));
  return Math.max(0, Math.ceil(-worst / 100));
}

/**
 * Contracts (in shares) that are sold without cover. A short option is covered by long ones of the same right that expire
 * no earlier, and a short call also by shares held. For each expiry: what is short from then on, less what is long from then on.
 */
export function uncovered(structure: Structure, sharesHeld = 0): number {
  let most = 0;
  for (const right of ['CALL', 'PUT'] as const) {
    const legs = openingLegs(structure).filter((leg) => leg.right === right);
    for (const { expiry } of legs) {
      let open = right === 'CALL' ? -sharesHeld : 0;
      for (const leg of legs) if (leg.expiry >= expiry) open -= signed(leg);
      most = Math.max(most, open);
    }
  }
  return most;
}

/** Sets that the structure consists of: the largest number that divides every leg's lots. */
export function setsOf(structure: Structure): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  return structure.legs.reduce((sets, leg) => divisor(sets, leg.lots), 0);
}

/** The same structure in another number of sets; what its proposer said of margin and loss goes along in proportion. */
export function withSets(structure: Structure, sets: number): Structure {
  const now = setsOf(structure);
  return {
    ...structure,
    legs: structure.legs.map((leg) => ({ ...leg, lots: (leg.lots / now) * sets })),
    maxLossMinor: structure.maxLossMinor === null ? null : Math.ceil((structure.maxLossMinor * sets) / now),
    marginMinor: Math.ceil((structure.marginMinor * sets) / now),
  };
}
