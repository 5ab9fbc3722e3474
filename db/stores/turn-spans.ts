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
export const pruneTurnSpans = async (executor: Executor, days: number): Promise<number> => (await rows(executor, sql`delete from core.turn_spans where started_at < core.wall_now() - make_interval(days => ${days}) returning 1`)).length;
