import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawDayShape, LAST_JUMP_MINUTE } from '../../../feeds/simulator/day-shape.ts';
import { SESSION_MINUTES } from '../../../feeds/simulator/exchange-days.ts';
import { drawPricePath } from '../../../feeds/simulator/price-path.ts';
import { randomStream } from '../../../feeds/simulator/random.ts';

const drawing = fc.record({
  seed: fc.integer(),
  previousClose: fc.integer({ min: 1, max: 400_000 }),
  overnight: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  intraday: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  sigma: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  jump: fc.option(
    fc.record({ minute: fc.integer({ min: 5, max: LAST_JUMP_MINUTE }), logSize: fc.double({ min: -0.4, max: 0.4, noNaN: true }) }),
  ),
});

describe('a session’s outline', () => {
  it('stays within the price band and around its own open, close and legs, however violent the day', () => {
    fc.assert(
      fc.property(drawing, ({ seed, ...day }) => {
        const shape = drawDayShape({ stream: randomStream(seed), ...day });
        const lowest = Math.max(1, Math.ceil(day.previousClose * 0.8));
        expect(shape.low).toBeGreaterThanOrEqual(lowest);
        expect(shape.high).toBeLessThanOrEqual(Math.max(lowest, Math.floor(day.previousClose * 1.2)));
        expect(shape.low).toBe(Math.min(...shape.legs.map(({ low }) => low)));
        expect(shape.high).toBe(Math.max(...shape.legs.map(({ high }) => high)));
        expect([shape.open, shape.close]).toEqual([shape.legs[0].start, shape.legs.at(-1)?.end]);
        expect(shape.legs.length).toBe(day.jump ? 2 : 1);
        for (const { start, end, high, low } of shape.legs) {
          expect(high).toBeGreaterThanOrEqual(Math.max(start, end));
          expect(low).toBeLessThanOrEqual(Math.min(start, end));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has the range of a Brownian motion: on average 1.6 deviations', () => {
    const sigma = 0.01;
    const stream = randomStream(5, 'ranges');
    const ranges = Array.from({ length: 5_000 }, () => {
      const shape = drawDayShape({ stream, previousClose: 100_000, overnight: 0, intraday: sigma * stream.normal(), sigma, jump: null });
      return Math.log(shape.high / shape.low) / sigma;
    });
    // E(range) = √(8/π) (Feller 1951), five standard errors of about 0.007.
    expect(Math.abs(ranges.reduce((sum, range) => sum + range, 0) / ranges.length - Math.sqrt(8 / Math.PI))).toBeLessThan(0.035);
  });

  it('is kept to by its path: every minute joins the next, and nothing is outside', () => {
    fc.assert(
      fc.property(drawing, ({ seed, ...day }) => {
        const shape = drawDayShape({ stream: randomStream(seed), ...day });
        const market = Float64Array.from({ length: SESSION_MINUTES }, (_, minute) => Math.sin(minute));
        const { nodes, highs, lows } = drawPricePath({
          shape,
          stream: randomStream(seed, 'path'),
          market,
          sector: market,
          marketShare: 0.3,
          sectorShare: 0.2,
          sigma: day.sigma,
        });
        expect([nodes[0], nodes[SESSION_MINUTES]]).toEqual([shape.open, shape.close]);
        expect([Math.max(...highs), Math.min(...lows)]).toEqual([shape.high, shape.low]);
        for (let minute = 0; minute < SESSION_MINUTES; minute++) {
          const [open, close, high, low] = [nodes[minute]!, nodes[minute + 1]!, highs[minute]!, lows[minute]!];
          if (high < Math.max(open, close) || low > Math.min(open, close)) expect({ minute, open, close, high, low }).toBe('a bar');
        }
      }),
      { numRuns: 200 },
    );
  });
});
