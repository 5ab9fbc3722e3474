import { ConversationRefusal, type ConversationService, type Person } from '../conversation-service.ts';

const messagesBack = 100;
/** Said where a message was changed that came before others: nothing follows from it. */
export const olderMessage = 'Only your last message can be edited: say the earlier one again.';

/**
 * What somebody changed in a chat, as the same message asked again. `isVersion` knows the ids of the message and of its earlier changes, `key` is this change's own, so that
 * one that is delivered twice asks once. `unknown`: the thread's last messages hold no version of it; `same`: not its words were changed.
 */
export async function sayEdited({ service, threadId, person, key, text, isVersion }: {
  service: Pick<ConversationService, 'history' | 'say'>; threadId: string; person: Person; key: string; text: string; isVersion: (clientMessageId: string) => boolean;
}): Promise<{ outcome: 'asked' | 'same' | 'unknown' } | { outcome: 'refused'; why: string }> {
  const said = (await service.history({ threadId, person, limit: messagesBack })).flatMap(({ event, clientMessageId: id }) => (event.type === 'said' && id !== key ? [{ ...event, id: id ?? '' }] : []));
  const version = said.findLast(({ id }) => isVersion(id));
  if (!version) return { outcome: 'unknown' };
  if (version.text === text) return { outcome: 'same' };
  // Its words may have been asked again by a command since.
  const last = said.reduce((newest, each) => (each.replaces === newest.turn ? each : newest), version);
  try {
    await service.say({ threadId, person, clientMessageId: key, inbound: { message: text, replaces: last.turn } });
    return { outcome: 'asked' };
  } catch (error) {
    if (ConversationRefusal.isInstance(error)) return { outcome: 'refused', why: error.message };
    throw error;
  }
}
