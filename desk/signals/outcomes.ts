import type { TradingDate } from '../time.ts';
import type { Comparables, SetUp, SignalModel } from './define.ts';
import type { SymbolSeries } from './series.ts';
import { type Barrier, type Barriers, labelTripleBarrier } from './triple-barrier.ts';
import { normalProbability, wilsonInterval } from './wilson.ts';

/** Fewer set-ups than this say nothing; a wider pool is asked then. */
const LEAST_COMPARABLES = 15;
/** A pool of this many independent set-ups counts as much as the wider one that it is shrunk towards. */
const SHRINKAGE_COUNT = 30;

/** Sums over a pool's outcomes. */
interface Tally { count: number; target: number; stop: number; sum: number; squares: number; days: Set<string> }
const emptyTally = (): Tally => ({ count: 0, target: 0, stop: 0, sum: 0, squares: 0, days: new Set() });

/** What became of one model's earlier set-ups under given barriers, by whose they were and of what kind. */
export interface OutcomePools {
  /**
   * The narrowest pool that is large enough to be shown, and the expected move: the mean of everybody's set-ups, drawn step by step
   * towards that of the kind, the sector and the symbol, each as far as its number carries. Null where all are too few.
   */
  comparables(setUp: { symbol: string; sector: string | null; kind: string }): { comparables: Comparables; edgePercent: number; confidence: number } | null;
  count: number;
}

/** The brackets of a trade that begins at the open after `index`; null where they cannot be placed. */
export function bracketsAt({ bars, features }: SymbolSeries, index: number, { stopAtr, targetAtr, trail }: Barriers) {
  const atr = features.atr14[index]!;
  const entry = bars.open[index + 1]!;
  const stop = entry - stopAtr * atr;
  if (!(atr > 0 && stop > 0)) return null;
  return { entryIndex: index + 1, stop, target: entry + targetAtr * atr, trail: trail && { distance: trail.distanceAtr * atr, activateAt: entry + trail.activateAtr * atr } };
}

/** What became of one earlier set-up. */
export interface LabelledSetUp {
  symbol: string; sector: string | null; kind: string;
  /** The session whose close completed it. */
  index: number;
  /** The trade's first session, and the one whose close ends the horizon: the outcome counts from then on. */
  day: TradingDate; knownOn: TradingDate;
  barrier: Barrier; returnPercent: number;
}

/**
 * Labels every set-up of one symbol that has its whole horizon behind it: leaving out only those that are undecided would favour the
 * quick ones. Set-ups that overlap count once, the first. A horizon that reaches over a break in the prices is left out.
 */
export function labelSetUps({ model, barriers, series, setUps }: { model: SignalModel; barriers: Barriers; series: SymbolSeries; setUps: readonly SetUp[] }): LabelledSetUp[] {
  const found: LabelledSetUp[] = [];
  let busyUntil = -1;
  for (const { index, kind } of setUps) {
    const end = index + model.horizonDays;
    if (end >= series.dates.length || index + 1 <= busyUntil || series.stretchStart[end] !== series.stretchStart[index]) continue;
    const brackets = bracketsAt(series, index, barriers);
    if (!brackets) continue;
    const { barrier, exitIndex, returnPercent } = labelTripleBarrier({ bars: series.bars, ...brackets, horizonSessions: model.horizonDays });
    busyUntil = exitIndex;
    found.push({ symbol: series.symbol, sector: series.sector, kind, index, day: series.dates[index + 1]!, knownOn: series.dates[end]!, barrier, returnPercent });
  }
  return found;
}

/** Pools of all labelled set-ups of a model. */
export function poolOutcomes({ model, barriers, series, setUpsOf }: { model: SignalModel; barriers: Barriers; series: readonly SymbolSeries[]; setUpsOf: (series: SymbolSeries) => readonly SetUp[] }): OutcomePools {
  const pools = emptyPools();
  for (const each of series) for (const labelled of labelSetUps({ model, barriers, series: each, setUps: setUpsOf(each) })) pools.add(labelled);
  return pools;
}

/** Pools to which outcomes are added as they become known. Sessions count once for `independentCount`, since shares move together. */
export function emptyPools(): OutcomePools & { add(outcome: LabelledSetUp): void } {
  const pools = new Map<string, Tally>();
  const addTo = (key: string, { barrier, returnPercent, day }: LabelledSetUp): void => {
    let tally = pools.get(key);
    if (!tally) pools.set(key, (tally = emptyTally()));
    tally.count += 1;
    if (barrier === 'TARGET') tally.target += 1; else if (barrier === 'STOP') tally.stop += 1;
    tally.sum += returnPercent;
    tally.squares += returnPercent * returnPercent;
    tally.days.add(day);
  };
  return {
    add(outcome) {
      for (const key of keysOf(outcome, outcome.kind)) addTo(key, outcome);
      addTo(everything, outcome);
    },
    get count() { return pools.get(everything)?.count ?? 0; },
    comparables(setUp) {
      const [own = '', ofSector = '', ofKind = ''] = keysOf(setUp, setUp.kind);
      const nested = [['all', everything], ['all', ofKind], ...(setUp.sector === null ? [] : [['sector', ofSector] as const]), ['symbol', own]] as const;
      // What is known of nobody's set-ups in particular is that trades earn nothing; each narrower pool then speaks for itself.
      let edgePercent = 0;
      let narrowest: { pool: Comparables['pool']; tally: Tally } | null = null;
      for (const [pool, key] of nested) {
        const tally = pools.get(key);
        if (!tally) continue;
        edgePercent = shrunk(tally, edgePercent);
        if (tally.count >= LEAST_COMPARABLES) narrowest = { pool, tally };
      }
      return narrowest && { edgePercent, ...summary(narrowest.pool, narrowest.tally, edgePercent) };
    },
  };
}

const everything = '*';
const keysOf = ({ symbol, sector }: { symbol: string; sector: string | null }, kind: string): string[] => [`symbol\n${symbol}\n${kind}`, `sector\n${sector ?? symbol}\n${kind}`, `all\n${kind}`];

/** `(n × mean + 30 × wider) / (n + 30)`, n the independent set-ups: a mean of few trades is mostly luck. */
const shrunk = ({ sum, count, days }: Tally, wider: number): number => (days.size * (sum / count) + SHRINKAGE_COUNT * wider) / (days.size + SHRINKAGE_COUNT);

function summary(pool: Comparables['pool'], { count, target, stop, sum, squares, days }: Tally, edgePercent: number): { comparables: Comparables; confidence: number } {
  const meanPercent = sum / count;
  const deviationPercent = Math.sqrt(Math.max(0, (squares - count * meanPercent * meanPercent) / (count - 1)));
  const { low, high } = wilsonInterval(target / count, days.size);
  return {
    // Chance that the mean of such trades is above zero: normal around the edge, with the pool's spread.
    confidence: deviationPercent > 0 ? normalProbability((edgePercent * Math.sqrt(days.size)) / deviationPercent) : edgePercent > 0 ? 1 : 0,
    comparables: { pool, count, independentCount: days.size, targetFirst: target / count, stopFirst: stop / count, targetFirstLow: low, targetFirstHigh: high, meanPercent, deviationPercent },
  };
}
