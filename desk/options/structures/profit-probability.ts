import { normalCdf, normalDensity } from '../normal.ts';
import { type Smile, volatilityAt } from '../smile.ts';
import type { PayoffAnalysis } from './payoff.ts';

/** A distribution of the underlying's price at expiry, in the measure in which the forward is its mean. */
export interface PriceDistribution { above(price: number): number }

/** Lognormal about the forward with one volatility. */
export const flatDistribution = ({ forward, timeYears, volatility }: { forward: number; timeYears: number; volatility: number }): PriceDistribution => ({
  above(price) {
    const deviation = volatility * Math.sqrt(timeYears);
    if (price <= 0) return 1;
    return normalCdf(Math.log(forward / price) / deviation - deviation / 2);
  },
});

/**
 * What the smile says: P(S > K) = −e^(rT) ∂C/∂K = N(d₂) − F n(d₁) √T σ′(K) (Breeden and Litzenberger 1978), the slope of the smile taken
 * over a thousandth of the strike. Kept between 0 and 1, which a badly quoted smile would leave.
 */
export const smileDistribution = (smile: Smile): PriceDistribution => ({
  above(price) {
    if (price <= 0) return 1;
    const volatility = volatilityAt(smile, price);
    if (volatility === null) return Number.NaN;
    const step = 1e-3 * price;
    const slope = (volatilityAt(smile, price + step)! - volatilityAt(smile, price - step)!) / (2 * step);
    const rootTime = Math.sqrt(smile.timeYears);
    const d1 = Math.log(smile.forward / price) / (volatility * rootTime) + 0.5 * volatility * rootTime;
    return Math.min(1, Math.max(0, normalCdf(d1 - volatility * rootTime) - smile.forward * normalDensity(d1) * rootTime * slope));
  },
});

/** Probability of a profit at the first expiry: of the stretches of price between break-evens in which there is one. */
export function profitProbability({ breakEvens, payoff }: Pick<PayoffAnalysis, 'breakEvens' | 'payoff'>, { above }: PriceDistribution): number {
  const scale = payoff.reduce((most, [, profit]) => Math.max(most, Math.abs(profit)), 0);
  const edges = [0, ...breakEvens];
  let probability = 0;
  edges.forEach((low, i) => {
    const high = edges[i + 1] ?? Number.POSITIVE_INFINITY;
    // Inside a stretch the sign is the same throughout, so that one point tells it; at zero the stretch has its end as a point.
    const profitable = payoff.some(([spot, profit]) => (spot > low || (spot === 0 && low === 0)) && spot < high && profit > 1e-12 * scale);
    if (profitable) probability += above(low) - (high === Number.POSITIVE_INFINITY ? 0 : above(high));
  });
  return Math.min(1, Math.max(0, probability));
}
