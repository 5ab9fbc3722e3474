import { priceMany } from './price-many.ts';
import { optionColumns, setRow } from './terms.ts';

/** Open options of one strike and expiry. The yield is what the expiry's forward implies: r − ln(F/S)/T. */
export interface OpenStrike { strike: number; timeYears: number; volatility: number; dividendYield: number; callsOpen: number; putsOpen: number }
export interface GammaSettings { rate: number; /** Units of the underlying in one of what `callsOpen` counts. */ multiplier: number }

/**
 * Gamma exposure at a spot price, in currency for a move of 1 %: Σ Γ · multiplier · S² · 0.01 · (calls − puts).
 * The convention takes dealers as long the calls and short the puts that are open; that is a guess about who holds them, not a fact.
 */
export function gammaExposure(open: readonly OpenStrike[], spot: number, { rate, multiplier }: GammaSettings): number {
  const columns = optionColumns('bsm', open.length);
  open.forEach((each, row) => { setRow(columns, row, { type: 'call', underlying: spot, ...each, rate }); });
  const { gamma } = priceMany(columns);
  return open.reduce((sum, { callsOpen, putsOpen }, row) => sum + gamma[row]! * (callsOpen - putsOpen), 0) * multiplier * spot * spot * 0.01;
}

const REACH = 0.2;
const STEPS = 160;

/** Spot prices within 20 % at which the exposure changes sign, each strike keeping its volatility, ascending; found on a grid of 0.25 % and refined. */
export function gammaFlips(open: readonly OpenStrike[], spot: number, settings: GammaSettings): number[] {
  const at = (price: number) => gammaExposure(open, price, settings);
  const flips: number[] = [];
  let low = spot * (1 - REACH);
  let below = at(low);
  for (let step = 1; step <= STEPS; step++) {
    const high = spot * (1 - REACH + (2 * REACH * step) / STEPS);
    const above = at(high);
    if (below < 0 !== above < 0) flips.push(bisect(at, low, high));
    [low, below] = [high, above];
  }
  return flips;
}

function bisect(at: (price: number) => number, low: number, high: number): number {
  const belowIsNegative = at(low) < 0;
  for (let round = 0; round < 50 && high - low > 1e-12 * high; round++) {
    const middle = 0.5 * (low + high);
    if (at(middle) < 0 === belowIsNegative) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}
