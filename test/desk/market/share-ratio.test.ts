import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coveredQuantity, ratioWords, shareRatio } from '../../../desk/market/share-ratio.ts';

it('reads the whole numbers behind every factor that exchanges announce', () => {
  expect([0.5, 2 / 3, 0.75, 0.2, 0.1, 10 / 11, 10, 5, 1, 7 / 12].map(shareRatio)).toEqual([[2, 1], [3, 2], [4, 3], [5, 1], [10, 1], [11, 10], [1, 10], [1, 5], [1, 1], [12, 7]].map(([newShares, oldShares]) => ({ newShares, oldShares })));
  fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (fresh, old) => {
    const found = shareRatio(old / fresh);
    expect(found && found.newShares * old).toBe(found && found.oldShares * fresh);
    expect(found).not.toBeNull();
  }));
});

it('reads nothing from what is no ratio of small whole numbers', () => {
  expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 0.500_01, Math.PI].map(shareRatio)).toEqual([null, null, null, null, null, null]);
});

it('says a ratio as people say it', () => {
  expect(ratioWords('BONUS', { newShares: 2, oldShares: 1 })).toBe('1:1 bonus');
  expect(ratioWords('BONUS', { newShares: 3, oldShares: 2 })).toBe('1:2 bonus');
  expect(ratioWords('SPLIT', { newShares: 5, oldShares: 1 })).toBe('split of 1 into 5 shares');
  expect([ratioWords('DEMERGER', { newShares: 1, oldShares: 1 }), ratioWords('RIGHTS', { newShares: 1, oldShares: 1 })]).toEqual(['demerger', 'rights issue']);
  expect(ratioWords('SPLIT', { newShares: 1, oldShares: 10 })).toBe('consolidation of 10 into 1 share');
});

it('lets a clearance cover what its shares have become, ratio by ratio', () => {
  expect(coveredQuantity(7, [])).toBe(7);
  expect(coveredQuantity(7, [{ newShares: 3, oldShares: 2 }, { newShares: 2, oldShares: 1 }])).toBe(22);
});
