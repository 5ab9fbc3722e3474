import { writeCalibrations } from '../../db/stores/calibrations.ts';
import { type SignalRow, writeFeatures, writeSignals } from '../../db/stores/research.ts';
import { uuidOfContent } from '../../db/uuid.ts';
import type { FeatureSet } from '../../desk/market/types.ts';
import type { Signal } from '../../desk/signals/define.ts';
import type { Instant } from '../../desk/time.ts';
import type { PreparedHistory } from './history-cache.ts';
import type { BarrierGroup } from './scan-market.ts';
import type { CycleServices } from './services.ts';

const FEATURES_VERSION = 'features-1';

/** Where the records of a cycle's evidence are, by symbol and by signal. */
export interface Recorded { featureIds: ReadonlyMap<string, string>; signalIds: ReadonlyMap<Signal, string> }
export const nothingRecorded: Recorded = { featureIds: new Map(), signalIds: new Map() };

/** Ids of signals that this process has stored, so that a set-up that stands all day is written once. */
export type SignalIds = Map<string, string>;
/** What a signal says makes its id, so that a cycle that is run again, in this process or another, comes to the same card. */
const idOf = (signal: Signal): string => uuidOfContent(Date.parse(signal.asOf), JSON.stringify([keyOf(signal), signal.edgePercent, signal.confidence, signal.comparables.count, signal.thesisBullets.map(({ text }) => text)]));
const keyOf = ({ symbol, strategy, asOf, event, barriers, modelVersion }: Signal): string => JSON.stringify([symbol, strategy, asOf, event?.id ?? null, barriers, modelVersion]);

/** Stores the features behind the signals, and those of symbols that were asked for, and every signal that is new. */
export async function recordSignals(services: CycleServices, { history, groups, asked, asOf, known }: { history: PreparedHistory; groups: readonly BarrierGroup[]; asked: readonly string[]; asOf: Instant; known: SignalIds }): Promise<Recorded> {
  const signals = groups.flatMap((group) => group.signals);
  const symbols = [...new Set([...signals.map(({ symbol }) => symbol), ...asked])].sort();
  const features = symbols.flatMap((symbol): FeatureSet[] => { const latest = history.bySymbol.get(symbol)?.latest; return latest ? [latest] : []; });
  const close = history.session && services.market.calendar().session(history.session)?.close;
  return services.database.transaction(async (tx) => {
    const featureIds = features.length === 0 ? new Map<string, string>() : await writeFeatures(tx, { features, version: FEATURES_VERSION, knownAt: close && close <= asOf ? close : asOf });
    const signalIds = new Map(signals.map((signal): [Signal, string] => [signal, known.get(keyOf(signal)) ?? idOf(signal)]));
    const fresh = signals.filter((signal) => !known.has(keyOf(signal)));
    await writeCalibrations(tx, { calibrations: groups.flatMap(({ calibration }) => (calibration ? [calibration] : [])), knownAt: asOf });
    await writeSignals(tx, fresh.map((signal) => rowOf(signal, { id: signalIds.get(signal) ?? '', featureId: featureIds.get(signal.symbol) ?? null, asOf })));
    return { featureIds, signalIds, fresh };
  }).then(({ featureIds, signalIds, fresh }) => {
    for (const signal of fresh) known.set(keyOf(signal), signalIds.get(signal) ?? '');
    return { featureIds, signalIds };
  });
}

function rowOf(signal: Signal, { id, featureId, asOf }: { id: string; featureId: string | null; asOf: Instant }): SignalRow {
  return {
    id, symbol: signal.symbol, strategy: signal.strategy, direction: signal.direction, edgePercent: signal.edgePercent, confidence: signal.confidence, horizonDays: signal.horizonDays,
    tpProbability: signal.tpProbability, slProbability: signal.slProbability, comparableCount: signal.comparables.count, thesisBullets: signal.thesisBullets.map((bullet) => (bullet.evidenceKind === 'feature' ? { ...bullet, evidenceId: featureId } : bullet)),
    modelVersion: signal.modelVersion, featureId, eventId: signal.event?.id ?? null, status: 'ACTIVE', happenedAt: asOf, knownAt: asOf, expiresAt: signal.expiresAt,
  };
}
