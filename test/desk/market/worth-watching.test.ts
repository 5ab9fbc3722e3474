import { describe, expect, it } from 'vitest';
import type { AdjustedBar } from '../../../desk/market/corporate-actions.ts';
import { breakout, changeOverMonth, gap, resultsSoon, unusualVolume } from '../../../desk/market/worth-watching.ts';

/** Sixty flat sessions at 100 with a thousand shares each, and a last one as given. */
const bars = (last: Partial<AdjustedBar>, sessions = 60): AdjustedBar[] => Array.from({ length: sessions }, (_, i) => ({ symbol: 'A', date: `d${i}`, open: 100, high: 101, low: 99, close: 100, volume: 1000, ...(i === sessions - 1 ? last : {}) }) as unknown as AdjustedBar);

describe('what makes a share worth a look', () => {
  it('is a volume of three times the mean of the twenty sessions before, not the session itself', () => {
    expect(unusualVolume(bars({ volume: 2999 }))).toBeNull();
    expect(unusualVolume(bars({ volume: 8000 }))).toEqual({ reason: 'UNUSUAL_VOLUME', measured: 8, points: 3 });
    expect(unusualVolume(bars({ volume: 1_000_000 }))?.points).toBe(4);
    expect(unusualVolume(bars({ volume: 8000 }, 20))).toBeNull();
  });
  it('is a close above every high of fifty sessions', () => {
    expect(breakout(bars({ close: 101, high: 104 }))).toBeNull();
    expect(breakout(bars({ close: 103.02, high: 104 }))).toMatchObject({ measured: 2, points: expect.closeTo(2.4, 6) });
    expect(breakout(bars({ close: 110 }, 50))).toBeNull();
  });
  it('is a gap of three percent either way, from the close before to the open', () => {
    expect(gap(bars({ open: 102.9 }))).toBeNull();
    expect(gap(bars({ open: 95 }))).toMatchObject({ measured: -5, points: expect.closeTo(2.5, 6) });
    expect(gap(bars({ open: 95 }, 1))).toBeNull();
  });
  it('counts a change over twenty sessions only with the history', () => {
    expect(changeOverMonth(bars({ close: 112 }))).toBe(12);
    expect(changeOverMonth(bars({ close: 112 }, 20))).toBeNull();
  });
  it('is results within ten trading days, the nearer the more', () => {
    expect(resultsSoon(0)).toMatchObject({ points: 1 });
    expect(resultsSoon(10)).toMatchObject({ points: 0.5 });
    expect([resultsSoon(11), resultsSoon(-1)]).toEqual([null, null]);
  });
});
