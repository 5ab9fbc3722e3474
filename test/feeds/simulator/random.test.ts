import { describe, expect, it } from 'vitest';
import { randomStream, unitHash } from '../../../feeds/simulator/random.ts';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random streams', () => {
  it('draw the same numbers again for the same seed and path', () => {
    const first = randomStream(7, 'company', 'MERUBANK', 3);
    const again = randomStream(7, 'company', 'MERUBANK', 3);
    expect(draw(50, () => first.next())).toEqual(draw(50, () => again.next()));
  });

  it('draw other numbers for another seed, name or day', () => {
    const heads = [
      randomStream(7, 'a', 3),
      randomStream(8, 'a', 3),
      randomStream(7, 'b', 3),
      randomStream(7, 'a', 4),
      randomStream(7, 3, 'a'),
    ].map((stream) => draw(4, () => stream.next()).join());
    expect(new Set(heads).size).toBe(heads.length);
  });

  it('do not collide over as many paths as a long-lived world uses', () => {
    const heads = new Set<string>();
    for (let name = 0; name < 60; name++) {
      for (let day = 0; day < 1_000; day++) {
        const stream = randomStream(1, `S${name}`, day);
        heads.add(`${stream.next()},${stream.next()}`);
      }
    }
    expect(heads.size).toBe(60_000);
  });

  it('are even over the unit interval, also across the first draws of neighbouring days', () => {
    const firsts = draw(
      20_000,
      (() => {
        let day = 0;
        return () => randomStream(5, 'day', day++).next();
      })(),
    );
    const tenths = Array.from({ length: 10 }, (_, tenth) => firsts.filter((value) => Math.floor(value * 10) === tenth).length);
    // Five standard deviations of a binomial count around 2,000.
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(1_800));
  });

  it('make normal deviates with mean 0, variance 1 and a normal tail', () => {
    const stream = randomStream(11, 'normal');
    const values = draw(100_000, () => stream.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.016);
    expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan(0.023);
    expect(values.filter((value) => Math.abs(value) > 1.959964).length / values.length).toBeCloseTo(0.05, 2);
  });

  it('pick by weight', () => {
    const stream = randomStream(3, 'weights');
    const picks = draw(
      10_000,
      () =>
        stream.pickWeighted([
          { weight: 3, is: 1 },
          { weight: 1, is: 0 },
        ]).is,
    );
    expect(mean(picks)).toBeCloseTo(0.75, 1);
  });

  it('refuse to pick from nothing', () => {
    expect(() => randomStream(1, 'none').pick([])).toThrow(RangeError);
  });

  it('hash keys evenly, each key on its own', () => {
    const values = draw(
      20_000,
      (() => {
        let second = 0;
        return () => unitHash(99, second++, 5);
      })(),
    );
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(unitHash(1, 2, 3)).not.toBe(unitHash(1, 3, 2));
  });
});
