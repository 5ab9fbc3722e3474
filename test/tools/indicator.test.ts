import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { indicator } from '../../tools/indicator.ts';
import type { ToolContext } from '../../tools/define.ts';
import { sharedJson, sharedPresent, skipNote, worstDifference } from '../desk/market/shared.ts';

type Given = z.input<typeof indicator.input>;
/** Calls the tool as its callers do: input and output go through their schemas. It reads nothing but its input. */
const call = async (input: Given) => indicator.output.parse(await indicator.run({} as ToolContext, indicator.input.parse(input)));
const bars = Array.from({ length: 60 }, (_, i) => ({ open: 100 + i, high: 103 + i + (i % 5), low: 98 + i, close: 101 + i + (i % 3), volume: 1000 + i }));
const nulls = (series: (number | null)[] | undefined) => series?.findIndex((value) => value !== null);

describe('the indicator tool', () => {
  it('gives one value a bar, null in the warm-up and never NaN', async () => {
    const warmUp = { rsi: 14, atr: 14, sma: 19, ema: 19, roc: 10, bbands: 19, adx: 27, vwap: 0, macd: 33 } as const;
    for (const [name, first] of Object.entries(warmUp) as [Given['name'], number][]) {
      const { values } = await call({ name, bars });
      expect(values).toHaveLength(60);
      expect(nulls(values), name).toBe(first);
      expect(values.slice(first).every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  it('reads rows that bring more than it reads, and refuses a setting that it does not have', () => {
    const dated = bars.map((bar, index) => ({ ...bar, date: `day ${index}` }));
    expect(indicator.input.safeParse({ name: 'sma', bars: dated }).success).toBe(true);
    expect(indicator.input.safeParse({ name: 'sma', bars: dated, length: 5 }).success).toBe(false);
  });

  it('names the further lines of bands, direction and MACD', async () => {
    const bands = await call({ name: 'bbands', bars, period: 5, deviations: 1 });
    expect(bands.values).toEqual(bands.middle);
    expect(bands.upper!.at(-1)! - bands.middle!.at(-1)!).toBeCloseTo(bands.middle!.at(-1)! - bands.lower!.at(-1)!, 9);
    const direction = await call({ name: 'adx', bars, period: 5 });
    expect([nulls(direction.adx), nulls(direction.plusDi), nulls(direction.minusDi)]).toEqual([9, 5, 5]);
    const lines = await call({ name: 'macd', bars, fastPeriod: 3, slowPeriod: 6, signalPeriod: 4 });
    expect(lines.histogram!.at(-1)).toBeCloseTo(lines.macd!.at(-1)! - lines.signal!.at(-1)!, 12);
    expect(nulls(lines.signal)).toBe(8);
  });

  it('answers with nulls, not with an error, where the bars are too few', async () => {
    expect((await call({ name: 'rsi', period: 14, bars: bars.slice(0, 1) })).values).toEqual([null]);
  });

  it('needs only the columns that the indicator reads', async () => {
    expect((await call({ name: 'sma', period: 2, bars: [{ close: 1 }, { close: 3 }] })).values).toEqual([null, 2]);
    await expect(call({ name: 'atr', period: 2, bars: [{ close: 1, high: 2, low: 1 }, { close: 3, low: 1 }] })).rejects.toMatchObject({ code: 'BAR_INCOMPLETE', field: 'bars[1].high' });
    await expect(call({ name: 'vwap', bars: [{ close: 1, high: 2, low: 1 }] })).rejects.toMatchObject({ code: 'BAR_INCOMPLETE', field: 'bars[0].volume' });
  });

  it('refuses a bar that stands on its head and a period that is too short', async () => {
    await expect(call({ name: 'adx', period: 3, bars: [{ high: 1, low: 2, close: 1.5 }] })).rejects.toMatchObject({ code: 'BAR_INVALID', field: 'bars[0].high' });
    await expect(call({ name: 'rsi', period: 1, bars })).rejects.toMatchObject({ code: 'PERIOD_INVALID', field: 'period' });
  });

  it.each([{ name: 'rsi', period: 1.5, bars }, { name: 'rsi', period: 14, bars: [] }, { name: 'rsi', bars: [{ close: Number.NaN }] }, { name: 'wma', bars }, { name: 'rsi', bars: [{ close: '5' }] }])('does not accept input %#', (input) => {
    expect(indicator.input.safeParse(input).success).toBe(false);
  });

  it('starts VWAP afresh with each session, or rolls it over a period', async () => {
    const day = (session: string, close: number) => ({ high: close, low: close, close, volume: 10, session });
    const two = [day('1', 10), day('1', 20), day('2', 40)];
    expect((await call({ name: 'vwap', bars: two })).values).toEqual([10, 15, 40]);
    expect((await call({ name: 'vwap', bars: two, period: 2 })).values).toEqual([null, 15, 30]);
    expect((await call({ name: 'vwap', bars: two.map(({ session: _, ...bar }) => bar) })).values).toEqual([10, 15, 70 / 3]);
  });

  it('can be described as JSON Schema', () => {
    expect(JSON.stringify(z.toJSONSchema(indicator.input, { io: 'input' }))).toContain('"bars"');
    expect(JSON.stringify(z.toJSONSchema(indicator.output))).toContain('"values"');
  });

  it.skipIf(!sharedPresent)(`equals TA-Lib’s values${skipNote}`, async () => {
    const { ohlcv, talib } = sharedJson('refs/indicators.json') as { ohlcv: Record<string, number[]>; talib: Record<string, (number | null)[]> };
    const given = ohlcv.close!.map((close, i) => ({ open: ohlcv.open![i]!, high: ohlcv.high![i]!, low: ohlcv.low![i]!, close, volume: ohlcv.volume![i]! }));
    for (const [name, period, key] of [['rsi', 14, 'rsi14'], ['atr', 14, 'atr14'], ['sma', 20, 'sma20'], ['ema', 26, 'ema26'], ['roc', 10, 'roc10'], ['adx', 14, 'adx14'], ['macd', 9, 'macd_12_26_9'], ['bbands', 20, 'bb_mid20']] as const) {
      const { values } = await call({ name, period, bars: given });
      expect(worstDifference(values.map((value) => value ?? Number.NaN), talib[key]!), name).toBeLessThan(1e-9);
    }
  });
});
