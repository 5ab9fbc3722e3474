import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalProbability, wilsonInterval } from '../../../desk/signals/wilson.ts';

describe('Wilson’s interval', () => {
  it('gives the textbook figures', () => {
    // Newcombe (1998), table I: 81 of 263 and 15 of 148, method 3.
    expect(wilsonInterval(81 / 263, 263)).toEqual({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) });
    expect(wilsonInterval(15 / 148, 148)).toEqual({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) });
    expect(wilsonInterval(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) });
  });
  it('knows nothing without cases', () => { expect(wilsonInterval(0.5, 0)).toEqual({ low: 0, high: 1 }); });
  it('always contains the share and narrows with more cases', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
      const one = wilsonInterval(share, count);
      const more = wilsonInterval(share, 4 * count);
      expect(one.low).toBeLessThanOrEqual(share + 1e-12);
      expect(one.high).toBeGreaterThanOrEqual(share - 1e-12);
      expect(more.high - more.low).toBeLessThan(one.high - one.low);
    }));
  });
});

it('the normal probability agrees with its table', () => {
  for (const [x, p] of [[0, 0.5], [1, 0.8413447], [-1, 0.1586553], [1.959964, 0.975], [3, 0.9986501], [-6, 0]] as const) expect(normalProbability(x)).toBeCloseTo(p, 6);
});
