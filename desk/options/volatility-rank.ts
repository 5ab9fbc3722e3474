const YEAR = 252;

/** Where today's implied volatility stands in its own past. `observations` is how much past there was, today included. */
export interface VolatilityRank {
  observations: number;
  /** (today − lowest) / (highest − lowest) over the window, today included, 0–100; null without a range. */
  rank: number | null;
  /** Share of the earlier observations that were lower, 0–100; null without any. */
  percentile: number | null;
}

/** `history` is one at-the-money volatility a session, oldest first, the last one today's; the latest 252 count. */
export function volatilityRank(history: readonly number[]): VolatilityRank {
  const window = history.slice(-YEAR);
  const today = window.at(-1);
  if (today === undefined) return { observations: 0, rank: null, percentile: null };
  const earlier = window.slice(0, -1);
  const lowest = window.reduce((least, value) => Math.min(least, value), today);
  const highest = window.reduce((most, value) => Math.max(most, value), today);
  return {
    observations: window.length,
    rank: highest > lowest ? (100 * (today - lowest)) / (highest - lowest) : null,
    percentile: earlier.length === 0 ? null : (100 * earlier.filter((value) => value < today).length) / earlier.length,
  };
}
