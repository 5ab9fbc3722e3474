import type { BarColumns } from '../market/indicators/series.ts';

/** Where a trade ends, in average true ranges from its entry. The trail, once active, follows the highest price at its distance. */
export interface Barriers {
  stopAtr: number;
  targetAtr: number;
  trail: { distanceAtr: number; activateAtr: number } | null;
}

/**
 * `STOP`: the first stop, `TRAIL`: one that the trail had raised, `TIME`: none within the horizon.
 * `OPEN`: the bars end before any of these; nothing can be said.
 */
export type Barrier = 'TARGET' | 'STOP' | 'TRAIL' | 'TIME' | 'OPEN';
export interface BarrierLabel {
  barrier: Barrier;
  /** The session of the exit; the last one there is for `OPEN`. */
  exitIndex: number;
  exitPrice: number;
  /** Exit over entry, percent, before charges. */
  returnPercent: number;
}

/**
 * Follows a long trade from the open of `entryIndex` until a barrier is met (López de Prado 2018, chapter 3). Stop and target are
 * prices. When both lie inside one bar the stop is taken first; an opening beyond a barrier fills at that opening. The trail
 * moves on what earlier sessions reached, since a daily bar does not tell what came first. With no barrier met, the trade ends at
 * the close of the last session of the horizon, the entry's session being the first.
 */
export function labelTripleBarrier({ bars, entryIndex, stop, target, trail = null, horizonSessions, lastIndex = bars.close.length - 1 }: {
  bars: Pick<BarColumns, 'open' | 'high' | 'low' | 'close'>;
  entryIndex: number; stop: number; target: number;
  /** In price units. */
  trail?: { distance: number; activateAt: number } | null;
  horizonSessions: number;
  /** Later bars are not looked at. */
  lastIndex?: number;
}): BarrierLabel {
  const { open, high, low, close } = bars;
  const entry = open[entryIndex];
  if (entry === undefined || !(stop < entry && entry < target) || horizonSessions < 1) throw new RangeError(`no trade from ${entry} with stop ${stop} and target ${target} over ${horizonSessions} sessions`);
  const end = entryIndex + horizonSessions - 1;
  const until = Math.min(end, lastIndex);
  const ended = (barrier: Barrier, exitIndex: number, exitPrice: number): BarrierLabel => ({ barrier, exitIndex, exitPrice, returnPercent: 100 * (exitPrice / entry - 1) });
  let raised = stop;
  let best = entry;
  for (let i = entryIndex; i <= until; i++) {
    if (trail !== null && best >= trail.activateAt) raised = Math.max(raised, best - trail.distance);
    if (low[i]! <= raised) return ended(raised > stop ? 'TRAIL' : 'STOP', i, Math.min(raised, open[i]!));
    if (high[i]! >= target) return ended('TARGET', i, Math.max(target, open[i]!));
    best = Math.max(best, high[i]!);
  }
  return end <= lastIndex ? ended('TIME', end, close[end]!) : ended('OPEN', until, close[until]!);
}
