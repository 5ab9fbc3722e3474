import { epochMs, instant, plusMs } from '../../../desk/time.ts';
import type { Clock, Instant } from '../../../desk/time.ts';
import type { FeedRecord, FeedSink } from '../../../feeds/define.ts';
import type { SetTimer } from '../../../feeds/replay/market-clock.ts';

/** A wall clock and a timer that a test moves by hand. */
export function handTimer(from = '2026-01-04T10:00:00Z'): {
  wallClock: Clock;
  setTimer: SetTimer;
  pass(wallMilliseconds: number): Promise<void>;
  pending(): number;
} {
  let now: Instant = instant(from);
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    wallClock: () => now,
    setTimer(callback, wallMilliseconds) {
      const entry = { at: epochMs(now) + wallMilliseconds, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    pending: () => waiting.length,
    async pass(wallMilliseconds) {
      const until = epochMs(now) + wallMilliseconds;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((entry) => entry !== next);
        now = instant(Math.max(next.at, epochMs(now)));
        next.callback();
        // Lets everything that the callback began come to rest, the next timer included.
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      now = plusMs(now, Math.max(0, until - epochMs(now)));
    },
  };
}

/** Remembers what a feed said, in order. */
export function recordingSink(): FeedSink & {
  said: ({ records: FeedRecord[] } | { tick: Instant })[];
  ticks(): Instant[];
  all(): FeedRecord[];
} {
  const said: ({ records: FeedRecord[] } | { tick: Instant })[] = [];
  return {
    said,
    async records(batch) {
      said.push({ records: batch });
    },
    async tick(now) {
      said.push({ tick: now });
    },
    ticks: () => said.flatMap((entry) => ('tick' in entry ? [entry.tick] : [])),
    all: () => said.flatMap((entry) => ('records' in entry ? entry.records : [])),
  };
}
