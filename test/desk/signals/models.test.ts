import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DailyBar } from '../../../desk/market/types.ts';
import { signalModels } from '../../../desk/signals/models.ts';
import { breakout } from '../../../desk/signals/models/breakout.ts';
import { eventDriven, tradableFrom } from '../../../desk/signals/models/event-driven.ts';
import { meanReversion } from '../../../desk/signals/models/mean-reversion.ts';
import { momentum } from '../../../desk/signals/models/momentum.ts';
import { barsFrom, bullish, closeOf, seriesOf, walk, weekdays } from './fixtures.ts';
import { instant } from '../../../desk/time.ts';

const flat = (count: number, price = 100): number[] => Array.from({ length: count }, (_, i) => price + (i % 2));
const lastSetUp = (model: (typeof signalModels)[number], bars: readonly DailyBar[]) => model.setUps(seriesOf(bars), []).at(-1)?.index === bars.length - 1;

describe('breakout', () => {
  const closes = [...flat(60), 106];
  it('is a close above the 20-day high on half more than the usual volume', () => {
    expect(lastSetUp(breakout, barsFrom(closes, { volumes: [...flat(60, 100_000), 200_000] }))).toBe(true);
    const series = seriesOf(barsFrom(closes, { volumes: [...flat(60, 100_000), 190_000] }));
    expect(breakout.fact(series, 60)).toBe('closed at ₹106.00, above its 20-day high of ₹102.01, on 1.9 × its usual volume');
  });
  it('is none on ordinary volume, nor below the high', () => {
    expect(lastSetUp(breakout, barsFrom(closes, { volumes: flat(61, 100_000) }))).toBe(false);
    expect(lastSetUp(breakout, barsFrom(flat(61), { volumes: [...flat(60, 100_000), 200_000] }))).toBe(false);
  });
});

describe('momentum', () => {
  const rising = (drift: number, wobble: number): number[] => Array.from({ length: 90 }, (_, i) => 100 * Math.exp(drift * i + (i % 2 === 0 ? wobble : -wobble)));
  it('is a rise that is large for the share’s own volatility and not overbought', () => {
    expect(momentum.setUps(seriesOf(barsFrom(rising(0.003, 0.004))), []).length).toBeGreaterThan(10);
  });
  it('is none in a fall, nor in a rise that is small against the noise', () => {
    expect(momentum.setUps(seriesOf(barsFrom(rising(-0.003, 0.004))), [])).toEqual([]);
    expect(momentum.setUps(seriesOf(barsFrom(rising(0.0005, 0.012))), [])).toEqual([]);
  });
});

describe('mean reversion', () => {
  const rise = Array.from({ length: 100 }, (_, i) => 100 * Math.exp(0.004 * i + (i % 2 === 0 ? 0.002 : -0.002)));
  const dip = (from: number): number[] => [0.97, 0.9, 0.87].map((part) => from * part);
  it('is a dip under the lower band while the 50-session average rises', () => {
    expect(lastSetUp(meanReversion, barsFrom([...rise, ...dip(rise.at(-1)!)]))).toBe(true);
  });
  it('is none where the average falls', () => {
    const fall = rise.map((price) => 10_000 / price);
    expect(lastSetUp(meanReversion, barsFrom([...fall, ...dip(fall.at(-1)!)]))).toBe(false);
  });
});

describe('the event model', () => {
  const bars = barsFrom(flat(60));
  const dates = weekdays(60);
  const indexOf = (knownAt: string): number | undefined => eventDriven.setUps(seriesOf(bars), [bullish(knownAt)])[0]?.index;

  it('begins the trade at the first open after the event was known', () => {
    expect(tradableFrom({ knownAt: instant('2029-03-01T03:00:00Z') }, 'NSE')).toBe('2029-03-01');
    expect(tradableFrom({ knownAt: instant('2029-03-01T03:45:00Z') }, 'NSE')).toBe('2029-03-02');
    expect(tradableFrom({ knownAt: instant('2029-03-01T14:00:00Z') }, 'US')).toBe('2029-03-01');
    const at = dates.indexOf('2029-03-01' as never);
    expect(indexOf('2029-03-01T03:00:00Z')).toBe(at - 1);
    expect(indexOf('2029-03-01T06:00:00Z')).toBe(at);
  });
  it('steps over a weekend', () => { expect(indexOf('2029-03-02T12:00:00Z')).toBe(dates.indexOf('2029-03-02' as never)); });
  it('takes no news of low priority and none that speaks against the share', () => {
    const events = [bullish('2029-03-01T06:00:00Z', { priority: 'LOW' }), bullish('2029-03-01T06:00:00Z', { stance: 'BEARISH' })];
    expect(eventDriven.setUps(seriesOf(bars), events)).toEqual([]);
  });
});

describe('every model', () => {
  it('sees the same set-ups whatever comes after them', () => {
    fc.assert(fc.property(walk({ min: 90, max: 160 }), fc.integer({ min: 75, max: 90 }), (bars, cut) => {
      const events = bars.filter((_, i) => i % 9 === 0).map(({ date }) => bullish(`${date}T06:00:00Z`));
      const [whole, before] = [seriesOf(bars), seriesOf(bars.slice(0, cut))];
      for (const model of signalModels) {
        const until = (index: number) => ({ index: found }: { index: number }): boolean => found < index;
        expect(model.setUps(whole, events).filter(until(cut - 1))).toEqual(model.setUps(before, events.filter(({ knownAt }) => knownAt <= closeOf(bars[cut - 1]!.date))).filter(until(cut - 1)));
      }
    }), { numRuns: 60 });
  });
  it('says what it saw in figures of that session', () => {
    fc.assert(fc.property(walk({ min: 80, max: 120 }), (bars) => {
      const series = seriesOf(bars);
      for (const model of signalModels) for (const { index } of model.setUps(series, bars.slice(50).map(({ date }) => bullish(`${date}T06:00:00Z`)))) expect(model.fact(series, index)).not.toMatch(/NaN|unknown|undefined/);
    }), { numRuns: 30 });
  });
});
