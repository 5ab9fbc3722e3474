export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Sample standard deviation (n − 1); null with fewer than two values. A spread that is mere rounding of equal values counts as 0,
 * so that a flat series has no ratio instead of an astronomic one.
 */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return spread <= 1e-13 * largest ? 0 : spread;
}

/** Population skewness and excess kurtosis (biased, as in Cornish and Fisher's expansion); null where the values do not vary. */
export function shape(values: readonly number[]): { skewness: number; excessKurtosis: number } | null {
  if (!deviation(values)) return null;
  const centre = mean(values);
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - centre) ** power, 0) / values.length;
  const variance = moment(2);
  return { skewness: moment(3) / variance ** 1.5, excessKurtosis: moment(4) / variance ** 2 - 3 };
}

/** Quantile with linear interpolation between order statistics (Hyndman–Fan type 7, numpy's default). `values` must not be empty. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below];
  if (low === undefined) throw new RangeError(`no quantile ${p} of ${values.length} values`);
  const high = sorted[below + 1] ?? low;
  return low + (place - below) * (high - low);
}

/** Sample covariance (n − 1) of two series of the same length; null with fewer than two values. */
export function covariance(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError(`series differ in length: ${a.length} and ${b.length}`);
  if (a.length < 2) return null;
  const [centreA, centreB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - centreA) * (b[i]! - centreB), 0) / (a.length - 1);
}
