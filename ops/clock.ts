import { instant, type Clock } from '../desk/time.ts';

/**
 * The wall clock: confirmations, clearances, rate limits, sign-in and audit go by it. The market's time is the feed's.
 * It never goes back within a process, even when the machine's clock is set back: an expiry that has passed stays passed.
 */
export function wallClock(readMs: () => number = Date.now): Clock {
  let latestMs = Number.NEGATIVE_INFINITY;
  return () => {
    latestMs = Math.max(latestMs, readMs());
    return instant(latestMs);
  };
}
