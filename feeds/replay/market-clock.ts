import { epochMs, instant } from '../../desk/time.ts';
import type { Clock, Instant } from '../../desk/time.ts';

/** Calls back once after that many wall milliseconds; what it returns cancels it. */
export type SetTimer = (callback: () => void, wallMilliseconds: number) => () => void;

/** What a played market does with its time. Moments are milliseconds since the epoch, of market time. */
export interface MarketRules {
  /** Market milliseconds a wall millisecond, at that moment. */
  speedAt(atMs: number): number;
  /** When nothing happens at that moment: where the clock goes instead of running (the same moment to stand still). Else null. */
  skipFrom(atMs: number): number | null;
  /** The first moment after `fromMs` beyond which time may not go before what was known by then is delivered; null for none. */
  nextStop(fromMs: number): number | null;
  /** Makes ready what `quote` needs at that moment; runs before time gets there. */
  prepare?(toMs: number): Promise<void>;
  /** Hands over what became known in (fromMs, toMs] and then the tick. */
  deliver(fromMs: number, toMs: number): Promise<void>;
}

export interface MarketClock {
  nowMs(): number;
  now(): Instant;
  /** Everything that became known until then is with the sink. */
  deliveredThrough(): Instant;
  /** Delivers what is due at the start, then runs. Rejects when that first delivery fails. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Moves by hand, stop by stop, at any speed and through quiet times, too. */
  advance(milliseconds: number): Promise<void>;
}

const BEAT_WALL_MS = 500;
/** A longer gap between beats means that the process was suspended: time stood still. */
const LONGEST_BEAT_WALL_MS = 5_000;

/**
 * Market time driven by wall time. It moves in beats: from stop to stop, first what became known, then a tick, and
 * only then on, so nobody sees a moment whose records have not arrived. Where a delivery fails, time stands until the
 * same delivery succeeds; what was delivered may come twice, never not at all.
 */
export function createMarketClock({
  startAt,
  deliveredThrough,
  wallClock,
  setTimer,
  rules,
  onFailure,
}: {
  startAt: Instant;
  /** What became known until then was delivered before. */
  deliveredThrough: Instant;
  wallClock: Clock;
  /** `null`: time moves by `advance` only. */
  setTimer: SetTimer | null;
  rules: MarketRules;
  /** A delivery failed; it will be tried again at the next beat. */
  onFailure?: (error: unknown) => void;
}): MarketClock {
  let current = epochMs(startAt);
  let delivered = epochMs(deliveredThrough);
  let lastBeat = 0;
  /** The part of a millisecond that speeds like 7.3 leave over. */
  let remainder = 0;
  let running = false;
  let cancelTimer: (() => void) | null = null;
  let queue: Promise<void> = Promise.resolve();

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  const moveTo = async (target: number): Promise<void> => {
    do {
      const stop = Math.min(target, rules.nextStop(delivered) ?? target);
      await rules.prepare?.(stop);
      current = Math.max(current, stop);
      await rules.deliver(delivered, stop);
      delivered = stop;
    } while (delivered < target);
  };

  const beat = async (): Promise<void> => {
    const wallNow = epochMs(wallClock());
    const elapsed = Math.min(LONGEST_BEAT_WALL_MS, Math.max(0, wallNow - lastBeat));
    lastBeat = wallNow;
    if (delivered < current) return moveTo(current);
    const skip = rules.skipFrom(current);
    if (skip !== null) {
      remainder = 0;
      return moveTo(Math.max(current, skip));
    }
    const moved = elapsed * rules.speedAt(current) + remainder;
    remainder = moved - Math.floor(moved);
    return moveTo(current + Math.floor(moved));
  };

  const schedule = (): void => {
    if (!running || !setTimer) return;
    cancelTimer = setTimer(() => {
      void enqueue(beat)
        .catch((error: unknown) => {
          if (!onFailure) throw error;
          onFailure(error);
        })
        .finally(schedule);
    }, BEAT_WALL_MS);
  };

  return {
    nowMs: () => current,
    now: () => instant(current),
    deliveredThrough: () => instant(delivered),
    async start() {
      if (running) throw new Error('the market clock is running already');
      running = true;
      lastBeat = epochMs(wallClock());
      await enqueue(() => moveTo(current));
      schedule();
    },
    async stop() {
      running = false;
      cancelTimer?.();
      await queue;
    },
    advance(milliseconds) {
      if (!running) throw new Error('the market clock is not running');
      return enqueue(() => moveTo(current + milliseconds));
    },
  };
}
