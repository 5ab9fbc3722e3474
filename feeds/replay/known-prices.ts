import type { DailyBar, IntradayBar } from '../../desk/market/types.ts';

/** A session's moments, in milliseconds since the epoch. */
export interface Session {
  openMs: number;
  closeMs: number;
}

/** What of a symbol's prices is known at a moment of a replay. */
export interface KnownPrices {
  last: number;
  /** When that price was known. */
  sinceMs: number;
  open: number;
  high: number;
  low: number;
  /** Shares known to have traded: of whole bars only. */
  volume: number;
}

/**
 * A session with daily bars only: at the open its open is known and nothing else; high, low, close and volume are known at the close.
 * In between the honest last price is the open, as old as it then is. Null before the open.
 */
export function knownOfDailyBar(bar: DailyBar, { openMs, closeMs }: Session, atMs: number): KnownPrices | null {
  if (atMs < openMs) return null;
  if (atMs < closeMs) return { last: bar.open, sinceMs: openMs, open: bar.open, high: bar.open, low: bar.open, volume: 0 };
  return { last: bar.close, sinceMs: closeMs, open: bar.open, high: bar.high, low: bar.low, volume: bar.volume };
}

const endMs = ({ start, minutes }: IntradayBar): number => Date.parse(start) + minutes * 60_000;

/**
 * A session with intraday bars: a bar is known when it ends. From its start until the first one ends, the first open is known.
 * @param bars of one symbol and session, in order of time. Null before the first bar starts.
 */
export function knownOfIntradayBars(bars: readonly IntradayBar[], atMs: number): KnownPrices | null {
  const first = bars[0];
  if (!first || atMs < Date.parse(first.start)) return null;
  let known: KnownPrices = {
    last: first.open,
    sinceMs: Date.parse(first.start),
    open: first.open,
    high: first.open,
    low: first.open,
    volume: 0,
  };
  for (const bar of bars) {
    const ends = endMs(bar);
    if (ends > atMs) break;
    known = {
      last: bar.close,
      sinceMs: ends,
      open: first.open,
      high: Math.max(known.high, bar.high),
      low: Math.min(known.low, bar.low),
      volume: known.volume + bar.volume,
    };
  }
  return known;
}
