import type { MandateTerms, Side, SwitchType } from '../actions/types.ts';
import type { Decimal, Minor } from '../decimal.ts';
import type { LateAdjustmentFacts } from '../execution/late-adjustment.ts';
import type { PartedFacts } from '../execution/parted-shares.ts';
import type { LiquidityRegime, Quote, SymbolName, VolatilityRegime } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';

/** A value with where it came from and when it was known, or the plain statement that it is missing. Missing is never zero. */
export type Fact<T> =
  | { known: true; value: T; source: string; asOf: Instant }
  | { known: false; reason: string };

export const known = <T>(value: T, source: string, asOf: Instant): Fact<T> => ({ known: true, value, source, asOf });
export const missing = (reason: string): { known: false; reason: string } => ({ known: false, reason });

export interface QuoteFact { last: number; bid: number; ask: number; /** Null: nobody knows it. */ previousClose: number | null; spreadFrom: Quote['spreadFrom']; /** Of a stored price: whether it is of the newest session there is; false: another one has opened since. */ stands?: boolean }
export interface SessionFact {
  open: boolean; tradingDay: boolean; opensAt: Instant | null; closesAt: Instant | null; nextOpen: Instant | null; reason: string;
  /** An order given while the exchange is closed waits for the next open (daily-only replay, after-market orders). Absent: it doesn't. */
  queuesForOpen?: boolean;
}

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
  /** Listed corporate events within the blackout on either side of today (those past: `tradingDaysAway` below zero); `covered` false: nobody knows. */
  scheduledEvents: { covered: boolean; coverageNote: string; events: { date: TradingDate; kind: string; purpose: string; tradingDaysAway: number }[] };
  banned: Fact<boolean>;
  /** How options on it end; absent: not known. */
  settles?: 'CASH' | 'PHYSICAL';
}

export interface PositionFacts {
  positionId: string; accountId: string; symbol: SymbolName; sector: string | null;
  /** Signed: short positions are negative. */
  quantity: number; averagePrice: number; last: number | null; stop: number | null;
  /** Loss at the stop (or the whole value without one), in minor units. */
  openRiskMinor: Minor;
  /** Distance of the trailing rule in force, null without one; absent when nobody said. */
  trailDistance?: number | null;
  /** Where it was opened and how, for orders that leave it. */
  exchange?: 'NSE' | 'BSE' | 'US'; product?: 'DELIVERY' | 'INTRADAY';
}

export interface OpenOrderFacts {
  orderId: string; accountId: string; symbol: SymbolName; side: Side; remainingQuantity: number; price: number | null;
  category: 'ENTRY' | 'EXIT' | 'STOP_LOSS' | 'TAKE_PROFIT' | 'TRAIL'; clientOrderId: string;
  /** Of its symbol, for exposure; absent or null: counted in a sector of its own unless `instruments` knows better. */
  sector?: string | null;
  /** The stop that will protect an entry once it fills; absent: not known. */
  stop?: number | null;
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
  /** Net long or short value against equity; absent: gross alone limits. */
  maxNetPercent?: number;
  /** Of the sending account, after and by a transfer; absent: 10 % and 20 %. */
  transferMinBufferPercent?: number; transferMaxLoanPercent?: number;
  /** Checks whose warnings are refusals on this desk, for whatever adds exposure; absent: none. */
  blockOnWarning?: readonly string[];
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
  /** What the verdict is for: a proposal, a pressed confirmation, a tranche of a confirmed plan. Absent: a proposal. */
  phase?: 'propose' | 'confirm' | 'tranche';
  /** Whom it is done for: who proposed, at `confirm` who pressed. */
  person: Fact<{ personId: string; role: 'owner' | 'trader' | 'viewer'; canView: boolean; canPropose: boolean; canConfirm: boolean }>;
  account: Fact<{ accountId: string; name: string; type: string; status: 'ACTIVE' | 'PAUSED' | 'CLOSED'; mode: 'paper' | 'live'; broker: string; baseCurrency: 'INR' | 'USD'; liveArmedUntil: Instant | null }>;
  /** From the ledger. `deployable`: cash less reservations (open entries, buffer). `equity`: cash plus positions at last. */
  /** `deployableMinor` is net of `reservedMinor`, which holds what waits at the broker and what `committed` lists. */
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
  /**
   * Confirmed or cleared actions whose orders are not at the broker yet, so that two at once cannot both fit the last room.
   * Never the action that is being judged. One that leaves a position has `exitQuantity` and takes no room.
   */
  committed: { actionId: string; symbol: SymbolName; sector: string | null; valueMinor: Minor; riskMinor: Minor; exitQuantity?: number }[];
  /** Of this account, without the action that is being judged. */
  recentActions: { actionId: string; digest: string; state: string; secondsAgo: number }[];
  orderRate: Fact<{ lastSecond: number; lastMinute: number }>;
  brokerReachable: Fact<boolean>;
  catalyst: Fact<{ eventId: string; happenedAt: Instant; knownAt: Instant; ageHours: number; staleHours: number | null }> | null;
  similarSetups: Fact<{ count: number; lost: number }>;
  /** Estimated charges of the order as sized, both ways, from the dated table. */
  estimatedChargesMinor: Fact<Minor>;
  /** The quantity those charges are for (sets, for an option structure); absent: they are taken as they stand. */
  chargesQuantity?: number;
  /** Estimated charges of half that quantity, a quarter of it and so on, largest first: what a smaller order would be charged at most. */
  chargesOfSmaller?: readonly (readonly [quantity: number, chargesMinor: Minor])[];
  /** Coming trading days of the exchange from `marketDate` on, for "earliest day" answers; absent or short: no day is named. */
  tradingDays?: readonly TradingDate[];
  /** How the account has recovered since a switch tripped (C11); absent: not known. */
  recovery?: Fact<{ drawdownPercent: number | null; consecutiveWins: number | null; sharpe7d: number | null }>;
  /** What decides whether a late split, bonus or dividend can be worked in; absent for every other action. */
  lateAdjustment?: Fact<LateAdjustmentFacts>;
  /** What decides whether the shares of a parted company can be credited; absent for every other action. */
  partedShares?: Fact<PartedFacts>;
}
