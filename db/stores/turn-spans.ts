import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** One step of a turn. `failed`: the code of what went wrong, null where nothing did. */
export interface TurnSpan { turn: string; spanId: string; parentId: string | null; traceId: string; name: string; kind: 'turn' | 'step' | 'tool' | 'model'; startedAt: Instant; durationMs: number; failed: string | null; attributes: Record<string, string | number> }

export async function storeTurnSpans(executor: Executor, spans: readonly TurnSpan[]): Promise<void> {
  const of = (pick: (span: TurnSpan) => unknown, type: string) => array(spans.map(pick), type);
  await executor.execute(sql`insert into core.turn_spans (turn, span_id, parent_id, trace_id, name, kind, started_at, duration_ms, failed, attributes)
    select t, s, p, tr, n, k, st, d, f, a::jsonb from unnest(${of(({ turn }) => turn, 'uuid')}, ${of(({ spanId }) => spanId, 'text')}, ${of(({ parentId }) => parentId, 'text')}, ${of(({ traceId }) => traceId, 'text')}, ${of(({ name }) => name, 'text')}, ${of(({ kind }) => kind, 'text')},
      ${of(({ startedAt }) => startedAt, 'timestamptz')}, ${of(({ durationMs }) => durationMs, 'float8')}, ${of(({ failed }) => failed, 'text')}, ${of(({ attributes }) => JSON.stringify(attributes), 'text')}) as x(t, s, p, tr, n, k, st, d, f, a) on conflict do nothing`);
}
/** In the order in which they began. */
export const spansOfTurn = (executor: Executor, turn: string): Promise<TurnSpan[]> => rows<TurnSpan & Record<string, unknown>>(executor, sql`
  select turn, span_id as "spanId", parent_id as "parentId", trace_id as "traceId", name, kind, core.instant_text(started_at) as "startedAt", duration_ms as "durationMs", failed, attributes from core.turn_spans where turn = ${turn} order by (attributes->>'parapet.order')::int`);
/** The spans of the last turns, of one person or (null) of all: newest turn first, each in order of beginning. Turns from before persons were kept with them have none. */
export const recentTurnSpans = (executor: Executor, { personId, turns }: { personId: string | null; turns: number }): Promise<(TurnSpan & { beganAt: Instant; person: string | null })[]> => rows<TurnSpan & { beganAt: Instant; person: string | null } & Record<string, unknown>>(executor, sql`
  select s.turn, s.span_id as "spanId", s.parent_id as "parentId", s.trace_id as "traceId", s.name, s.kind, core.instant_text(s.started_at) as "startedAt", s.duration_ms as "durationMs", s.failed, s.attributes, core.instant_text(t.started_at) as "beganAt", p.name as person
  from (select turn, started_at, attributes->>'enduser.id' as person_id from core.turn_spans where kind = 'turn' ${personId === null ? sql`` : sql`and attributes->>'enduser.id' = ${personId}`} order by started_at desc, turn limit ${turns}) t
    join core.turn_spans s using (turn) left join core.people p on p.id::text = t.person_id order by t.started_at desc, t.turn, (s.attributes->>'parapet.order')::int`);
export const pruneTurnSpans = async (executor: Executor, days: number): Promise<number> => (await rows(executor, sql`delete from core.turn_spans where started_at < core.wall_now() - make_interval(days => ${days}) returning 1`)).length;

/** Calls of models by day (in `zone`), agent, model and person, newest day first. Sums leave out what is not known; `unpriced` counts the answers without a known cost. */
export interface ModelUseRow { day: string; agent: string; model: string; person: string | null; calls: number; failed: number; inputTokens: number; outputTokens: number; costUsd: number | null; unpriced: number; medianMs: number; p95Ms: number }
export const modelUseByDay = (executor: Executor, { days, zone }: { days: number; zone: string }): Promise<ModelUseRow[]> => rows<ModelUseRow & Record<string, unknown>>(executor, sql`
  select to_char(s.started_at at time zone ${zone}, 'YYYY-MM-DD') as day, s.attributes->>'gen_ai.agent.name' as agent, s.attributes->>'gen_ai.request.model' as model, p.name as person, count(*)::int as calls, (count(*) filter (where s.failed is not null))::int as failed,
    coalesce(sum((s.attributes->>'gen_ai.usage.input_tokens')::float8), 0) as "inputTokens", coalesce(sum((s.attributes->>'gen_ai.usage.output_tokens')::float8), 0) as "outputTokens",
    sum((s.attributes->>'parapet.cost_usd')::float8) as "costUsd", (count(*) filter (where s.failed is null and not s.attributes ? 'parapet.cost_usd'))::int as unpriced,
    percentile_cont(0.5) within group (order by s.duration_ms) as "medianMs", percentile_cont(0.95) within group (order by s.duration_ms) as "p95Ms"
  from core.turn_spans s left join core.people p on p.id::text = s.attributes->>'enduser.id' where s.kind = 'model' and s.started_at > core.wall_now() - make_interval(days => ${days}) group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`);
/** How long turns took in the last `hours`, by channel. */
export const turnLatency = (executor: Executor, hours: number): Promise<{ channel: string; turns: number; failed: number; medianMs: number; p95Ms: number }[]> => rows<{ channel: string; turns: number; failed: number; medianMs: number; p95Ms: number }>(executor, sql`
  select coalesce(attributes->>'parapet.channel', 'desk') as channel, count(*)::int as turns, (count(*) filter (where failed is not null))::int as failed,
    percentile_cont(0.5) within group (order by duration_ms) as "medianMs", percentile_cont(0.95) within group (order by duration_ms) as "p95Ms"
  from core.turn_spans where kind = 'turn' and started_at > core.wall_now() - make_interval(hours => ${hours}) group by 1 order by 1`);
