/** Standard normal quantile at 97.5 %, for an interval of 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval (1927) of a proportion, 95 %. `share` is 0–1; `count` how many independent cases stand behind it, which
 * may be fewer than were seen. With no case the interval is 0 to 1: nothing is known.
 */
export function wilsonInterval(share: number, count: number): { low: number; high: number } {
  if (count <= 0) return { low: 0, high: 1 };
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count * count));
  // Rounding must not put the share itself outside.
  return { low: Math.max(0, Math.min(share, centre - half)), high: Math.min(1, Math.max(share, centre + half)) };
}

/** Probability that a standard normal lies below `x`, to 1.5e-7 (Abramowitz and Stegun 1964, formula 7.1.26). */
export function normalProbability(x: number): number {
  const y = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * y);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-y * y);
  return x >= 0 ? 1 - tail / 2 : tail / 2;
}
