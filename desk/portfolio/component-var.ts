import { inverseNormal } from './normal.ts';

export interface ComponentVar {
  /** Standard deviation of the portfolio's value over one period, in currency. */
  deviation: number;
  /** Loss that is exceeded with probability 1 − confidence, zero mean, in currency. */
  valueAtRisk: number;
  /** Change of that loss for one more unit of currency in each holding. */
  marginal: number[];
  /** Each holding's share; they add up to `valueAtRisk`. */
  component: number[];
  /** Sum of the holdings' own values at risk, as if all fell together. */
  undiversified: number;
}

/**
 * Delta-normal value at risk of signed holdings, split by holding (Jorion, Value at Risk, ch. 7).
 * `deviations` of one period's return and `correlations` in the order of `values`. Null where the portfolio cannot move.
 */
export function componentVar({ values, deviations, correlations, confidence }: {
  values: readonly number[]; deviations: readonly number[]; correlations: readonly (readonly number[])[]; confidence: number;
}): ComponentVar | null {
  const size = values.length;
  if (deviations.length !== size || correlations.length !== size || correlations.some((row) => row.length !== size)) throw new RangeError('values, deviations and correlations differ in size');
  const z = -inverseNormal(1 - confidence);
  const withPortfolio = values.map((_, i) => values.reduce((sum, value, j) => sum + value * deviations[i]! * deviations[j]! * correlations[i]![j]!, 0));
  const variance = values.reduce((sum, value, i) => sum + value * withPortfolio[i]!, 0);
  if (!(variance > 0)) return null;
  const deviation = Math.sqrt(variance);
  const marginal = withPortfolio.map((c) => (z * c) / deviation);
  return {
    deviation, valueAtRisk: z * deviation, marginal,
    component: marginal.map((m, i) => m * values[i]!),
    undiversified: values.reduce((sum, value, i) => sum + z * Math.abs(value) * deviations[i]!, 0),
  };
}
