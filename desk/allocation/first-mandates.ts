import type { MandateTerms } from '../actions/types.ts';

/** Strategies that the desk's own models know. */
export const strategies = ['momentum', 'breakout', 'mean_reversion', 'event_driven', 'manual'] as const;

export const balancedMandate: MandateTerms = {
  objective: 'BALANCED', riskPerTradePercent: 0.75, maxPositions: 10, maxSectorExposurePercent: 30, maxPositionPercent: 20, targetBeta: 0.9, horizonMinDays: 2, horizonMaxDays: 20,
  bannedSectors: [], bannedSymbols: [], earningsBlackoutDays: 2, liquidityFloorAdv: 50_000, minMarketCap: null, allowedStrategies: [...strategies], slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: true,
};

/** What an account trades by until somebody says otherwise. */
export const firstMandates: Readonly<Record<'SIP' | 'LUMP_SUM' | 'EVENT_TACTICAL', MandateTerms>> = {
  SIP: { ...balancedMandate, objective: 'MAX_PROFIT', riskPerTradePercent: 1, maxPositionPercent: 25, targetBeta: 1.1, horizonMaxDays: 30, maxPositions: 8 },
  LUMP_SUM: balancedMandate,
  EVENT_TACTICAL: { ...balancedMandate, objective: 'MAX_PROFIT', riskPerTradePercent: 1, maxPositions: 6, horizonMinDays: 1, horizonMaxDays: 10, maxPositionPercent: 25, slMultiplier: 1.5, tpMultiplier: 2.5 },
};
