import { formatChange } from '../format.ts';
import { strategyRule } from '../gates/rules/strategy-regimes.ts';
import type { FeatureSet, LiquidityRegime, Quote } from '../market/types.ts';
import { epochMs, type Instant } from '../time.ts';
import type { Signal, SignalEvent } from './define.ts';

/** What of a signal and of a quote the second opinion reads; a past set-up has no more. */
export type Judgeable = Pick<Signal, 'symbol' | 'sector' | 'strategy' | 'edgePercent' | 'confidence' | 'comparables' | 'atr14' | 'event'> & { features: Pick<FeatureSet, 'close' | 'rsi14' | 'volatilityRegime' | 'liquidityRegime'> };
export type SeenQuote = Pick<Quote, 'bid' | 'ask' | 'last'>;

/** Scores are 0–1, 1 the best; a missing value scores as it is said at each. */
export interface MetaLabel {
  isTrustworthy: boolean;
  /** The five together, 0–1. */
  trust: number;
  qualityScore: number;
  regimeScore: number;
  liquidityScore: number;
  crowdingScore: number;
  timingScore: number;
  /** One sentence: what holds it down most, or that nothing does. */
  rationale: string;
  modelVersion: string;
}

const version = 'meta-label-1';
/** Weighted geometric mean: one score of zero is no trust at all, whatever the others say. */
const weights = { qualityScore: 0.4, regimeScore: 0.15, liquidityScore: 0.15, crowdingScore: 0.15, timingScore: 0.15 } as const;
type Score = keyof typeof weights;
const LEAST_TRUST = 0.6;
/** As many independent set-ups as this make a sample worth half. */
const HALF_SAMPLE = 15;
const liquidityScores: Record<LiquidityRegime, number> = { HIGH: 1, MEDIUM: 0.8, LOW: 0.2 };
/** Nothing is known: neither a recommendation nor a veto. */
const UNKNOWN = 0.5;
const HOUR_MS = 3_600_000;

const words: Record<Score, string> = {
  qualityScore: 'similar set-ups paid too seldom, or are too few', regimeScore: 'the strategy does not suit the volatility', liquidityScore: 'the share trades thinly',
  crowdingScore: 'the whole sector shows the same set-up', timingScore: 'the price has moved on, or other news speaks against it',
};

const clamp = (score: number): number => Math.min(1, Math.max(0, score));

/** Confidence of the comparables, less for small samples: `confidence × n / (n + 15)`; none where the expected move is not up. */
const quality = ({ edgePercent, confidence, comparables }: Judgeable): number => (edgePercent > 0 ? clamp((confidence * comparables.independentCount) / (comparables.independentCount + HALF_SAMPLE)) : 0);

/** 1 where the strategy belongs into the volatility (the gates' own table), 0 where it does not. */
function regime({ strategy, features: { volatilityRegime } }: Judgeable): number {
  const rule = strategyRule(strategy);
  return rule === undefined || volatilityRegime === null ? UNKNOWN : rule.volatility.includes(volatilityRegime) ? 1 : 0;
}

/** By turnover, less the spread: a spread of one percent takes all of it. Without a quote the turnover alone. */
function liquidity({ features: { liquidityRegime } }: Judgeable, quote: SeenQuote | null): number {
  const turnover = liquidityRegime === null ? UNKNOWN : liquidityScores[liquidityRegime];
  if (!quote || !(quote.bid > 0) || !(quote.ask >= quote.bid)) return turnover;
  const spreadPercent = ((quote.ask - quote.bid) * 200) / (quote.ask + quote.bid);
  return clamp(turnover * (1 - spreadPercent));
}

/** `1 − ½ × share` of the sector with the same set-up, and less again when RSI is above 70. Outside a sector nobody is counted. */
function crowding(signal: Judgeable, { inSector, ofSector }: { inSector: number; ofSector: number }): number {
  const stretched = Math.max(0, (signal.features.rsi14 ?? 50) - 70) / 30;
  const share = signal.sector === null || ofSector < 2 ? 0 : (inSector - 1) / (ofSector - 1);
  return clamp((1 - 0.5 * share) * (1 - 0.5 * stretched));
}

/**
 * How near the price still is to where the set-up stood: 1 at its close, 0 two average true ranges away on either side. An event
 * fades to half over its life. A fresh event against the share leaves nothing.
 */
function timing(signal: Judgeable, { quote, against, asOf, freshHours }: { quote: SeenQuote | null; against: boolean; asOf: Instant; freshHours: number }): number {
  if (against) return 0;
  const near = quote ? clamp(1 - Math.abs(quote.last - signal.features.close) / (2 * signal.atr14)) : UNKNOWN;
  if (!signal.event) return near;
  // News moves the price at once; what counts is that it is news.
  const ageHours = (epochMs(asOf) - epochMs(signal.event.knownAt)) / HOUR_MS;
  return clamp(Math.sqrt(near) * (1 - 0.5 * (ageHours / freshHours)));
}

/**
 * Whether a signal deserves money: a second opinion on the first model (López de Prado 2018, chapter 3.6), by rules until enough
 * closed trades exist to learn from. `among` are all signals of the same scan, whatever part of it is asked about: a crowd is one whoever
 * looks; `sectorSizes` counts the symbols that were looked at.
 */
export function metaLabels({ signals, among = signals, quotes, events, sectorSizes, asOf, freshHours, freshHoursOf = () => freshHours }: {
  signals: readonly Judgeable[]; among?: readonly Judgeable[]; quotes: (symbol: string) => SeenQuote | null; events: readonly SignalEvent[]; sectorSizes: ReadonlyMap<string, number>; asOf: Instant; freshHours: number;
  /** For one event, where its playbook differs. */
  freshHoursOf?: (event: SignalEvent) => number;
}): MetaLabel[] {
  const oldest = epochMs(asOf) - freshHours * HOUR_MS;
  const against = new Map<string, string>();
  for (const event of events) if (event.stance === 'BEARISH' && event.priority !== 'LOW' && epochMs(event.knownAt) >= oldest) for (const symbol of event.symbols) against.set(symbol, event.eventType);
  const alike = new Map<string, number>();
  const key = ({ sector, strategy }: Judgeable): string => `${sector ?? ''}\n${strategy}`;
  for (const signal of among) alike.set(key(signal), (alike.get(key(signal)) ?? 0) + 1);
  return signals.map((signal) => {
    const quote = quotes(signal.symbol);
    const scores: Record<Score, number> = {
      qualityScore: quality(signal), regimeScore: regime(signal), liquidityScore: liquidity(signal, quote),
      crowdingScore: crowding(signal, { inSector: alike.get(key(signal)) ?? 1, ofSector: sectorSizes.get(signal.sector ?? '') ?? 0 }),
      timingScore: timing(signal, { quote, against: against.has(signal.symbol), asOf, freshHours: signal.event ? freshHoursOf(signal.event) : freshHours }),
    };
    const names = Object.keys(weights) as Score[];
    const trust = names.reduce((product, name) => product * scores[name] ** weights[name], 1);
    // What pulls the mean down most: the score with the largest weighted shortfall.
    const weakest = names.reduce((worst, name) => (scores[name] ** weights[name] < scores[worst] ** weights[worst] ? name : worst));
    const isTrustworthy = trust >= LEAST_TRUST;
    const rationale = isTrustworthy ? `trusted at ${trust.toFixed(2)}`
      : !(signal.edgePercent > 0) ? `similar set-ups do not pay: ${formatChange(signal.edgePercent)} expected`
        : trust > 0 ? `trusted at ${trust.toFixed(2)} only: ${words[weakest]}` : words[weakest];
    return { isTrustworthy, trust, ...scores, modelVersion: version, rationale };
  });
}
