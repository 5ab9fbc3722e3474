import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adx } from '../../../desk/market/indicators/adx.ts';
import { atr } from '../../../desk/market/indicators/atr.ts';
import { bollingerBands } from '../../../desk/market/indicators/bollinger-bands.ts';
import { ema } from '../../../desk/market/indicators/ema.ts';
import { macd } from '../../../desk/market/indicators/macd.ts';
import { roc } from '../../../desk/market/indicators/roc.ts';
import { rsi } from '../../../desk/market/indicators/rsi.ts';
import { sma } from '../../../desk/market/indicators/sma.ts';
import { rollingVwap, vwap } from '../../../desk/market/indicators/vwap.ts';
import { sharedJson, sharedPresent, skipNote, worstDifference } from './shared.ts';

type Column = (number | null)[];
interface Block { ohlcv: Record<'open' | 'high' | 'low' | 'close' | 'volume' | 'session', number[]>; talib: Record<string, Column> }
interface Reference extends Block {
  extra: Record<string, Column>;
  talib_ref_252: Block;
  ta_lib_python_tests: { f: string; period: number; input: number[]; output: Column }[];
}

const columns = ({ ohlcv }: Block) => ({
  open: Float64Array.from(ohlcv.open), high: Float64Array.from(ohlcv.high), low: Float64Array.from(ohlcv.low),
  close: Float64Array.from(ohlcv.close), volume: Float64Array.from(ohlcv.volume),
});

describe.skipIf(!sharedPresent)(`indicators equal TA-Lib to 1e-9${skipNote}`, () => {
  const reference = sharedPresent ? (sharedJson('refs/indicators.json') as Reference) : (null as never);
  const series = { 'seeded series of 500 bars': () => reference as Block, 'TA-Lib series of 252 bars': () => reference.talib_ref_252 };
  for (const [name, block] of Object.entries(series)) {
    it(`on the ${name}`, () => {
      const bars = columns(block());
      const { close } = bars;
      const bands = bollingerBands({ values: close });
      const direction = adx(bars);
      const lines = macd({ values: close });
      const talib = block().talib;
      const pairs: [string, Float64Array][] = [
        ['sma20', sma(close, 20)], ['ema12', ema(close, 12)], ['ema26', ema(close, 26)], ['rsi14', rsi(close, 14)],
        ['atr14', atr(bars, 14)], ['bb_upper20_2', bands.upper], ['bb_mid20', bands.middle], ['bb_lower20_2', bands.lower],
        ['roc10', roc(close, 10)], ['adx14', direction.adx], ['plus_di14', direction.plusDi], ['minus_di14', direction.minusDi],
        ['macd_12_26_9', lines.macd], ['macd_signal', lines.signal], ['macd_hist', lines.histogram],
      ];
      for (const [key, actual] of pairs) expect(worstDifference(actual, talib[key]!), key).toBeLessThan(1e-9);
    });
  }

  it('and the three volume-weighted averages equal their references', () => {
    const bars = columns(reference);
    expect(worstDifference(vwap(bars), reference.extra.vwap_cumulative!)).toBeLessThan(1e-9);
    expect(worstDifference(vwap(bars, reference.ohlcv.session), reference.extra.vwap_session!)).toBeLessThan(1e-9);
    expect(worstDifference(rollingVwap(bars, 20), reference.extra.vwap_rolling20!)).toBeLessThan(1e-9);
  });

  it('and RSI of prices as small as 2.4e-7 keeps its digits', () => {
    const test = reference.ta_lib_python_tests.find(({ f }) => f === 'RSI')!;
    expect(worstDifference(rsi(Float64Array.from(test.input), test.period), test.output)).toBeLessThan(1e-9);
  });
});

const price = fc.double({ min: 0.05, max: 1e5, noNaN: true });
const closes = fc.array(price, { minLength: 1, maxLength: 120 }).map((values) => Float64Array.from(values));
const bars = fc.array(fc.record({ a: price, b: price, c: price, volume: fc.nat(1e6) }), { minLength: 1, maxLength: 90 }).map((rows) => ({
  high: Float64Array.from(rows, ({ a, b, c }) => Math.max(a, b, c)),
  low: Float64Array.from(rows, ({ a, b, c }) => Math.min(a, b, c)),
  close: Float64Array.from(rows, ({ c }) => c),
  volume: Float64Array.from(rows, ({ volume }) => volume),
}));
const scaled = (values: Float64Array, by: number) => values.map((x) => x * by);
const present = (values: Float64Array) => [...values].filter((x) => !Number.isNaN(x));

describe('indicators', () => {
  it('RSI stays within 0 and 100 and does not care for the scale of prices', () => {
    fc.assert(fc.property(closes, fc.integer({ min: 2, max: 20 }), (values, period) => {
      const plain = rsi(values, period);
      // A power of two moves no digit, so the result must be the same to the last bit.
      expect([...rsi(scaled(values, 8), period)]).toEqual([...plain]);
      for (const x of present(plain)) { expect(x).toBeGreaterThanOrEqual(0); expect(x).toBeLessThanOrEqual(100); }
    }), { examples: [[Float64Array.from([0.05, 0.05, 0.8514890574841821, 0.05]), 2]] });
  });

  it('ADX and its directional indicators stay within 0 and 100', () => {
    fc.assert(fc.property(bars, (input) => {
      const { adx: index, plusDi, minusDi } = adx(input, 5);
      for (const x of [...present(index), ...present(plusDi), ...present(minusDi)]) {
        expect(x).toBeGreaterThanOrEqual(-1e-9); expect(x).toBeLessThanOrEqual(100 + 1e-9);
      }
    }));
  });

  it('ATR scales with prices and is never negative', () => {
    fc.assert(fc.property(bars, (input) => {
      const plain = atr(input, 7);
      const double = atr({ high: scaled(input.high, 2), low: scaled(input.low, 2), close: scaled(input.close, 2) }, 7);
      expect([...double]).toEqual([...scaled(plain, 2)]);
      for (const x of present(plain)) expect(x).toBeGreaterThanOrEqual(0);
    }));
  });

  it('Bollinger bands enclose their middle, which is the simple average', () => {
    fc.assert(fc.property(closes, (values) => {
      const { upper, middle, lower } = bollingerBands({ values, period: 10 });
      expect(worstDifference(middle, [...sma(values, 10)].map((x) => (Number.isNaN(x) ? null : x)))).toBeLessThan(1e-12);
      present(middle).forEach((m, i) => {
        expect(present(lower)[i]!).toBeLessThanOrEqual(m); expect(present(upper)[i]!).toBeGreaterThanOrEqual(m);
      });
    }));
  });

  it('VWAP lies between the lowest low and the highest high', () => {
    fc.assert(fc.property(bars, (input) => {
      const top = Math.max(...input.high);
      const bottom = Math.min(...input.low);
      for (const x of [...present(vwap(input)), ...present(rollingVwap(input, 3))]) {
        expect(x).toBeLessThanOrEqual(top * (1 + 1e-12)); expect(x).toBeGreaterThanOrEqual(bottom * (1 - 1e-12));
      }
    }));
  });

  it('a value depends on no later bar', () => {
    fc.assert(fc.property(closes, fc.nat(119), (values, cut) => {
      const part = values.slice(0, Math.min(cut + 1, values.length));
      for (const indicator of [sma, ema, rsi, roc]) expect([...indicator(part, 5)]).toEqual([...indicator(values, 5)].slice(0, part.length));
    }));
  });

  it('running sums stay exact over a million bars of large, quiet prices', () => {
    const values = Float64Array.from({ length: 1_000_000 }, (_, i) => 90_000 + ((i * 7919) % 13) * 0.05);
    const last = values.slice(-20);
    const mean = last.reduce((a, b) => a + b) / 20;
    const deviation = Math.sqrt(last.reduce((a, b) => a + (b - mean) ** 2, 0) / 20);
    const bands = bollingerBands({ values });
    expect(sma(values, 20).at(-1)).toBeCloseTo(mean, 9);
    expect((bands.upper.at(-1)! - bands.middle.at(-1)!) / 2).toBeCloseTo(deviation, 9);
  });

  it('a flat series has RSI 0, no range, no direction and bands of no width', () => {
    const flat = new Float64Array(60).fill(123.45);
    const all = { high: flat, low: flat, close: flat };
    expect(rsi(flat).at(-1)).toBe(0);
    expect(atr(all).at(-1)).toBe(0);
    expect(adx(all).adx.at(-1)).toBe(0);
    const { upper, lower } = bollingerBands({ values: flat });
    expect(upper.at(-1)! - lower.at(-1)!).toBe(0);
  });

  it('a rising series has RSI 100 and a falling one RSI 0', () => {
    const up = Float64Array.from({ length: 40 }, (_, i) => 100 + i);
    expect(rsi(up).at(-1)).toBe(100);
    expect(rsi(up.toReversed()).at(-1)).toBe(0);
  });

  it('a series that is too short, down to a single bar or none, has warm-up values only', () => {
    for (const length of [0, 1, 13, 14]) {
      const short = new Float64Array(length).fill(10);
      const all = { high: short, low: short, close: short };
      for (const out of [rsi(short), atr(all), adx(all).plusDi, bollingerBands({ values: short }).upper, macd({ values: short }).macd]) {
        expect(out).toHaveLength(length);
        expect(present(out)).toEqual([]);
      }
    }
  });

  it('a gap in the input is refused instead of spreading', () => {
    const broken = Float64Array.of(1, 2, Number.NaN, 4);
    expect(() => sma(broken, 2)).toThrow('not a finite number at 2');
    expect(() => rsi(Float64Array.of(1, Number.POSITIVE_INFINITY), 2)).toThrow('not a finite number at 1');
    expect(() => atr({ high: broken, low: broken, close: broken })).toThrow(RangeError);
    expect(() => atr({ high: Float64Array.of(1), low: Float64Array.of(1, 2), close: Float64Array.of(1) })).toThrow('differ in length');
  });

  it('a period that is no whole number, or too small, is refused', () => {
    const values = Float64Array.of(1, 2, 3);
    for (const period of [0, -1, 1.5, Number.NaN]) expect(() => sma(values, period)).toThrow(RangeError);
    expect(() => rsi(values, 1)).toThrow('at least 2');
  });
});
