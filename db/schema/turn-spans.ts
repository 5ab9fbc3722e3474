import { doublePrecision, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { core, moment } from './columns.ts';

/** What a turn did, step by step, as OpenTelemetry spans: names, times and counts, never what was said or found. Dropped after some days. */
export const turnSpans = core.table('turn_spans', {
  turn: uuid('turn').notNull(), spanId: text('span_id').notNull(), parentId: text('parent_id'), traceId: text('trace_id').notNull(), name: text('name').notNull(), kind: text('kind').notNull(),
  startedAt: moment('started_at').notNull(), durationMs: doublePrecision('duration_ms').notNull(), failed: text('failed'), attributes: jsonb('attributes').$type<Record<string, string | number>>().notNull(),
}, (t) => [primaryKey({ columns: [t.turn, t.spanId] }), index('turn_spans_started').on(t.startedAt)]);
