import { z } from 'zod';
import { recentTurnSpans, type TurnSpan } from '../db/stores/turn-spans.ts';
import { dateIn, msBetween } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { defineTool } from './define.ts';

const Step = z.object({
  step: z.string(), kind: z.enum(['step', 'tool', 'model']), afterMs: z.number().describe('since the turn began'), ms: z.number(), tokens: z.int().nullable().describe('in and out; null where no language model was asked'), ended: z.string().describe('ok, or what went wrong'),
});
const Turn = z.object({
  turn: z.string(), atText: z.string(), person: z.string().nullable(), channel: z.string().nullable(), agent: z.string(), milliseconds: z.int(), tools: z.int(), models: z.int(), inputTokens: z.int(), outputTokens: z.int(), failed: z.string().nullable(), steps: z.array(Step),
});
export type TurnSteps = z.output<typeof Turn>;
const code = (failed: string): string => failed.toLowerCase().replaceAll('_', ' ');
const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value));

/** What a turn did, from its spans in order of their beginning; null where its own is not among them. Names, times and counts: never what was said. */
export function turnSteps(spans: readonly TurnSpan[]): Omit<TurnSteps, 'atText' | 'person'> | null {
  const whole = spans.find(({ kind }) => kind === 'turn');
  if (!whole) return null;
  const sum = (kind: string, name?: string): number => spans.filter((span) => span.kind === kind).reduce((total, { attributes }) => total + (name === undefined ? 1 : Number(attributes[name] ?? 0)), 0);
  return {
    turn: whole.turn, channel: text(whole.attributes['parapet.channel']), agent: text(whole.attributes['gen_ai.agent.name']) ?? 'Desk', milliseconds: Math.round(whole.durationMs), failed: whole.failed === null ? null : code(whole.failed),
    tools: sum('tool'), models: sum('model'), inputTokens: sum('model', 'gen_ai.usage.input_tokens'), outputTokens: sum('model', 'gen_ai.usage.output_tokens'),
    steps: spans.flatMap(({ name, kind, startedAt, durationMs, failed, attributes }) => (kind === 'turn' ? [] : [{
      step: name.replaceAll('_', ' '), kind, afterMs: Math.max(0, msBetween(whole.startedAt, startedAt)), ms: Number(durationMs.toFixed(1)),
      tokens: kind === 'model' ? Number(attributes['gen_ai.usage.input_tokens'] ?? 0) + Number(attributes['gen_ai.usage.output_tokens'] ?? 0) : null, ended: failed === null ? 'ok' : code(failed),
    }])),
  };
}

/** The last turns with their steps, newest first: one's own, for an owner everybody's. */
export const turnLog = defineTool({
  name: 'turn_log', purpose: 'What the last answers did, step by step: tools, language models, times; one’s own, for the owner everybody’s', effect: 'read', permission: 'desk:read',
  input: z.object({ limit: z.int().min(1).max(50).default(15) }), output: z.object({ asOf: z.string(), count: z.int(), turns: z.array(Turn) }),
  run: async ({ services: { database: { orm }, market, wallNow }, caller }, { limit }) => {
    const today = dateIn(wallNow(), market.zone);
    const byTurn = Map.groupBy(await recentTurnSpans(orm, { personId: caller.role === 'owner' ? null : caller.personId, turns: limit }), ({ turn }) => turn);
    const turns = [...byTurn.values()].flatMap((spans): TurnSteps[] => {
      const told = turnSteps(spans);
      const [first] = spans;
      return told && first ? [{ ...told, atText: localTime(first.beganAt, { today, zone: market.zone }), person: first.person }] : [];
    });
    return { asOf: market.now(), count: turns.length, turns };
  },
});
