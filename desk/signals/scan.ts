import { epochMs, plusMs, type Instant, type TradingDate, type Zone } from '../time.ts';
import type { Signal, SignalEvent, SignalModel } from './define.ts';
import { signalModels } from './models.ts';
import { poolOutcomes } from './outcomes.ts';
import type { SymbolSeries } from './series.ts';
import { thesisOf } from './thesis.ts';
import type { Barriers } from './triple-barrier.ts';

const HOUR_MS = 3_600_000;

export interface ScanInput {
  /** Prepared as of `asOf`. Symbols whose last session is not `session` give outcomes, but no signals: they are not trading. */
  series: readonly SymbolSeries[];
  /** The market's last completed session. */
  session: TradingDate;
  /** With a direction; older ones serve for comparison, those not known at `asOf` are not read. */
  events: readonly SignalEvent[];
  barriers: Barriers;
  asOf: Instant;
  zone: Zone;
  /** An older event is no longer news; `freshHoursOf` says it for one event where its playbook differs. */
  freshHours: number;
  freshHoursOf?(event: SignalEvent): number;
  /** When a set-up of `session` is history: the close of the next one. */
  expiresAt: Instant;
  models?: readonly SignalModel[];
}

export interface Scan {
  /** By symbol, then strategy. */
  signals: Signal[];
  /** Set-ups of today that have too few comparable ones for any estimate. */
  withoutHistory: { symbol: string; strategy: string }[];
}

/**
 * Every set-up that stands at `asOf`, with what earlier ones of its kind came to under the same barriers. Pure and point in time:
 * nothing later than `asOf` is in the input, and no set-up reads beyond its own session.
 */
export function scanSignals({ series, session, events, barriers, asOf, zone, freshHours, expiresAt, freshHoursOf = () => freshHours, models = signalModels }: ScanInput): Scan {
  const eventsOf = eventsBySymbol(events.filter(({ knownAt }) => knownAt <= asOf));
  const scan: Scan = { signals: [], withoutHistory: [] };
  for (const model of models) {
    const setUps = new Map(series.map((each) => [each, model.setUps(each, eventsOf.get(each.symbol) ?? [])]));
    const pools = poolOutcomes({ model, barriers, series, setUpsOf: (each) => setUps.get(each) ?? [] });
    for (const [each, found] of setUps) {
      const last = each.dates.length - 1;
      if (each.dates[last] !== session) continue;
      // Of several fresh events the latest speaks.
      const today = found.findLast(({ index, event }) => index === last && (event === null || epochMs(asOf) - epochMs(event.knownAt) <= freshHoursOf(event) * HOUR_MS));
      const atr14 = each.latest.atr14;
      if (!today || atr14 === null || !(atr14 > 0)) continue;
      const outcome = pools.comparables({ symbol: each.symbol, sector: each.sector, kind: today.kind });
      if (!outcome) { scan.withoutHistory.push({ symbol: each.symbol, strategy: model.strategy }); continue; }
      const { comparables, edgePercent, confidence } = outcome;
      scan.signals.push({
        symbol: each.symbol, exchange: each.exchange, sector: each.sector, strategy: model.strategy, direction: 'LONG', asOf: session, features: each.latest, atr14, barriers, horizonDays: model.horizonDays,
        edgePercent, confidence, tpProbability: comparables.targetFirst, slProbability: comparables.stopFirst, comparables,
        thesisBullets: thesisOf({ fact: model.fact(each, last), event: today.event, comparables, asOf, zone }),
        event: today.event, expiresAt: today.event ? plusMs(today.event.knownAt, freshHoursOf(today.event) * HOUR_MS) : expiresAt, modelVersion: model.version,
      });
    }
  }
  scan.signals.sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.strategy < b.strategy ? -1 : 1));
  return scan;
}

/** Each symbol’s events in the order in which they became known. */
export function eventsBySymbol(events: readonly SignalEvent[]): Map<string, SignalEvent[]> {
  const found = new Map<string, SignalEvent[]>();
  const inOrder = [...events].sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : a.id < b.id ? -1 : 1));
  for (const event of inOrder) for (const symbol of new Set(event.symbols)) {
    const list = found.get(symbol);
    if (list) list.push(event); else found.set(symbol, [event]);
  }
  return found;
}
