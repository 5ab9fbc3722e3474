import type { LiquidityRegime, VolatilityRegime } from '../../market/types.ts';

/** In which market a strategy may open something, and whether it lives off an event that must be fresh. */
export interface StrategyRule { volatility: readonly VolatilityRegime[]; liquidity: readonly LiquidityRegime[]; eventDriven: boolean }

const every: readonly VolatilityRegime[] = ['LOW_VOL', 'MED_VOL', 'HIGH_VOL'];
const calm: readonly VolatilityRegime[] = ['LOW_VOL', 'MED_VOL'];
const moving: readonly VolatilityRegime[] = ['MED_VOL', 'HIGH_VOL'];
const tradable: readonly LiquidityRegime[] = ['HIGH', 'MEDIUM'];
const deep: readonly LiquidityRegime[] = ['HIGH'];
const rule = (volatility: StrategyRule['volatility'], liquidity: StrategyRule['liquidity'] = tradable, eventDriven = false): StrategyRule => ({ volatility, liquidity, eventDriven });

const table: Record<string, StrategyRule> = {
  // A person's own idea fits every market; the other limits hold for it as for all.
  discretionary: rule(every, ['HIGH', 'MEDIUM', 'LOW']),
  event: rule(every, tradable, true), event_driven: rule(every, tradable, true), event_momentum: rule(every, tradable, true),
  momentum: rule(calm), trend: rule(calm), breakout: rule(every), mean_reversion: rule(calm), rotation: rule(every), hedge: rule(every), accumulation: rule(every),
  // Options: what sells volatility wants it high and ebbing, what buys it wants it low; all want a deep market.
  GammaScalping: rule(['LOW_VOL'], deep), OIBuildup: rule(calm, deep), VolExpansion: rule(['LOW_VOL'], deep), ExpiryPin: rule(calm, deep),
  iron_condor: rule(moving, deep), butterfly: rule(calm, deep), ratio: rule(calm, deep), calendar: rule(['LOW_VOL'], deep),
  bull_put: rule(every, deep), bear_call: rule(every, deep), bull_call: rule(every, deep), bear_put: rule(every, deep),
  covered_call: rule(every, tradable), protective_put: rule(every, tradable),
  long_straddle: rule(calm, deep), long_strangle: rule(calm, deep), short_straddle: rule(moving, deep), short_strangle: rule(moving, deep),
};

/** Undefined for a strategy that the table doesn't have: its regime is then not judged, and the check says so. */
export const strategyRule = (strategy: string): StrategyRule | undefined => (Object.hasOwn(table, strategy) ? table[strategy] : undefined);
