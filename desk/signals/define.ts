import type { EventRecord, EventType, FeatureSet, Exchange, SymbolName } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';
import type { SymbolSeries } from './series.ts';
import type { Barriers } from './triple-barrier.ts';

export type SignalStrategy = 'momentum' | 'breakout' | 'mean_reversion' | 'event_driven';

/** An event as the models see it: what it is and which way it points, none of its words. */
export interface SignalEvent {
  id: string;
  source: string;
  eventType: EventType;
  priority: EventRecord['priority'];
  stance: 'BULLISH' | 'BEARISH';
  symbols: readonly SymbolName[];
  knownAt: Instant;
}

/** A moment at which a rule holds. The trade begins at the open of the session after `index`. */
export interface SetUp {
  /** The last session that the rule read. */
  index: number;
  /** Set-ups are compared within one kind: the event's type, or the strategy. */
  kind: string;
  event: SignalEvent | null;
}

/**
 * A rule as a value. Adding one is a file in `models/` and a line in `models.ts`. `setUps` gives those of the whole series in
 * ascending order; whether a session is one depends on that session and earlier ones, and on events known before the next open.
 * `events` are of this symbol, bullish, in the order of `knownAt`.
 */
export interface SignalModel {
  strategy: SignalStrategy;
  version: string;
  /** Sessions after which the trade is closed whatever came of it. */
  horizonDays: number;
  setUps(series: SymbolSeries, events: readonly SignalEvent[]): SetUp[];
  /** What price and volume did, in one clause with figures, as of the set-up's session. */
  fact(series: SymbolSeries, index: number): string;
}
export const defineSignalModel = (model: SignalModel): SignalModel => Object.freeze(model);

/** What earlier set-ups of the kind came to under the same barriers. */
export interface Comparables {
  /** Whose: the symbol's own, its sector's, or everybody's. */
  pool: 'symbol' | 'sector' | 'all';
  /** Set-ups, no two of one symbol at the same time. */
  count: number;
  /** Sessions on which they began: shares move together, so this many say something of their own. */
  independentCount: number;
  /** 0–1: reached the target first, the first stop first. */
  targetFirst: number;
  stopFirst: number;
  /** Wilson's 95 % interval of `targetFirst`, over the independent ones. */
  targetFirstLow: number;
  targetFirstHigh: number;
  /** Percent a trade, before charges. */
  meanPercent: number;
  deviationPercent: number;
}

export interface ThesisBullet { text: string; evidenceId: string | null; evidenceKind: 'event' | 'feature' | 'bars' | 'outcome' }

/** A reason to trade, with what similar reasons came to. The same whoever's account it is for, but for the barriers. */
export interface Signal {
  symbol: SymbolName;
  exchange: Exchange;
  sector: string | null;
  strategy: SignalStrategy;
  /** Delivery shares cannot be sold short, so nothing else for now. */
  direction: 'LONG';
  /** The last session that went in. */
  asOf: TradingDate;
  features: FeatureSet;
  /** In price units, of `features`; the barriers' measure. */
  atr14: number;
  barriers: Barriers;
  horizonDays: number;
  /** Expected move of a trade, percent, before charges: the pool's mean, shrunk (see `outcomes.ts`). */
  edgePercent: number;
  /** 0–1: the chance, given the pool, that such trades pay at all. */
  confidence: number;
  tpProbability: number;
  slProbability: number;
  comparables: Comparables;
  thesisBullets: ThesisBullet[];
  event: SignalEvent | null;
  /** After this moment the set-up is history. */
  expiresAt: Instant;
  modelVersion: string;
}
