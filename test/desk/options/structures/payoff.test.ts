import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StructureLeg } from '../../../../desk/options/structures/legs.ts';
import { netPremium } from '../../../../desk/options/structures/legs.ts';
import { analysePayoff } from '../../../../desk/options/structures/payoff.ts';
import { flatDistribution, profitProbability, smileDistribution } from '../../../../desk/options/structures/profit-probability.ts';
import { profitIn, scenarioGrid } from '../../../../desk/options/structures/value.ts';
import { priceOption } from '../../../../desk/options/price.ts';
import { tradingDate } from '../../../../desk/time.ts';
import { sharedJson, sharedPresent, skipNote } from '../../market/shared.ts';

const expiry = tradingDate('2025-08-28');
const option = (kind: 'call' | 'put', quantity: number, strike: number, price: number, timeYears = 0.1): StructureLeg =>
  ({ kind, quantity, strike, price, expiry, timeYears, volatility: 0.2, dividendYield: 0 });

interface Item { name: string; multiplier: number; net_debit_per_unit: number; max_profit: number | 'unbounded'; max_loss: number | 'unbounded'; breakevens: number[]; pnl_at: Record<string, number>;
  legs: { kind: 'call' | 'put' | 'stock'; qty: number; strike: number | null; price: number }[] }
const legsOf = ({ legs, multiplier }: Item): StructureLeg[] => legs.map(({ kind, qty, strike, price }): StructureLeg =>
  kind === 'stock' ? { kind: 'underlying', quantity: qty * multiplier, price } : option(kind, qty * multiplier, strike!, price));

describe.skipIf(!sharedPresent)(`structures against exact arithmetic${skipNote}`, () => {
  it('have its profits, bounds and break-evens, all 21 of them', () => {
    const { strategies } = sharedJson('refs/misc_quant.json') as { strategies: { items: Item[] } };
    expect(strategies.items).toHaveLength(21);
    for (const item of strategies.items) {
      const legs = legsOf(item);
      const { maxProfit, maxLoss, breakEvens, modelled } = analysePayoff(legs, 0.05);
      expect(modelled).toBe(false);
      if (item.max_profit === 'unbounded') expect(maxProfit, item.name).toBeNull();
      else expect(maxProfit, item.name).toBeCloseTo(item.max_profit, 8);
      if (item.max_loss === 'unbounded') expect(maxLoss, item.name).toBeNull();
      else expect(maxLoss, item.name).toBeCloseTo(Math.max(0, -item.max_loss), 8);
      expect(breakEvens, item.name).toEqual(item.breakevens.map((spot) => expect.closeTo(spot, 8)));
      for (const [spot, profit] of Object.entries(item.pnl_at)) {
        expect(profitIn(legs, [{ spot: Number(spot), yearsAhead: 0.1, volatilityShift: 0 }], 0.05)[0]).toBeCloseTo(profit, 8);
      }
      if (!item.legs.some(({ kind }) => kind === 'stock')) expect(netPremium(legs)).toBeCloseTo(item.net_debit_per_unit, 8);
    }
  });
});

describe('a payoff', () => {
  const anyLegs = fc.array(fc.tuple(fc.constantFrom('call' as const, 'put' as const), fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0), fc.integer({ min: 16, max: 24 }), fc.integer({ min: 1, max: 40 }))
    .map(([kind, quantity, strike, price]) => option(kind, quantity, strike * 5, price / 4)), { minLength: 1, maxLength: 6 });
  /** Straight from the definition, sharing nothing with the code. */
  const byHand = (legs: readonly StructureLeg[], spot: number): number => legs.reduce((sum, leg) => {
    const worth = leg.kind === 'underlying' ? spot : leg.kind === 'call' ? Math.max(0, spot - leg.strike) : Math.max(0, leg.strike - spot);
    return sum + leg.quantity * (worth - leg.price);
  }, 0);

  it('is never above its most, never below its worst, and nothing at its break-evens', () => {
    fc.assert(fc.property(anyLegs, fc.double({ min: 0, max: 400, noNaN: true }), (legs, spot) => {
      const { maxProfit, maxLoss, breakEvens, payoff } = analysePayoff(legs, 0.05);
      const profit = byHand(legs, spot);
      expect(profit).toBeLessThanOrEqual((maxProfit ?? Number.POSITIVE_INFINITY) + 1e-9);
      expect(profit).toBeGreaterThanOrEqual(-(maxLoss ?? Number.POSITIVE_INFINITY) - 1e-9);
      for (const at of breakEvens) expect(byHand(legs, at)).toBeCloseTo(0, 8);
      for (const [at, want] of payoff) expect(byHand(legs, at)).toBeCloseTo(want, 8);
      // Between neighbouring break-evens the sign does not change.
      const edges = [0, ...breakEvens, 1e4];
      const i = edges.findIndex((edge) => edge > spot);
      const middle = byHand(legs, 0.5 * (edges[i - 1]! + edges[i]!));
      if (Math.abs(profit) > 1e-9 && Math.abs(middle) > 1e-9) expect(Math.sign(profit)).toBe(Math.sign(middle));
    }), { numRuns: 500 });
  });

  it('has no bound where calls are left sold or bought, and says null', () => {
    expect(analysePayoff([option('call', -1, 100, 3)], 0.05)).toMatchObject({ maxProfit: 3, maxLoss: null, breakEvens: [103] });
    expect(analysePayoff([option('call', 1, 100, 3)], 0.05)).toMatchObject({ maxProfit: null, maxLoss: 3, breakEvens: [103] });
    expect(analysePayoff([option('put', -1, 100, 3)], 0.05)).toMatchObject({ maxProfit: 3, maxLoss: 97 });
    // Far above the strikes still: half a unit short.
    expect(analysePayoff([option('call', 2, 100, 30), option('call', -3, 150, 1)], 0.05)).toMatchObject({ maxLoss: null, breakEvens: [expect.closeTo(128.5, 8), expect.closeTo(193, 8)] });
  });

  it('of a calendar is valued by the model at the first expiry, best near the strike, lost at most what was paid', () => {
    const near = priceOption({ model: 'bsm', type: 'call', underlying: 100, strike: 100, timeYears: 0.1, rate: 0.05, volatility: 0.2 }).price;
    const far = priceOption({ model: 'bsm', type: 'call', underlying: 100, strike: 100, timeYears: 0.2, rate: 0.05, volatility: 0.2 }).price;
    const legs = [option('call', -1, 100, near, 0.1), option('call', 1, 100, far, 0.2)];
    const { modelled, maxProfit, maxLoss, breakEvens } = analysePayoff(legs, 0.05);
    expect(modelled).toBe(true);
    expect(breakEvens).toHaveLength(2);
    for (const spot of breakEvens) expect(profitIn(legs, [{ spot, yearsAhead: 0.1, volatilityShift: 0 }], 0.05)[0]).toBeCloseTo(0, 8);
    expect(maxLoss).toBeCloseTo(far - near, 6);
    const atStrike = priceOption({ model: 'bsm', type: 'call', underlying: 100, strike: 100, timeYears: 0.1, rate: 0.05, volatility: 0.2 }).price;
    expect(maxProfit).toBeGreaterThanOrEqual(atStrike - (far - near) - 1e-9);
    expect(maxProfit).toBeLessThan(atStrike - (far - near) + 0.05);
  });
});

describe('the probability of a profit', () => {
  const flat = flatDistribution({ forward: 100, timeYears: 0.1, volatility: 0.2 });
  it('of two opposite sides adds up to one', () => {
    const legs = [option('put', 1, 90, 0.5), option('put', -1, 95, 1.5), option('call', -1, 105, 1.6), option('call', 1, 110, 0.5)];
    const against = legs.map((leg) => ({ ...leg, quantity: -leg.quantity }));
    const sum = profitProbability(analysePayoff(legs, 0.05), flat) + profitProbability(analysePayoff(against, 0.05), flat);
    expect(sum).toBeCloseTo(1, 12);
  });
  it('is the normal one of ending above a break-even, and of a certain profit is one', () => {
    const { breakEvens, payoff } = analysePayoff([option('call', 1, 100, 3)], 0.05);
    expect(profitProbability({ breakEvens, payoff }, flat)).toBeCloseTo(flat.above(103), 12);
    expect(profitProbability(analysePayoff([option('call', -1, 100, 3), option('call', 1, 110, 0.5), option('put', 1, 90, 0.1), option('put', 1, 100, -9)], 0.05), flat)).toBeCloseTo(1, 12);
    expect(profitProbability(analysePayoff([option('call', -1, 100, 1), option('call', 1, 100, 2)], 0.05), flat)).toBe(0);
  });
  it('by a flat smile is that by its volatility, and by a tilted one is what call spreads cost', () => {
    const points = (tilt: number) => Array.from({ length: 81 }, (_, i) => ({ strike: 60 + i, volatility: 0.2 - tilt * Math.log((60 + i) / 100) }));
    const level = smileDistribution({ forward: 100, timeYears: 0.1, points: points(0) });
    for (const price of [80, 95, 100, 107]) expect(level.above(price)).toBeCloseTo(flat.above(price), 10);
    const tilted = smileDistribution({ forward: 100, timeYears: 0.1, points: points(0.3) });
    const call = (strike: number) => priceOption({ model: 'black76', type: 'call', underlying: 100, strike, timeYears: 0.1, rate: 0, volatility: 0.2 - 0.3 * Math.log(strike / 100) }).price;
    for (const price of [90.5, 100.5, 108.5]) expect(tilted.above(price)).toBeCloseTo((call(price - 0.01) - call(price + 0.01)) / 0.02, 2);
    expect(tilted.above(90)).toBeGreaterThan(level.above(90) - 0.2);
  });
});

describe('the scenario grid', () => {
  it('is profit at every spot, shift and time: payoff at expiry, the price now, and vega between', () => {
    const value = priceOption({ model: 'bsm', type: 'call', underlying: 100, strike: 100, timeYears: 0.1, rate: 0.05, volatility: 0.2 });
    const grid = scenarioGrid({ legs: [option('call', 75, 100, value.price)], rate: 0.05, spots: [95, 100, 120], volatilityShifts: [-0.001, 0, 0.001], yearsAhead: [0, 0.1] });
    expect(grid).toHaveLength(18);
    const at = (spot: number, volatilityShift: number, yearsAhead: number) => grid.find((each) => each.spot === spot && each.volatilityShift === volatilityShift && each.yearsAhead === yearsAhead)!.profit;
    expect(at(100, 0, 0)).toBeCloseTo(0, 10);
    expect(at(120, 0, 0.1)).toBeCloseTo(75 * (20 - value.price), 10);
    expect((at(100, 0.001, 0) - at(100, -0.001, 0)) / 0.002 / 75).toBeCloseTo(value.vega, 3);
  });
});
