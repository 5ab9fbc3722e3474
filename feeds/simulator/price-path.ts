import type { DayShape, Leg } from './day-shape.ts';
import { SESSION_MINUTES } from './exchange-days.ts';
import { varianceIn, varianceThrough } from './intraday-profile.ts';
import type { RandomStream } from './random.ts';

/** Ticks at minute boundaries (node 0 the open, node 375 the close) and each minute's extremes. */
export interface PricePath {
  nodes: Int32Array;
  highs: Int32Array;
  lows: Int32Array;
}

interface Drawing {
  shape: DayShape;
  stream: RandomStream;
  /** Standard normals per minute that all symbols, or all of a sector, share: they make shares move together within the day. */
  market: Float64Array;
  sector: Float64Array;
  /** Shares of the symbol's variance that are the market's and the sector's; the rest is its own. */
  marketShare: number;
  sectorShare: number;
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

/** A node and the price that the path has there. */
interface Pin {
  node: number;
  level: number;
}

/**
 * Where the path turns: the leg's high is touched where the free walk is highest, its low where it is lowest, so that shares
 * turn together when the market does. An end that is itself the extreme is the place.
 */
function turns(leg: Leg, free: (node: number) => number): Pin[] {
  let top = leg.fromMinute + 1;
  let bottom = leg.fromMinute + 1;
  for (let node = leg.fromMinute + 1; node < leg.toMinute; node++) {
    if (free(node) > free(top)) top = node;
    if (free(node) < free(bottom)) bottom = node;
  }
  const touch = (level: number, inside: number): Pin => ({
    level,
    node: leg.start === level ? leg.fromMinute : leg.end === level ? leg.toMinute : inside,
  });
  return [touch(leg.high, top), touch(leg.low, bottom)].sort((x, y) => x.node - y.node);
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
  for (let minute = 0; minute < SESSION_MINUTES; minute++) {
    const shock = marketWeight * (market[minute] ?? 0) + sectorWeight * (sector[minute] ?? 0) + ownWeight * stream.normal();
    walk[minute + 1] = (walk[minute] ?? 0) + shock * sigma * Math.sqrt(varianceIn(minute)) * shape.open;
  }

  /** The walk between two pins, bent so that it meets both. */
  const bridge =
    (from: Pin, to: Pin) =>
    (node: number): number => {
      const progress = (varianceThrough(node) - varianceThrough(from.node)) / (varianceThrough(to.node) - varianceThrough(from.node));
      const [start, here, end] = [walk[from.node] ?? 0, walk[node] ?? 0, walk[to.node] ?? 0];
      return from.level + (to.level - from.level) * progress + here - start - (end - start) * progress;
    };

  for (const leg of shape.legs) {
    const ends: [Pin, Pin] = [
      { node: leg.fromMinute, level: leg.start },
      { node: leg.toMinute, level: leg.end },
    ];
    let from = ends[0];
    for (const to of [...turns(leg, bridge(...ends)), ends[1]]) {
      const between = bridge(from, to);
      for (let node = from.node + 1; node < to.node; node++) nodes[node] = Math.round(fold(between(node), leg.low, leg.high));
      nodes[from.node] = from.level;
      nodes[to.node] = to.level;
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
