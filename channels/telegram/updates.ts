import type { CallbackQuery, Message, Update } from 'telegraf/types';
import type { ConversationService, Person } from '../conversation-service.ts';
import type { Buttons } from '../chats/buttons.ts';
import { olderMessage, sayEdited } from '../chats/edited.ts';
import { type Identify, linkedAlready, notLinked } from '../chats/identify.ts';

/** What the handler asks of Telegram at once, past the queue. */
export interface TelegramNow {
  /** Ends the waiting of a pressed button; with a text, shown to the presser alone. */
  acknowledge(queryId: string, text?: string): Promise<void>;
}

const notOwnWords = 'I act on nobody’s words but your own: that was forwarded, or written by another bot. Say yourself what you want.';
/** What somebody passes on is not what they say: a forwarded “yes” would be another’s answer to their card. Nor is what a channel posts. */
const passedOn = (message: Message): boolean => ['forward_origin', 'forward_date', 'via_bot'].some((mark) => mark in message);
const ownInterview = 'An interview is held in your own chat with me.';
const interview = /^\/intake\b|\binterview\b/i;

export const privateThread = (input: { chat: string; personId: string }): string => `private:${input.chat}:${input.personId}`;
const groupThread = (input: { chat: string; userId: string; personId: string }): string => `group:${input.chat}:${input.userId}:${input.personId}`;

/** Turns one update of Telegram into what a person said or pressed. Comes back once it is stored, so that Telegram may forget the update. */
export function createUpdates({ service, identify, buttons, now, botName, botId, openRoom, tell }: {
  service: ConversationService; identify: Identify; buttons: Buttons; now: TelegramNow; botName: () => string; botId: () => number;
  openRoom: (input: { threadId: string; chat: string; kind: 'private' | 'group' }) => Promise<void>;
  /** Says one sentence in a chat, once per key. */
  tell: (input: { chat: string; key: string; text: string }) => Promise<void>;
}): { handle(update: Update): Promise<void>; /** Updates of one chat are worked off in order. */ chatOf(update: Update): string } {
  const threadFor = async (input: { chat: string; userId: string; person: Person; kind: 'private' | 'group' }): Promise<string> => {
    const { chat, userId, person, kind } = input;
    const externalId = kind === 'private' ? privateThread({ chat, personId: person.id }) : groupThread({ chat, userId, personId: person.id });
    const { threadId } = await service.openThread({ channel: 'telegram', externalId, person });
    await openRoom({ threadId, chat, kind });
    return threadId;
  };

  /** In a group only what is said to the bot counts; its name is taken off. Null: not for us. */
  const addressed = (message: Message.TextMessage): string | null => {
    const name = `@${botName().toLowerCase()}`;
    const text = message.text.trim();
    const command = /^\/\w+(@\w+)?/.exec(text);
    if (command) return command[1] === undefined || command[1].toLowerCase() === name ? text.replace(command[1] ?? '', '') : null;
    if (message.chat.type === 'private') return text;
    // The whole name, or it would be that of a bot whose name begins with it; and its place stays a blank, or two numbers would become one.
    const said = new RegExp(`(?<![\\w@])${name}(?!\\w)`, 'i').exec(text);
    if (said) return `${text.slice(0, said.index)} ${text.slice(said.index + name.length)}`.trim();
    return message.reply_to_message?.from?.id === botId() ? text : null;
  };

  const onMessage = async (update: Update.MessageUpdate): Promise<void> => {
    const { message } = update;
    const from = 'from' in message ? message.from : undefined;
    if (!from || from.is_bot || message.sender_chat) return;
    const kind = message.chat.type === 'private' ? 'private' : 'group';
    const [chat, userId] = [String(message.chat.id), String(from.id)];
    const key = `update:${update.update_id}:${message.message_id}`;
    if (!('text' in message)) {
      if (kind === 'private' && ['voice', 'audio', 'photo', 'video', 'video_note', 'document', 'sticker', 'location', 'contact'].some((part) => part in message)) await tell({ chat, key, text: 'I read text only. Write what you want to know or do.' });
      return;
    }
    const text = addressed(message);
    if (text === null || text === '') return;
    if (passedOn(message)) { await tell({ chat, key, text: notOwnWords }); return; }
    const code = /^\/(?:link|start)\s+(\S+)$/i.exec(text)?.[1];
    const person = await identify.who(userId);
    if (code !== undefined) {
      if (kind === 'group') { await tell({ chat, key, text: 'Send me the code in a chat of our own, not in a group.' }); return; }
      const linked = person ? { person, text: linkedAlready(person) } : await identify.link({ code, externalId: userId });
      if (linked.person) await threadFor({ chat, userId, person: linked.person, kind });
      await tell({ chat, key, text: linked.text });
      return;
    }
    if (!person) { if (kind === 'private' || text.startsWith('/')) await tell({ chat, key, text: notLinked }); return; }
    // Its answers are typed one by one, which only works where everything that is said is meant for the desk.
    if (kind === 'group' && interview.test(text)) {
      const own = await threadFor({ chat: userId, userId, person, kind: 'private' });
      await service.say({ threadId: own, person, clientMessageId: key, inbound: { message: text } });
      await tell({ chat, key: `${key}:own`, text: ownInterview });
      return;
    }
    const threadId = await threadFor({ chat, userId, person, kind });
    await service.say({ threadId, person, clientMessageId: key, inbound: { message: text } });
  };

  /**
   * Somebody changed a message that they had sent: the same asked again, where it is the last that they said. An older one changes nothing, and says so, lest
   * a changed order be taken for one that was heard.
   */
  const onEdit = async (update: Update): Promise<void> => {
    const message = 'edited_message' in update ? update.edited_message : undefined;
    if (!message || !('text' in message) || !message.from || message.from.is_bot || message.sender_chat || passedOn(message)) return;
    const text = addressed(message as Message.TextMessage);
    const person = text ? await identify.who(String(message.from.id)) : null;
    if (!text || !person) return;
    const kind = message.chat.type === 'private' ? 'private' : 'group';
    const chat = String(message.chat.id);
    const key = `update:${update.update_id}:${message.message_id}`;
    if (kind === 'group' && interview.test(text)) { await tell({ chat, key, text: ownInterview }); return; }
    const threadId = await threadFor({ chat, userId: String(message.from.id), person, kind });
    const edited = await sayEdited({ service, threadId, person, key, text, isVersion: (id) => id.startsWith('update:') && id.endsWith(`:${message.message_id}`) });
    if (edited.outcome === 'refused') await tell({ chat, key, text: edited.why });
    else if (edited.outcome === 'unknown' && kind === 'private') await tell({ chat, key, text: olderMessage });
  };

  const onPress = async (query: CallbackQuery): Promise<void> => {
    const message = query.message;
    const userId = String(query.from.id);
    if (!('data' in query) || !message) { await now.acknowledge(query.id, 'That button is too old. Say /cards to see what waits.'); return; }
    const chat = String(message.chat.id);
    const press = await buttons.read({ data: query.data, chat });
    if (!press) { await now.acknowledge(query.id, 'That button is not one of mine. Nothing was sent.'); return; }
    const person = await identify.who(userId);
    if (!person) { await now.acknowledge(query.id, `${notLinked} Nothing was sent.`); return; }
    const clientMessageId = `press:${query.id}`;
    if (press.kind === 'say') {
      await now.acknowledge(query.id);
      const kind = message.chat.type === 'private' ? 'private' : 'group';
      const threadId = await threadFor({ chat, userId, person, kind });
      await service.say({ threadId, person, clientMessageId, inbound: { message: press.command } });
      return;
    }
    const refusal = await identify.bystander({ confirmationId: press.confirmationId, person });
    await now.acknowledge(query.id, refusal ?? undefined);
    // The answer is the presser's affair, so it comes in their own chat; the card itself changes wherever it is shown.
    const threadId = await threadFor({ chat: userId, userId, person, kind: 'private' });
    await service.say({ threadId, person, clientMessageId, inbound: { press: press.confirmationId, choice: press.choice } });
  };

  return {
    chatOf: (update) => ('message' in update ? `chat ${update.message.chat.id}` : 'edited_message' in update ? `chat ${update.edited_message.chat.id}` : 'callback_query' in update ? `user ${update.callback_query.from.id}` : 'other'),
    async handle(update) {
      if ('message' in update) await onMessage(update as Update.MessageUpdate);
      else if ('edited_message' in update) await onEdit(update);
      else if ('callback_query' in update) await onPress(update.callback_query);
    },
  };
}
