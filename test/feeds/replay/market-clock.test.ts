import { describe, expect, it } from 'vitest';
import { epochMs, instant, plusMs } from '../../../desk/time.ts';
import type { Instant } from '../../../desk/time.ts';
import { createMarketClock } from '../../../feeds/replay/market-clock.ts';
import type { MarketClock, MarketRules } from '../../../feeds/replay/market-clock.ts';
import { handTimer } from './hand-timer.ts';

const T0 = instant('2030-01-07T04:00:00Z');
const minute = 60_000;

interface Scene {
  clock: MarketClock;
  spans: [number, number][];
  hand: ReturnType<typeof handTimer>;
  failures: unknown[];
}
/** A clock whose deliveries are noted as [from, to] in milliseconds after T0; a stop at each whole minute. */
function scene({
  rules = {},
  byHand = false,
  deliver,
}: {
  rules?: Partial<MarketRules>;
  byHand?: boolean;
  deliver?: (toMs: number) => Promise<void>;
} = {}): Scene {
  const hand = handTimer();
  const spans: [number, number][] = [];
  const failures: unknown[] = [];
  const base = epochMs(T0);
  const clock = createMarketClock({
    startAt: T0,
    deliveredThrough: T0,
    wallClock: hand.wallClock,
    setTimer: byHand ? null : hand.setTimer,
    onFailure: (error) => failures.push(error),
    rules: {
      speedAt: () => 10,
      skipFrom: () => null,
      nextStop: (from) => base + (Math.floor((from - base) / minute) + 1) * minute,
      async deliver(from, to) {
        await deliver?.(to);
        spans.push([from - base, to - base]);
      },
      ...rules,
    },
  });
  return { clock, spans, hand, failures };
}
const after = (ms: number): Instant => plusMs(T0, ms);

describe('the market clock', () => {
  it('runs at its speed in beats that never skip a stop and leave no gap', async () => {
    const { clock, spans, hand } = scene();
    await clock.start();
    await hand.pass(20_000);
    expect(clock.now()).toBe(after(200_000));
    expect(spans[0]).toEqual([0, 0]);
    for (const [i, [from]] of spans.entries()) expect(from).toBe(i === 0 ? 0 : spans[i - 1]![1]);
    for (const stop of [minute, 2 * minute, 3 * minute]) expect(spans.some(([, to]) => to === stop)).toBe(true);
  });

  it('ticks at least once a second of wall time, also when market time stands still', async () => {
    const { clock, spans, hand } = scene({ rules: { skipFrom: (at) => at } });
    await clock.start();
    await hand.pass(10_000);
    expect(spans.length).toBeGreaterThanOrEqual(10);
    expect(clock.now()).toBe(T0);
  });

  it('stands still while it is stopped, and while the process is suspended', async () => {
    const { clock, hand } = scene();
    await clock.start();
    await hand.pass(1_000);
    await clock.stop();
    expect(hand.pending()).toBe(0);
    await hand.pass(3_600_000);
    expect(clock.now()).toBe(after(10_000));
    await clock.start();
    await hand.pass(500);
    expect(clock.now()).toBe(after(15_000));
  });

  it('takes a long gap between two beats for a suspension', async () => {
    const hand = handTimer();
    let wall = T0;
    const clock = createMarketClock({
      startAt: T0,
      deliveredThrough: T0,
      wallClock: () => wall,
      setTimer: hand.setTimer,
      rules: { speedAt: () => 1, skipFrom: () => null, nextStop: () => null, deliver: async () => undefined },
    });
    await clock.start();
    wall = plusMs(wall, 8 * 3_600_000);
    await hand.pass(500);
    expect(clock.now()).toBe(after(5_000));
  });

  it('never runs backwards when the wall clock is set back', async () => {
    const hand = handTimer();
    let wall = T0;
    const clock = createMarketClock({
      startAt: T0,
      deliveredThrough: T0,
      wallClock: () => wall,
      setTimer: hand.setTimer,
      rules: { speedAt: () => 1, skipFrom: () => null, nextStop: () => null, deliver: async () => undefined },
    });
    await clock.start();
    wall = plusMs(wall, -3_600_000);
    await hand.pass(500);
    expect(clock.now()).toBe(T0);
    wall = plusMs(wall, 500);
    await hand.pass(500);
    expect(clock.now()).toBe(after(500));
  });

  it('loses no fraction of a millisecond at uneven speeds', async () => {
    const { clock, hand } = scene({ rules: { speedAt: () => 7.3333, nextStop: () => null } });
    await clock.start();
    await hand.pass(300_000);
    expect(Math.abs(epochMs(clock.now()) - epochMs(T0) - 300_000 * 7.3333)).toBeLessThan(2);
  });

  it('goes straight over quiet times, delivering what they held', async () => {
    const { clock, spans, hand } = scene({
      rules: { skipFrom: (at) => (at < epochMs(T0) + 10 * minute ? epochMs(T0) + 10 * minute : null), nextStop: () => null },
    });
    await clock.start();
    await hand.pass(500);
    expect(spans.at(-1)).toEqual([0, 10 * minute]);
  });

  it('makes ready, then moves, then delivers: whoever hears of a moment finds the clock there', async () => {
    const seen: string[] = [];
    const { clock } = scene({
      byHand: true,
      rules: {
        prepare: async (to) => {
          seen.push(`prepare ${to - epochMs(T0)} at ${epochMs(clock.now()) - epochMs(T0)}`);
        },
        deliver: async (_, to) => {
          seen.push(`deliver ${to - epochMs(T0)} at ${epochMs(clock.now()) - epochMs(T0)}`);
        },
      },
    });
    await clock.start();
    await clock.advance(minute);
    expect(seen).toEqual(['prepare 0 at 0', 'deliver 0 at 0', `prepare ${minute} at 0`, `deliver ${minute} at ${minute}`]);
  });

  it('stands until a failed delivery succeeds, and then leaves nothing out', async () => {
    let broken = true;
    const { clock, spans, hand, failures } = scene({
      deliver: async (to) => {
        if (broken && to > epochMs(T0)) throw new Error('no disk');
      },
    });
    await clock.start();
    await hand.pass(5_000);
    const stuck = clock.now();
    expect(failures.length).toBeGreaterThan(3);
    expect(clock.deliveredThrough()).toBe(T0);
    broken = false;
    await hand.pass(1_000);
    expect(stuck).toBe(after(5_000));
    expect(spans.slice(0, 3)).toEqual([
      [0, 0],
      [0, 5_000],
      [5_000, 10_000],
    ]);
  });

  it('tells the caller when the first delivery fails', async () => {
    const { clock } = scene({
      deliver: async () => {
        throw new Error('no disk');
      },
    });
    await expect(clock.start()).rejects.toThrow('no disk');
  });

  it('queues moves by hand that are asked for at once', async () => {
    const { clock, spans } = scene({ byHand: true });
    await clock.start();
    await Promise.all([clock.advance(30_000), clock.advance(30_000), clock.advance(30_000)]);
    expect(clock.now()).toBe(after(90_000));
    expect(spans.map(([, to]) => to)).toEqual([0, 30_000, 60_000, 90_000]);
  });

  it('refuses to start twice and to move before it runs', async () => {
    const { clock } = scene({ byHand: true });
    expect(() => clock.advance(1)).toThrow('not running');
    await clock.start();
    await expect(clock.start()).rejects.toThrow('running already');
  });
});
