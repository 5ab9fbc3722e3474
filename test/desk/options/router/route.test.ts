import { describe, expect, it } from 'vitest';
import { pinProbability, route } from '../../../../desk/options/router/route.ts';
import type { RouterFacts } from '../../../../desk/options/router/strategies.ts';

const nothing: RouterFacts = {
  horizonDays: 3, ivRank: null, volatilityRegime: null, squeeze: null, daysToEvent: null, priceChangePercent: null, openInterestChangePercent: null, pcr: null, pcrChange: null, advancesOverDeclines: null,
  daysToExpiry: null, maxPainAwayPercent: null, expectedMovePercent: null, aboveGammaFlip: null,
};
const signals = (facts: Partial<RouterFacts>) => route({ ...nothing, ...facts }).filter(({ signal }) => signal).map(({ id, direction, structure }) => ({ id, direction, structure }));

describe('the strategy router', () => {
  it('signals nothing from nothing known, and says what is missing', () => {
    const routed = route(nothing);
    expect(routed.map(({ signal }) => signal)).toEqual([false, false, false, false]);
    for (const { rationale } of routed) expect(rationale).toMatch(/^not now: it needs that/);
  });
  it.each<[Partial<RouterFacts>, { id: string; direction: string; structure: string }]>([
    [{ horizonDays: 1, ivRank: 12, volatilityRegime: 'LOW_VOL', daysToExpiry: 4 }, { id: 'GammaScalping', direction: 'NONE', structure: 'long_straddle' }],
    [{ openInterestChangePercent: 6, priceChangePercent: 1.2, pcrChange: 0.1, advancesOverDeclines: 1.6 }, { id: 'OIBuildup', direction: 'UP', structure: 'bull_call' }],
    [{ openInterestChangePercent: 6, priceChangePercent: -1.2, pcrChange: -0.1, advancesOverDeclines: 0.5 }, { id: 'OIBuildup', direction: 'DOWN', structure: 'bear_put' }],
    [{ squeeze: true, ivRank: 35, daysToExpiry: 8 }, { id: 'VolExpansion', direction: 'NONE', structure: 'long_strangle' }],
    [{ daysToEvent: 3, ivRank: 40, daysToExpiry: 6 }, { id: 'VolExpansion', direction: 'NONE', structure: 'long_strangle' }],
    [{ horizonDays: 0, daysToExpiry: 0.2, maxPainAwayPercent: 0.2, aboveGammaFlip: true }, { id: 'ExpiryPin', direction: 'NONE', structure: 'iron_butterfly' }],
  ])('sees in %j what it is', (facts, wanted) => { expect(signals(facts)).toEqual([wanted]); });
  it.each<Partial<RouterFacts>>([
    { horizonDays: 1, ivRank: 30, volatilityRegime: 'LOW_VOL', daysToExpiry: 4 }, { openInterestChangePercent: 6, priceChangePercent: -1.2, pcrChange: 0.1, advancesOverDeclines: 1.6 },
    { squeeze: true, ivRank: null, daysToExpiry: 8 }, { horizonDays: 0, daysToExpiry: 1.2, maxPainAwayPercent: 0.2, aboveGammaFlip: true },
  ])('does not see in %j what is not there', (facts) => { expect(signals(facts)).toEqual([]); });
});

describe('the chance of a pin', () => {
  const near = { spot: 24_000, maxPain: 24_050, strikeStep: 50, expectedMove: 80, aboveGammaFlip: true };
  it('grows with nearness and damping and stays a probability', () => {
    const chance = pinProbability(near)!;
    expect(chance).toBeGreaterThan(0.15);
    expect(chance).toBeLessThan(0.5);
    expect(pinProbability({ ...near, maxPain: 24_300 })!).toBeLessThan(chance);
    expect(pinProbability({ ...near, aboveGammaFlip: false })!).toBeLessThan(chance);
    expect(pinProbability({ ...near, expectedMove: 0 })).toBeNull();
  });
});
