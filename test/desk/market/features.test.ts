import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustBars } from '../../../desk/market/corporate-actions.ts';
import { createFeatureTracker, featuresOf } from '../../../desk/market/features.ts';
import { atr } from '../../../desk/market/indicators/atr.ts';
import { bollingerBands } from '../../../desk/market/indicators/bollinger-bands.ts';
import { roc } from '../../../desk/market/indicators/roc.ts';
import { rsi } from '../../../desk/market/indicators/rsi.ts';
import { sma } from '../../../desk/market/indicators/sma.ts';
import type { CorporateAction, DailyBar, FeatureSet } from '../../../desk/market/types.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';
import { nseClose, nsePanel } from './panel.ts';
import { sharedJson, sharedPresent, skipNote, worstDifference } from './shared.ts';

const start = tradingDate('2023-01-02');
const bar = (n: number, close: number, more: Partial<DailyBar> = {}): DailyBar =>
  ({ symbol: 'AAA', date: plusDays(start, n), open: close, high: close, low: close, close, volume: 1000, ...more });

/** A walk of bars with gaps, ranges and volumes. */
const walks = (length: number) => fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -20, max: 20 }), fc.nat(30), fc.nat(30), fc.nat(100_000)), { minLength: 1, maxLength: length })
  .map((steps) => {
    let close = 500;
    return steps.map(([move, gap, above, below, volume], n) => {
      const open = close * (1 + gap / 1000);
      close *= 1 + move / 1000;
      return bar(n, close, { open, high: Math.max(open, close) * (1 + above / 1000), low: Math.min(open, close) * (1 - below / 1000), volume });
    });
  });
const column = (features: readonly FeatureSet[], key: keyof FeatureSet) => features.map((set) => set[key] as number | null);
const numeric = ['close', 'momentum5', 'momentum10', 'momentum20', 'atr14', 'atrPercent', 'rsi14', 'gapPercent', 'averageDailyVolume20', 'relativeVolume', 'high20', 'low20', 'sma20', 'sma50', 'volatility20'] as const;
const named = ['gapFilled', 'bollingerSqueeze', 'volatilityRegime', 'liquidityRegime'] as const;

describe('features', () => {
  it('are the same bar by bar as over the whole series', () => {
    fc.assert(fc.property(walks(80), (bars) => {
      const tracker = createFeatureTracker({ symbol: 'AAA' });
      expect(bars.map((b) => tracker.push(b))).toEqual(featuresOf(bars));
    }), { numRuns: 30 });
  });

  it('equal the indicators over the whole series, warm-up included', () => {
    fc.assert(fc.property(walks(80), (bars) => {
      const features = featuresOf(bars);
      const close = Float64Array.from(bars, (b) => b.close);
      const columns = { close, high: Float64Array.from(bars, (b) => b.high), low: Float64Array.from(bars, (b) => b.low) };
      for (const [key, expected] of [['rsi14', rsi(close)], ['atr14', atr(columns)], ['sma20', sma(close, 20)], ['sma50', sma(close, 50)], ['momentum10', roc(close, 10)]] as const) {
        expect(worstDifference(expected, column(features, key)), key).toBeLessThan(1e-9);
      }
    }), { numRuns: 30 });
  });

  it('on a day depend on no later bar', () => {
    fc.assert(fc.property(walks(80), fc.nat(79), (bars, cut) => {
      expect(featuresOf(bars.slice(0, cut + 1))).toEqual(featuresOf(bars).slice(0, cut + 1));
    }), { numRuns: 30 });
  });

  it('in percent and in kind do not care for the scale of prices', () => {
    fc.assert(fc.property(walks(80), (bars) => {
      const quadruple = bars.map((b) => ({ ...b, open: b.open * 4, high: b.high * 4, low: b.low * 4, close: b.close * 4, volume: b.volume / 4 }));
      const [plain, scaled] = [featuresOf(bars).at(-1)!, featuresOf(quadruple).at(-1)!];
      for (const key of ['momentum20', 'rsi14', 'atrPercent', 'gapPercent', 'relativeVolume', 'volatility20', 'liquidityRegime', 'gapFilled'] as const) expect(scaled[key], key).toEqual(plain[key]);
      expect(scaled.atr14).toEqual(plain.atr14 === null ? null : plain.atr14 * 4);
    }), { numRuns: 30 });
  });

  it('of printed bars with their actions equal, each day, those of the bars adjusted as of that day', () => {
    const kinds = fc.constantFrom('SPLIT', 'BONUS', 'DEMERGER' as const);
    const splits = fc.array(fc.record({ n: fc.integer({ min: 1, max: 69 }), factor: fc.constantFrom(0.5, 0.2, 2 / 3, 0.1), kind: kinds }), { maxLength: 3 });
    fc.assert(fc.property(walks(70), splits, (bars, list) => {
      const actions = list.map(({ n, factor, kind }): CorporateAction => ({ symbol: 'AAA', exDate: plusDays(start, n), kind: kind as CorporateAction['kind'], subject: '', factor, basis: 'published', knownAt: nseClose(start) }));
      const all = featuresOf(bars, { actions });
      for (const [i, b] of bars.entries()) {
        if (i % 10 !== 9) continue;
        const asSeen = featuresOf(adjustBars(bars, actions, b.date)).at(-1)!;
        for (const key of numeric) expect(worstDifference([all[i]![key] ?? Number.NaN], [asSeen[key]]), key).toBeLessThan(1e-9);
        expect(all[i]!.gapFilled).toBe(asSeen.gapFilled);
      }
    }), { numRuns: 20 });
  });

  it('of a single bar are unknown but for the close', () => {
    const [only] = featuresOf([bar(0, 100)]);
    const { symbol, asOf, close, ...rest } = only!;
    expect([symbol, asOf, close]).toEqual(['AAA', '2023-01-02', 100]);
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(featuresOf([])).toEqual([]);
  });

  it('appear exactly when their history suffices', () => {
    const features = featuresOf(Array.from({ length: 300 }, (_, n) => bar(n, 100 + (n % 7) + (n % 3))));
    const first = (key: keyof FeatureSet) => features.findIndex((set) => set[key] !== null);
    expect({ momentum20: first('momentum20'), rsi14: first('rsi14'), atr14: first('atr14'), gapPercent: first('gapPercent'), averageDailyVolume20: first('averageDailyVolume20'), relativeVolume: first('relativeVolume'), high20: first('high20'), sma50: first('sma50'), volatility20: first('volatility20') })
      .toEqual({ momentum20: 20, rsi14: 14, atr14: 14, gapPercent: 1, averageDailyVolume20: 19, relativeVolume: 20, high20: 20, sma50: 49, volatility20: 20 });
    expect([first('volatilityRegime'), first('bollingerSqueeze'), first('liquidityRegime')]).toEqual([20 + 126, 19 + 125, 19]);
  });

  it('let a breakout be seen: today’s own high and volume are in neither high20 nor the usual volume', () => {
    const quiet = Array.from({ length: 20 }, (_, n) => bar(n, 100));
    const breakout = featuresOf([...quiet, bar(20, 110, { volume: 3000 })]).at(-1)!;
    expect(breakout).toMatchObject({ high20: 100, low20: 100, relativeVolume: 3, averageDailyVolume20: 1100, gapPercent: 10.000000000000009, gapFilled: false });
  });

  it('see a gap filled when the day trades back at the previous close', () => {
    const after = (more: Partial<DailyBar>) => featuresOf([bar(0, 100), bar(1, 104, more)]).at(-1)!;
    expect(after({ open: 105, high: 106, low: 99.5 }).gapFilled).toBe(true);
    expect(after({ open: 105, high: 106, low: 101 }).gapFilled).toBe(false);
    expect(after({ open: 95, high: 104, low: 94 })).toMatchObject({ gapFilled: true, gapPercent: -5.000000000000004 });
  });

  it('of a flat series show no movement and no false squeeze or regime', () => {
    expect(featuresOf(Array.from({ length: 400 }, (_, n) => bar(n, 250))).at(-1)).toMatchObject({
      rsi14: 0, atr14: 0, volatility20: 0, momentum20: 0, volatilityRegime: 'MED_VOL', bollingerSqueeze: false,
    });
  });

  it('call a calm month after a wild year low volatility and a squeeze, and a wild month after a calm year high', () => {
    const swings = (n: number, size: number) => 100 * (1 + size * Math.sin(n * 1.3));
    const calm = featuresOf(Array.from({ length: 340 }, (_, n) => bar(n, swings(n, n < 315 ? 0.03 : 0.003)))).at(-1)!;
    expect(calm).toMatchObject({ volatilityRegime: 'LOW_VOL', bollingerSqueeze: true });
    const wild = featuresOf(Array.from({ length: 340 }, (_, n) => bar(n, swings(n, n < 315 ? 0.003 : 0.03)))).at(-1)!;
    expect(wild).toMatchObject({ volatilityRegime: 'HIGH_VOL', bollingerSqueeze: false });
  });

  it('judge liquidity by turnover in the exchange’s currency and say nothing of an index without shares', () => {
    const regime = (volume: number, exchange?: 'US') => featuresOf(Array.from({ length: 20 }, (_, n) => bar(n, 100, { volume })), exchange ? { exchange } : {}).at(-1)!.liquidityRegime;
    expect([regime(5_000_000), regime(4_999_999), regime(500_000), regime(499_999), regime(0)]).toEqual(['HIGH', 'MEDIUM', 'MEDIUM', 'LOW', null]);
    expect(regime(500_000, 'US')).toBe('HIGH');
  });

  it('forget what cannot be compared', () => {
    const bars = Array.from({ length: 60 }, (_, n) => bar(n, n < 30 ? 1000 : 440));
    const gap = { symbol: 'AAA', date: plusDays(start, 30), reason: 'UNEXPLAINED_GAP' as const, ratio: 0.44, missingSessions: 0 };
    expect(featuresOf(bars)[35]!.momentum10).toBeCloseTo(-56, 9);
    expect(featuresOf(bars, { breaks: [{ ...gap, comparable: false }] })[35]).toMatchObject({ momentum10: null, momentum5: 0, rsi14: null });
    expect(featuresOf(bars, { breaks: [{ ...gap, comparable: true }] })[35]!.momentum10).toBeCloseTo(-56, 9);
  });

  it('refuse bars out of order, of another symbol, or that are none', () => {
    expect(() => featuresOf([bar(1, 100), bar(0, 100)])).toThrow('out of order');
    expect(() => featuresOf([bar(0, 100), { ...bar(1, 100), symbol: 'BBB' }])).toThrow('BBB');
    for (const more of [{ close: Number.NaN }, { high: 99 }, { low: 0 }, { low: 101 }, { volume: -1 }, { volume: Number.NaN }, { high: Number.POSITIVE_INFINITY }]) {
      expect(() => featuresOf([bar(0, 100, more)]), JSON.stringify(more)).toThrow('not a bar');
    }
  });
});

describe.skipIf(!sharedPresent)(`features against reference values${skipNote}`, () => {
  it('have the reference’s 20-day volatility and bandwidth', () => {
    const { ohlcv, extra } = sharedJson('refs/indicators.json') as { ohlcv: Record<string, number[]>; extra: Record<string, (number | null)[]> };
    const bars = ohlcv.close!.map((close, n) => bar(n, close, { open: ohlcv.open![n]!, high: ohlcv.high![n]!, low: ohlcv.low![n]!, volume: ohlcv.volume![n]! }));
    const volatility = column(featuresOf(bars), 'volatility20').map((x) => (x === null ? Number.NaN : x / 100));
    expect(worstDifference(volatility, extra.realized_vol20_ann252!)).toBeLessThan(1e-9);
    const { upper, middle, lower } = bollingerBands({ values: Float64Array.from(ohlcv.close!) });
    expect(worstDifference(upper.map((u, i) => (u - lower[i]!) / middle[i]!), extra.bb_bandwidth!)).toBeLessThan(1e-9);
  });

  it('see NESTLEIND’s split of January 2024 as no fall', () => {
    const bars = nsePanel().get('NESTLEIND')!;
    const split: CorporateAction = { symbol: 'NESTLEIND', exDate: tradingDate('2024-01-05'), kind: 'SPLIT', subject: '', factor: 0.1, basis: 'published', knownAt: nseClose(tradingDate('2023-12-20')) };
    const at = (date: string, actions: CorporateAction[]) => featuresOf(bars, { actions }).find(({ asOf }) => asOf === date)!;
    expect(at('2024-01-05', []).momentum5).toBeLessThan(-85);
    expect(Math.abs(at('2024-01-05', [split]).momentum5!)).toBeLessThan(5);
    expect(at('2024-01-05', [split]).high20).toBeLessThan(2800);
    expect(at('2024-01-04', [split])).toEqual(at('2024-01-04', []));
  });

  it('put every regime to use across the panel', () => {
    const counts: Record<string, number> = {};
    for (const symbol of ['RELIANCE', 'TCS', 'SUZLON', 'GMBREW', 'VIMTALABS', 'YESBANK']) {
      for (const set of featuresOf(nsePanel().get(symbol)!)) for (const key of named) counts[`${key} ${set[key]}`] = (counts[`${key} ${set[key]}`] ?? 0) + 1;
    }
    for (const label of ['volatilityRegime LOW_VOL', 'volatilityRegime MED_VOL', 'volatilityRegime HIGH_VOL', 'liquidityRegime HIGH', 'liquidityRegime MEDIUM', 'liquidityRegime LOW', 'bollingerSqueeze true']) expect(counts[label], label).toBeGreaterThan(50);
  });
});
