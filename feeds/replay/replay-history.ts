import type { DailyBar, EventRecord, IntradayBar, SymbolName } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';

/** What the replay reads of the imported history. It asks for one date at a time and keeps what is not yet known to itself. */
export interface ReplayHistory {
  /** The bars of one session, as printed, of all symbols that traded. */
  dailyBars(date: TradingDate): Promise<DailyBar[]>;
  /** Of each symbol its latest bar strictly before the date, however old. */
  latestBarsBefore(date: TradingDate): Promise<DailyBar[]>;
  /** Bars of a minute or more of one session, by symbol and in order of time; empty where there are none. */
  intradayBars(date: TradingDate): Promise<IntradayBar[]>;
  /** Events with `knownAt` in (after, through], in that order. */
  eventsKnown(span: { after: Instant; through: Instant }): Promise<EventRecord[]>;
  /** The tick size, where it is known; the exchange's smallest is taken otherwise. */
  tickSize?(symbol: SymbolName): number | null;
}
