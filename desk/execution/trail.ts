import Big from 'big.js';
import type { TrailRule } from '../actions/types.ts';
import { type Decimal, decimal } from '../decimal.ts';

export type Direction = 'LONG' | 'SHORT';

/** The stop that protects more: the higher one of a long position, the lower one of a short. */
export const tighterStop = (direction: Direction, a: Decimal, b: Decimal): Decimal =>
  (direction === 'LONG' ? new Big(a).gte(b) : new Big(a).lte(b)) ? a : b;

/** The better of two prices for the position: the extreme that a trail follows. */
export const betterPrice = (direction: Direction, a: Decimal, b: Decimal): Decimal => tighterStop(direction, a, b);

/** Has the price reached the level, seen from the position's good side? */
const reached = (direction: Direction, price: Decimal, level: Decimal): boolean =>
  direction === 'LONG' ? new Big(price).gte(level) : new Big(price).lte(level);

/** A trail follows once its activation price has been seen; without one, from the start. */
export const trailActive = (direction: Direction, trail: TrailRule, best: Decimal | null): boolean =>
  best !== null && (trail.activateAt === undefined || reached(direction, best, trail.activateAt));

/**
 * Where the confirmed rule puts the stop: `best ∓ distance`, on the tick that lies farther from the market, and never
 * looser than `stop`. `best` is the best traded price since the entry; null while none is known, and then nothing moves.
 */
export function trailedStop({
  direction,
  stop,
  trail,
  best,
  tickSize,
}: {
  direction: Direction;
  stop: Decimal;
  trail: TrailRule;
  best: Decimal | null;
  tickSize: Decimal;
}): Decimal {
  if (best === null || !trailActive(direction, trail, best)) return stop;
  const raw = direction === 'LONG' ? new Big(best).minus(trail.distance) : new Big(best).plus(trail.distance);
  if (raw.lte(0)) return stop;
  const ticks = raw.div(tickSize).round(0, direction === 'LONG' ? Big.roundDown : Big.roundUp);
  const onTick = ticks.times(tickSize);
  return onTick.lte(0) ? stop : tighterStop(direction, stop, decimal(onTick.toFixed()));
}
