import type { Exchange, LiquidityRegime, VolatilityRegime } from './types.ts';

/**
 * A symbol's volatility against its own past: where today's 20-session realised volatility ranks among those of the 252 sessions
 * before (0–1, ties half). Below 0.30 is low, above 0.70 high. With fewer than 126 earlier values nothing is said.
 */
export const VOLATILITY_REGIME = { trailingSessions: 252, leastSessions: 126, lowBelow: 0.3, highAbove: 0.7 } as const;

export function volatilityRegime(rank: number | null): VolatilityRegime | null {
  if (rank === null) return null;
  if (rank < VOLATILITY_REGIME.lowBelow) return 'LOW_VOL';
  return rank > VOLATILITY_REGIME.highAbove ? 'HIGH_VOL' : 'MED_VOL';
}

/** Average daily turnover over 20 sessions (close × shares) in the exchange's currency from which a regime begins: ₹50 and ₹5 crore; $50 and $5 million. */
const LIQUIDITY_REGIME: Record<Exchange, { highFrom: number; mediumFrom: number }> = {
  NSE: { highFrom: 500_000_000, mediumFrom: 50_000_000 },
  BSE: { highFrom: 500_000_000, mediumFrom: 50_000_000 },
  US: { highFrom: 50_000_000, mediumFrom: 5_000_000 },
};

/** Null without turnover: an index prints no shares, which is no sign of being illiquid. */
export function liquidityRegime(averageTurnover: number | null, exchange: Exchange): LiquidityRegime | null {
  if (averageTurnover === null || averageTurnover === 0) return null;
  const { highFrom, mediumFrom } = LIQUIDITY_REGIME[exchange];
  if (averageTurnover >= highFrom) return 'HIGH';
  return averageTurnover >= mediumFrom ? 'MEDIUM' : 'LOW';
}

/** A Bollinger squeeze: today's bandwidth (upper − lower) / middle of the 20-session, 2-deviation bands ranks in the lowest tenth of the 125 sessions before. */
export const SQUEEZE = { trailingSessions: 125, rankBelow: 0.1 } as const;
