import type { DayShape, Leg } from './day-shape.ts';
import { SESSION_MINUTES } from './exchange-days.ts';
import { varianceIn } from './intraday-profile.ts';
import type { RandomStream } from './random.ts';

/** Ticks at minute boundaries (node 0 the open, node 375 the close) and each minute's extremes. */
export interface PricePath { nodes: Int32Array; highs: Int32Array; lows: Int32Array }

interface Drawing {
  shape: DayShape;
  stream: RandomStream;
  /** Standard normals per minute that all symbols, or all of a sector, share: they make shares move together within the day. */
  market: Float64Array; sector: Float64Array;
  /** Shares of the symbol's variance that are the market's and the sector's; the rest is its own. */
  marketShare: number; sectorShare: number;
  /** Standard deviation of the session's log return from open to close. */
  sigma: number;
}

/** Reflects a value at the walls until it lies within them. */
function fold(value: number, low: number, high: number): number {
  const range = high - low;
  if (range <= 0) return low;
  const period = 2 * range;
  const offset = (((value - low) % period) + period) % period;
  return low + (offset > range ? period - offset : offset);
}

/** The minute within the leg at which an extreme is touched: at an end when the end is the extreme. */
function touchAt({ leg, level, stream, taken }: { leg: Leg; level: number; stream: RandomStream; taken: number | null }): number {
  const drawn = stream.integer(leg.fromMinute + 1, leg.toMinute - 1);
  if (leg.start === level) return leg.fromMinute;
  if (leg.end === level) return leg.toMinute;
  if (drawn !== taken) return drawn;
  return drawn + 1 < leg.toMinute ? drawn + 1 : drawn - 1;
}

/**
 * Fills a session's outline with a path: a random walk pinned to open, high, low and close (a bridge from one to the next,
 * reflected at the extremes), so that the minute bars add up to the daily bar exactly.
 */
export function drawPricePath({ shape, stream, market, sector, marketShare, sectorShare, sigma }: Drawing): PricePath {
  const nodes = new Int32Array(SESSION_MINUTES + 1);
  const highs = new Int32Array(SESSION_MINUTES);
  const lows = new Int32Array(SESSION_MINUTES);
  const marketWeight = Math.sqrt(marketShare);
  const sectorWeight = Math.sqrt(sectorShare);
  const ownWeight = Math.sqrt(Math.max(0, 1 - marketShare - sectorShare));
  const walk = new Float64Array(SESSION_MINUTES + 1);
  const elapsed = new Float64Array(SESSION_MINUTES + 1);

  const bridge = ({ leg, from, to, a, b }: { leg: Leg; from: number; to: number; a: number; b: number }): void => {
    walk[from] = 0;
    elapsed[from] = 0;
    for (let minute = from; minute < to; minute++) {
      const shock = marketWeight * (market[minute] ?? 0) + sectorWeight * (sector[minute] ?? 0) + ownWeight * stream.normal();
      walk[minute + 1] = (walk[minute] ?? 0) + shock * sigma * Math.sqrt(varianceIn(minute)) * a;
      elapsed[minute + 1] = (elapsed[minute] ?? 0) + varianceIn(minute);
    }
    const total = elapsed[to] || 1;
    for (let node = from; node < to; node++) {
      const progress = (elapsed[node] ?? 0) / total;
      const free = a + (b - a) * progress + (walk[node] ?? 0) - (walk[to] ?? 0) * progress;
      nodes[node] = Math.round(fold(free, leg.low, leg.high));
    }
    nodes[from] = a;
    nodes[to] = b;
  };

  for (const leg of shape.legs) {
    const highAt = touchAt({ leg, level: leg.high, stream, taken: null });
    const lowAt = touchAt({ leg, level: leg.low, stream, taken: highAt });
    const turns = [{ minute: highAt, level: leg.high }, { minute: lowAt, level: leg.low }].sort((x, y) => x.minute - y.minute);
    let from = { minute: leg.fromMinute, level: leg.start };
    for (const to of [...turns, { minute: leg.toMinute, level: leg.end }]) {
      if (to.minute > from.minute) bridge({ leg, from: from.minute, to: to.minute, a: from.level, b: to.level });
      from = to;
    }
    for (let minute = leg.fromMinute; minute < leg.toMinute; minute++) {
      const open = nodes[minute] ?? 0;
      const close = nodes[minute + 1] ?? 0;
      // Half a minute's deviation: prices wander beyond both ends of a minute, too.
      const wander = 0.5 * sigma * Math.sqrt(varianceIn(minute)) * open;
      highs[minute] = Math.min(leg.high, Math.max(open, close) + Math.round(wander * Math.abs(stream.normal())));
      lows[minute] = Math.max(leg.low, Math.min(open, close) - Math.round(wander * Math.abs(stream.normal())));
    }
  }
  const [first, second] = shape.legs;
  if (second) {
    highs[first.toMinute] = Math.max(first.end, second.start);
    lows[first.toMinute] = Math.min(first.end, second.start);
  }
  return { nodes, highs, lows };
}
