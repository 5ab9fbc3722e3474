import { describe, expect, it } from 'vitest';
import type { ChainStrike } from '../../../../desk/options/chain.ts';
import { priceOption } from '../../../../desk/options/price.ts';
import { type ReadExpiry, readExpiry } from '../../../../desk/options/read-expiry.ts';
import { analyseStructure } from '../../../../desk/options/structures/analyse-structure.ts';
import { buildStructure } from '../../../../desk/options/structures/build.ts';
import { STRUCTURES, type StructureKind } from '../../../../desk/options/structures/kinds.ts';
import { searchStructures } from '../../../../desk/options/structures/search.ts';
import { selectStrikes } from '../../../../desk/options/structures/select-strikes.ts';
import { instant, tradingDate } from '../../../../desk/time.ts';

const asOf = instant('2025-08-05T08:30:00.000Z');
const [spot, rate] = [24_000, 0.06];
/** A hundred strikes 50 apart, quoted within 1 % about a tilted smile; `spoil` takes a call's bid away. */
function chainOf(timeYears: number, spoil?: number): ReadExpiry {
  const forward = spot * Math.exp(rate * timeYears);
  const strikes = Array.from({ length: 100 }, (_, i): ChainStrike => {
    const strike = 21_500 + 50 * i;
    const quoted = (type: 'call' | 'put') => {
      const { price } = priceOption({ model: 'black76', type, underlying: forward, strike, timeYears, rate, volatility: 0.13 - 0.2 * Math.log(strike / forward) });
      return { bid: type === 'call' && strike === spoil ? 0 : price * 0.995, ask: price * 1.005, last: null, at: null, volume: 1, openInterest: 1, openInterestChange: 0 };
    };
    return { strike, call: quoted('call'), put: quoted('put') };
  });
  return readExpiry({ expiry: tradingDate(timeYears < 0.06 ? '2025-08-21' : '2025-09-25'), timeYears, strikes }, { asOf, rate, staleAfterMs: 60_000 });
}
const expiries: [ReadExpiry, ReadExpiry] = [chainOf(0.05), chainOf(0.14)];
const span = { spot, rate, priceScanRange: 2232, volatilityScanRange: 0.04, exposureShare: 0.02 };
const wishes = { delta: 0.15, width: 200 };
const kinds = Object.keys(STRUCTURES) as StructureKind[];

describe('a structure by delta and width', () => {
  it.each(kinds)('%s is found, built and analysed', (kind) => {
    const strikes = selectStrikes(kind, expiries[0], wishes)!;
    expect(strikes).toHaveLength(STRUCTURES[kind].strikes);
    const built = buildStructure({ kind, strikes, expiries, spot, rate, quantity: 75, prices: 'crossing' });
    if (!built.built) throw new Error(built.reason);
    expect(built.legs).toHaveLength(STRUCTURES[kind].legs.length);
    const { profitProbability, maxLoss, maxProfit, margin, breakEvens } = analyseStructure(built.legs, { smile: expiries[0].smile!, span });
    for (const probability of [profitProbability.smile, profitProbability.flat]) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
    expect(Math.abs(profitProbability.smile - profitProbability.flat)).toBeLessThan(0.15);
    expect(breakEvens.length).toBeGreaterThan(0);
    expect(margin.hedgeBenefit).toBeGreaterThanOrEqual(-1e-9);
    const unboundedLoss: StructureKind[] = ['short_straddle', 'short_strangle', 'call_ratio'];
    expect(maxLoss === null).toBe(unboundedLoss.includes(kind));
    expect(maxProfit === null).toBe((['long_straddle', 'long_strangle', 'protective_put'] as StructureKind[]).includes(kind));
  });

  it('sells 15-delta options and buys wings as wide as asked', () => {
    const [wing, put, call, top] = selectStrikes('iron_condor', expiries[0], wishes)! as [number, number, number, number];
    const deltaOf = (strike: number, side: 'call' | 'put') => Math.abs(expiries[0].strikes.find((each) => each.strike === strike)![side].greeks!.delta);
    expect(deltaOf(put, 'put')).toBeCloseTo(0.15, 1);
    expect(deltaOf(call, 'call')).toBeCloseTo(0.15, 1);
    expect([put - wing, top - call]).toEqual([200, 200]);
  });

  it('pays the ask for what it buys, gets the bid for what it sells, and between them when told', () => {
    const strikes = [24_000, 24_200];
    const leg = (prices: 'crossing' | 'middle') => { const built = buildStructure({ kind: 'bull_call', strikes, expiries, spot, rate, quantity: 75, prices }); return built.built ? built.legs.map(({ price }) => price) : []; };
    const [low, high] = strikes.map((strike) => expiries[0].strikes.find((each) => each.strike === strike)!.call.quote!);
    expect(leg('crossing')).toEqual([low!.ask, high!.bid]);
    expect(leg('middle')).toEqual([expect.closeTo((low!.bid! + low!.ask!) / 2, 9), expect.closeTo((high!.bid! + high!.ask!) / 2, 9)]);
  });

  it('is not built on a marked quote, on a strike that is not there, or upside down, and says why', () => {
    const why = (strikes: number[], chain = expiries[0], kind: StructureKind = 'bull_call') => { const built = buildStructure({ kind, strikes, expiries: [chain], spot, rate, quantity: 75, prices: 'middle' }); return built.built ? null : built.reason; };
    expect(why([24_000, 24_200])).toBeNull();
    expect(why([24_000, 24_200], chainOf(0.05, 24_200))).toBe('the 24200 call of 2025-08-21 cannot be priced: ZERO_BID');
    expect(why([24_000, 24_210])).toBe('2025-08-21 has no strike 24210');
    expect(why([24_200, 24_000])).toBe('bull_call has 2 strikes, ascending');
    expect(why([24_000], expiries[0], 'calendar')).toBe('calendar needs a later expiry');
    expect(selectStrikes('bull_call', { ...expiries[0], forward: { found: false, reason: 'TOO_FEW_PAIRS', strikes: 0 } }, wishes)).toBeNull();
  });
});

describe('the search', () => {
  const limits = { maxWidth: 400, minProbability: 0.6, minRewardOverRisk: 0.2, keep: 25 };
  const found = searchStructures(expiries[0], limits);

  it('ranks by reward over risk, within the limits, each with its reason', () => {
    expect(found).toHaveLength(25);
    found.forEach((each, i) => {
      expect(each.rewardOverRisk).toBeLessThanOrEqual(found[i - 1]?.rewardOverRisk ?? Number.POSITIVE_INFINITY);
      expect(each.profitProbability).toBeGreaterThanOrEqual(0.6);
      expect(each.reason).toContain(`makes ${each.rewardOverRisk.toFixed(2)} for each 1 at risk`);
    });
    expect(new Set(searchStructures(expiries[0], { ...limits, keep: 5000 }).map(({ kind }) => kind))).toEqual(new Set(['bull_call', 'bear_put', 'bull_put', 'bear_call', 'iron_condor']));
  });

  it('agrees with the full analysis of what it found', () => {
    for (const { kind, strikes, maxProfit, maxLoss, breakEvens, profitProbability } of found) {
      const built = buildStructure({ kind, strikes, expiries, spot, rate, quantity: 1, prices: 'crossing' });
      if (!built.built) throw new Error(built.reason);
      const whole = analyseStructure(built.legs, { smile: expiries[0].smile!, span });
      expect(whole).toMatchObject({ maxProfit: expect.closeTo(maxProfit, 8), maxLoss: expect.closeTo(maxLoss, 8), breakEvens: breakEvens.map((spotAt) => expect.closeTo(spotAt, 6)) });
      expect(Math.abs(whole.profitProbability.smile - profitProbability)).toBeLessThan(0.02);
    }
  });

  it('finds nothing where there is no forward', () => {
    expect(searchStructures({ ...expiries[0], smile: null }, limits)).toEqual([]);
  });
});
