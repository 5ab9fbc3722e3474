import { SESSION_MINUTES } from './exchange-days.ts';

/**
 * How a session's variance and volume spread over its minutes: U-shaped, busiest after the open, busy again before the close.
 * Sums over the session are 1.
 */
function uShape({
  opening,
  openingMinutes,
  closing,
  closingMinutes,
}: {
  opening: number;
  openingMinutes: number;
  closing: number;
  closingMinutes: number;
}): Float64Array {
  const shape = Float64Array.from(
    { length: SESSION_MINUTES },
    (_, minute) => 1 + opening * Math.exp(-minute / openingMinutes) + closing * Math.exp(-(SESSION_MINUTES - 1 - minute) / closingMinutes),
  );
  const total = shape.reduce((sum, value) => sum + value, 0);
  return shape.map((value) => value / total);
}

const VARIANCE = uShape({ opening: 5, openingMinutes: 18, closing: 1.2, closingMinutes: 25 });
const VOLUME = uShape({ opening: 3, openingMinutes: 22, closing: 2.2, closingMinutes: 25 });

const cumulative = new Float64Array(SESSION_MINUTES + 1);
for (let minute = 0; minute < SESSION_MINUTES; minute++) cumulative[minute + 1] = (cumulative[minute] ?? 0) + (VARIANCE[minute] ?? 0);

/** Share of the session's variance that falls in this minute. */
export const varianceIn = (minute: number): number => VARIANCE[minute] ?? 0;
/** Share of the session's variance from the open to the start of `minute`; 0 at 0, 1 at the close. */
export const varianceThrough = (minute: number): number => Math.min(1, cumulative[minute] ?? 1);
/** Share of an ordinary session's volume that falls in this minute. */
export const volumeIn = (minute: number): number => VOLUME[minute] ?? 0;
