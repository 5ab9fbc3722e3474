import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceOption } from '../../../desk/options/price.ts';
import type { OptionTerms, OptionValue } from '../../../desk/options/terms.ts';
import { anyOption } from './any-option.ts';

/** Which figure is whose derivative, and by what. `scale` is the size that the derivative of an option can have. */
const DERIVATIVES: { greek: keyof OptionValue; of: keyof OptionValue; by: 'underlying' | 'volatility' | 'timeYears' | 'rate'; sign: 1 | -1 }[] = [
  { greek: 'delta', of: 'price', by: 'underlying', sign: 1 }, { greek: 'gamma', of: 'delta', by: 'underlying', sign: 1 },
  { greek: 'vega', of: 'price', by: 'volatility', sign: 1 }, { greek: 'thetaPerYear', of: 'price', by: 'timeYears', sign: -1 },
  { greek: 'rho', of: 'price', by: 'rate', sign: 1 }, { greek: 'vanna', of: 'delta', by: 'volatility', sign: 1 },
  { greek: 'vomma', of: 'vega', by: 'volatility', sign: 1 },
];

describe('every greek', () => {
  it.each(DERIVATIVES)('$greek is the derivative of $of by $by', ({ greek, of, by, sign }) => {
    fc.assert(fc.property(anyOption(), (terms) => {
      const point = terms[by];
      const width = by === 'rate' ? 1e-4 : point * 1e-4;
      const at = (value: number) => priceOption({ ...terms, [by]: value } as OptionTerms)[of];
      // Central differences at two widths, extrapolated: the error left is of the fourth order.
      const slope = (h: number) => (at(point + h) - at(point - h)) / (2 * h);
      const difference = sign * ((4 * slope(width / 2) - slope(width)) / 3);
      // Rounding of the function over the width, and what the fourth order leaves where the curve bends over a short deviation.
      const bend = (1e-4 * (by === 'underlying' ? 1 : 0)) / (terms.volatility * Math.sqrt(terms.timeYears)) + 1e-4;
      const size = of === 'delta' ? 1 : terms.underlying + terms.strike;
      const slack = (1e-12 * size * (of === 'vega' ? Math.sqrt(terms.timeYears) : 1)) / width + 100 * bend ** 4 * (size / (by === 'rate' ? 1 : point));
      const value = priceOption(terms)[greek];
      expect(Math.abs(difference - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value) + slack);
    }), { numRuns: 300 });
  });

  it('has theta of a day as a 365th of a year’s', () => {
    const value = priceOption({ model: 'bsm', type: 'put', underlying: 100, strike: 95, timeYears: 0.25, rate: 0.03, volatility: 0.3 });
    expect(value.thetaPerDay * 365).toBeCloseTo(value.thetaPerYear, 12);
  });
});
