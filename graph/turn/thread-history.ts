import type { ConversationEvent } from '../../agents/vocabulary.ts';
import type { Executor } from '../../db/client.ts';
import { messagesBefore, withoutReplaced } from '../../db/stores/conversation.ts';

const mostEvents = 60;
const mostMessages = 12;
const mostCharacters = 4000;
/** What these say may be made of words from outside, so it does not come back into a turn that can propose. */
const readOutside = new Set(['Research', 'Analyst']);

type Said = { type: 'said'; turn: string; text: string };

/** The words of a thread's last turns, oldest first, for a model: within a budget, without the turn that is being answered and without what was edited since. */
export async function threadHistory(executor: Executor, { threadId, turn }: { threadId: string; turn: string }): Promise<{ author: 'person' | 'desk'; text: string }[]> {
  const stored = await messagesBefore(executor, { threadId, before: null, limit: mostEvents });
  const words = withoutReplaced(stored).flatMap((message): { author: 'person' | 'desk'; text: string }[] => {
    if (message.turn === turn) return [];
    const event = JSON.parse(message.event) as ConversationEvent | Said;
    if (event.type === 'said') return [{ author: 'person', text: event.text }];
    return event.type === 'reply' && !readOutside.has(event.agent) && event.text !== '' ? [{ author: 'desk', text: event.text }] : [];
  });
  const kept: typeof words = [];
  let characters = 0;
  for (const each of words.reverse()) {
    characters += each.text.length;
    if (kept.length >= mostMessages || characters > mostCharacters) break;
    kept.unshift(each);
  }
  return kept;
}
