import { z } from 'zod';

/** One whole answer of a provider. `content` and the arguments are as they came, however broken a call's arguments may be. */
export const Completion = z.strictObject({
  content: z.string(), refusal: z.string().nullable(), finishReason: z.string(),
  toolCalls: z.array(z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() })),
  usage: z.record(z.string(), z.unknown()).nullable(),
});
export type Completion = z.infer<typeof Completion>;

interface Delta { content?: unknown; refusal?: unknown; tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[] }
interface Chunk { choices?: { delta?: Delta; finish_reason?: string | null }[]; usage?: Record<string, unknown> | null; error?: unknown }

const words = (content: unknown): string => (typeof content === 'string' ? content : Array.isArray(content) ? content.map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : '')).join('') : '');

/** What a stream of server-sent events came to; null where it broke off, failed or is none. */
export function completionIn(stream: string): Completion | null {
  const whole: Completion = { content: '', refusal: null, finishReason: '', toolCalls: [], usage: null };
  const places: (number | undefined)[] = [];
  for (const line of stream.split(/\r?\n/)) {
    if (!line.startsWith('data:') || line.slice(5).trim() === '[DONE]') continue;
    let chunk: Chunk;
    try { chunk = JSON.parse(line.slice(5)) as Chunk; } catch { return null; }
    if (chunk.error) return null;
    if (chunk.usage) whole.usage = chunk.usage;
    const [choice] = chunk.choices ?? [];
    if (choice?.finish_reason) whole.finishReason = choice.finish_reason;
    whole.content += words(choice?.delta?.content);
    if (typeof choice?.delta?.refusal === 'string') whole.refusal = (whole.refusal ?? '') + choice.delta.refusal;
    for (const { index, id, function: called } of choice?.delta?.tool_calls ?? []) {
      // Without an index, a new id begins a new call and anything else continues the last one.
      let at = index === undefined ? (id ? -1 : places.length - 1) : places.indexOf(index);
      if (at < 0) { at = places.push(index) - 1; whole.toolCalls.push({ id: '', name: '', arguments: '' }); }
      const call = whole.toolCalls[at];
      if (!call) return null;
      call.id ||= id ?? '';
      call.name ||= called?.name ?? '';
      call.arguments += called?.arguments ?? '';
    }
  }
  return whole.finishReason === '' ? null : whole;
}

/** The answer as a provider would stream it. */
export function streamOf({ content, refusal, finishReason, toolCalls, usage }: Completion, model: string): string {
  const head = { id: 'chatcmpl-recorded', object: 'chat.completion.chunk', created: 0, model };
  const delta = { role: 'assistant', content, ...(refusal === null ? {} : { refusal }), ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(({ id, name, arguments: given }, index) => ({ index, id, type: 'function', function: { name, arguments: given } })) }) };
  const chunks = [{ ...head, choices: [{ index: 0, delta, finish_reason: null }] }, { ...head, choices: [{ index: 0, delta: {}, finish_reason: finishReason }] }, ...(usage === null ? [] : [{ ...head, choices: [], usage }])];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((text) => `data: ${text}\n\n`).join('');
}
