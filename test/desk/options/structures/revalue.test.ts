import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOption } from '../../../../desk/options/price.ts';
import type { OptionLeg } from '../../../../desk/options/structures/legs.ts';
import { changesByMove } from '../../../../desk/options/structures/revalue.ts';
import { tradingDate } from '../../../../desk/time.ts';

const [spot, rate, dividendYield] = [24_000, 0.065, 0.012];
const legOf = (change: Partial<OptionLeg> = {}): OptionLeg => ({ kind: 'call', quantity: 75, price: 150, strike: 24_200, expiry: tradingDate('2025-08-28'), timeYears: 20 / 365, volatility: 0.14, dividendYield, ...change });
const worthOf = ({ kind, strike, volatility, quantity, timeYears }: OptionLeg, at: number, later: number): number =>
  quantity * priceOption({ model: 'bsm', type: kind, underlying: at, strike, timeYears: timeYears - later, rate, dividendYield, volatility }).price;

describe('a leg priced anew by moves of a day', () => {
  it('changes by what its price a day later at the moved spot is worth more, whatever was paid', () => {
    const anyLeg = fc.record({ kind: fc.constantFrom('call' as const, 'put' as const), quantity: fc.constantFrom(75, -150), strike: fc.integer({ min: 20_000, max: 28_000 }), volatility: fc.double({ min: 0.08, max: 0.6, noNaN: true }), price: fc.double({ min: 0, max: 900, noNaN: true }) });
    fc.assert(fc.property(anyLeg, fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 6 }), (change, moves) => {
      const leg = legOf(change);
      changesByMove({ leg, spot, rate, moves }).forEach((got, i) => { expect(got).toBeCloseTo(worthOf(leg, spot * (1 + moves[i]!), 1 / 365) - worthOf(leg, spot, 0), 5); });
    }));
  });

  it('agrees with delta, gamma and the day’s decay for a small move, and with delta alone not at all for a large one', () => {
    const leg = legOf({ quantity: -75, strike: 24_000 });
    const { delta, gamma, thetaPerDay } = priceOption({ model: 'bsm', type: 'call', underlying: spot, strike: leg.strike, timeYears: leg.timeYears, rate, dividendYield, volatility: leg.volatility });
    const [small, large] = changesByMove({ leg, spot, rate, moves: [0.002, 0.04] }) as unknown as [number, number];
    const near = (move: number): number => -75 * (delta * spot * move + 0.5 * gamma * (spot * move) ** 2 + thetaPerDay);
    expect(Math.abs(small - near(0.002))).toBeLessThan(0.02 * Math.abs(near(0.002)));
    expect(large).toBeLessThan(1.3 * -75 * delta * spot * 0.04);
  });

  it('makes a straddle that is sold lose by a large move either way, which its deltas say nothing of', () => {
    const both = (['call', 'put'] as const).map((kind) => changesByMove({ leg: legOf({ kind, quantity: -75, strike: 24_050 }), spot, rate, moves: [-0.05, 0, 0.05] }));
    const [down, still, up] = [0, 1, 2].map((i) => both[0]![i]! + both[1]![i]!) as [number, number, number];
    expect(down).toBeLessThan(-30_000);
    expect(up).toBeLessThan(-30_000);
    // A quiet day is what it was sold for.
    expect(still).toBeGreaterThan(0);
  });

  it('ends at its payoff where it ends within the day', () => {
    const leg = legOf({ timeYears: 0.5 / 365 });
    const [gone, paid] = changesByMove({ leg, spot, rate, moves: [-0.01, 0.02] });
    const now = worthOf(leg, spot, 0);
    expect(gone).toBeCloseTo(-now, 6);
    expect(paid).toBeCloseTo(75 * (spot * 1.02 - leg.strike) - now, 6);
  });
});
