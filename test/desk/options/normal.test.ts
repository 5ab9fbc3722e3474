import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erfc, millsRatio, normalCdf, normalDensity } from '../../../desk/options/normal.ts';
import { inverseNormal } from '../../../desk/portfolio/normal.ts';

const relative = (got: number, want: number): number => Math.abs(got / want - 1);

describe('the normal distribution', () => {
  // 30-digit values of mpmath, rounded to doubles.
  it.each([
    [-37.5, 4.605353009581955e-308], [-20, 2.7536241186062337e-89], [-8, 6.22096057427178e-16], [-3, 0.0013498980316300946], [-1, 0.15865525393145705],
    [-0.1, 0.460172162722971], [0, 0.5], [0.5, 0.6914624612740131], [2, 0.9772498680518208], [9, 1],
  ])('has its distribution function at %d to the last digits', (x, want) => {
    expect(relative(normalCdf(x), want)).toBeLessThan(2e-15);
  });

  it.each([[0.1, 0.8875370839817152], [1, 0.15729920705028513], [5, 1.5374597944280349e-12], [26, 5.663192408856143e-296], [-2, 1.9953222650189528]])(
    'has the complementary error function at %d to the last digits', (x, want) => { expect(relative(erfc(x), want)).toBeLessThan(2e-15); });

  it('has Mills’ ratio where it falls as 1/x, without overflow', () => {
    expect(millsRatio(0)).toBeCloseTo(Math.sqrt(Math.PI / 2), 15);
    for (const x of [1e4, 1e8, 1e9, 1e30, 1e300]) expect(relative(millsRatio(x), (1 - 1 / (x * x)) / x)).toBeLessThan(2e-15);
    expect(millsRatio(Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('is the inverse of its quantile, symmetrical, and falls to nothing at the ends', () => {
    fc.assert(fc.property(fc.double({ min: 1e-300, max: 1 - 1e-9, noNaN: true }), (p) => {
      const x = inverseNormal(p);
      // The quantile's own rounding, seen through the distribution's slope.
      expect(Math.abs(normalCdf(x) - p)).toBeLessThan(4e-16 * (p + Math.abs(x) * normalDensity(x)) * 4 + 1e-16);
      expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
    }));
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY), normalCdf(Number.NaN)]).toEqual([0, 1, Number.NaN]);
  });
});
