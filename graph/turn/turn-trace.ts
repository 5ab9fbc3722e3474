import { context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TurnSpan } from '../../db/stores/turn-spans.ts';
import { instant } from '../../desk/time.ts';

type Attributes = Record<string, string | number>;
/** Ends a step; `failed` is the code of what went wrong. */
export type EndStep = (how?: { failed?: string | undefined; attributes?: Attributes }) => void;
export interface TurnTrace {
  /** Begins a step inside the one that is open. */
  begin(name: string, kind: 'tool' | 'model', attributes?: Attributes): EndStep;
  /** Runs a step of the turn; what begins meanwhile is inside it. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Ends the turn and hands over its spans, the turn’s own first. */
  end(attributes: Attributes): TurnSpan[];
}

/** Keeps what ended until its turn asks for it. */
class Collector implements SpanProcessor {
  readonly ended = new Map<string, ReadableSpan[]>();
  onStart(): void { /* only what has ended is kept */ }
  onEnd(span: ReadableSpan): void { const { traceId } = span.spanContext(); this.ended.set(traceId, [...(this.ended.get(traceId) ?? []), span]); }
  async forceFlush(): Promise<void> { /* nothing is sent anywhere */ }
  async shutdown(): Promise<void> { this.ended.clear(); }
}
const milliseconds = ([seconds, nanoseconds]: [number, number]): number => seconds * 1000 + nanoseconds / 1e6;

/** Makes a trace for each turn, by OpenTelemetry, in this process and for nobody else: names, times and counts, never what was said. */
export function createTurnTraces(): (turn: string) => TurnTrace {
  const collector = new Collector();
  const tracer = new BasicTracerProvider({ spanProcessors: [collector] }).getTracer('parapet');
  return (turn) => {
    const root = tracer.startSpan('turn', { attributes: { 'parapet.kind': 'turn' } }, ROOT_CONTEXT);
    let open: Span = root;
    // By the order in which they began: several begin within a tick of the clock.
    const begun = [root.spanContext().spanId];
    const inside = (name: string, kind: string, attributes: Attributes): Span => {
      const span = tracer.startSpan(name, { attributes: { ...attributes, 'parapet.kind': kind } }, trace.setSpan(context.active(), open));
      begun.push(span.spanContext().spanId);
      return span;
    };
    const end = (span: Span): EndStep => ({ failed, attributes } = {}) => {
      if (attributes) span.setAttributes(attributes);
      if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
      span.end();
    };
    return {
      begin: (name, kind, attributes = {}) => end(inside(name, kind, attributes)),
      async step(name, work) {
        const span = inside(name, 'step', {});
        const before = open;
        open = span;
        try {
          const result = await work();
          end(span)();
          return result;
        } catch (error) { end(span)({ failed: 'THROWN' }); throw error; } finally { open = before; }
      },
      end(attributes) {
        end(root)({ attributes });
        const { traceId } = root.spanContext();
        const spans = collector.ended.get(traceId) ?? [];
        collector.ended.delete(traceId);
        return spans.toSorted((one, other) => begun.indexOf(one.spanContext().spanId) - begun.indexOf(other.spanContext().spanId)).map((span, order): TurnSpan => {
          const { 'parapet.kind': kind, ...rest } = span.attributes;
          return {
            turn, spanId: span.spanContext().spanId, parentId: span.parentSpanContext?.spanId ?? null, traceId, name: span.name, kind: kind as TurnSpan['kind'], startedAt: instant(Math.round(milliseconds(span.startTime))), durationMs: Number(milliseconds(span.duration).toFixed(2)),
            failed: span.status.code === SpanStatusCode.ERROR ? (span.status.message ?? 'FAILED') : null, attributes: { ...(rest as Attributes), 'parapet.order': order },
          };
        });
      },
    };
  };
}
