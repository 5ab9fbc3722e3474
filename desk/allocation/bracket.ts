import type { Bracket, MandateTerms } from '../actions/types.ts';
import { type Decimal, decimal, roundToTick } from '../decimal.ts';
import type { Barriers } from '../signals/triple-barrier.ts';

/** A stop nearer than one average true range is hit by the day's noise; one beyond five protects little. */
const NEAREST_STOP_ATR = 1;
const FARTHEST_STOP_ATR = 5;
/** A target never lies nearer than this many stop distances. */
export const LEAST_REWARD_RISK = 1.5;

/**
 * What a mandate asks for, within bounds: stop at `slMultiplier` average true ranges (1 to 5), target at `tpMultiplier` but no
 * nearer than 1.5 stops. A trail follows at the stop's distance once the price has gone as far the right way. Signals are judged
 * by these same barriers, so that what a card says of similar set-ups is about its own stop and target.
 */
export function barriersOf({ slMultiplier, tpMultiplier, trailingStopEnabled }: Pick<MandateTerms, 'slMultiplier' | 'tpMultiplier' | 'trailingStopEnabled'>): Barriers {
  const stopAtr = Math.min(FARTHEST_STOP_ATR, Math.max(NEAREST_STOP_ATR, slMultiplier));
  return { stopAtr, targetAtr: Math.max(tpMultiplier, LEAST_REWARD_RISK * stopAtr), trail: trailingStopEnabled ? { distanceAtr: stopAtr, activateAtr: stopAtr } : null };
}

export interface PlacedBracket { entry: Decimal; bracket: Bracket; stopDistance: number; rewardRisk: number }

/**
 * Entry, stop, target and trail of a long entry, on the tick: the entry at the last price rounded up, so that it can fill at once;
 * the stop rounded down, the target up. A sentence where no sound bracket fits.
 */
export function placeBracket({ last, bid, ask, atr14, tickSize, barriers }: { last: number; bid: number; ask: number; atr14: number; tickSize: Decimal; barriers: Barriers }): PlacedBracket | { reason: string } {
  const tick = Number(tickSize);
  const entry = roundToTick(last, tick, 'up');
  const stop = roundToTick(Number(entry) - barriers.stopAtr * atr14, tick, 'down');
  if (!(Number(stop) > 0)) return { reason: `a stop ${barriers.stopAtr} average true ranges below ${entry} would lie below zero` };
  const stopDistance = Number((Number(entry) - Number(stop)).toFixed(8));
  const spread = ask > bid && bid > 0 ? ask - bid : 0;
  if (stopDistance < 2 * tick || stopDistance <= spread) return { reason: `a stop ${barriers.stopAtr} average true ranges away would lie within the spread` };
  const target = roundToTick(Math.max(Number(entry) + barriers.targetAtr * atr14, Number(entry) + LEAST_REWARD_RISK * stopDistance), tick, 'up');
  const trail = barriers.trail && { distance: roundToTick(Math.max(barriers.trail.distanceAtr * atr14, tick), tick, 'up'), activateAt: roundToTick(Number(entry) + barriers.trail.activateAtr * atr14, tick, 'up') };
  return {
    entry, stopDistance, rewardRisk: Number(((Number(target) - Number(entry)) / stopDistance).toFixed(8)),
    bracket: { stop: decimal(stop), target, ...(trail ? { trail } : {}) },
  };
}
