import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation, correlationMatrix } from '../../../desk/portfolio/correlation.ts';
import { type Holding, betaExposureOf, exposuresOf, sumBySector } from '../../../desk/portfolio/exposures.ts';
import { componentVar } from '../../../desk/portfolio/component-var.ts';

const book: Holding[] = [
  { symbol: 'TCS', sector: 'IT', value: 30_000, beta: 0.8 }, { symbol: 'INFY', sector: 'IT', value: -10_000, beta: 1 },
  { symbol: 'SBIN', sector: 'Banks', value: 20_000, beta: 1.3 }, { symbol: 'NEWCO', sector: null, value: 5_000, beta: null },
];

describe('exposures', () => {
  it('are by symbol and sector, in currency and in percent of equity', () => {
    const { bySector, bySymbol, ...total } = exposuresOf(book, 100_000);
    expect(total).toMatchObject({ long: 55_000, short: 10_000, net: 45_000, gross: 65_000, netPercent: 45, grossPercent: 65, withoutSector: ['NEWCO'], unpriced: [] });
    expect(bySector.map(({ name, net, grossPercent }) => [name, net, grossPercent])).toEqual([['IT', 20_000, 40], ['Banks', 20_000, 20], ['NEWCO (no sector known)', 5_000, 5]]);
    expect(bySymbol[0]).toMatchObject({ name: 'TCS', net: 30_000 });
  });

  it('leave a holding without a price out of every total and name it', () => {
    const got = exposuresOf([...book, { symbol: 'GONE', sector: 'IT', value: null }], 100_000);
    expect(got).toMatchObject({ net: 45_000, unpriced: ['GONE'] });
  });

  it('have no percentages without equity', () => {
    for (const equity of [0, -5, Number.NaN]) expect(exposuresOf(book, equity)).toMatchObject({ gross: 65_000, netPercent: null, grossPercent: null });
  });

  it('add up: sectors and symbols each sum to the total, and gross covers net', () => {
    const holdings = fc.array(fc.record({ symbol: fc.constantFrom('A', 'B', 'C', 'D'), sector: fc.constantFrom('X', 'Y', null), value: fc.integer({ min: -1e6, max: 1e6 }) }), { maxLength: 20 });
    fc.assert(fc.property(holdings, (list) => {
      const got = exposuresOf(list, 1000);
      for (const lines of [got.bySector, got.bySymbol]) {
        for (const key of ['long', 'short', 'net', 'gross'] as const) expect(lines.reduce((sum, line) => sum + line[key], 0)).toBe(got[key]);
      }
      expect(got.gross).toBeGreaterThanOrEqual(Math.abs(got.net));
    }));
  });

  it('add profit up by sector, best first', () => {
    expect(sumBySector([{ symbol: 'TCS', sector: 'IT', amount: -3 }, { symbol: 'SBIN', sector: 'Banks', amount: 5 }, { symbol: 'INFY', sector: 'IT', amount: 1 }, { symbol: 'N', sector: null, amount: 0 }]))
      .toEqual([{ sector: 'Banks', amount: 5 }, { sector: 'N (no sector known)', amount: 0 }, { sector: 'IT', amount: -2 }]);
  });
});

describe('beta', () => {
  it('is the account’s, and drift beyond 0.2 alerts', () => {
    const holdings = book.slice(0, 3);
    expect(betaExposureOf({ holdings, equity: 100_000, targetBeta: 0.5 })).toMatchObject({ betaWeighted: 40_000, beta: 0.4, missing: [], drift: expect.closeTo(0.1, 12), alert: false });
    expect(betaExposureOf({ holdings, equity: 100_000, targetBeta: 0.65 })).toMatchObject({ drift: expect.closeTo(0.25, 12), alert: true });
    expect(betaExposureOf({ holdings, equity: 100_000, targetBeta: null })).toMatchObject({ beta: 0.4, drift: null, alert: null });
  });

  it('is not known while one holding’s beta is missing', () => {
    expect(betaExposureOf({ holdings: book, equity: 100_000, targetBeta: 0.5 })).toMatchObject({ beta: null, missing: ['NEWCO'], drift: null, alert: null });
  });
});

describe('correlation', () => {
  it('is symmetric, within −1 and 1, and ignores scale and shift', () => {
    const pair = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 })), { minLength: 2, maxLength: 40 });
    fc.assert(fc.property(pair, (list) => {
      const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
      const got = correlation(a, b);
      expect(correlation(b, a)).toBe(got);
      if (got === null) return;
      expect(Math.abs(got)).toBeLessThanOrEqual(1);
      expect(correlation(a.map((x) => 4 * x), b.map((y) => -y))).toBeCloseTo(-got, 9);
    }));
  });

  it('is unknown for a series that does not move or pairs that share too few sessions', () => {
    expect(correlation([1, 2, 3], [5, 5, 5])).toBeNull();
    const ramp = Array.from({ length: 30 }, (_, i) => i);
    const { symbols, values } = correlationMatrix([
      { symbol: 'A', returns: ramp }, { symbol: 'B', returns: ramp.map((x) => (x < 12 ? null : -x)) }, { symbol: 'C', returns: ramp.map((x) => x * 2) },
    ]);
    expect(symbols).toEqual(['A', 'B', 'C']);
    expect(values[0]).toEqual([1, null, expect.closeTo(1, 12)]);
    expect(correlationMatrix([{ symbol: 'A', returns: ramp }, { symbol: 'B', returns: ramp.map((x) => (x < 10 ? null : -x)) }]).values[1]).toEqual([expect.closeTo(-1, 12), 1]);
    expect(() => correlationMatrix([{ symbol: 'A', returns: [1] }, { symbol: 'B', returns: [] }])).toThrow('different sessions');
  });
});

describe('value at risk by holding', () => {
  it('adds up to the whole, and a hedge takes away', () => {
    const got = componentVar({ values: [100, -60], deviations: [0.02, 0.02], correlations: [[1, 0.9], [0.9, 1]], confidence: 0.95 })!;
    expect(got.component[0]! + got.component[1]!).toBeCloseTo(got.valueAtRisk, 12);
    expect(got.component[1]!).toBeLessThan(0);
    expect(got.valueAtRisk).toBeLessThan(got.undiversified);
  });

  it('is unknown for an empty book and refuses shapes that do not fit', () => {
    expect(componentVar({ values: [], deviations: [], correlations: [], confidence: 0.95 })).toBeNull();
    expect(() => componentVar({ values: [1], deviations: [0.1, 0.2], correlations: [[1]], confidence: 0.95 })).toThrow('differ in size');
  });
});
