import type { CalendarDay, CorporateAction, DailyBar, EventRecord, IntradayBar, Quote, ScheduledEvent, SymbolName, SymbolRecord } from '../desk/market/types.ts';
import type { ListedContract } from '../desk/options/contract-symbol.ts';
import type { ChainSnapshot, PricedContract } from '../desk/options/stored-chain.ts';
import type { Deal, FundNav, InsiderTrade, InstitutionalFlow, ParticipantPosition, SeriesPoint } from '../desk/market/published-facts.ts';
import type { Instant, TradingDate } from '../desk/time.ts';

/** One thing that came in. Every fact carries when it happened and when it was known. */
export type FeedRecord =
  | { type: 'daily_bar'; bar: DailyBar; knownAt: Instant; source: string }
  | { type: 'intraday_bar'; bar: IntradayBar; knownAt: Instant; source: string }
  | { type: 'quote'; quote: Quote }
  | { type: 'symbol'; symbol: SymbolRecord; knownAt: Instant; source: string }
  | { type: 'event'; event: EventRecord }
  | { type: 'calendar_day'; day: CalendarDay; knownAt: Instant; source: string }
  | { type: 'scheduled_event'; event: ScheduledEvent; source: string }
  | { type: 'corporate_action'; action: CorporateAction; source: string }
  | { type: 'index_member'; member: IndexMember; knownAt: Instant; source: string }
  | { type: 'trading_rule'; rule: TradingRule; knownAt: Instant; source: string }
  /** One underlying's options at a moment; `comparableVolatility` is that at the forward, a month out. */
  | { type: 'option_chain'; snapshot: ChainSnapshot; contracts: PricedContract[]; comparableVolatility: number | null; knownAt: Instant; source: string }
  | { type: 'institutional_flow'; flow: InstitutionalFlow; knownAt: Instant; source: string }
  | { type: 'participant_position'; position: ParticipantPosition; knownAt: Instant; source: string }
  | { type: 'deal'; deal: Deal; knownAt: Instant; source: string }
  | { type: 'insider_trade'; trade: InsiderTrade; knownAt: Instant; source: string }
  | { type: 'policy_text'; policy: PolicyText; knownAt: Instant; source: string }
  | { type: 'fund_nav'; fund: FundNav; knownAt: Instant; source: string }
  | { type: 'series_point'; point: SeriesPoint; knownAt: Instant; source: string }
  | { type: 'foreign_bar'; exchange: 'US'; bar: DailyBar; knownAt: Instant; source: string };

export type Institution = 'RBI' | 'SEBI' | 'PIB' | 'FED';
/** What a central bank, regulator or government put out: the event that people search for, with the whole text. */
export interface PolicyText { institution: Institution; kind: 'MINUTES' | 'PRESS_RELEASE'; event: EventRecord; text: string }

/**
 * A dated fact about a symbol that its source restates from time to time. It holds from `validFrom` until the next one
 * of the same symbol and rule. `value` is text: a percentage (`20`, `NONE` for no band), a count, a sector, a stage.
 */
export interface TradingRule {
  symbol: SymbolName;
  /** `MARKET_LOT` and `FREEZE_QUANTITY` are of the derivatives contract, in units of the underlying. */
  rule: 'PRICE_BAND_PERCENT' | 'MARKET_LOT' | 'FREEZE_QUANTITY' | 'SURVEILLANCE' | 'SECTOR';
  validFrom: TradingDate;
  value: string;
}

/** That an index's list of constituents of a day names a share; a later list holds in its place, so that who is not in it has left. */
export interface IndexMember { index: string; listedOn: TradingDate; symbol: SymbolName }

/** The desk's market: what the time is there, what a symbol trades at, and what happens next. */
export interface MarketFeed {
  readonly name: string;
  /** What every screen says: `SIMULATED`, `REPLAY 3 Jun 2024`, `LIVE`. */
  label(): string;
  readonly kind: 'sim' | 'replay' | 'live';
  /** The feed's time; it stands still while the process is down. */
  now(): Instant;
  quote(symbol: string): Quote | null;
  /** The options on an underlying now, where the feed tells them as it goes; null: none are listed. */
  chain?(underlying: string): ChainSnapshot | null;
  /** How a contract by this name is traded; null where none is listed. */
  contract?(symbol: string): ListedContract | null;
  start(sink: FeedSink): Promise<void>;
  stop(): Promise<void>;
  /** Moves feed time by hand, where the feed can (tests, frozen replays). */
  advance?(milliseconds: number): Promise<void>;
}
export interface FeedSink {
  records(batch: FeedRecord[]): Promise<void>;
  /** Feed time has moved; called at least once a second while running. */
  tick(now: Instant): Promise<void>;
}
