import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks } from '../../../desk/recall/fuse-ranks.ts';

const list = (ids: string, weight = 1) => ({ items: [...ids].map((id) => ({ id })), weight });

describe('the fusion of ranked lists', () => {
  it('puts first what stands high in several, before what heads one alone', () => {
    expect(fuseRanks([list('abcd'), list('ebfg')])[0]?.id).toBe('b');
  });
  it('lets a list count by its weight and an item by its worth', () => {
    expect(fuseRanks([list('ab', 1), list('ba', 0.5)]).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(fuseRanks([{ items: [{ id: 'a', worth: 0.2 }, { id: 'b', worth: 1 }], weight: 1 }])[0]?.id).toBe('b');
  });
  it('gives scores from 0 to 1, falling, each item once, and 1 only to what heads every list', () => {
    const lists = fc.array(fc.record({ items: fc.uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), worth: fc.double({ min: 0, max: 1, noNaN: true }) }), { selector: ({ id }) => id }), weight: fc.double({ min: 0.1, max: 2, noNaN: true }) }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(lists, (given) => {
      const fused = fuseRanks(given);
      expect(new Set(fused.map(({ id }) => id)).size).toBe(fused.length);
      expect(fused.every(({ score }, i) => score >= 0 && score <= 1 + 1e-9 && (i === 0 || score <= (fused[i - 1]?.score ?? 1)))).toBe(true);
    }));
    expect(fuseRanks([list('ab'), list('ab')])[0]).toEqual({ id: 'a', score: 1 });
  });
});
