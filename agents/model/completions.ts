import type { BaseMessageChunk } from '@langchain/core/messages';
import { ChatOpenAICompletions } from '@langchain/openai';

type ToChunk = ChatOpenAICompletions['_convertCompletionsDeltaToBaseMessageChunk'];
interface Delta { role?: unknown; content?: unknown; refusal?: unknown; [member: string]: unknown }

/** Text as it should be, as some providers send it (a list of parts), or none. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : '')).join('') : '';
}

/**
 * Chat completions of providers that keep to the wire format only roughly. What streams back is the assistant's, whether or not it says so:
 * without a role LangChain would drop its tool calls. A refusal, which it drops as well, is kept as one.
 */
export class LooseCompletions extends ChatOpenAICompletions {
  protected override _convertCompletionsDeltaToBaseMessageChunk(...[delta, rawResponse]: Parameters<ToChunk>): BaseMessageChunk {
    const { refusal, content, ...rest } = delta as Delta;
    const chunk = super._convertCompletionsDeltaToBaseMessageChunk({ ...rest, content: textOf(content), role: 'assistant' }, rawResponse);
    if (typeof refusal === 'string' && refusal !== '') chunk.additional_kwargs.refusal = refusal;
    return chunk;
  }
}
