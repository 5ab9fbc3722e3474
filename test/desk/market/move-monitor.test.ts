import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMoveMemory, type MoveMemory, watchMoves } from '../../../desk/market/move-monitor.ts';
import { instant, type Instant, plusMinutes } from '../../../desk/time.ts';

const open = instant('2026-03-02T03:45:00Z');
/** Prices of one share, minute by minute, and the minutes at which it was an event. */
function eventsOf(prices: readonly (number | null)[], memory: MoveMemory = emptyMoveMemory): { minutes: number[]; percents: number[] } {
  const found = { minutes: [] as number[], percents: [] as number[] };
  let now = memory;
  prices.forEach((price, minute) => {
    const looked = watchMoves(now, price === null ? [] : [{ symbol: 'TCS', at: plusMinutes(open, minute), price }]);
    now = looked.memory;
    for (const move of looked.moves) { found.minutes.push(minute); found.percents.push(move.percent); }
  });
  return found;
}
const steady = (minutes: number, price = 100): number[] => new Array<number>(minutes).fill(price);

describe('a move of five per cent in a quarter of an hour', () => {
  it('is an event when it gets there, up and down, and not a paisa before', () => {
    expect(eventsOf([100, 104.99, 105])).toEqual({ minutes: [2], percents: [expect.closeTo(5, 9)] });
    expect(eventsOf([100, 95.01, 95])).toEqual({ minutes: [2], percents: [expect.closeTo(-5, 9)] });
  });
  it('counts from any price within the window, not from its first', () => expect(eventsOf([100, 98, 102.9]).percents[0]).toBeCloseTo(5, 9));
  it('is none when it took longer', () => {
    expect(eventsOf([100, ...steady(15, 102), 105]).minutes).toEqual([]);
    expect(eventsOf([100, ...steady(14, 102), 105]).minutes).toEqual([15]);
  });
  it('is told once a quarter of an hour, and again after it when the price goes on', () => {
    const rising = Array.from({ length: 31 }, (_, minute) => 100 * 1.01 ** minute);
    expect(eventsOf(rising).minutes).toEqual([5, 20]);
  });
  it('is not made by a first price, by a missing one, or by one that cannot be', () => {
    expect(eventsOf([100]).minutes).toEqual([]);
    expect(eventsOf([100, null, null, 0, Number.NaN, -5, 100]).minutes).toEqual([]);
  });
  it('forgets a price that comes late instead of going back', () => {
    const first = watchMoves(emptyMoveMemory, [{ symbol: 'TCS', at: plusMinutes(open, 5), price: 100 }]);
    expect(watchMoves(first.memory, [{ symbol: 'TCS', at: open, price: 50 }])).toEqual({ moves: [], memory: first.memory });
  });
});

it('never tells a share twice within the cool-down, never for less than the rule, and keeps no more than the window', () => {
  fc.assert(fc.property(fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 9 }), price: fc.double({ min: 50, max: 150, noNaN: true }) }), { maxLength: 80 }), (steps) => {
    let memory = emptyMoveMemory;
    let at: Instant = open;
    let last: Instant | null = null;
    for (const { minutes, price } of steps) {
      at = plusMinutes(at, minutes);
      const looked = watchMoves(memory, [{ symbol: 'TCS', at, price }]);
      memory = looked.memory;
      for (const move of looked.moves) {
        expect(Math.abs(move.percent)).toBeGreaterThanOrEqual(5);
        if (last) expect(Date.parse(move.at) - Date.parse(last)).toBeGreaterThanOrEqual(15 * 60_000);
        last = move.at;
      }
      for (const each of memory.seen.get('TCS') ?? []) expect(Date.parse(at) - Date.parse(each.at)).toBeLessThanOrEqual(15 * 60_000);
    }
  }), { numRuns: 100 });
});
