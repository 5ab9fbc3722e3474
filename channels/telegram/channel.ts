import { Telegraf, TelegramError } from 'telegraf';
import type { Update } from 'telegraf/types';
import type { Database } from '../../db/client.ts';
import { forgetOldChats } from '../../db/stores/chat-buttons.ts';
import type { ChatRoom } from '../../db/stores/chat-rooms.ts';
import { toolsOfTurn } from '../../db/stores/conversation.ts';
import { identitiesOf } from '../../db/stores/identities.ts';
import { queueOutbound } from '../../db/stores/outbound.ts';
import type { Zone } from '../../desk/time.ts';
import { describeError } from '../../ops/describe-error.ts';
import type { Log } from '../../ops/log.ts';
import type { CommandOffer, ConversationService } from '../conversation-service.ts';
import { createButtons } from '../chats/buttons.ts';
import { createIdentify } from '../chats/identify.ts';
import { createInOrder } from '../chats/in-order.ts';
import { type ChatChannel, type ChatSurroundings, keptDays } from '../chats/channel.ts';
import { createOutboundQueue } from '../chats/outbound-queue.ts';
import { type Capabilities, inParts } from '../chats/outgoing.ts';
import { isPublicTurn } from '../chats/public-turn.ts';
import { renderForChat } from '../chats/render-event.ts';
import { linesOfText } from '../chats/rich-text.ts';
import { createRoomFeed, type Placed } from '../chats/room-feed.ts';
import type { ConversationEvent } from '../vocabulary.ts';
import { telegramMenu } from './commands.ts';
import { createTelegramSend } from './send.ts';
import { createUpdates } from './updates.ts';

const bot = 'telegram' as const;
export const telegramCan: Capabilities = { textUnits: 4096, tableColumns: 44, images: true, files: true, buttons: true, edits: true, tableRows: 30 };
/** Telegram's published limits: 30 messages a second in all, 20 a minute in a group. */
const perSecond = 25;
const usualGapMs = { private: 300, group: 3000 };
/** The kinds of updates that Telegram sends. */
const heard = ['message', 'edited_message', 'callback_query'] as const;
const retrySeconds = 5;
const conflictSeconds = 30;

export interface TelegramInput extends ChatSurroundings {
  database: Database; service: ConversationService; token: string;
  /** Another Bot API server than Telegram's own. */
  apiRoot?: string;
  /** Telegram calls this address instead of being asked; `secret` comes back in each call's header. */
  webhook?: { url: string; path: string; secret: string };
  /** Milliseconds between two messages in one chat. */
  gapMs?: { private: number; group: number };
  offers: readonly CommandOffer[]; zone: Zone; isMarketTool: (name: string) => boolean; log: Log;
}
export interface TelegramChannel extends ChatChannel {
  /** The route of the web server that Telegram calls; null while the bot asks by itself. */
  webhook: ReturnType<Telegraf['webhookCallback']> | null;
}

/** The Telegram channel: updates come in by long polling or webhook, everything goes out through the queue. */
export function createTelegramChannel(input: TelegramInput): TelegramChannel {
  const { database, service, log, zone, nowMs, pause, setTimer, newUuid, newButtonId } = input;
  const telegraf = new Telegraf(input.token, { handlerTimeout: Number.POSITIVE_INFINITY, telegram: { ...(input.apiRoot ? { apiRoot: input.apiRoot } : {}), webhookReply: false } });
  const buttons = createButtons({ database, bot, secret: input.token, newId: newButtonId });
  const identify = createIdentify({ database, bot, newId: newUuid });
  const queue = createOutboundQueue({
    database, bot, send: createTelegramSend({ telegram: telegraf.telegram, buttons }), perSecond, chatGapMs: (chat) => ((input.gapMs ?? usualGapMs)[chat.startsWith('-') ? 'group' : 'private']), nowMs, setTimer, pause,
    onFailure: (error, { chat, givenUp }) => log[givenUp ? 'error' : 'warn']('a message to Telegram could not be sent', { chat, givenUp, error: describeError(error) }),
  });
  let stopped = false;
  const stopping = Promise.withResolvers<void>();
  const rest = (seconds: number): Promise<void> => Promise.race([pause(seconds * 1000), stopping.promise]);
  let state: 'off' | 'on' | 'conflict' = 'off';
  let polling: Promise<void> | null = null;

  const place = async ({ room, turn, events, said }: { room: ChatRoom; turn: string; events: { sequence: number; event: ConversationEvent }[]; said: object | null }): Promise<Placed[]> => {
    const render = (audience: 'private' | 'group', chat: string, which: typeof events): Placed[] => which.flatMap(({ sequence, event }) =>
      renderForChat(event, { can: telegramCan, zone, audience }).flatMap((message) => inParts(message, message.chart || message.file ? 1024 : telegramCan.textUnits)).map((message, part) => ({ chat, key: `thread:${room.threadId}:${sequence}:${part}`, message })));
    if (room.kind === 'private') return render('private', room.chat, events);
    const toolsUsed = await toolsOfTurn(database.orm, turn);
    if (isPublicTurn({ events: events.map(({ event }) => event), toolsUsed, isMarketTool: input.isMarketTool })) return render('group', room.chat, events);
    const own = await ownChat(room.personId);
    const cards = events.filter(({ event }) => event.type === 'card');
    const answered = said !== null && events.some(({ event }) => event.type === 'reply');
    const hint: Placed[] = answered ? [{ chat: room.chat, key: `private:${turn}`, message: { subject: null, lines: linesOfText('The answer is in your own chat with me.'), buttons: [] } }] : [];
    return [...(own ? render('private', own, events) : []), ...hint, ...render('group', room.chat, cards)];
  };
  /** A person's own chat with the bot has their own id. */
  const ownChat = async (personId: string): Promise<string | null> => (await identitiesOf(database.orm, personId)).find(({ channel }) => channel === bot)?.externalId ?? null;

  const feed = createRoomFeed({
    database, service, bot, buttons, place, wholeTurns: (room) => room.kind === 'group', queued: queue.wake,
    onLive: (room, event) => {
      if (event.type !== 'progress') return;
      void telegraf.telegram.sendChatAction(room.chat, 'typing').catch(() => undefined);
    },
    onFailure: (error) => log.error('a conversation could not be put into the queue to Telegram', { error: describeError(error) }),
  });
  const updates = createUpdates({
    service, identify, buttons, botName: () => telegraf.botInfo?.username ?? '', botId: () => telegraf.botInfo?.id ?? 0, openRoom: feed.open,
    now: {
      // A press that is older than Telegram waits for cannot be acknowledged any more; what it says still counts.
      acknowledge: async (queryId, text) => { await telegraf.telegram.answerCbQuery(queryId, text?.slice(0, 200), { show_alert: text !== undefined }).catch((error: unknown) => log.warn('a press could not be acknowledged', { error: describeError(error) })); },
    },
    tell: async ({ chat, key, text }) => {
      await queueOutbound(database.orm, { bot, chat, key, subject: null, body: JSON.stringify({ subject: null, lines: linesOfText(text), buttons: [] }) });
      queue.wake();
    },
  });

  const inOrder = createInOrder();
  /** An update that could not be stored must not be forgotten by Telegram: it is tried until it is, and never confirmed otherwise. */
  const take = (update: Update): Promise<void> => inOrder(updates.chatOf(update), async () => {
    for (;;) {
      try { await updates.handle(update); return; } catch (error) {
        log.error('an update from Telegram could not be taken in; trying again', { update: update.update_id, error: describeError(error) });
        if (stopped) return new Promise<void>(() => undefined);
        await rest(retrySeconds);
      }
    }
  });
  telegraf.use(async (context) => { await take(context.update); });
  telegraf.catch((error) => { throw error; });

  const poll = async (): Promise<void> => {
    while (!stopped) {
      try {
        state = 'on';
        await telegraf.launch({ allowedUpdates: [...heard] });
        return;
      } catch (error) {
        if (stopped) return;
        const conflict = error instanceof TelegramError && error.code === 409;
        state = conflict ? 'conflict' : 'off';
        log.error(conflict ? 'another program listens with this Telegram token; this desk does not hear Telegram until that one stops' : 'listening to Telegram failed; trying again', { error: describeError(error) });
        if (error instanceof TelegramError && error.code === 401) return;
        await rest(conflict ? conflictSeconds : retrySeconds);
      }
    }
  };
  const offerMenu = async (): Promise<void> => {
    const wanted = telegramMenu(input.offers);
    const there = await telegraf.telegram.getMyCommands();
    if (JSON.stringify(there) !== JSON.stringify(wanted)) await telegraf.telegram.setMyCommands(wanted);
  };

  return {
    bot, webhook: input.webhook ? telegraf.webhookCallback(input.webhook.path, { secretToken: input.webhook.secret }) : null,
    state: () => state,
    async start() {
      telegraf.botInfo = await telegraf.telegram.getMe().catch((error: unknown) => { throw new Error(error instanceof TelegramError && error.code === 401 ? 'Telegram does not know this token' : `Telegram cannot be reached: ${describeError(error)}`); });
      await offerMenu().catch((error: unknown) => log.warn('the Telegram menu could not be set', { error: describeError(error) }));
      await forgetOldChats(database.orm, { bot, days: keptDays });
      await feed.start();
      queue.wake();
      if (input.webhook) {
        await telegraf.telegram.setWebhook(input.webhook.url, { secret_token: input.webhook.secret, allowed_updates: [...heard] });
        state = 'on';
      } else polling = poll();
      return `@${telegraf.botInfo.username}`;
    },
    wake: queue.wake,
    async idle() { await feed.idle(); await queue.drain(); },
    async stop() {
      stopped = true;
      stopping.resolve();
      try { telegraf.stop(); } catch { /* it was not listening */ }
      await polling;
      feed.stop();
      await queue.stop();
      state = 'off';
    },
  };
}
