import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargesBothWays } from '../../../desk/allocation/charges.ts';
import { type SizeInput, sizeEntry } from '../../../desk/allocation/size.ts';
import { decimal } from '../../../desk/decimal.ts';
import { mandateTerms } from '../gates/fixtures.ts';
import { bookOf, limits, today } from './fixtures.ts';

const charges = (price: string) => {
  const found = chargesBothWays({ exchange: 'NSE', price: decimal(price), date: today });
  if ('reason' in found) throw new Error(found.reason);
  return found.chargesMinor;
};
const chargesAt100 = charges('100');
/** A ₹100 share with its stop at ₹92: ₹5,000 of risk allow about 610, 25 % of equity 1,250. */
const size = (more: Partial<SizeInput> = {}) => sizeEntry({
  book: bookOf(), limits, symbol: 'AAA', sector: 'Energy', entry: decimal('100'), stop: decimal('92'), lotSize: 1, averageDailyVolume20: 200_000, volatility20: 25,
  netEdgePercent: 1.8, deviationPercent: 6, chargesMinor: chargesAt100, movesWith: () => false, ...more,
});
const held = (valueMinor: number, more: object = {}) => bookOf({ exposures: [{ symbol: 'BBB', sector: 'Energy', valueMinor }], ...more });

describe('the size of an entry', () => {
  it('is bound by the limit that allows least, and says which', () => {
    const { quantity, boundBy } = size();
    expect(boundBy).toBe('risk per trade');
    expect(800 * quantity + chargesAt100(quantity)).toBeLessThanOrEqual(500_000);
    expect(800 * (quantity + 1) + chargesAt100(quantity + 1)).toBeGreaterThan(500_000);
  });
  it.each([
    ['position size', { stop: decimal('99'), volatility20: 5, book: bookOf({ mandate: mandateTerms({ maxPositionPercent: 10 }) }) }, 500],
    ['sector', { stop: decimal('99'), book: held(14_000_000) }, 100],
    ['gross exposure', { stop: decimal('99'), book: bookOf({ exposures: [{ symbol: 'BBB', sector: 'Metals', valueMinor: 49_000_000 }] }) }, 100],
    ['correlated shares', { stop: decimal('99'), book: bookOf({ exposures: [{ symbol: 'BBB', sector: 'Metals', valueMinor: 19_000_000 }] }), movesWith: () => true }, 100],
    ['volatility target', { stop: decimal('99'), volatility20: 100 }, 335],
    ['quarter Kelly', { netEdgePercent: 0.1, stop: decimal('99') }, 347],
    ['average volume', { averageDailyVolume20: 1_000 }, 50],
  ] as const)('%s binds at its own figure', (name, more, quantity) => {
    expect(size(more)).toEqual({ quantity, boundBy: name });
  });
  it('leaves cash for the charges', () => {
    const { quantity, boundBy } = size({ book: bookOf({ deployableMinor: 1_000_000 }) });
    expect(boundBy).toBe('free cash');
    expect(quantity).toBe(99);
  });
  it('comes in whole lots', () => { expect(size({ lotSize: 75 }).quantity % 75).toBe(0); });
  it('is nothing, with the reason, where not even one lot fits', () => {
    expect(size({ lotSize: 1_000 })).toEqual({ quantity: 0, boundBy: 'risk per trade' });
    expect(size({ book: bookOf({ deployableMinor: 0 }) })).toEqual({ quantity: 0, boundBy: 'free cash' });
    expect(size({ netEdgePercent: -1 })).toEqual({ quantity: 0, boundBy: 'quarter Kelly' });
  });
  it('asks nothing of limits that nobody set', () => {
    expect(size({ limits: { ...limits, maxSingleNamePercent: null, maxGrossPercent: null, maxClusterPercent: null }, movesWith: () => true }).boundBy).toBe('risk per trade');
  });

  const anyInput = fc.record({
    equityMinor: fc.integer({ min: 1_000_00, max: 10_000_000_00 }), cashPart: fc.double({ min: 0, max: 1, noNaN: true }), heldPart: fc.double({ min: 0, max: 0.9, noNaN: true }), price: fc.integer({ min: 10, max: 5_000 }),
    stopPart: fc.double({ min: 0.01, max: 0.3, noNaN: true }), risk: fc.double({ min: 0.1, max: 5, noNaN: true }), positionPercent: fc.integer({ min: 1, max: 100 }), sectorPercent: fc.integer({ min: 1, max: 100 }),
    volume: fc.integer({ min: 0, max: 5_000_000 }), volatility20: fc.double({ min: 5, max: 120, noNaN: true }), edge: fc.double({ min: -1, max: 8, noNaN: true }), deviation: fc.double({ min: 1, max: 15, noNaN: true }), lotSize: fc.constantFrom(1, 1, 10, 75), positions: fc.integer({ min: 1, max: 20 }),
  }).map((v): SizeInput => {
    const entry = decimal(v.price);
    const mandate = mandateTerms({ riskPerTradePercent: v.risk, maxPositionPercent: v.positionPercent, maxSectorExposurePercent: v.sectorPercent, maxPositions: v.positions });
    return {
      book: held(Math.round(v.equityMinor * v.heldPart), { mandate, equityMinor: v.equityMinor, deployableMinor: Math.round(v.equityMinor * v.cashPart) }), limits, symbol: 'AAA', sector: 'Energy', entry, stop: decimal((v.price * (1 - v.stopPart)).toFixed(2)),
      lotSize: v.lotSize, averageDailyVolume20: v.volume, volatility20: v.volatility20, netEdgePercent: v.edge, deviationPercent: v.deviation, chargesMinor: charges(entry), movesWith: () => true,
    };
  });

  it('never exceeds a limit, whatever the account', () => {
    fc.assert(fc.property(anyInput, (input) => {
      const { quantity } = sizeEntry(input);
      if (quantity === 0) return;
      const { book: { equityMinor, deployableMinor, mandate, exposures }, entry, stop } = input;
      const value = Number(entry) * 100 * quantity;
      const others = exposures.reduce((sum, each) => sum + each.valueMinor, 0);
      const percent = (minor: number): number => (100 * minor) / equityMinor;
      expect(percent((Number(entry) - Number(stop)) * 100 * quantity + input.chargesMinor(quantity))).toBeLessThanOrEqual(mandate.riskPerTradePercent + 1e-6);
      expect(percent(value)).toBeLessThanOrEqual(Math.min(mandate.maxPositionPercent, 25) + 1e-9);
      expect(percent(value + others)).toBeLessThanOrEqual(Math.min(mandate.maxSectorExposurePercent, 30) + 1e-9);
      expect(quantity).toBeLessThanOrEqual(input.averageDailyVolume20 * 0.05);
      expect(value + input.chargesMinor(quantity)).toBeLessThanOrEqual(deployableMinor);
      expect((percent(value) * input.volatility20) / 100).toBeLessThanOrEqual(15 / Math.sqrt(mandate.maxPositions) + 1e-6);
      expect(quantity % input.lotSize).toBe(0);
    }), { numRuns: 150 });
  });
  it('never shrinks when there is more cash', () => {
    fc.assert(fc.property(anyInput, fc.integer({ min: 0, max: 1_000_000_00 }), (input, more) => {
      const richer = { ...input, book: { ...input.book, deployableMinor: input.book.deployableMinor + more } };
      expect(sizeEntry(richer).quantity).toBeGreaterThanOrEqual(sizeEntry(input).quantity);
    }), { numRuns: 100 });
  });
  it('never grows when more is held', () => {
    fc.assert(fc.property(anyInput, fc.integer({ min: 0, max: 1_000_000_00 }), (input, more) => {
      const fuller = { ...input, book: { ...input.book, exposures: [...input.book.exposures, { symbol: 'CCC', sector: 'Energy', valueMinor: more }] } };
      expect(sizeEntry(fuller).quantity).toBeLessThanOrEqual(sizeEntry(input).quantity);
    }), { numRuns: 100 });
  });
});
