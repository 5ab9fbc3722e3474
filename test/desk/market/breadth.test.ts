import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayMove, breadthOf, moversOf } from '../../../desk/market/breadth.ts';
import { sentimentOf } from '../../../desk/market/sentiment.ts';
import { nsePanel } from './panel.ts';
import { sharedJson, sharedPresent, skipNote } from './shared.ts';

const move = (symbol: string, changePercent: number, volume = 1_000_000): DayMove => ({ symbol, previousClose: 100, close: 100 + changePercent, volume });
const moves = fc.array(fc.record({ symbol: fc.string({ minLength: 1 }), previousClose: fc.double({ min: 0.05, max: 1e5, noNaN: true }), close: fc.double({ min: 0.05, max: 1e5, noNaN: true }), volume: fc.nat(1e7) }), { maxLength: 60 });

describe('breadth', () => {
  it('counts every symbol once and every share once', () => {
    fc.assert(fc.property(moves, (day) => {
      const b = breadthOf(day);
      expect(b.advances + b.declines + b.unchanged).toBe(day.length);
      expect(b.advancingVolume + b.decliningVolume + b.unchangedVolume).toBe(day.reduce((sum, { volume }) => sum + volume, 0));
    }));
  });

  it('has no ratio, rather than an infinite one, where nothing fell', () => {
    expect(breadthOf([move('A', 1), move('B', 2)])).toMatchObject({ advances: 2, declines: 0, advanceDeclineRatio: null, trin: null });
    expect(breadthOf([])).toMatchObject({ advances: 0, advanceDeclineRatio: null, trin: null });
    expect(breadthOf([move('A', -1)])).toMatchObject({ advanceDeclineRatio: 0, trin: null });
  });

  it.skipIf(!sharedPresent)(`has the reference’s TRIN${skipNote}`, () => {
    const { trin } = sharedJson('refs/misc_quant.json') as { trin: { adv: number; dec: number; adv_vol: number; dec_vol: number; trin: number | null }[] };
    for (const { adv, dec, adv_vol, dec_vol, trin: expected } of trin) {
      const day = [...Array.from({ length: adv }, (_, i) => move(`A${i}`, 1, adv_vol / adv)), ...Array.from({ length: dec }, (_, i) => move(`D${i}`, -1, dec_vol / dec))];
      const got = breadthOf(day).trin;
      if (expected === null) expect(got).toBeNull(); else expect(got).toBeCloseTo(expected, 9);
    }
  });

  it('refuses a move without a price', () => {
    for (const wrong of [{ close: Number.NaN }, { previousClose: 0 }, { volume: -1 }]) expect(() => breadthOf([{ ...move('A', 1), ...wrong }])).toThrow('not a day');
  });
});

describe('movers', () => {
  it('are the largest changes among the liquid, losers worst first, ties by name', () => {
    const { gainers, losers, tooThin } = moversOf({ moves: [move('C', 5), move('B', 5), move('A', 2), move('X', -7), move('Y', -9), move('THIN', 20, 10), move('FLAT', 0)], count: 2 });
    expect(gainers.map(({ symbol }) => symbol)).toEqual(['B', 'C']);
    expect(losers.map(({ symbol }) => symbol)).toEqual(['Y', 'X']);
    expect(tooThin).toBe(1);
  });

  it('never name a loser among the gainers, nor more than asked', () => {
    fc.assert(fc.property(moves, fc.nat(8), (day, count) => {
      const { gainers, losers } = moversOf({ moves: day, count, leastTurnover: 0 });
      expect(gainers.length).toBeLessThanOrEqual(count);
      expect(gainers.every((m) => m.changePercent > 0) && losers.every((m) => m.changePercent < 0)).toBe(true);
    }));
  });
});

describe('sentiment', () => {
  const balanced = breadthOf([move('A', 1), move('B', -1)]);

  it('is 50 when all is balanced', () => {
    expect(sentimentOf({ breadth: balanced, flow: { net: 0, usualSize: 1000 } })).toEqual({ composite: 50, components: { participation: 0.5, volume: 0.5, institutions: 0.5 }, missing: [] });
  });

  it('stays within 0 and 100 and rises with advances and with buying', () => {
    fc.assert(fc.property(moves, fc.double({ min: -1e5, max: 1e5, noNaN: true }), (day, net) => {
      const breadth = breadthOf(day);
      const { composite } = sentimentOf({ breadth, flow: { net, usualSize: 2000 } });
      if (composite === null) { expect(breadth.advances + breadth.declines).toBe(0); return; }
      expect(composite).toBeGreaterThanOrEqual(0); expect(composite).toBeLessThanOrEqual(100);
      expect(sentimentOf({ breadth, flow: { net: net + 500, usualSize: 2000 } }).composite!).toBeGreaterThanOrEqual(composite);
    }));
  });

  it('names what is missing instead of counting it as neutral', () => {
    const up = breadthOf([move('A', 1), move('B', 1)]);
    expect(sentimentOf({ breadth: up, flow: null })).toEqual({ composite: 100, components: { participation: 1, volume: null, institutions: null }, missing: ['volume', 'institutions'] });
    expect(sentimentOf({ breadth: balanced, flow: { net: 500, usualSize: 0 } }).missing).toEqual(['institutions']);
    expect(sentimentOf({ breadth: breadthOf([]), flow: { net: 1, usualSize: 1 } }).composite).toBeNull();
  });

  it.skipIf(!sharedPresent)(`calls 4 June 2024, when the election was counted, a rout and the day before a rally${skipNote}`, () => {
    const on = (date: string) => {
      const day = [...nsePanel().values()].flatMap((bars) => bars.filter((bar) => bar.date === date)).map(({ symbol, close, previousClose, volume }) => ({ symbol, close, previousClose: previousClose!, volume }));
      return sentimentOf({ breadth: breadthOf(day), flow: null }).composite!;
    };
    expect(on('2024-06-03')).toBeGreaterThan(70);
    expect(on('2024-06-04')).toBeLessThan(15);
  });
});
