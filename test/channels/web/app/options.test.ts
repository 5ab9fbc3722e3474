import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, frameOf, pathOf, place, profitAt, windowOf, type Point } from '../../../../channels/web/app/pages/options/payoff-path.ts';
import { byStrike, nearest } from '../../../../channels/web/app/pages/options/strikes.ts';

const curve = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1e5 }), fc.integer({ min: -1e6, max: 1e6 })), { minLength: 2, maxLength: 40, selector: ([x]) => x }).map((points): Point[] => points.sort(([a], [b]) => a - b));
const size = { width: 720, height: 240 };

describe('the drawing of a payoff', () => {
  it('keeps every point and the line of no profit inside the frame, higher profits higher', () => {
    fc.assert(
      fc.property(curve, (points) => {
        const frame = frameOf([points]);
        for (const point of [...points, [frame.low, 0] as const]) {
          const [x, y] = place(frame, size, point);
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(x).toBeLessThanOrEqual(size.width + 1e-6);
          expect(y).toBeGreaterThanOrEqual(-1e-6);
          expect(y).toBeLessThanOrEqual(size.height + 1e-6);
        }
        const [low, high] = [place(frame, size, [frame.low, 1])[1], place(frame, size, [frame.low, 2])[1]];
        expect(high).toBeLessThan(low);
        expect(pathOf(frame, size, points)).not.toMatch(/NaN|Infinity/);
      }),
    );
  });
  it('reads out the curve’s own figures at its points, between its neighbours elsewhere, and nothing outside', () => {
    fc.assert(
      fc.property(curve, (points) => {
        for (const [x, y] of points) expect(profitAt(points, x)).toBeCloseTo(y, 6);
        points.slice(1).forEach(([x, y], index) => {
          const before = points[index]!;
          const middle = profitAt(points, (x + before[0]) / 2);
          expect(middle).toBeGreaterThanOrEqual(Math.min(y, before[1]) - 1e-6);
          expect(middle).toBeLessThanOrEqual(Math.max(y, before[1]) + 1e-6);
        });
        expect(profitAt(points, points[0]![0] - 1)).toBeNull();
        expect(profitAt(points, points.at(-1)![0] + 1)).toBeNull();
      }),
    );
  });
});

describe('the window of a payoff', () => {
  it('holds everything that the structure turns on, and the curve reaches both its edges', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1_000, max: 50_000 }), fc.array(fc.integer({ min: 1_000, max: 50_000 }), { maxLength: 6 }), (points, spot, marks) => {
        const { low, high } = windowOf(marks, spot);
        expect([...marks, spot].every((price) => price > low && price < high)).toBe(true);
        const wide: Point[] = [[-1e6, 0], ...points, [1e6, 0]];
        const cut = between(wide, low, high);
        expect([cut[0]?.[0], cut.at(-1)?.[0]]).toEqual([low, high]);
        for (const [x, y] of cut) expect(profitAt(wide, x)).toBeCloseTo(y, 4);
      }),
    );
  });
});

describe('the strikes of a chain', () => {
  it('are each there once, ascending, with both their sides, and the middle of what is shown is near the price', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 31 }), (strikes, price, count) => {
        const rows = strikes.flatMap((strike) => [{ strike, type: 'call' as const }, { strike, type: 'put' as const }]);
        const shown = byStrike(rows, { near: price, count });
        expect(shown).toHaveLength(Math.min(count, strikes.length));
        expect(shown.every(({ strike, call, put }) => call?.strike === strike && put?.strike === strike)).toBe(true);
        const inOrder = [...strikes].sort((a, b) => a - b);
        expect(inOrder.join()).toContain(shown.map(({ strike }) => strike).join());
        const best = nearest(strikes, price) ?? 0;
        // With room for a neighbour at each side the nearest one is in view.
        if (count >= 3) expect(shown.map(({ strike }) => Math.abs(strike - price))).toContain(Math.abs(best - price));
      }),
    );
  });
  it('know none that is nearest to an unknown price', () => {
    expect([nearest([1, 2], null), nearest([], 5)]).toEqual([null, null]);
  });
});
