import { type Smile, volatilityAt } from '../smile.ts';
import { type StructureLeg, firstExpiryYears, netPremium } from './legs.ts';
import { type PayoffAnalysis, analysePayoff } from './payoff.ts';
import { flatDistribution, profitProbability, smileDistribution } from './profit-probability.ts';
import { type SpanMargin, type SpanSettings, spanMargin } from './span-margin.ts';

export interface StructureAnalysis extends PayoffAnalysis {
  /** Paid (positive) or received (negative) for the options. */
  netPremium: number;
  /** Of a profit at the first expiry, before charges: by the distribution that the smile implies, and by one volatility (that at the forward). */
  profitProbability: { smile: number; flat: number };
  margin: SpanMargin;
  /** Most that can be made over most that can be lost; null where either has no bound or nothing can be lost. */
  rewardOverRisk: number | null;
}

/** All figures of one structure. `smile` is that of its first expiry. */
export function analyseStructure(legs: readonly StructureLeg[], { smile, span }: { smile: Smile; span: SpanSettings }): StructureAnalysis {
  const payoff = analysePayoff(legs, span.rate);
  const timeYears = firstExpiryYears(legs) ?? smile.timeYears;
  const volatility = volatilityAt(smile, smile.forward) ?? Number.NaN;
  return {
    ...payoff,
    netPremium: netPremium(legs),
    profitProbability: {
      smile: profitProbability(payoff, smileDistribution(smile)),
      flat: profitProbability(payoff, flatDistribution({ forward: smile.forward, timeYears, volatility })),
    },
    margin: spanMargin(legs, span),
    rewardOverRisk: payoff.maxProfit === null || !payoff.maxLoss ? null : payoff.maxProfit / payoff.maxLoss,
  };
}
