import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../desk/market/types.ts';
import { metaLabels } from '../../../desk/signals/meta-label.ts';
import { instant } from '../../../desk/time.ts';
import { quoteAt, signalOf } from '../allocation/fixtures.ts';
import { bullish } from './fixtures.ts';

const asOf = instant('2029-06-01T05:00:00Z');
const label = (signal = signalOf(), more: Partial<Parameters<typeof metaLabels>[0]> = {}, quote: Quote | null = quoteAt(100)) =>
  metaLabels({ signals: [signal], quotes: () => quote, events: [], sectorSizes: new Map([['Energy', 6]]), asOf, freshHours: 24, ...more })[0]!;

describe('the second opinion', () => {
  it('trusts what paid often, suits the regime, trades well and has not moved', () => {
    expect(label()).toMatchObject({ isTrustworthy: true, regimeScore: 1, liquidityScore: expect.closeTo(0.9, 1), crowdingScore: 1, timingScore: 1 });
  });
  it('trusts nothing whose similar set-ups lost, whatever else speaks for it', () => {
    expect(label(signalOf({ edgePercent: -0.4 }))).toMatchObject({ isTrustworthy: false, trust: 0, qualityScore: 0, rationale: 'similar set-ups do not pay: −0.4 % expected' });
  });
  it('trusts less what rests on few set-ups', () => {
    const few = signalOf();
    expect(label({ ...few, comparables: { ...few.comparables, independentCount: 5 } }).trust).toBeLessThan(label(few).trust);
  });
  it('trusts nothing in a regime to which the gates would not let it', () => {
    const wild = signalOf();
    const found = label({ ...wild, features: { ...wild.features, volatilityRegime: 'HIGH_VOL' } });
    expect(found).toMatchObject({ isTrustworthy: false, regimeScore: 0, rationale: 'the strategy does not suit the volatility' });
  });
  it('knows the difference between unknown and bad', () => {
    const bare = signalOf();
    expect(label({ ...bare, features: { ...bare.features, volatilityRegime: null, liquidityRegime: null } })).toMatchObject({ regimeScore: 0.5, liquidityScore: expect.closeTo(0.45, 1) });
    expect(label(bare, {}, null).timingScore).toBe(0.5);
  });
  it('loses trust as the price runs away on either side', () => {
    const scores = [100, 102, 104, 106, 108].map((last) => label(signalOf(), {}, quoteAt(last)).timingScore);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(label(signalOf(), {}, quoteAt(96)).timingScore).toBeCloseTo(label(signalOf(), {}, quoteAt(104)).timingScore, 9);
    expect(label(signalOf(), {}, quoteAt(108)).timingScore).toBe(0);
  });
  it('lets fresh news against the share take all trust, stale or minor news none', () => {
    const against = (knownAt: string, priority: 'HIGH' | 'LOW' = 'HIGH') => label(signalOf(), { events: [bullish(knownAt, { stance: 'BEARISH', priority })] });
    expect(against('2029-06-01T04:00:00Z').isTrustworthy).toBe(false);
    expect(against('2029-05-30T04:00:00Z').isTrustworthy).toBe(true);
    expect(against('2029-06-01T04:00:00Z', 'LOW').isTrustworthy).toBe(true);
  });
  it('trusts less what the whole sector shows at once', () => {
    const crowd = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF'].map((symbol) => signalOf({ symbol }));
    const crowded = metaLabels({ signals: crowd, quotes: () => quoteAt(100), events: [], sectorSizes: new Map([['Energy', 6]]), asOf, freshHours: 24 })[0]!;
    expect(crowded.crowdingScore).toBe(0.5);
    expect(crowded.trust).toBeLessThan(label().trust);
  });
  it('counts the whole crowd where only one of it is asked about', () => {
    const [first, ...others] = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE', 'FFF'].map((symbol) => signalOf({ symbol }));
    expect(label(first, { among: [first!, ...others] })).toEqual(metaLabels({ signals: [first!, ...others], quotes: () => quoteAt(100), events: [], sectorSizes: new Map([['Energy', 6]]), asOf, freshHours: 24 })[0]);
    expect(label(first).crowdingScore).toBe(1);
  });
  it('lets an event fade', () => {
    const of = (knownAt: string) => label(signalOf({ strategy: 'event_driven', event: bullish(knownAt) })).timingScore;
    expect(of('2029-06-01T05:00:00Z')).toBe(1);
    expect(of('2029-05-31T06:00:00Z')).toBeCloseTo(0.52, 2);
  });
});
