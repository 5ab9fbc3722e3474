import type { AccountBook, AllocationLimits } from '../../../desk/allocation/account-book.ts';
import type { Offer } from '../../../desk/allocation/offer.ts';
import { decimal } from '../../../desk/decimal.ts';
import type { FeatureSet, Quote } from '../../../desk/market/types.ts';
import type { Signal } from '../../../desk/signals/define.ts';
import type { CalibratedLabel } from '../../../desk/signals/calibration.ts';
import { noEffect } from '../../../desk/playbooks/effect.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { mandateTerms } from '../gates/fixtures.ts';

export const asOf = instant('2029-06-01T05:00:00Z');
export const today = tradingDate('2029-06-01');
const accountId = '01900000-0000-7000-8000-000000000001';

export const quoteAt = (last: number, overrides: Partial<Quote> = {}): Quote => ({
  symbol: 'AAA', at: asOf, last, bid: last - 0.05, ask: last + 0.05, bidSize: 500, askSize: 500, volume: 100_000, open: last, high: last, low: last, previousClose: last, spreadFrom: 'book', ...overrides,
});
export const featuresOf = (symbol: string): FeatureSet => ({
  symbol, asOf: tradingDate('2029-05-31'), close: 100, momentum5: 2, momentum10: 3, momentum20: 6, atr14: 4, atrPercent: 4, rsi14: 60, gapPercent: 0, gapFilled: true, averageDailyVolume20: 200_000, relativeVolume: 1.8,
  high20: 99, low20: 90, sma20: 97, sma50: 94, bollingerSqueeze: false, volatility20: 25, volatilityRegime: 'LOW_VOL', liquidityRegime: 'HIGH',
});
/** A breakout of a ₹100 share with a true range of ₹4: expects 2 %, with a deviation of 6 %. */
export function signalOf(overrides: Partial<Signal> = {}): Signal {
  const symbol = overrides.symbol ?? 'AAA';
  return {
    symbol, exchange: 'NSE', sector: 'Energy', strategy: 'momentum', direction: 'LONG', asOf: tradingDate('2029-05-31'), features: featuresOf(symbol), atr14: 4, barriers: { stopAtr: 2, targetAtr: 3, trail: null }, horizonDays: 10,
    edgePercent: 2, confidence: 0.95, tpProbability: 0.5, slProbability: 0.3,
    comparables: { pool: 'sector', count: 60, independentCount: 50, targetFirst: 0.5, stopFirst: 0.3, targetFirstLow: 0.37, targetFirstHigh: 0.63, meanPercent: 2.4, deviationPercent: 6 },
    thesisBullets: [{ text: 'Closed at ₹100.00', evidenceId: null, evidenceKind: 'feature' }, { text: 'Similar set-ups: 60', evidenceId: null, evidenceKind: 'outcome' }],
    event: null, expiresAt: instant('2029-06-01T10:00:00Z'), modelVersion: 'momentum-1', ...overrides,
  };
}
export const labelOf = (overrides: Partial<CalibratedLabel> = {}): CalibratedLabel => ({
  isTrustworthy: true, trust: 0.8, qualityScore: 0.7, regimeScore: 1, liquidityScore: 1, crowdingScore: 1, timingScore: 1, rationale: 'trusted at 0.80', modelVersion: 'meta-label-1', chance: 0.4, calibration: 'calibration-1-0a1b2c3d', ...overrides,
});
export const offerOf = (signal: Partial<Signal> = {}, overrides: Partial<Offer> = {}): Offer => ({
  signal: signalOf(signal), label: labelOf(), quote: quoteAt(100), lotSize: 1, tickSize: decimal('0.05'), marketCap: null, scheduled: [], playbook: noEffect, ...overrides,
});
/** ₹5,00,000 of equity, nothing held, a mandate that risks 1 % a trade. */
export const bookOf = (overrides: Partial<AccountBook> = {}): AccountBook => ({
  accountId, name: 'SIP', currency: 'INR', mandate: mandateTerms(), equityMinor: 50_000_000, deployableMinor: 45_000_000, exposures: [], unavailable: new Map(), ...overrides,
});
export const limits: AllocationLimits = { advMaxRatio: 0.05, eventBlackoutDays: 2, maxSectorExposure: 0.3, maxSpreadPercent: 1, maxSingleNamePercent: 25, maxGrossPercent: 100, maxClusterPercent: 40 };
