import type { Decimal } from '../decimal.ts';

/** A yes is to a price. It lapses when the price has moved by half a percent, or by half the way to the stop if that is less. */
const mostPercent = 0.5;

/** The bound in percent of the reference price. Without a stop only the half percent holds. */
export function driftBoundPercent({ reference, stop }: { reference: Decimal | number; stop: Decimal | number | null }): number {
  if (stop === null) return mostPercent;
  const price = Number(reference);
  const toStop = price > 0 ? (Math.abs(price - Number(stop)) * 100) / price : 0;
  return Math.min(mostPercent, toStop / 2);
}

export interface Drift { percent: number; boundPercent: number; within: boolean }

/** How far the price has moved since it was shown, signed, in percent. A price that isn't one has drifted for certain. */
export function driftBetween({ shown, now, boundPercent }: { shown: Decimal | number; now: Decimal | number; boundPercent: number }): Drift {
  const from = Number(shown);
  const to = Number(now);
  const percent = from > 0 && to > 0 && Number.isFinite(to) ? (to * 100) / from - 100 : Number.NaN;
  return { percent, boundPercent, within: Math.abs(percent) <= boundPercent };
}
