import { discountedGap, logMoneyness } from './log-moneyness.ts';
import { type OptionColumns, type OptionTerms, optionColumns, setRow } from './terms.ts';
import { totalDeviation } from './total-deviation.ts';

/**
 * Why a price has no volatility: below the discounted intrinsic value; equal to it within rounding, so that any small volatility would
 * do; at or above the option's bound (the discounted underlying for a call, the discounted strike for a put); at its expiry; or not a
 * number at all, as where a chain has no quote.
 */
export type NoVolatility = 'BELOW_INTRINSIC' | 'AT_INTRINSIC' | 'ABOVE_BOUND' | 'EXPIRED' | 'NO_PRICE';
export type ImpliedVolatility = { solved: true; volatility: number; iterations: number } | { solved: false; reason: NoVolatility };

/** `volatility` is NaN where there is none, and `outcome` says why. */
export interface ImpliedColumns { volatility: Float64Array; iterations: Uint8Array; outcome: Uint8Array }
export const impliedColumns = (length: number): ImpliedColumns => ({
  volatility: new Float64Array(length), iterations: new Uint8Array(length), outcome: new Uint8Array(length),
});

/** Values of `outcome` by their index. */
export const OUTCOMES = ['SOLVED', 'BELOW_INTRINSIC', 'AT_INTRINSIC', 'ABOVE_BOUND', 'EXPIRED', 'NO_PRICE'] as const;
const [SOLVED, BELOW_INTRINSIC, AT_INTRINSIC, ABOVE_BOUND, EXPIRED, NO_PRICE] = [0, 1, 2, 3, 4, 5] as const;

/** Time value in the money that is no more than the rounding of the amounts whose difference it is. */
const ROUNDING = 8 * Number.EPSILON;

/** Volatilities at which the options have the given prices; the columns' own volatility is not read. */
export function impliedVolatilityMany(options: OptionColumns, prices: ArrayLike<number>, implied: ImpliedColumns = impliedColumns(prices.length)): ImpliedColumns {
  for (let row = 0; row < prices.length; row++) {
    const outcome = solveRow(options, prices[row]!, row, implied);
    implied.outcome[row] = outcome;
    if (outcome === SOLVED) continue;
    implied.volatility[row] = Number.NaN;
    implied.iterations[row] = 0;
  }
  return implied;
}

function solveRow(options: OptionColumns, price: number, row: number, implied: ImpliedColumns): number {
  if (Number.isNaN(price)) return NO_PRICE;
  const time = options.timeYears[row]!;
  if (!(time > 0)) return EXPIRED;
  const interest = options.rate[row]!;
  const carried = options.model === 'black76' ? interest : options.dividendYield[row]!;
  const asset = options.underlying[row]! * Math.exp(-carried * time);
  const cash = options.strike[row]! * Math.exp(-interest * time);
  const x = logMoneyness(options.underlying[row]!, options.strike[row]!) + (interest - carried) * time;
  const callIsOut = x <= 0;
  const smaller = callIsOut ? asset : cash;
  const larger = callIsOut ? cash : asset;
  const distance = Math.abs(x);
  const out = (options.isCall[row] === 1) === callIsOut;
  const value = out ? price : price - discountedGap(larger, smaller, distance);
  const complement = (out ? smaller : larger) - price;
  if (!(complement > 0)) return ABOVE_BOUND;
  if (value < (out ? 0 : -ROUNDING * larger)) return BELOW_INTRINSIC;
  if (!(value > (out ? 0 : ROUNDING * larger))) return AT_INTRINSIC;
  const unit = smaller * Math.exp(0.5 * distance);
  const { deviation, iterations } = totalDeviation({ distance, value: value / unit, complement: complement / unit });
  implied.volatility[row] = deviation / Math.sqrt(time);
  implied.iterations[row] = iterations;
  return SOLVED;
}

const scratch = { bsm: optionColumns('bsm', 1), black76: optionColumns('black76', 1), implied: impliedColumns(1) };

/** The volatility at which one option has the given price, to about the last digit that the price determines. */
export function impliedVolatility({ price, ...terms }: Omit<OptionTerms, 'volatility'> & { price: number }): ImpliedVolatility {
  const columns = scratch[terms.model];
  setRow(columns, 0, terms);
  const { volatility, iterations, outcome } = impliedVolatilityMany(columns, [price], scratch.implied);
  const said = OUTCOMES[outcome[0]!]!;
  return said === 'SOLVED' ? { solved: true, volatility: volatility[0]!, iterations: iterations[0]! } : { solved: false, reason: said };
}
