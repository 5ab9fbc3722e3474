/** ln(underlying / strike), exact to the last digits near the money too, where the quotient's own rounding would eat them. */
export function logMoneyness(underlying: number, strike: number): number {
  const gap = underlying - strike;
  return Math.abs(gap) < 0.25 * strike ? Math.log1p(gap / strike) : Math.log(underlying / strike);
}

/** Below this the difference of two discounted amounts is taken from their logarithm, above it directly. */
const CLOSE = 0.5;

/** `larger − smaller` where `smaller = larger · exp(−distance)`, without cancellation when they are close. */
export const discountedGap = (larger: number, smaller: number, distance: number): number =>
  distance < CLOSE ? -larger * Math.expm1(-distance) : larger - smaller;
