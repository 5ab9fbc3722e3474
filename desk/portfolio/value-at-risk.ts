import { deviation, mean, quantile, shape } from './moments.ts';
import { inverseNormal } from './normal.ts';

/** Losses of one period as positive fractions of value. Null where the returns do not suffice. */
export interface ValueAtRisk {
  /** The loss that `1 − confidence` of the observed returns exceeded (linear interpolation). */
  historical: number | null;
  /** Of a normal distribution with the sample's mean and deviation. */
  parametric: number | null;
  /** The same with the normal quantile corrected for population skewness and excess kurtosis (Cornish and Fisher 1937). */
  cornishFisher: number | null;
}

export function valueAtRisk(returns: readonly number[], confidence: number): ValueAtRisk {
  requireConfidence(confidence);
  const tail = 1 - confidence;
  const historical = returns.length === 0 ? null : -quantile(returns, tail);
  const spread = deviation(returns);
  if (spread === null) return { historical, parametric: null, cornishFisher: null };
  const centre = mean(returns);
  const z = inverseNormal(tail);
  const form = shape(returns);
  const corrected = form === null ? z
    : z + ((z * z - 1) * form.skewness) / 6 + ((z ** 3 - 3 * z) * form.excessKurtosis) / 24 - ((2 * z ** 3 - 5 * z) * form.skewness ** 2) / 36;
  return { historical, parametric: -(centre + z * spread), cornishFisher: -(centre + corrected * spread) };
}

/** Mean loss of the returns at or below the historical value at risk, as a positive fraction; null without returns. */
export function expectedShortfall(returns: readonly number[], confidence: number): number | null {
  requireConfidence(confidence);
  if (returns.length === 0) return null;
  const cut = quantile(returns, 1 - confidence);
  return -mean(returns.filter((value) => value <= cut));
}

function requireConfidence(confidence: number): void {
  if (!(confidence > 0.5 && confidence < 1)) throw new RangeError(`confidence out of (0.5, 1): ${confidence}`);
}
