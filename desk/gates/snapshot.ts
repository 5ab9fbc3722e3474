import type { MandateTerms, Side, SwitchType } from '../actions/types.ts';
import type { Decimal, Minor } from '../decimal.ts';
import type { LiquidityRegime, SymbolName, VolatilityRegime } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';

/** A value with where it came from and when it was known, or the plain statement that it is missing. Missing is never zero. */
export type Fact<T> =
  | { known: true; value: T; source: string; asOf: Instant }
  | { known: false; reason: string };

export const known = <T>(value: T, source: string, asOf: Instant): Fact<T> => ({ known: true, value, source, asOf });
export const missing = (reason: string): { known: false; reason: string } => ({ known: false, reason });

export interface QuoteFact { last: number; bid: number; ask: number; previousClose: number; spreadFrom: 'book' | 'bars' }
export interface SessionFact { open: boolean; tradingDay: boolean; opensAt: Instant | null; closesAt: Instant | null; nextOpen: Instant | null; reason: string }

/** What is known of one instrument that the action touches. */
export interface InstrumentFacts {
  symbol: SymbolName;
  lotSize: number; tickSize: Decimal;
  freezeQuantity: number | null;
  priceBand: Fact<{ low: number; high: number }>;
  sector: Fact<string>;
  marketCap: Fact<number>;
  quote: Fact<QuoteFact>;
  /** 20-session average of shares traded. */
  averageDailyVolume20: Fact<number>;
  regime: Fact<{ volatility: VolatilityRegime; liquidity: LiquidityRegime }>;
  /** Listed corporate events, at least from today to the blackout's end; `covered` false: nobody knows. */
  scheduledEvents: { covered: boolean; coverageNote: string; events: { date: TradingDate; kind: string; purpose: string; tradingDaysAway: number }[] };
  banned: Fact<boolean>;
}

export interface PositionFacts {
  positionId: string; accountId: string; symbol: SymbolName; sector: string | null;
  /** Signed: short positions are negative. */
  quantity: number; averagePrice: number; last: number | null; stop: number | null;
  /** Loss at the stop (or the whole value without one), in minor units. */
  openRiskMinor: Minor;
}

export interface OpenOrderFacts {
  orderId: string; accountId: string; symbol: SymbolName; side: Side; remainingQuantity: number; price: number | null;
  category: 'ENTRY' | 'EXIT' | 'STOP_LOSS' | 'TAKE_PROFIT' | 'TRAIL'; clientOrderId: string;
}

export type DeskState = 'ACTIVE' | 'REDUCING' | 'HALTED';
export interface SwitchFacts {
  desk: DeskState; account: DeskState; deskReason: string | null; accountReason: string | null;
  /** The kill file that works without server and database. */
  killFile: { state: 'ABSENT' } | { state: 'HALTED'; reason: string } | { state: 'MALFORMED' };
  tripped: { type: SwitchType; scope: 'desk' | 'account'; value: number | null; at: Instant }[];
}

/** The limits of the day, as configured when the snapshot was taken. Ratios are fractions, percentages numbers like 1.5. */
export interface LimitFacts {
  advLookbackDays: number; advMaxRatio: number; maxSpreadPercent: number;
  eventBlackoutDays: number; catalystFreshnessHours: number; maxSectorExposure: number;
  maxSingleNamePercent: number; maxGrossPercent: number; maxClusterPercent: number;
  fatFingerPercent: number; quoteMaxAgeSeconds: number; duplicateWindowSeconds: number;
  ordersPerSecond: number; ordersPerMinute: number;
  optionsTradingEnabled: boolean; optionsMaxRiskMinor: Minor; liveTrading: boolean; fourEyesMinor: Minor | null;
}

/**
 * All that the gates read, taken once. Checks are pure functions of it: the same snapshot gives the same verdict for ever.
 * `takenAt` and whatever concerns confirmation is on the wall clock, `marketTime` on the feed's.
 */
export interface GateSnapshot {
  schema: 1;
  takenAt: Instant; marketTime: Instant; marketDate: TradingDate;
  world: { kind: 'sim' | 'replay' | 'live'; label: string };
  policyVersion: string;
  person: Fact<{ personId: string; role: 'owner' | 'trader' | 'viewer'; canView: boolean; canPropose: boolean; canConfirm: boolean }>;
  account: Fact<{ accountId: string; name: string; type: string; status: 'ACTIVE' | 'PAUSED' | 'CLOSED'; mode: 'paper' | 'live'; broker: string; baseCurrency: 'INR' | 'USD'; liveArmedUntil: Instant | null }>;
  /** From the ledger. `deployable`: cash less reservations (open entries, buffer). `equity`: cash plus positions at last. */
  balances: Fact<{ cashMinor: Minor; reservedMinor: Minor; deployableMinor: Minor; equityMinor: Minor }>;
  mandate: Fact<MandateTerms & { version: number }>;
  limits: LimitFacts;
  switches: SwitchFacts;
  session: Fact<SessionFact>;
  instruments: Record<SymbolName, InstrumentFacts>;
  positions: Fact<PositionFacts[]>;
  openOrders: Fact<OpenOrderFacts[]>;
  /** Symbols that move together with the action's symbol (own history), for the cluster limit. */
  correlatedWith: Fact<SymbolName[]>;
  /** Confirmed or cleared actions whose orders are not filled yet, so that two at once cannot both fit the last room. */
  committed: { actionId: string; symbol: SymbolName; sector: string | null; valueMinor: Minor; riskMinor: Minor }[];
  recentActions: { actionId: string; digest: string; state: string; secondsAgo: number }[];
  orderRate: Fact<{ lastSecond: number; lastMinute: number }>;
  brokerReachable: Fact<boolean>;
  catalyst: Fact<{ eventId: string; happenedAt: Instant; knownAt: Instant; ageHours: number; staleHours: number | null }> | null;
  similarSetups: Fact<{ count: number; lost: number }>;
  /** Estimated charges of the order as sized, both ways, from the dated table. */
  estimatedChargesMinor: Fact<Minor>;
}
