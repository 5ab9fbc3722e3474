import type { ReadExpiry, ReadStrike } from '../read-expiry.ts';
import type { StructureKind } from './kinds.ts';

/** How strikes are wanted: the absolute delta of the options chosen by delta, and the distance of the wings in the underlying's units. */
export interface StrikeWishes { delta: number; width: number }
type Pick = (expiry: ReadExpiry, forward: number, wishes: StrikeWishes) => (number | null)[];

const nearest = (strikes: readonly ReadStrike[], to: number | null): number | null => {
  if (to === null) return null;
  let best: number | null = null;
  for (const { strike } of strikes) if (best === null || Math.abs(strike - to) < Math.abs(best - to)) best = strike;
  return best;
};
/** The strike whose option has the delta nearest to the one wished, among those with a delta. */
const byDelta = (expiry: ReadExpiry, side: 'call' | 'put', delta: number): number | null => {
  let best: { strike: number; off: number } | null = null;
  for (const each of expiry.strikes) {
    const { greeks } = each[side];
    if (greeks === null) continue;
    const off = Math.abs(Math.abs(greeks.delta) - delta);
    if (best === null || off < best.off) best = { strike: each.strike, off };
  }
  return best?.strike ?? null;
};
const away = (expiry: ReadExpiry, from: number | null, by: number) => (from === null ? null : nearest(expiry.strikes, from + by));

const centre: Pick = (expiry, forward) => [nearest(expiry.strikes, forward)];
const winged: Pick = (expiry, forward, { width }) => {
  const middle = nearest(expiry.strikes, forward);
  return [away(expiry, middle, -width), middle, away(expiry, middle, width)];
};
const bothByDelta: Pick = (expiry, _, { delta }) => [byDelta(expiry, 'put', delta), byDelta(expiry, 'call', delta)];
/** One strike by delta, the other a width above or below it. */
const vertical = (side: 'call' | 'put', by: 1 | -1): Pick => (expiry, _, { delta, width }) => {
  const chosen = byDelta(expiry, side, delta);
  const other = away(expiry, chosen, by * width);
  return by === 1 ? [chosen, other] : [other, chosen];
};

const PICKS: Record<StructureKind, Pick> = {
  bull_call: vertical('call', 1), bear_put: vertical('put', -1), bull_put: vertical('put', -1), bear_call: vertical('call', 1),
  iron_condor: (expiry, forward, wishes) => [...vertical('put', -1)(expiry, forward, wishes), ...vertical('call', 1)(expiry, forward, wishes)],
  iron_butterfly: winged, butterfly: winged,
  long_straddle: centre, short_straddle: centre, calendar: centre,
  long_strangle: bothByDelta, short_strangle: bothByDelta,
  call_ratio: (expiry, forward, { delta }) => [nearest(expiry.strikes, forward), byDelta(expiry, 'call', delta)],
  put_ratio: (expiry, forward, { delta }) => [byDelta(expiry, 'put', delta), nearest(expiry.strikes, forward)],
  covered_call: (expiry, _, { delta }) => [byDelta(expiry, 'call', delta)], protective_put: (expiry, _, { delta }) => [byDelta(expiry, 'put', delta)],
};

/** Strikes of a structure, ascending; null where the chain has no forward or not enough different strikes for the wish. */
export function selectStrikes(kind: StructureKind, expiry: ReadExpiry, wishes: StrikeWishes): number[] | null {
  if (!expiry.forward.found) return null;
  const strikes: number[] = [];
  for (const strike of PICKS[kind](expiry, expiry.forward.forward, wishes)) {
    if (strike === null || strike <= (strikes.at(-1) ?? 0)) return null;
    strikes.push(strike);
  }
  return strikes;
}
