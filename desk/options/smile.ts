/** Implied volatility over strikes of one expiry, strikes ascending, from the options out of the money. */
export interface Smile { forward: number; timeYears: number; points: readonly { strike: number; volatility: number }[] }

/** Volatility at a strike: total variance linear in ln K between the points, flat beyond them; null without points. */
export function volatilityAt({ points }: Smile, strike: number): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  if (strike <= first.strike) return first.volatility;
  if (strike >= last.strike) return last.volatility;
  let above = 1;
  while (points[above]!.strike < strike) above++;
  const [low, high] = [points[above - 1]!, points[above]!];
  const share = Math.log(strike / low.strike) / Math.log(high.strike / low.strike);
  return Math.sqrt(low.volatility ** 2 + share * (high.volatility ** 2 - low.volatility ** 2));
}
