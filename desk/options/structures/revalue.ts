import type { OptionLeg } from './legs.ts';
import { profitIn } from './value.ts';

const DAY_YEARS = 1 / 365;

/**
 * What a leg gains or loses by each move of the spot price (fractions) within a day: priced anew in full at its present volatility, a calendar day nearer
 * to its end, less its present model value. Delta, gamma and everything beyond are in it; how volatility itself would move is not. In currency, a move each.
 */
export function changesByMove({ leg, spot, rate, moves }: { leg: OptionLeg; spot: number; rate: number; moves: readonly number[] }): Float64Array {
  const now = profitIn([leg], [{ spot, yearsAhead: 0, volatilityShift: 0 }], rate)[0] ?? Number.NaN;
  return profitIn([leg], moves.map((move) => ({ spot: spot * (1 + move), yearsAhead: DAY_YEARS, volatilityShift: 0 })), rate).map((profit) => profit - now);
}
