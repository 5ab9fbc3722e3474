import { unitHash } from './random.ts';

const SPREAD = 11;
const SIDE = 12;
const BID_SIZE = 13;
const ASK_SIZE = 14;

/**
 * Best bid and offer around the last price, in ticks. The spread is the symbol's ordinary one, from half to half as much again, wider in the
 * first ten minutes and while news is being priced, and never less than a tick; the last price lies within it.
 */
export function bookTop({
  last,
  relativeSpread,
  ordinaryMinuteVolume,
  minuteOfSession,
  jumping,
  key,
  second,
}: {
  last: number;
  relativeSpread: number;
  ordinaryMinuteVolume: number;
  minuteOfSession: number;
  jumping: boolean;
  key: number;
  second: number;
}): { bid: number; ask: number; bidSize: number; askSize: number } {
  const stretch = (minuteOfSession < 10 ? 1.8 : 1) * (jumping ? 3 : 1);
  const spread = Math.max(1, Math.round(last * relativeSpread * stretch * (0.5 + unitHash(key, second, SPREAD))));
  const bid = Math.max(1, last - Math.round(spread * unitHash(key, second, SIDE)));
  const size = (purpose: number): number =>
    Math.max(1, Math.round(ordinaryMinuteVolume * (0.05 + 0.6 * unitHash(key, second, purpose) ** 2)));
  return { bid, ask: bid + spread, bidSize: size(BID_SIZE), askSize: size(ASK_SIZE) };
}
