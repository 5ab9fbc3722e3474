import { type CashDividend, dividendsAhead } from './discrete-dividends.ts';
import { priceMany } from './price-many.ts';
import { priceOption } from './price.ts';
import { type OptionTerms, optionColumns, setRow } from './terms.ts';

/** An American option on a share or index at its spot price; cash dividends go ex at their times, a yield is paid all along. */
export type AmericanTerms = Omit<OptionTerms, 'model'> & { dividends?: readonly CashDividend[] };

export interface AmericanValue {
  price: number;
  /** Of the same option without early exercise. */
  europeanPrice: number;
  /** Exercising now is worth as much as holding. */
  exerciseNow: boolean;
}

const STEPS = 400;
const MOST_DEVIATION = 10;

/**
 * Binomial tree with the last step priced by Black–Scholes–Merton, and Richardson's extrapolation over the number of steps (BBSR of Broadie
 * and Detemple 1996). The tree grows along the forward, so that its probabilities are probabilities at any volatility. Cash dividends are
 * escrowed (see `discrete-dividends.ts`).
 *
 * Error with the 400 steps taken: at most 1e-4 of the strike for terms up to ten years with |rate − yield| · time below 1, and 1e-5 of it
 * for a year at the money, against trees of 20,000 steps and the premiums of Andersen and Lake (2016); test/desk/options/american.test.ts
 * holds it.
 * @throws RangeError when σ√T is beyond 10 or the dividends are worth more than the spot.
 */
export function priceAmerican(terms: AmericanTerms, steps = STEPS): AmericanValue {
  const { type, strike, timeYears, rate, dividends = [] } = terms;
  const free = terms.underlying - dividendsAhead({ dividends, rate, at: 0, until: timeYears });
  if (!(terms.volatility * Math.sqrt(timeYears) <= MOST_DEVIATION)) throw new RangeError('σ√T is out of the tree’s reach');
  if (free < 0) throw new RangeError('the dividends until expiry are worth more than the spot');
  const europeanPrice = priceOption({ ...terms, model: 'bsm', underlying: free }).price;
  const intrinsic = Math.max(0, type === 'call' ? terms.underlying - strike : strike - terms.underlying);
  if (timeYears === 0) return { price: intrinsic, europeanPrice, exerciseNow: intrinsic > 0 };
  const half = Math.max(2, Math.floor(steps / 2));
  const extrapolated = 2 * treePrice(terms, free, 2 * half) - treePrice(terms, free, half);
  const price = Math.max(extrapolated, europeanPrice, intrinsic);
  return { price, europeanPrice, exerciseNow: intrinsic > 0 && price <= intrinsic * (1 + 1e-9) };
}

function treePrice({ type, strike, timeYears, rate, dividendYield = 0, volatility, dividends = [] }: AmericanTerms, free: number, steps: number): number {
  const step = timeYears / steps;
  const deviation = volatility * Math.sqrt(step);
  const carry = (rate - dividendYield) * step;
  const discount = Math.exp(-rate * step);
  const up = 1 / (1 + Math.exp(deviation));
  const [upward, downward] = [discount * up, discount * (1 - up)];
  const sign = type === 'call' ? 1 : -1;
  const apart = Math.exp(2 * deviation);

  const held = new Float64Array(steps);
  const last = optionColumns('bsm', steps);
  let node = lowest(steps - 1);
  for (let ups = 0; ups < steps; ups++, node *= apart) setRow(last, ups, { type, underlying: node, strike, timeYears: step, rate, dividendYield, volatility });
  const { price } = priceMany(last);
  exerciseOver(steps - 1, price);
  for (let level = steps - 2; level >= 0; level--) {
    for (let ups = 0; ups <= level; ups++) held[ups] = upward * held[ups + 1]! + downward * held[ups]!;
    exerciseOver(level, held);
  }
  return held[0]!;

  function lowest(level: number): number { return free * Math.exp(carry * level - deviation * level); }
  /** Puts into `held` the better of holding and exercising at each node of a level. */
  function exerciseOver(level: number, holding: Float64Array): void {
    const escrowed = dividendsAhead({ dividends, rate, at: level * step, until: timeYears });
    let underlying = lowest(level);
    for (let ups = 0; ups <= level; ups++, underlying *= apart) held[ups] = Math.max(holding[ups]!, sign * (underlying + escrowed - strike));
  }
}
