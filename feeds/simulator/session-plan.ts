import type { FeedRecord } from '../define.ts';
import type { VolatilityRegime } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { DayShape } from './day-shape.ts';

/** In milliseconds since the epoch. */
export interface SessionTimes {
  previousCloseMs: number;
  openMs: number;
  closeMs: number;
}

/** One symbol's session as the world has decided it. Prices in ticks, shares whole. */
export interface StockDay {
  symbol: string;
  sector: string | null;
  shape: DayShape;
  /** As the exchange prints it: adjusted on the ex-date of a split or bonus, not for a dividend. */
  previousClose: number;
  volume: number;
  trades: number;
  /** Null for the index, of which nothing is delivered. */
  deliveryQuantity: number | null;
  /** Log return's standard deviation from open to close, and whose it is. */
  sigma: number;
  marketShare: number;
  sectorShare: number;
  /** Ordinary bid–ask spread as a fraction of the price; null for the index, which has no book. */
  relativeSpread: number | null;
}

/** Everything of one session: what prices will do and what becomes known from the last close to this one. */
export interface SessionPlan {
  /** Counted from the first session of history. */
  day: number;
  date: TradingDate;
  times: SessionTimes;
  regime: VolatilityRegime;
  /** Companies in the universe's order, the index last. */
  stocks: readonly StockDay[];
  /** Known in (previous close, close], in that order; the daily bars last. Minute bars and quotes are drawn apart. */
  records: readonly { knownMs: number; record: FeedRecord }[];
}
