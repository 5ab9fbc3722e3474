import type { CorporateAction, DailyBar, EventRecord, IntradayBar, SymbolName } from '../../desk/market/types.ts';
import type { ChainSnapshot } from '../../desk/options/stored-chain.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';

/** A stored option chain with the moment from which it was known. */
export interface KnownChain { snapshot: ChainSnapshot; source: string; knownAt: Instant }
/** What the exchange's lists say of an underlying's contracts, in units of the underlying. */
export interface ContractSizes { lotSize: number | null; freezeQuantity: number | null; settles: 'CASH' | 'PHYSICAL' }

/** What the replay reads of the imported history. It asks for one date at a time and keeps what is not yet known to itself. */
export interface ReplayHistory {
  /** The bars of one session, as printed, of all symbols that traded. */
  dailyBars(date: TradingDate): Promise<DailyBar[]>;
  /** Of each symbol its latest bar strictly before the date, however old. */
  latestBarsBefore(date: TradingDate): Promise<DailyBar[]>;
  /** Bars of a minute or more of one session, by symbol and in order of time; empty where there are none. */
  intradayBars(date: TradingDate): Promise<IntradayBar[]>;
  /** Published actions that change the number of shares, with an ex-date in (after, through], of whatever is known. */
  shareActions?(span: { after: TradingDate; through: TradingDate }): Promise<CorporateAction[]>;
  /** Events with `knownAt` in (after, through], in that order. */
  eventsKnown(span: { after: Instant; through: Instant }): Promise<EventRecord[]>;
  /** The tick size, where it is known; the exchange's smallest is taken otherwise. */
  tickSize?(symbol: SymbolName): number | null;
  isIndex?(symbol: SymbolName): boolean;
  /** The option chains that become known in (after, through] of a date, and of each underlying the latest before with contracts that still live. */
  optionChains?(span: { date: TradingDate; after: Instant; through: Instant }): Promise<KnownChain[]>;
  /** Of these underlyings, as known before the date. */
  contractSizes?(of: { date: TradingDate; underlyings: readonly SymbolName[] }): Promise<ReadonlyMap<SymbolName, ContractSizes>>;
}
