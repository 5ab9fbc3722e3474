import type { BaseMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';

type ToChunk = ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk'];
interface Delta { role?: unknown; content?: unknown; refusal?: unknown; [member: string]: unknown }

/** Text as it should be, as some providers send it (a list of parts), or none. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : '')).join('') : '';
}

/** Calls as they should be: names and arguments are text, though some providers send the arguments as the object that they stand for. */
function callsOf(calls: unknown): unknown {
  if (!Array.isArray(calls)) return undefined;
  return calls.map((call: { function?: { name?: unknown; arguments?: unknown } } | null) => {
    const { name, arguments: given } = call?.function ?? {};
    return { ...call, function: { ...(typeof name === 'string' ? { name } : {}), arguments: typeof given === 'string' ? given : typeof given === 'object' && given !== null ? JSON.stringify(given) : '' } };
  });
}

/**
 * Chat completions of providers that keep to the wire format only roughly. What streams back is the assistant's, whether or not it says so:
 * without a role LangChain would drop its tool calls. A refusal, which it drops as well, is kept as one. One answer was asked for, so of several the first counts.
 */
export class LooseCompletions extends ChatOpenAICompletions {
  protected override _convertCompletionsDeltaToBaseMessageChunk(...[delta, rawResponse]: Parameters<ToChunk>): BaseMessageChunk {
    const { refusal, content, tool_calls: calls, ...rest } = (rawResponse.choices[0]?.index ?? 0) === 0 ? (delta as Delta) : {};
    const tidy = callsOf(calls);
    const chunk = super._convertCompletionsDeltaToBaseMessageChunk({ ...rest, ...(tidy === undefined ? {} : { tool_calls: tidy }), content: textOf(content), role: 'assistant' }, rawResponse);
    if (typeof refusal === 'string' && refusal !== '') chunk.additional_kwargs.refusal = refusal;
    return chunk;
  }
}
