import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelTripleBarrier } from '../../../desk/signals/triple-barrier.ts';

type Row = [open: number, high: number, low: number, close: number];
const columns = (rows: readonly Row[]) => ({ open: Float64Array.from(rows, (r) => r[0]), high: Float64Array.from(rows, (r) => r[1]), low: Float64Array.from(rows, (r) => r[2]), close: Float64Array.from(rows, (r) => r[3]) });
const label = (rows: readonly Row[], more: Partial<Parameters<typeof labelTripleBarrier>[0]> = {}) => labelTripleBarrier({ bars: columns(rows), entryIndex: 0, stop: 95, target: 110, horizonSessions: 3, ...more });
const calm: Row = [100, 101, 99, 100];

describe('the triple barrier', () => {
  it('takes whichever barrier a session meets first', () => {
    expect(label([calm, [100, 111, 99, 108], calm])).toEqual({ barrier: 'TARGET', exitIndex: 1, exitPrice: 110, returnPercent: expect.closeTo(10, 9) });
    expect(label([calm, [100, 101, 94, 96], [96, 120, 96, 118]])).toEqual({ barrier: 'STOP', exitIndex: 1, exitPrice: 95, returnPercent: expect.closeTo(-5, 9) });
  });
  it('takes the stop when both lie inside one bar', () => {
    expect(label([calm, [100, 115, 90, 112], calm]).barrier).toBe('STOP');
  });
  it('fills at the opening when the market opens beyond a barrier', () => {
    expect(label([calm, [90, 92, 88, 91], calm])).toMatchObject({ barrier: 'STOP', exitPrice: 90 });
    expect(label([calm, [115, 116, 112, 113], calm])).toMatchObject({ barrier: 'TARGET', exitPrice: 115 });
  });
  it('ends with the close of the horizon, the entry’s session counting as its first', () => {
    expect(label([calm, calm, [100, 104, 98, 103], [103, 130, 103, 129]])).toEqual({ barrier: 'TIME', exitIndex: 2, exitPrice: 103, returnPercent: expect.closeTo(3, 9) });
  });
  it('says OPEN where the bars end first', () => {
    expect(label([calm, calm]).barrier).toBe('OPEN');
    expect(label([calm, calm, calm, calm], { lastIndex: 1 }).barrier).toBe('OPEN');
  });
  it('moves a trailed stop only on what earlier sessions reached', () => {
    const trail = { distance: 5, activateAt: 105 };
    const rises: Row = [100, 108, 100, 107];
    expect(label([rises, [107, 109, 102, 103], calm], { trail })).toMatchObject({ barrier: 'TRAIL', exitIndex: 1, exitPrice: 103 });
    expect(label([[100, 108, 97, 107], [107, 109, 104, 108], [108, 109, 105, 106]], { trail })).toMatchObject({ barrier: 'TIME' });
    expect(label([[100, 104, 100, 103], [103, 104, 98, 99], calm], { trail }).barrier).toBe('TIME');
  });
  it('refuses a bracket that does not enclose the entry', () => {
    expect(() => label([calm], { stop: 100 })).toThrow(RangeError);
    expect(() => label([calm], { target: 99 })).toThrow(RangeError);
  });

  const rows = fc.array(fc.tuple(fc.double({ min: 80, max: 125, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 12 })
    .map((list) => list.map(([open, up, down, where], i): Row => { const o = i === 0 ? 100 : open; return [o, o + up, o - down, o - down + where * (up + down)]; }));

  it('never looks at a bar after the one on which it ends', () => {
    fc.assert(fc.property(rows, rows, fc.integer({ min: 1, max: 12 }), (some, later, horizonSessions) => {
      const short = label(some, { horizonSessions });
      if (short.barrier === 'OPEN') return;
      expect(label([...some.slice(0, short.exitIndex + 1), ...later.slice(1)], { horizonSessions })).toEqual(short);
    }));
  });
  it('ends on a session whose bar contains the exit price, and no session before it met a barrier', () => {
    fc.assert(fc.property(rows, fc.integer({ min: 1, max: 12 }), (some, horizonSessions) => {
      const { barrier, exitIndex, exitPrice } = label(some, { horizonSessions });
      const [, high, low] = some[exitIndex]!;
      expect(exitPrice).toBeGreaterThanOrEqual(low - 1e-9);
      expect(exitPrice).toBeLessThanOrEqual(high + 1e-9);
      for (const [, before, under] of some.slice(0, exitIndex)) { expect(before).toBeLessThan(110); expect(under).toBeGreaterThan(95); }
      if (barrier === 'STOP') expect(exitPrice).toBeLessThanOrEqual(95);
      if (barrier === 'TARGET') expect(exitPrice).toBeGreaterThanOrEqual(110);
    }));
  });
});
