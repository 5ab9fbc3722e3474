import { type OptionLeg, type StructureLeg, firstExpiryYears, isOption } from './legs.ts';
import { profitIn } from './value.ts';

/** What a structure can make and lose when its first options expire, before charges. */
export interface PayoffAnalysis {
  /** Null: no bound. */
  maxProfit: number | null;
  /** As a positive amount, 0 when nothing can be lost; null: no bound. */
  maxLoss: number | null;
  /** Prices of the underlying at which profit turns to loss or back, ascending. */
  breakEvens: number[];
  /** [price of the underlying, profit]: at zero, at the strikes and break-evens, and beyond. */
  payoff: [number, number][];
  /** Legs that live on are valued by the model at that moment, so that the figures rest on their volatility. */
  modelled: boolean;
}

const GRID = 400;

/**
 * With one expiry the payoff is a broken line, and all figures are exact. With several (calendars) what is left then is valued at its own
 * volatility over a grid up to three times the highest strike, refined between its points. What happens above is read from the slope that
 * the calls and the underlying leave.
 */
export function analysePayoff(legs: readonly StructureLeg[], rate: number): PayoffAnalysis {
  const horizon = firstExpiryYears(legs) ?? 0;
  const options = legs.filter(isOption);
  const modelled = options.some(({ timeYears }) => timeYears > horizon);
  const at = (spots: readonly number[]) => profitIn(legs, spots.map((spot) => ({ spot, yearsAhead: horizon, volatilityShift: 0 })), rate);
  const spots = spotsOf(legs, options, modelled);
  const profits = Array.from(at(spots));
  if (modelled) refineExtremes(spots, profits, (spot) => at([spot])[0]!);

  const slope = slopeAbove(legs, options);
  const breakEvens = crossings(spots, profits, { slope, exact: !modelled, profitAt: (spot) => at([spot])[0]! });
  // The chart goes on beyond the last break-even.
  const lastBreakEven = breakEvens.at(-1) ?? 0;
  if (lastBreakEven >= spots.at(-1)!) {
    spots.push(1.5 * lastBreakEven);
    profits.push(at([1.5 * lastBreakEven])[0]!);
  }
  const worst = profits.reduce((least, profit) => Math.min(least, profit), Number.POSITIVE_INFINITY);
  const best = profits.reduce((most, profit) => Math.max(most, profit), Number.NEGATIVE_INFINITY);
  return {
    maxProfit: slope > 0 ? null : best,
    maxLoss: slope < 0 ? null : Math.max(0, -worst),
    breakEvens,
    payoff: [...spots.map((spot, i): [number, number] => [spot, profits[i]!]), ...breakEvens.map((spot): [number, number] => [spot, 0])].sort((a, b) => a[0] - b[0]),
    modelled,
  };
}

/** Zero, the strikes, and a point beyond the last; more between when what is left is modelled. Ascending. */
function spotsOf(legs: readonly StructureLeg[], options: readonly OptionLeg[], modelled: boolean): number[] {
  const marks = options.length > 0 ? options.map(({ strike }) => strike) : legs.map(({ price }) => price);
  const top = 1.5 * Math.max(...marks);
  const spots = new Set([0, ...marks, top]);
  if (modelled) for (let i = 1; i <= GRID; i++) spots.add((2 * top * i) / GRID);
  return [...spots].sort((a, b) => a - b);
}

/** Units of the underlying that the structure is long far above all strikes. */
function slopeAbove(legs: readonly StructureLeg[], options: readonly OptionLeg[]): number {
  let slope = 0;
  for (const { kind, quantity } of legs) if (kind !== 'put') slope += quantity;
  // Quantities are whole in practice; what rounding leaves of their sum is none.
  return Math.abs(slope) < 1e-9 * options.reduce((most, { quantity }) => Math.max(most, Math.abs(quantity)), 0) ? 0 : slope;
}

/** Golden-section search about each inner extreme of the grid. */
function refineExtremes(spots: number[], profits: number[], profitAt: (spot: number) => number): void {
  const found: [number, number][] = [];
  for (let i = 1; i + 1 < spots.length; i++) {
    const [before, here, after] = [profits[i - 1]!, profits[i]!, profits[i + 1]!];
    const sign = here >= before && here >= after ? 1 : here <= before && here <= after ? -1 : 0;
    if (sign === 0 || (here === before && here === after)) continue;
    let [low, high] = [spots[i - 1]!, spots[i + 1]!];
    for (let round = 0; round < 60; round++) {
      const third = (high - low) * 0.381966;
      if (sign * profitAt(low + third) >= sign * profitAt(high - third)) high -= third;
      else low += third;
    }
    const spot = 0.5 * (low + high);
    found.push([spot, profitAt(spot)]);
  }
  const merged = [...spots.map((spot, i): [number, number] => [spot, profits[i]!]), ...found].sort((a, b) => a[0] - b[0]);
  merged.forEach(([spot, profit], i) => { spots[i] = spot; profits[i] = profit; });
}

/** Where the profit changes sign, or leaves zero. */
function crossings(spots: readonly number[], profits: readonly number[], { slope, exact, profitAt }: { slope: number; exact: boolean; profitAt: (spot: number) => number }): number[] {
  // A profit that is rounding error of the amounts in it is zero.
  const scale = profits.reduce((most, profit) => Math.max(most, Math.abs(profit)), 0);
  const signOf = (profit: number) => (Math.abs(profit) <= 1e-12 * scale ? 0 : Math.sign(profit));
  const found: number[] = [];
  for (let i = 0; i < spots.length; i++) {
    const [here, next] = [signOf(profits[i]!), i + 1 < spots.length ? signOf(profits[i + 1]!) : 0];
    const before = i > 0 ? signOf(profits[i - 1]!) : 0;
    if (here === 0 && (before !== 0 || next !== 0)) found.push(spots[i]!);
    if (here * next < 0) found.push(exact ? line(spots, profits, i) : bisect(profitAt, spots[i]!, spots[i + 1]!));
  }
  const [lastSpot, lastProfit] = [spots.at(-1)!, profits.at(-1)!];
  if (lastProfit * slope < 0 && signOf(lastProfit) !== 0) found.push(lastSpot - lastProfit / slope);
  return found.filter((spot) => spot > 0);
}

const line = (spots: readonly number[], profits: readonly number[], i: number): number =>
  spots[i]! - (profits[i]! * (spots[i + 1]! - spots[i]!)) / (profits[i + 1]! - profits[i]!);

function bisect(profitAt: (spot: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const sign = Math.sign(profitAt(low));
  for (let round = 0; round < 60; round++) {
    const middle = 0.5 * (low + high);
    if (Math.sign(profitAt(middle)) === sign) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}
