import protobuf from 'protobufjs';
import type { IntradayBar, Quote } from '../../desk/market/types.ts';
import { type Instant, instant } from '../../desk/time.ts';

/** The parts of Upstox's MarketDataFeedV3 that are read; numbers of fields as published. What else a frame holds is skipped. */
const SCHEMA = `syntax = "proto3";
message LTPC { double ltp = 1; int64 ltt = 2; int64 ltq = 3; double cp = 4; }
message Level { repeated Depth bidAskQuote = 1; }
message Depth { int64 bidQ = 1; double bidP = 2; int64 askQ = 3; double askP = 4; }
message Candle { string interval = 1; double open = 2; double high = 3; double low = 4; double close = 5; int64 vol = 6; int64 ts = 7; }
message Candles { repeated Candle ohlc = 1; }
message MarketFull { LTPC ltpc = 1; Level marketLevel = 2; Candles marketOHLC = 4; double atp = 5; int64 vtt = 6; }
message IndexFull { LTPC ltpc = 1; Candles marketOHLC = 2; }
message Full { oneof kind { MarketFull marketFF = 1; IndexFull indexFF = 2; } }
message First { LTPC ltpc = 1; Depth firstDepth = 2; int64 vtt = 4; }
message Feed { oneof kind { LTPC ltpc = 1; Full fullFeed = 2; First firstLevelWithGreeks = 3; } }
message Frame { int32 type = 1; map<string, Feed> feeds = 2; int64 currentTs = 3; }`;
const Frame = protobuf.parse(SCHEMA).root.lookupType('Frame');

interface Depth { bidQ: number; bidP: number; askQ: number; askP: number }
interface Candle { interval: string; open: number; high: number; low: number; close: number; vol: number; ts: number }
interface Ltpc { ltp: number; ltt: number; cp: number }
interface Told { ltpc?: Ltpc; marketLevel?: { bidAskQuote?: Depth[] }; marketOHLC?: { ohlc?: Candle[] }; firstDepth?: Depth; vtt?: number }

/** What one frame says of instruments: `key` as Upstox writes it (`NSE_EQ|INE090A01021`). A quote has both sides of the book; an index has none. */
export interface FrameFacts { at: Instant; quotes: { key: string; quote: Omit<Quote, 'symbol'> }[]; minutes: { key: string; bar: Omit<IntradayBar, 'symbol'> }[] }

/** Reads one binary frame; a damaged one gives the reason. A minute's candle is the one still running until the next begins. */
export function readUpstoxFrame(bytes: Uint8Array): FrameFacts | { reason: string } {
  let frame: { feeds?: Record<string, { ltpc?: Ltpc; fullFeed?: { marketFF?: Told; indexFF?: Told }; firstLevelWithGreeks?: Told }>; currentTs?: number };
  try {
    frame = Frame.toObject(Frame.decode(bytes), { longs: Number, defaults: false });
  } catch (error) {
    return { reason: `The frame cannot be read (${error instanceof Error ? error.message.slice(0, 80) : 'unknown'}).` };
  }
  if (!frame.currentTs || frame.currentTs < 1_000_000_000_000) return { reason: 'The frame carries no time.' };
  const at = instant(frame.currentTs);
  const facts: FrameFacts = { at, quotes: [], minutes: [] };
  for (const [key, feed] of Object.entries(frame.feeds ?? {})) {
    const told: Told = feed.fullFeed?.marketFF ?? feed.fullFeed?.indexFF ?? feed.firstLevelWithGreeks ?? (feed.ltpc ? { ltpc: feed.ltpc } : {});
    const quote = quoteOf(told, at);
    if (quote) facts.quotes.push({ key, quote });
    for (const candle of told.marketOHLC?.ohlc ?? []) {
      if (candle.interval !== 'I1' || !(candle.open > 0) || !(candle.low > 0) || candle.high < candle.low) continue;
      facts.minutes.push({ key, bar: { start: instant(candle.ts), minutes: 1, open: candle.open, high: candle.high, low: candle.low, close: candle.close, volume: candle.vol ?? 0 } });
    }
  }
  return facts;
}

/** A quote needs a trade, both sides and the day's candle; without one of them nothing is made up. */
function quoteOf({ ltpc, marketLevel, marketOHLC, firstDepth, vtt }: Told, at: Instant): Omit<Quote, 'symbol'> | null {
  const best = marketLevel?.bidAskQuote?.[0] ?? firstDepth;
  const day = marketOHLC?.ohlc?.find(({ interval }) => interval === '1d');
  if (!ltpc || !(ltpc.ltp > 0) || !best || !(best.bidP > 0) || !(best.askP > 0) || best.askP < best.bidP || !day) return null;
  return { at, last: ltpc.ltp, bid: best.bidP, ask: best.askP, bidSize: best.bidQ ?? 0, askSize: best.askQ ?? 0, volume: vtt ?? 0, open: day.open, high: day.high, low: day.low, previousClose: ltpc.cp > 0 ? ltpc.cp : null, spreadFrom: 'book' };
}
