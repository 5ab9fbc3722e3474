import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageCrosses, averagesOf } from '../../../desk/market/average-crosses.ts';
import type { AdjustedBar } from '../../../desk/market/corporate-actions.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const series = (closes: readonly number[]): AdjustedBar[] => closes.map((close, i) => ({ symbol: 'X', date: plusDays(tradingDate('2024-06-03'), i), open: close, high: close, low: close, close, volume: 1, adjustmentFactor: 1, volumeFactor: 1 }));
const crosses = (closes: readonly number[], short: number, long: number) => averageCrosses(averagesOf(series(closes), { short, long }));

describe('crossings of two moving averages', () => {
  it('are told with their day, their way and both averages', () => {
    expect(crosses([10, 10, 9, 8, 12, 14, 9, 5], 1, 3)).toEqual([
      { on: '2024-06-07', way: 'UP', close: 12, short: 12, long: (9 + 8 + 12) / 3 }, { on: '2024-06-09', way: 'DOWN', close: 9, short: 9, long: (12 + 14 + 9) / 3 },
    ]);
  });
  it('are none where the averages only touch, and one where they touch before they part to the other side', () => {
    expect(crosses([10, 12, 12, 14], 1, 2)).toEqual([]);
    expect(crosses([10, 12, 12, 11], 1, 2)).toMatchObject([{ on: '2024-06-06', way: 'DOWN' }]);
  });
  it('need as many sessions as the longer average has', () => expect(averagesOf(series([1, 2, 3]), { short: 2, long: 4 })).toEqual([]));
  it('go up and down by turns, and end on the side that they say', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 6, maxLength: 60 }), (closes) => {
      const stands = averagesOf(series(closes), { short: 2, long: 5 });
      const found = averageCrosses(stands);
      found.forEach((cross, i) => { expect(cross.way).not.toBe(found[i - 1]?.way); expect(cross.way === 'UP' ? cross.short > cross.long : cross.short < cross.long).toBe(true); });
      const last = stands.findLast(({ short, long }) => Math.abs(short - long) > 1e-9);
      if (last && found.length > 0) expect(found.at(-1)?.way).toBe(last.short > last.long ? 'UP' : 'DOWN');
    }));
  });
});
