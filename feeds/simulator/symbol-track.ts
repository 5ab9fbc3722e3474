import type { Quote } from '../../desk/market/types.ts';
import { instant } from '../../desk/time.ts';
import { bookTop } from './book-top.ts';
import { rupees } from './daily-bar.ts';
import { SESSION_MINUTES } from './exchange-days.ts';
import { volumeIn } from './intraday-profile.ts';
import type { PricePath } from './price-path.ts';
import { priceAtSecond, rangeThroughSecond } from './quote-second.ts';
import type { Minute } from './quote-second.ts';
import { textKey } from './random.ts';
import type { SessionPlan, StockDay } from './session-plan.ts';

/** Minutes after a jump in which the spread stays wide. */
const JUMP_MINUTES = 3;

/** One symbol's session by the minute. */
export interface SymbolTrack {
  stock: StockDay;
  path: PricePath;
  /** Shares traded by the end of each minute. */
  cumulativeVolume: Float64Array;
  /** Highest high and lowest low of the minutes before this one. */
  highBefore: Int32Array;
  lowBefore: Int32Array;
  /** Under which its seconds are drawn. */
  key: number;
}

export function createTrack({
  seed,
  day,
  stock,
  path,
  cumulativeVolume,
}: {
  seed: number;
  day: number;
  stock: StockDay;
  path: PricePath;
  cumulativeVolume: Float64Array;
}): SymbolTrack {
  const highBefore = new Int32Array(SESSION_MINUTES + 1).fill(stock.shape.open);
  const lowBefore = new Int32Array(SESSION_MINUTES + 1).fill(stock.shape.open);
  for (let minute = 0; minute < SESSION_MINUTES; minute++) {
    highBefore[minute + 1] = Math.max(highBefore[minute] ?? 0, path.highs[minute] ?? 0);
    lowBefore[minute + 1] = Math.min(lowBefore[minute] ?? 0, path.lows[minute] ?? 0);
  }
  const key = (textKey(stock.symbol) ^ Math.imul(seed, 0x9e3779b1) ^ Math.imul(day, 0x85ebca6b)) >>> 0;
  return { stock, path, cumulativeVolume, highBefore, lowBefore, key };
}

/** A minute's prices in ticks and its shares. */
export function minuteOf({ path, cumulativeVolume }: SymbolTrack, minute: number): Minute & { volumeBefore: number; volume: number } {
  const volumeBefore = minute === 0 ? 0 : (cumulativeVolume[minute - 1] ?? 0);
  return {
    open: path.nodes[minute] ?? 0,
    close: path.nodes[minute + 1] ?? 0,
    high: path.highs[minute] ?? 0,
    low: path.lows[minute] ?? 0,
    volumeBefore,
    volume: (cumulativeVolume[minute] ?? 0) - volumeBefore,
  };
}

function top({
  track: { stock },
  last,
  minuteOfSession,
  second,
  key,
}: {
  track: SymbolTrack;
  last: number;
  minuteOfSession: number;
  second: number;
  key: number;
}): ReturnType<typeof bookTop> {
  // An index has no book: nobody can trade it.
  if (stock.relativeSpread === null) return { bid: last, ask: last, bidSize: 0, askSize: 0 };
  const [beforeJump, afterJump] = stock.shape.legs;
  const sinceJump = afterJump ? minuteOfSession - beforeJump.toMinute : -1;
  return bookTop({
    last,
    relativeSpread: stock.relativeSpread,
    ordinaryMinuteVolume: stock.volume * volumeIn(minuteOfSession),
    minuteOfSession,
    second,
    key,
    jumping: sinceJump >= 0 && sinceJump < JUMP_MINUTES,
  });
}

/** The quote at a moment of the session; a moment outside is taken for the open or the close. */
export function quoteOf(track: SymbolTrack, { openMs, closeMs }: SessionPlan['times'], atMs: number): Quote {
  const { stock } = track;
  const elapsedSeconds = Math.floor((Math.min(Math.max(atMs, openMs), closeMs) - openMs) / 1000);
  // The closing moment belongs to the last minute: its close is the session's.
  const minuteOfSession = Math.min(SESSION_MINUTES - 1, Math.floor(elapsedSeconds / 60));
  const second = elapsedSeconds - 60 * minuteOfSession;
  const minute = minuteOf(track, minuteOfSession);
  const key = (track.key + Math.imul(minuteOfSession, 0xc2b2ae35)) >>> 0;
  const last = priceAtSecond({ minute, second, key });
  const range = rangeThroughSecond({ minute, second, key });
  const { bid, ask, bidSize, askSize } = top({ track, last, minuteOfSession, second, key });
  return {
    symbol: stock.symbol,
    at: instant(openMs + elapsedSeconds * 1000),
    last: rupees(last),
    bid: rupees(bid),
    ask: rupees(ask),
    bidSize,
    askSize,
    volume: minute.volumeBefore + Math.floor((minute.volume * Math.min(60, second + 1)) / 60),
    open: rupees(stock.shape.open),
    high: rupees(Math.max(track.highBefore[minuteOfSession] ?? 0, range.high)),
    low: rupees(Math.min(track.lowBefore[minuteOfSession] ?? 0, range.low)),
    previousClose: rupees(stock.previousClose),
    spreadFrom: 'book',
  };
}
