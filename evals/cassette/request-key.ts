import { digestOf } from '../../desk/canonical.ts';

/** What a request consists of, by digest: enough to say in which part two of them differ. */
export interface RequestParts { model: string; tools: string; settings: string; messages: { role: string; digest: string }[] }
export interface KeyedRequest { key: string; parts: RequestParts; /** Its UUIDs and digests in the order in which they first appear. */ ids: string[] }

/** UUIDs, and digests of what holds them. */
const ownId = /\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64})\b/gi;
const moment = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g;
const placeholder = /⟨id (\d+)⟩/g;
const aboutNowMs = 2 * 86_400_000;


/** Reads the body of a request for a chat completion. `nowMs`: the wall clock. @throws SyntaxError where it is no JSON. */
export function keyOf(body: string, nowMs: number): KeyedRequest {
  const ids: string[] = [];
  const moments: string[] = [];
  const place = (list: string[], value: string): number => { const at = list.indexOf(value); return at >= 0 ? at + 1 : list.push(value); };
  const settled = body
    .replace(ownId, (id) => `⟨id ${place(ids, id.toLowerCase())}⟩`)
    .replace(moment, (text) => (Math.abs(Date.parse(text) - nowMs) < aboutNowMs ? `⟨moment ${place(moments, text)}⟩` : text));
  const { model, messages, tools, ...settings } = JSON.parse(settled) as { model?: unknown; messages?: { role?: unknown }[]; tools?: unknown };
  return {
    ids, key: digestOf({ model, messages, tools, settings }),
    parts: { model: String(model), tools: digestOf(tools ?? null), settings: digestOf(settings), messages: (messages ?? []).map((message) => ({ role: String(message.role), digest: digestOf(message) })) },
  };
}

/** A text with the ids of its request as placeholders, for keeping. */
export const withoutIds = (text: string, ids: readonly string[]): string => text.replace(ownId, (id) => { const at = ids.indexOf(id.toLowerCase()); return at < 0 ? id : `⟨id ${at + 1}⟩`; });
/** The text again, with the ids of the request at hand. */
export const withIds = (text: string, ids: readonly string[]): string => text.replace(placeholder, (whole, at: string) => ids[Number(at) - 1] ?? whole);

const named: Record<string, string> = { system: 'the instructions', user: 'what was said', assistant: 'the model’s own words', tool: 'a tool’s result' };

/** In which part a request differs from the nearest of those that were recorded, in words. */
export function difference(asked: RequestParts, recorded: readonly RequestParts[]): string {
  const ofModel = recorded.filter(({ model }) => model === asked.model);
  if (ofModel.length === 0) return `nothing was recorded with ${asked.model}`;
  const common = ({ messages }: RequestParts): number => { const at = messages.findIndex(({ digest }, index) => digest !== asked.messages[index]?.digest); return at < 0 ? messages.length : at; };
  const nearest = ofModel.toSorted((one, other) => common(other) - common(one))[0] as RequestParts;
  const at = common(nearest);
  if (at < asked.messages.length) return at >= nearest.messages.length ? `it goes on after the ${at} messages of the nearest one` : `message ${at + 1} of ${asked.messages.length}, ${named[asked.messages[at]?.role ?? ''] ?? 'its words'}, differs from the nearest one`;
  if (nearest.messages.length > at) return `it ends before the ${nearest.messages.length} messages of the nearest one`;
  return nearest.tools === asked.tools ? 'its settings differ from the nearest one' : 'the tools that the model is offered differ from the nearest one';
}
