import { priceMany } from '../price-many.ts';
import { type ValueColumns, optionColumns, setRow, valueColumns } from '../terms.ts';
import { type StructureLeg, isOption } from './legs.ts';

/** A state of the world: the cash price, years from now, and what is added to every leg's volatility. */
export interface WorldState { spot: number; yearsAhead: number; volatilityShift: number }

const LEAST_VOLATILITY = 1e-4;

/**
 * Profit or loss of the legs in each state, against what was paid for them: options at their model value (at their payoff once expired),
 * the underlying at the cash price. Interest on what was paid is left out, as is the custom.
 */
export function profitIn(legs: readonly StructureLeg[], states: readonly WorldState[], rate: number): Float64Array {
  const profit = new Float64Array(states.length);
  const columns = optionColumns('bsm', states.length);
  const values: ValueColumns = valueColumns(states.length);
  for (const leg of legs) {
    if (!isOption(leg)) {
      states.forEach(({ spot }, row) => { profit[row]! += leg.quantity * (spot - leg.price); });
      continue;
    }
    states.forEach(({ spot, yearsAhead, volatilityShift }, row) => { setRow(columns, row, {
      type: leg.kind, underlying: spot, strike: leg.strike, timeYears: Math.max(0, leg.timeYears - yearsAhead), rate, dividendYield: leg.dividendYield,
      volatility: Math.max(LEAST_VOLATILITY, leg.volatility + volatilityShift),
    }); });
    const { price } = priceMany(columns, values);
    for (let row = 0; row < states.length; row++) profit[row]! += leg.quantity * (price[row]! - leg.price);
  }
  return profit;
}

/** Profit at every spot × shift × time, in that order of nesting. */
export function scenarioGrid({ legs, rate, spots, volatilityShifts, yearsAhead }: {
  legs: readonly StructureLeg[]; rate: number; spots: readonly number[]; volatilityShifts: readonly number[]; yearsAhead: readonly number[];
}): (WorldState & { profit: number })[] {
  const states = spots.flatMap((spot) => volatilityShifts.flatMap((volatilityShift) => yearsAhead.map((years) => ({ spot, volatilityShift, yearsAhead: years }))));
  const profit = profitIn(legs, states, rate);
  return states.map((state, row) => ({ ...state, profit: profit[row]! }));
}
