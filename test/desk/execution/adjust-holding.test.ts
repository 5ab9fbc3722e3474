import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { adjustBracket, adjustPosition, dividendMinor } from '../../../desk/execution/adjust-holding.ts';
import { flatPosition, openCostMinor, type Position } from '../../../desk/execution/position.ts';

const holding = (quantity: number, costMinor: number): Position => ({ ...flatPosition, quantity, basis: { quantity, costMinor } });
const tick = decimal('0.05');
const ratios = fc.constantFrom({ newShares: 2, oldShares: 1 }, { newShares: 3, oldShares: 2 }, { newShares: 11, oldShares: 10 }, { newShares: 5, oldShares: 1 }, { newShares: 1, oldShares: 10 }, { newShares: 7, oldShares: 3 });
const adjusted = (input: Parameters<typeof adjustPosition>[0]) => { const found = adjustPosition(input); if ('refused' in found) throw new Error(found.refused); return found; };

describe('shares after a split, bonus or consolidation', () => {
  it('are multiplied exactly and cost the same', () => {
    expect(adjusted({ position: holding(100, 145_000_00), ratio: { newShares: 2, oldShares: 1 }, priceAfter: null })).toEqual({ position: holding(200, 145_000_00), effect: { cashMinor: 0, costMinor: 0, realisedMinor: 0 }, fraction: 0 });
  });

  it('leave a fraction that is paid in cash, with its part of the cost', () => {
    const { position, effect } = adjusted({ position: holding(7, 7000_00), ratio: { newShares: 3, oldShares: 2 }, priceAfter: decimal('660') });
    expect(position).toMatchObject({ quantity: 10, basis: { quantity: 10, costMinor: 666_667 }, realisedMinor: 33_000 - 33_333 });
    expect(effect).toEqual({ cashMinor: 33_000, costMinor: -33_333, realisedMinor: -333 });
  });

  it('of a short position owe the fraction', () => {
    const { position, effect } = adjusted({ position: holding(-7, -7000_00), ratio: { newShares: 3, oldShares: 2 }, priceAfter: decimal('660') });
    expect(position).toMatchObject({ quantity: -10, basis: { quantity: -10, costMinor: -666_667 } });
    expect(effect.cashMinor).toBe(-33_000);
  });

  it('that come to less than one are paid out whole', () => {
    const { position, effect } = adjusted({ position: holding(5, 500_00), ratio: { newShares: 1, oldShares: 10 }, priceAfter: decimal('1000') });
    expect(position).toMatchObject({ quantity: 0, basis: { quantity: 0, costMinor: 0 }, realisedMinor: 0 });
    expect(effect).toEqual({ cashMinor: 500_00, costMinor: -500_00, realisedMinor: 0 });
  });

  it('are refused where a fraction is left and nobody knows a price', () => {
    expect(adjustPosition({ position: holding(7, 7000_00), ratio: { newShares: 3, oldShares: 2 }, priceAfter: null })).toEqual({ refused: 'no price is known for the fraction of a share that is left over' });
  });

  it('keep cost to the paisa: what leaves the cost is paid or realised', () => {
    fc.assert(fc.property(fc.integer({ min: -5000, max: 5000 }).filter((n) => n !== 0), fc.integer({ min: 1, max: 500_000_00 }), ratios, fc.integer({ min: 1, max: 1_000_000 }), (quantity, cost, ratio, paise) => {
      const before = holding(quantity, Math.sign(quantity) * cost);
      const { position, effect, fraction } = adjusted({ position: before, ratio, priceAfter: decimal(new Big(paise).div(100).toFixed()) });
      expect(openCostMinor(position) - openCostMinor(before)).toBe(effect.costMinor);
      expect(effect.cashMinor + effect.costMinor).toBe(effect.realisedMinor);
      expect(Math.abs(position.quantity) * ratio.oldShares).toBeLessThanOrEqual(Math.abs(quantity) * ratio.newShares);
      if (fraction === 0) expect(openCostMinor(position)).toBe(openCostMinor(before));
    }));
  });
});

describe('a bracket after a split, bonus or consolidation', () => {
  it('stands at the same multiple of the price', () => {
    expect(adjustBracket({ direction: 'LONG', ratio: { newShares: 2, oldShares: 1 }, tickSize: tick, standing: null, bracket: { stop: decimal('1450'), target: decimal('1600'), trail: { distance: decimal('40'), activateAt: decimal('1550') }, best: decimal('1520') } }))
      .toEqual({ stop: '725', target: '800', trail: { distance: '20', activateAt: '775' }, best: '760' });
  });

  it('never falls behind the stop that the trail had reached', () => {
    expect(adjustBracket({ direction: 'LONG', ratio: { newShares: 2, oldShares: 1 }, tickSize: tick, standing: decimal('1480'), bracket: { stop: decimal('1450'), target: null, trail: null, best: null } }).stop).toBe('740');
    expect(adjustBracket({ direction: 'SHORT', ratio: { newShares: 2, oldShares: 1 }, tickSize: tick, standing: decimal('1480'), bracket: { stop: decimal('1500'), target: null, trail: null, best: null } }).stop).toBe('740');
  });

  it('loses no more at its stop than before, in either direction, and stays on the tick', () => {
    fc.assert(fc.property(fc.constantFrom('LONG' as const, 'SHORT' as const), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 2000, max: 100_000 }), fc.integer({ min: 1, max: 900 }), ratios, (direction, shares, entryTicks, awayTicks, ratio) => {
      const sign = direction === 'LONG' ? 1 : -1;
      // Whole lots of the ratio, so that no fraction is paid out.
      const quantity = sign * shares * ratio.oldShares;
      const [entry, stop] = [new Big(entryTicks).times(tick), new Big(entryTicks - sign * awayTicks).times(tick)];
      const before = holding(quantity, Number(entry.times(quantity).times(100).toFixed()));
      const { position } = adjusted({ position: before, ratio, priceAfter: null });
      const after = adjustBracket({ direction, ratio, tickSize: tick, standing: null, bracket: { stop: decimal(stop.toFixed()), target: null, trail: null, best: null } }).stop;
      const lost = (of: Position, price: Big): Big => new Big(openCostMinor(of)).div(100).minus(price.times(of.quantity));
      expect(lost(position, new Big(after ?? 0)).lte(lost(before, stop))).toBe(true);
      expect(new Big(after ?? 0).mod(tick).eq(0)).toBe(true);
    }));
  });
});

it('a dividend is paid on what is held and by who is short', () => {
  expect(dividendMinor(8, decimal('12.5'))).toBe(10_000);
  expect(dividendMinor(-8, decimal('12.5'))).toBe(-10_000);
});
