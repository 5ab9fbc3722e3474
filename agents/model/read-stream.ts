import type { AIMessageChunk } from '@langchain/core/messages';
import { orAborted } from './deadline.ts';
import { ModelMiss } from './miss.ts';
import { withoutThoughts } from './thoughts.ts';
import type { Tokens } from './usage.ts';

export interface AskedCall { id: string; name: string; /** Null: what came is no JSON object. */ args: Record<string, unknown> | null }
export interface ModelAnswer {
  text: string; calls: AskedCall[];
  /** The answer met its limit of tokens: its last sentence is not whole. */
  cutShort: boolean;
  /** Null where the provider did not count. */
  tokens: Tokens | null;
}

/** Far above what the token limit allows: only a provider that ignores the limit comes here. */
const longestAnswer = 60_000;

interface Pieces { id: string; name: string; args: string }

/** A call's input, or null: half a JSON text would be half an order, so nothing is mended. */
function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch { return null; }
}

function addPiece(pieces: Map<number, Pieces>, chunk: { index?: number; id?: string; name?: string; args?: string }): void {
  // Without an index, a new id begins a new call and anything else continues the last one.
  const index = chunk.index ?? (chunk.id ? pieces.size : Math.max(0, pieces.size - 1));
  const piece = pieces.get(index) ?? { id: '', name: '', args: '' };
  pieces.set(index, { id: piece.id || (chunk.id ?? ''), name: piece.name || (chunk.name ?? ''), args: piece.args + (chunk.args ?? '') });
}

/** Each call under an id of its own: results are matched to calls by it. */
function distinct(pieces: Iterable<Pieces>): AskedCall[] {
  const ids = new Set<string>();
  return [...pieces].map(({ id, name, args }, index) => {
    const own = id === '' || ids.has(id) ? `call_${index + 1}_${ids.size}` : id;
    ids.add(own);
    return { id: own, name, args: objectIn(args) };
  });
}

/** A provider's count, where it can be one: less than nothing would give money back to the day's budget. */
const isCount = (tokens: unknown): tokens is number => Number.isSafeInteger(tokens) && (tokens as number) >= 0 && (tokens as number) <= 100_000_000;

/** Reads a streamed answer to its end. @throws ModelMiss, or what the stream or the signal throws. */
export async function readStream({ stream, signal, onText }: { stream: AsyncIterable<AIMessageChunk>; signal: AbortSignal; onText: (text: string) => void }): Promise<ModelAnswer> {
  const pieces = new Map<number, Pieces>();
  const chunks = stream[Symbol.asyncIterator]();
  const thoughts = withoutThoughts();
  let [text, finish, refused, length] = ['', null as string | null, false, 0];
  let tokens: Tokens | null = null;
  for (;;) {
    const next = await orAborted(chunks.next(), signal);
    if (next.done) break;
    const chunk = next.value;
    const streamed = typeof chunk.content === 'string' ? chunk.content : '';
    const said = thoughts.hear(streamed);
    text += said;
    length += streamed.length;
    for (const piece of chunk.tool_call_chunks ?? []) { addPiece(pieces, piece); length += piece.args?.length ?? 0; }
    if (length > longestAnswer) {
      void chunks.return?.();
      throw new ModelMiss('TOO_LONG');
    }
    refused ||= chunk.additional_kwargs.refusal !== undefined;
    const reason = (chunk.response_metadata as { finish_reason?: unknown }).finish_reason;
    if (typeof reason === 'string') finish = reason;
    const usage = chunk.usage_metadata as { input_tokens: number; output_tokens: number } | undefined;
    if (usage && isCount(usage.input_tokens) && isCount(usage.output_tokens)) tokens = { input: usage.input_tokens, output: usage.output_tokens };
    if (said !== '') onText(said);
  }
  const last = thoughts.rest();
  if (last !== '') { text += last; onText(last); }
  if (refused || finish === 'content_filter') throw new ModelMiss('WITHHELD');
  if (text.trim() === '' && pieces.size === 0) throw new ModelMiss('EMPTY');
  // The stream ended politely, but the model had not said that it was done.
  if (finish === null) throw new ModelMiss('HALF_ANSWER');
  const cutShort = finish === 'length';
  const calls = distinct(pieces.values());
  if (cutShort && calls.length > 0) throw new ModelMiss('HALF_ANSWER');
  return { text, calls, cutShort, tokens };
}
