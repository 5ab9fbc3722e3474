import type { ConversationService, Person, StoredEvent } from '../conversation-service.ts';

const pageSize = 200;

/**
 * Follows one thread for one reader from `lastSeen` on: first what was missed, then what comes, each stored event
 * exactly once and in order. It subscribes before it reads the history, so nothing falls between the two, and
 * holds back what arrives meanwhile until the history has caught up.
 */
export async function followThread(input: {
  service: ConversationService;
  threadId: string;
  person: Person;
  lastSeen: number;
  send: (stored: StoredEvent) => void;
}): Promise<{ sequence: number; stop: () => void }> {
  const { service, threadId, person, send } = input;
  let sequence = input.lastSeen;
  let waiting: StoredEvent[] | null = [];
  const deliver = (stored: StoredEvent): void => {
    if (stored.sequence === 0) {
      send(stored);
      return;
    }
    if (stored.sequence <= sequence) return;
    sequence = stored.sequence;
    send(stored);
  };
  const stop = service.subscribe(threadId, (stored) => {
    if (waiting) waiting.push(stored);
    else deliver(stored);
  });
  try {
    for (;;) {
      const missed = await service.history({ threadId, person, afterSequence: sequence, limit: pageSize });
      for (const stored of missed) deliver(stored);
      if (missed.length < pageSize) break;
    }
    const held = waiting;
    waiting = null;
    // A live delta that was overtaken by its stored reply would show the text twice.
    for (const stored of held) if (stored.sequence > 0) deliver(stored);
    return { sequence, stop };
  } catch (thrown) {
    stop();
    throw thrown;
  }
}
