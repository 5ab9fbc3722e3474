import { sql } from 'drizzle-orm';
import type { FeatureSet, VolatilityRegime } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { uuidv7 } from '../uuid.ts';

/** Stores the features that a cycle used; the same day and version is the same row. Returns ids by symbol. */
export async function writeFeatures(tx: Executor, input: { features: readonly FeatureSet[]; version: string; knownAt: Instant }): Promise<Map<string, string>> {
  const ms = Date.parse(input.knownAt);
  const found = await rows<{ id: string; symbol: string }>(tx, sql`
    insert into core.features as f (id, symbol, as_of, values, version, happened_at, known_at)
    select id, symbol, as_of, vals::jsonb, ${input.version}, ${input.knownAt}::timestamptz, ${input.knownAt}::timestamptz
    from unnest(${array(input.features.map(() => uuidv7(ms)), 'uuid')}, ${array(input.features.map((f) => f.symbol), 'text')}, ${array(input.features.map((f) => f.asOf), 'date')}, ${array(input.features.map((f) => JSON.stringify(f)), 'text')}) as t(id, symbol, as_of, vals)
    on conflict (symbol, as_of, version) do update set values = excluded.values returning f.id, f.symbol`);
  return new Map(found.map((row) => [row.symbol, row.id]));
}
export interface StoredFeatures { id: string; symbol: string; asOf: TradingDate; values: FeatureSet; knownAt: Instant }
export const featuresById = async (executor: Executor, id: string): Promise<StoredFeatures | null> =>
  (await rows<StoredFeatures & Record<string, unknown>>(executor, sql`select id, symbol, as_of::text as "asOf", values, core.instant_text(known_at) as "knownAt" from core.features where id = ${id}`))[0] ?? null;

export interface SignalRow {
  id: string; symbol: string; strategy: string; direction: 'LONG' | 'SHORT'; edgePercent: number; confidence: number; horizonDays: number; tpProbability: number | null; slProbability: number | null;
  comparableCount: number; thesisBullets: unknown; modelVersion: string; featureId: string | null; eventId: string | null; status: 'ACTIVE' | 'EXPIRED' | 'ACTED_ON'; happenedAt: Instant; knownAt: Instant; expiresAt: Instant;
}
/** Stores signals; one whose id is there already is the same signal. */
export async function writeSignals(tx: Executor, signals: readonly SignalRow[]): Promise<void> {
  if (signals.length === 0) return;
  const of = (pick: (signal: SignalRow) => unknown, type: string) => array(signals.map((signal) => pick(signal)), type);
  await tx.execute(sql`insert into core.signals (id, symbol, strategy, direction, edge_percent, confidence, horizon_days, tp_probability, sl_probability, comparable_count, thesis_bullets, model_version, feature_id, event_id, status, happened_at, known_at, expires_at)
    select id, symbol, strategy, direction, edge, confidence, horizon, tp, sl, comparables, bullets::jsonb, model, feature, event, status, happened, known, expires
    from unnest(${of((s) => s.id, 'uuid')}, ${of((s) => s.symbol, 'text')}, ${of((s) => s.strategy, 'text')}, ${of((s) => s.direction, 'text')}, ${of((s) => s.edgePercent, 'float8')}, ${of((s) => s.confidence, 'float8')}, ${of((s) => s.horizonDays, 'int')},
      ${of((s) => s.tpProbability, 'float8')}, ${of((s) => s.slProbability, 'float8')}, ${of((s) => s.comparableCount, 'int')}, ${of((s) => JSON.stringify(s.thesisBullets), 'text')}, ${of((s) => s.modelVersion, 'text')}, ${of((s) => s.featureId, 'uuid')}, ${of((s) => s.eventId, 'uuid')},
      ${of((s) => s.status, 'text')}, ${of((s) => s.happenedAt, 'timestamptz')}, ${of((s) => s.knownAt, 'timestamptz')}, ${of((s) => s.expiresAt, 'timestamptz')})
      as t(id, symbol, strategy, direction, edge, confidence, horizon, tp, sl, comparables, bullets, model, feature, event, status, happened, known, expires)
    on conflict (id) do nothing`);
}
export const signalById = async (executor: Executor, id: string): Promise<SignalRow | null> => (await rows<SignalRow & Record<string, unknown>>(executor, sql`
  select id, symbol, strategy, direction, edge_percent as "edgePercent", confidence, horizon_days as "horizonDays", tp_probability as "tpProbability", sl_probability as "slProbability", comparable_count as "comparableCount", thesis_bullets as "thesisBullets",
    model_version as "modelVersion", feature_id as "featureId", event_id as "eventId", status, core.instant_text(happened_at) as "happenedAt", core.instant_text(known_at) as "knownAt", core.instant_text(expires_at) as "expiresAt" from core.signals where id = ${id}`))[0] ?? null;

/** Volatility of each signal's share on the day that the signal stood on; those of which it was kept. */
export const regimesOfSignals = async (executor: Executor, signalIds: readonly string[]): Promise<Map<string, VolatilityRegime>> =>
  new Map((await rows<{ id: string; regime: VolatilityRegime }>(executor, sql`select s.id, f.values->>'volatilityRegime' as regime from core.signals s join core.features f on f.id = s.feature_id
    where s.id = any(${array(signalIds, 'uuid')}) and f.values->>'volatilityRegime' is not null`)).map(({ id, regime }) => [id, regime]));

export async function writeCycle(tx: Executor, input: { id: string; asOf: Instant; startedAt: Instant; elapsedMs: number; trigger: string; funnel: unknown }): Promise<void> {
  await tx.execute(sql`insert into core.cycles (id, as_of, started_at, elapsed_ms, trigger, funnel) values (${input.id}, ${input.asOf}, ${input.startedAt}, ${Math.round(input.elapsedMs)}, ${input.trigger}, ${JSON.stringify(input.funnel)}::jsonb)`);
}
export async function writeAnalysis(tx: Executor, input: { id: string; eventId: string | null; symbol: string | null; agent: string; summary: string[]; keyPoints: string[]; risks: string[]; sources: string[]; modelVersion: string; at: Instant }): Promise<void> {
  await tx.execute(sql`insert into core.event_analyses (id, event_id, symbol, agent, summary, key_points, risks, sources, model_version, happened_at, known_at)
    values (${input.id}, ${input.eventId}, ${input.symbol}, ${input.agent}, ${JSON.stringify(input.summary)}::jsonb, ${JSON.stringify(input.keyPoints)}::jsonb, ${JSON.stringify(input.risks)}::jsonb, ${JSON.stringify(input.sources)}::jsonb, ${input.modelVersion}, ${input.at}, ${input.at})`);
}
