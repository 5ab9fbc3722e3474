import type { ConversationEvent } from '../../agents/vocabulary.ts';
import type { Database, Executor } from '../../db/client.ts';
import { noteCardView } from '../../db/stores/card-views.ts';
import { appendMessage, messageByClientId, messagesAfter, messagesBefore, type StoredMessage } from '../../db/stores/conversation.ts';
import type { PersonEvent, StoredEvent } from '../conversation-service.ts';

const toStored = (message: StoredMessage): StoredEvent => ({
  sequence: message.sequence, at: message.at, ...(message.clientMessageId === null ? {} : { clientMessageId: message.clientMessageId }),
  ...(message.author === 'person' ? { author: 'person' as const, event: JSON.parse(message.event) as PersonEvent } : { author: 'desk' as const, event: JSON.parse(message.event) as ConversationEvent }),
});

/** What is live only and not kept: the pieces of a reply while it is written, and progress. */
const live = new Set<ConversationEvent['type']>(['delta', 'progress']);

/** The threads as they were shown: stored first, then told to whoever listens, in the order of their sequence. */
export interface ThreadLog {
  /** `event` may be worked out at the message's place in the thread, when nothing else can be stored between; it is not for a message that is there already. */
  said(input: { threadId: string; turn: string; personId: string; clientMessageId: string | null; event: PersonEvent | (() => Promise<PersonEvent>) }): Promise<{ turn: string; duplicate: boolean; event: PersonEvent }>;
  tell(threadId: string, event: ConversationEvent): Promise<void>;
  history(input: { threadId: string; afterSequence?: number; beforeSequence?: number; limit: number }): Promise<StoredEvent[]>;
  subscribe(threadId: string, listener: (stored: StoredEvent) => void): () => void;
}

export function createThreadLog(database: Database): ThreadLog {
  const listeners = new Map<string, Set<(stored: StoredEvent) => void>>();
  const lines = new Map<string, Promise<unknown>>();
  const notify = (threadId: string, stored: StoredEvent): void => { for (const listener of listeners.get(threadId) ?? []) listener(stored); };
  /** Storing and telling are one step of a thread, so that listeners never see sequences out of order. */
  const inLine = <T>(threadId: string, work: () => Promise<T>): Promise<T> => {
    const mine = (lines.get(threadId) ?? Promise.resolve()).then(work, work);
    const settled = mine.catch(() => undefined);
    lines.set(threadId, settled);
    void settled.then(() => { if (lines.get(threadId) === settled) lines.delete(threadId); });
    return mine;
  };
  return {
    said: ({ threadId, turn, personId, clientMessageId, event }) => inLine(threadId, async () => {
      const there = typeof event === 'function' && clientMessageId !== null ? await messageByClientId(database.orm, { threadId, clientMessageId }) : null;
      if (there) return { turn: there.turn, duplicate: true, event: JSON.parse(there.event) as PersonEvent };
      const put = typeof event === 'function' ? await event() : event;
      const { message, duplicate } = await appendMessage(database.orm, { threadId, turn, author: 'person', personId, clientMessageId, event: JSON.stringify(put), ...(put.type === 'said' && put.replaces ? { replaces: put.replaces } : {}) });
      if (!duplicate) notify(threadId, toStored(message));
      return { turn: message.turn, duplicate, event: put };
    }),
    tell: (threadId, event) => inLine(threadId, async () => {
      if (live.has(event.type)) { notify(threadId, { sequence: 0, at: '', author: 'desk', event }); return; }
      const append = (executor: Executor) => appendMessage(executor, { threadId, turn: event.turn, author: 'desk', personId: null, clientMessageId: null, event: JSON.stringify(event) });
      const { message } = await (event.type !== 'card' ? append(database.orm) : database.transaction(async (tx) => {
        await noteCardView(tx, { actionId: event.card.actionId, threadId, turn: event.turn });
        return append(tx);
      }));
      notify(threadId, toStored(message));
    }),
    history: async ({ threadId, afterSequence, beforeSequence, limit }) => (afterSequence === undefined
      ? await messagesBefore(database.orm, { threadId, before: beforeSequence ?? null, limit })
      : await messagesAfter(database.orm, { threadId, after: afterSequence, limit })).map(toStored),
    subscribe(threadId, listener) {
      const set = listeners.get(threadId) ?? new Set();
      set.add(listener);
      listeners.set(threadId, set);
      return () => { set.delete(listener); if (set.size === 0) listeners.delete(threadId); };
    },
  };
}
