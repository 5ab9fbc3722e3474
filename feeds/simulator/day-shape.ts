import type { RandomStream } from './random.ts';
import { SESSION_MINUTES } from './exchange-days.ts';
import { varianceThrough } from './intraday-profile.ts';

/** A stretch of a session without a jump. Prices in ticks; the path stays within low and high and touches both. */
export interface Leg {
  fromMinute: number;
  toMinute: number;
  start: number;
  end: number;
  high: number;
  low: number;
}

/** One symbol's session in outline, in ticks: what the daily bar prints and what the minute path must keep to. */
export interface DayShape {
  open: number;
  high: number;
  low: number;
  close: number;
  /** One leg, or two with a jump in the minute between them. */
  legs: readonly [Leg] | readonly [Leg, Leg];
}

/** Prices do not leave ±20 % of the previous close in one session, as on NSE. */
const BAND = 0.2;
/** A jump keeps away from open and close, so that both legs are long enough to turn in. */
export const LAST_JUMP_MINUTE = SESSION_MINUTES - 7;

interface Drawing {
  stream: RandomStream;
  /** In ticks, adjusted for what goes ex today. */
  previousClose: number;
  /** Log return from the previous close to the open. */
  overnight: number;
  /** Log return from open to close without the jump, and its standard deviation. */
  intraday: number;
  sigma: number;
  jump: { minute: number; logSize: number } | null;
}

/**
 * Extreme of a Brownian bridge from `a` to `b`, drawn exactly: P(max > m) = exp(−2(m−a)(m−b)/variance)
 * (reflection principle). `sign` 1 gives the maximum, −1 the minimum.
 */
function bridgeExtreme({
  a,
  b,
  variance,
  sign,
  uniform,
}: {
  a: number;
  b: number;
  variance: number;
  sign: 1 | -1;
  uniform: number;
}): number {
  const reach = Math.sqrt((b - a) ** 2 - 2 * variance * Math.log(1 - uniform));
  return (a + b + sign * reach) / 2;
}

/** Draws open, high, low and close of a session, and where they stand around a jump. */
export function drawDayShape({ stream, previousClose, overnight, intraday, sigma, jump }: Drawing): DayShape {
  const lowest = Math.max(1, Math.ceil(previousClose * (1 - BAND)));
  const highest = Math.max(lowest, Math.floor(previousClose * (1 + BAND)));
  const base = Math.log(previousClose) + overnight;
  const ticks = (logPrice: number): number => Math.min(highest, Math.max(lowest, Math.round(Math.exp(logPrice))));

  const leg = (fromMinute: number, toMinute: number, a: number, b: number): Leg => {
    const variance = sigma * sigma * (varianceThrough(toMinute) - varianceThrough(fromMinute));
    const start = ticks(a);
    const end = ticks(b);
    const high = Math.max(start, end, ticks(bridgeExtreme({ a, b, variance, sign: 1, uniform: stream.next() })));
    const low = Math.min(start, end, ticks(bridgeExtreme({ a, b, variance, sign: -1, uniform: stream.next() })));
    return { fromMinute, toMinute, start, end, high, low };
  };

  if (!jump) {
    const only = leg(0, SESSION_MINUTES, base, base + intraday);
    return { open: only.start, high: only.high, low: only.low, close: only.end, legs: [only] };
  }
  const share = varianceThrough(jump.minute);
  const before = base + share * intraday + sigma * Math.sqrt(share * (1 - share)) * stream.normal();
  const first = leg(0, jump.minute, base, before);
  const second = leg(jump.minute + 1, SESSION_MINUTES, before + jump.logSize, base + intraday + jump.logSize);
  return {
    open: first.start,
    close: second.end,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    legs: [first, second],
  };
}
