import { epochMs, type Instant, type TradingDate } from '../time.ts';
import type { SignalEvent, SignalModel } from './define.ts';
import { type Judgeable, metaLabels } from './meta-label.ts';
import { emptyPools, type LabelledSetUp, labelSetUps } from './outcomes.ts';
import { eventsBySymbol } from './scan.ts';
import type { SymbolSeries } from './series.ts';
import type { Barriers } from './triple-barrier.ts';

const HOUR_MS = 3_600_000;

/** How far the desk would have trusted a past set-up at the open that followed it, and what came of it. */
export interface ScoredSetUp {
  score: number;
  /** The target came before stop, raised stop and time. */
  reached: boolean;
  /** The trade's first session, and the one whose close told the outcome. */
  day: TradingDate; knownOn: TradingDate;
}

/**
 * Goes through history session by session and scores each set-up by the second opinion (`meta-label.ts`) on what was known at the open that
 * followed it: outcomes that had their horizon behind them, events told by then, that open as the price; there is no spread, so turnover alone
 * stands for liquidity. Sessions on which nobody's volatility regime can be told are left out, and so is what the second opinion rules out (0).
 * In the order of `day`.
 */
export function pastScores({ series, events, barriers, models, freshHours, opensAt, sizes = sectorSizesByDate(series) }: {
  series: readonly SymbolSeries[]; events: readonly SignalEvent[]; barriers: Barriers; models: readonly SignalModel[]; freshHours: number; opensAt: (date: TradingDate) => Instant;
  /** Handed in where the same series are gone through several times. */
  sizes?: ReadonlyMap<TradingDate, ReadonlyMap<string, number>>;
}): ScoredSetUp[] {
  const eventsOf = eventsBySymbol(events);
  const bySymbol = new Map(series.map((each) => [each.symbol, each]));
  const scored: ScoredSetUp[] = [];
  const adverse = events.filter(({ stance, priority }) => stance === 'BEARISH' && priority !== 'LOW').sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));
  for (const model of models) {
    const outcomes: (LabelledSetUp & { event: SignalEvent | null })[] = [];
    for (const each of series) {
      const setUps = model.setUps(each, eventsOf.get(each.symbol) ?? []);
      const eventAt = new Map(setUps.map(({ index, kind, event }) => [`${index}\n${kind}`, event]));
      for (const labelled of labelSetUps({ model, barriers, series: each, setUps })) outcomes.push({ ...labelled, event: eventAt.get(`${labelled.index}\n${labelled.kind}`) ?? null });
    }
    const asKnown = outcomes.toSorted((a, b) => (a.knownOn < b.knownOn ? -1 : a.knownOn > b.knownOn ? 1 : 0));
    const pools = emptyPools();
    let known = 0;
    const days = [...Map.groupBy(outcomes, ({ day }) => day)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [day, begun] of days) {
      // At this open the last session that is over is the one before.
      for (let next = asKnown[known]; next && next.knownOn < day; next = asKnown[known]) { pools.add(next); known += 1; }
      const asOf = opensAt(day);
      const found = begun.flatMap((outcome) => { const signal = judgeable(bySymbol.get(outcome.symbol), outcome, { model, pools }); return signal ? [{ outcome, ...signal }] : []; });
      if (found.length === 0 || found.every(({ signal }) => signal.features.volatilityRegime === null)) continue;
      const opens = new Map(found.map(({ signal, open }) => [signal.symbol, open]));
      const labels = metaLabels({
        signals: found.map(({ signal }) => signal), quotes: (symbol) => { const last = opens.get(symbol); return last === undefined ? null : { bid: Number.NaN, ask: Number.NaN, last }; },
        events: within(adverse, { from: epochMs(asOf) - freshHours * HOUR_MS, to: asOf }), sectorSizes: sizes.get(found[0]!.session) ?? new Map(), asOf, freshHours,
      });
      for (const [i, { outcome: { barrier, knownOn } }] of found.entries()) {
        const { trust } = labels[i]!;
        if (trust > 0) scored.push({ score: trust, reached: barrier === 'TARGET', day, knownOn });
      }
    }
  }
  return scored.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.score - b.score));
}

function judgeable(series: SymbolSeries | undefined, { symbol, sector, kind, index, event }: LabelledSetUp & { event: SignalEvent | null }, { model, pools }: { model: SignalModel; pools: ReturnType<typeof emptyPools> }): { signal: Judgeable; open: number; session: TradingDate } | null {
  const outcome = pools.comparables({ symbol, sector, kind });
  const atr14 = series?.features.atr14[index] ?? Number.NaN;
  if (!series || !outcome || !(atr14 > 0)) return null;
  const rsi14 = series.features.rsi14[index]!;
  const { volatilityRegime, liquidityRegime } = series.regimes[index]!;
  const features = { close: series.bars.close[index]!, rsi14: Number.isNaN(rsi14) ? null : rsi14, volatilityRegime, liquidityRegime };
  const { edgePercent, confidence, comparables } = outcome;
  return { signal: { symbol, sector, strategy: model.strategy, edgePercent, confidence, comparables, atr14, event, features }, open: series.bars.open[index + 1]!, session: series.dates[index]! };
}

/** How many shares of each sector traded on each session. */
export function sectorSizesByDate(series: readonly SymbolSeries[]): Map<TradingDate, Map<string, number>> {
  const sizes = new Map<TradingDate, Map<string, number>>();
  for (const { sector, dates } of series) {
    if (sector === null) continue;
    for (const date of dates) {
      let ofDate = sizes.get(date);
      if (!ofDate) sizes.set(date, (ofDate = new Map()));
      ofDate.set(sector, (ofDate.get(sector) ?? 0) + 1);
    }
  }
  return sizes;
}

/** Those of an ascending list that were known in [from, to]. */
function within(events: readonly SignalEvent[], { from, to }: { from: number; to: Instant }): SignalEvent[] {
  let [low, high] = [0, events.length];
  while (low < high) { const middle = (low + high) >> 1; if (epochMs(events[middle]!.knownAt) < from) low = middle + 1; else high = middle; }
  const found: SignalEvent[] = [];
  for (let i = low; i < events.length && events[i]!.knownAt <= to; i++) found.push(events[i]!);
  return found;
}
