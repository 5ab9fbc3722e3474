import { describe, expect, it } from 'vitest';
import { hasTurn } from '../../../feeds/simulator/news-roster.ts';

/** On which of fifteen sessions each of fifteen companies has its turn. */
const turns = (seed: number, group: number, block: number): string =>
  Array.from({ length: 15 }, (_, company) =>
    Array.from({ length: 15 }, (_, day) => day)
      .filter((day) => hasTurn({ seed, companyIndex: group * 15 + company, day: block * 15 + day }))
      .join('+'),
  ).join();

describe('the news roster', () => {
  it('gives every company one turn in fifteen sessions and every session one company of each group', () => {
    for (const order of [turns(1, 0, 0), turns(1, 3, 7), turns(9, 1, 2)]) {
      expect(
        order
          .split(',')
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual(Array.from({ length: 15 }, (_, day) => day));
    }
  });

  it('draws the order anew for every group, every fifteen sessions and every seed', () => {
    const orders = [turns(1, 0, 0), turns(1, 1, 0), turns(1, 0, 1), turns(1, 1, 1), turns(2, 0, 0)];
    expect(new Set(orders).size).toBe(orders.length);
  });
});
