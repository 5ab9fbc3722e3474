import type { Decimal } from '../decimal.ts';
import type { Instant, TradingDate, Zone } from '../time.ts';
import type { LastFrom } from './last-price.ts';

export type Exchange = 'NSE' | 'BSE' | 'US';
/** The name of a symbol as its exchange prints it: `COALINDIA`, `M&M`, `NIFTY`. */
export type SymbolName = string;

/** One session of one symbol, as printed (unadjusted). Prices in the exchange's currency, volume in shares. */
export interface DailyBar {
  symbol: SymbolName;
  date: TradingDate;
  open: number; high: number; low: number; close: number;
  volume: number;
  /** The exchange's own previous close; differs from the last printed close on ex-dates. */
  previousClose?: number;
  trades?: number;
  deliveryQuantity?: number;
}

/** One minute (or other interval) of one symbol; `start` is the interval's first moment. */
export interface IntradayBar {
  symbol: SymbolName;
  start: Instant;
  minutes: number;
  open: number; high: number; low: number; close: number;
  volume: number;
}

/** The best bid and offer with the last trade. Sizes in shares; a side that nobody quotes is 0 with size 0. */
export interface Quote {
  symbol: SymbolName;
  at: Instant;
  /** The last trade (of an index: its value), or what `lastFrom` says. */
  last: number;
  /** What `last` is where no trade is known; absent: a trade. */
  lastFrom?: LastFrom;
  bid: number; ask: number;
  bidSize: number; askSize: number;
  /** Shares traded since the open. */
  volume: number;
  /** Null: the source does not say. */
  open: number | null; high: number | null; low: number | null; previousClose: number | null;
  /**
   * `book`: real or simulated order book. `bars`: spread modelled from bars, and every card says so. Of options in a replay: `snapshot`, bid and
   * ask as a stored chain printed them; `close`, a closing price with a modelled spread. Both stand until the next is known (`stored-price.ts`).
   */
  spreadFrom: 'book' | 'bars' | 'snapshot' | 'close';
}

export interface SymbolRecord {
  symbol: SymbolName;
  exchange: Exchange;
  name: string;
  kind: 'EQUITY' | 'INDEX' | 'ETF';
  isin?: string; series?: string;
  sector?: string; industry?: string;
  lotSize: number;
  tickSize: Decimal;
  faceValue?: number;
  listedOn?: TradingDate;
  /** Other names that people and papers use, former symbols included. */
  aliases: string[];
  /** When the desk could first have known of it; absent where it was made up on the spot. */
  knownAt?: Instant;
}

export type EventType =
  | 'BUYBACK' | 'EARNINGS' | 'GUIDANCE' | 'PENALTY' | 'POLICY' | 'ORDER_WIN' | 'M&A' | 'RATING' | 'MANAGEMENT' | 'DIVIDEND'
  | 'BONUS' | 'SPLIT' | 'FUND_RAISE' | 'LITIGATION' | 'BOARD_MEETING' | 'INSIDER' | 'MACRO' | 'OTHER';

/** Something that happened. Text from outside is data, never instructions. */
export interface EventRecord {
  source: string;
  sourceUrl?: string;
  /** The document behind it (a filing's PDF). */
  artifactUrl?: string;
  title: string;
  body: string;
  eventType: EventType;
  priority: 'HIGH' | 'MEDIUM' | 'LOW';
  /** Linked with certainty; a name that is ambiguous or unknown goes to `unlinkedNames` instead. */
  symbols: SymbolName[];
  unlinkedNames: string[];
  stance?: 'BULLISH' | 'BEARISH' | 'NEUTRAL';
  happenedAt: Instant;
  knownAt: Instant;
}

export interface CalendarDay {
  exchange: Exchange;
  date: TradingDate;
  kind: 'SESSION' | 'SPECIAL_SESSION' | 'HOLIDAY';
  /** On the exchange's wall, `HH:MM`; absent on holidays. */
  open?: string; close?: string;
  description?: string;
}

/** A scheduled corporate event (results, board meeting) of one symbol. */
export interface ScheduledEvent {
  symbol: SymbolName;
  date: TradingDate;
  kind: 'RESULTS' | 'BOARD_MEETING' | 'AGM' | 'OTHER';
  purpose: string;
  /** When the schedule became public. */
  knownAt: Instant;
}

/** A split, bonus, dividend or the like. `factor` multiplies earlier prices to make them comparable (1:1 bonus 0.5). */
export interface CorporateAction {
  symbol: SymbolName;
  exDate: TradingDate;
  kind: 'SPLIT' | 'BONUS' | 'DIVIDEND' | 'RIGHTS' | 'DEMERGER' | 'OTHER';
  subject: string;
  factor: number;
  /** Where no announcement stated the factor: `terms`, the theoretical price after a rights issue; `opening`, estimated from the first trade after a demerger. */
  factorFrom?: 'terms' | 'opening';
  /** Cash per share for dividends; the issue price of a rights issue. */
  amount?: Decimal;
  /** `published`: the exchange said so. `detected`: read off previous-close breaks in the bars. */
  basis: 'published' | 'detected';
  knownAt: Instant;
}

/** What an exchange does on which day. Outside `coverage` nothing is known, and callers must say so. */
export interface TradingCalendar {
  readonly exchange: Exchange;
  readonly zone: Zone;
  readonly coverage: { from: TradingDate; to: TradingDate } | null;
  covers(date: TradingDate): boolean;
  isTradingDay(date: TradingDate): boolean;
  /** The session's first and last moment, or null when the exchange is closed that day. */
  session(date: TradingDate): { readonly open: Instant; readonly close: Instant } | null;
  /** The holiday's name, when the calendar has one. */
  holidayName(date: TradingDate): string | null;
  /** Strictly after `date`; null past the coverage. */
  next(date: TradingDate): TradingDate | null;
  /** Strictly before `date`; null before the coverage. */
  previous(date: TradingDate): TradingDate | null;
  /** `n` trading days from `date` (negative: back); null past the coverage. */
  plus(date: TradingDate, n: number): TradingDate | null;
  /** Trading days in (from, to]. */
  daysBetween(from: TradingDate, to: TradingDate): number;
}

export type VolatilityRegime = 'LOW_VOL' | 'MED_VOL' | 'HIGH_VOL';
export type LiquidityRegime = 'HIGH' | 'MEDIUM' | 'LOW';

/** What the desk knows of a symbol at a moment. `null` means that history or source is missing, never zero. */
export interface FeatureSet {
  symbol: SymbolName;
  /** The last session that went in. */
  asOf: TradingDate;
  close: number;
  momentum5: number | null; momentum10: number | null; momentum20: number | null;
  atr14: number | null; atrPercent: number | null;
  rsi14: number | null;
  gapPercent: number | null; gapFilled: boolean | null;
  averageDailyVolume20: number | null;
  relativeVolume: number | null;
  high20: number | null; low20: number | null;
  sma20: number | null; sma50: number | null;
  bollingerSqueeze: boolean | null;
  volatility20: number | null;
  volatilityRegime: VolatilityRegime | null;
  liquidityRegime: LiquidityRegime | null;
}
