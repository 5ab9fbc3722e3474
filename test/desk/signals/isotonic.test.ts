import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alongKnots, fitIsotonic } from '../../../desk/signals/isotonic.ts';

const cases = fc.array(fc.record({ score: fc.integer({ min: 0, max: 40 }).map((n) => n / 40), reached: fc.boolean() }), { minLength: 1, maxLength: 2_000 });
const block = (score: number, share: number, count = 100) => Array.from({ length: count }, (_, i) => ({ score, reached: i < Math.round(share * count) }));

describe('the monotone map', () => {
  it('never falls as the score rises, and stays within the shares that were seen', () => {
    fc.assert(fc.property(cases, (found) => {
      const knots = fitIsotonic(found);
      for (const [i, { score, probability }] of knots.entries()) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        const before = knots[i - 1];
        if (before) { expect(score).toBeGreaterThan(before.score); expect(probability).toBeGreaterThan(before.probability); }
      }
    }), { numRuns: 200 });
  });
  it('says the same whatever the order in which cases come', () => {
    fc.assert(fc.property(cases, fc.infiniteStream(fc.double({ noNaN: true })), (found, keys) => {
      const shuffled = found.map((each) => ({ each, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key).map(({ each }) => each);
      // What falls into a group may differ among equal scores only where a group ends between them, which it never does.
      expect(fitIsotonic(shuffled)).toEqual(fitIsotonic(found));
    }), { numRuns: 100 });
  });
  it('keeps shares that rise as they are', () => {
    expect(fitIsotonic([...block(0.2, 0.1), ...block(0.5, 0.3), ...block(0.9, 0.8)])).toEqual([{ score: 0.2, probability: 0.1 }, { score: 0.5, probability: 0.3 }, { score: 0.9, probability: 0.8 }]);
  });
  it('puts together those that fall, by their number', () => {
    // 0.6 of 100, then 0.2 of 300: (60 + 60) / 400.
    expect(fitIsotonic([...block(0.2, 0.1), ...block(0.4, 0.6), ...block(0.8, 0.2, 300)])).toEqual([{ score: 0.2, probability: 0.1 }, { score: 0.7, probability: 0.3 }]);
  });
  it('makes no certainty of a handful of cases', () => {
    expect(fitIsotonic([...block(0.2, 0.3), ...block(0.95, 1, 5)])).toHaveLength(1);
    expect(fitIsotonic([])).toEqual([]);
  });
  it('goes straight between knots and level beyond them', () => {
    const knots = [{ score: 0.2, probability: 0.1 }, { score: 0.6, probability: 0.5 }];
    expect([0, 0.2, 0.4, 0.6, 1].map((score) => alongKnots(knots, score))).toEqual([0.1, 0.1, expect.closeTo(0.3, 9), 0.5, 0.5]);
    expect(() => alongKnots([], 0.5)).toThrow(RangeError);
  });
});
