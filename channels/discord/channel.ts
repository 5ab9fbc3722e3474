import { Client, DiscordAPIError, Events, GatewayIntentBits, REST, Routes } from 'discord.js';
import type { Database } from '../../db/client.ts';
import { forgetOldChats } from '../../db/stores/chat-buttons.ts';
import { type ChatRoom, roomsOf } from '../../db/stores/chat-rooms.ts';
import { lastSaid, toolsOfTurn } from '../../db/stores/conversation.ts';
import { identitiesOf } from '../../db/stores/identities.ts';
import { queueOutbound } from '../../db/stores/outbound.ts';
import type { Zone } from '../../desk/time.ts';
import { describeError } from '../../ops/describe-error.ts';
import type { Log } from '../../ops/log.ts';
import { createButtons } from '../chats/buttons.ts';
import { type ChatChannel, type ChatSurroundings, keptDays } from '../chats/channel.ts';
import { createIdentify } from '../chats/identify.ts';
import { createInOrder } from '../chats/in-order.ts';
import { createOutboundQueue } from '../chats/outbound-queue.ts';
import { type Capabilities, inParts, type Outgoing } from '../chats/outgoing.ts';
import { isPublicTurn } from '../chats/public-turn.ts';
import { renderForChat } from '../chats/render-event.ts';
import { linesOfText } from '../chats/rich-text.ts';
import { createRoomFeed, type Placed } from '../chats/room-feed.ts';
import type { CommandOffer, ConversationService } from '../conversation-service.ts';
import type { ConversationEvent } from '../vocabulary.ts';
import { discordCommands, sameCommands } from './commands.ts';
import { createInteractions, type Hook } from './interactions.ts';
import { addressOf, chatOf, createDiscordSend } from './send.ts';

const bot = 'discord' as const;
/** Markdown makes text longer: at worst every character is escaped, and Discord takes 2,000 in a message. */
export const discordCan: Capabilities = { textUnits: 950, tableColumns: 56, images: true, files: true, buttons: true, edits: true, tableRows: 30 };
const perSecond = 40;
const usualGapMs = 250;
/** An interaction's token lives this long. */
const hookMs = 14 * 60_000;

export interface DiscordInput extends ChatSurroundings {
  database: Database; service: ConversationService; token: string; applicationId: string;
  /** Another address of Discord's REST interface. */
  apiRoot?: string;
  gapMs?: number;
  offers: readonly CommandOffer[]; zone: Zone; symbols: () => Iterable<{ symbol: string; name: string }>; isMarketTool: (name: string) => boolean; log: Log;
}

/** The Discord channel: commands, buttons and direct messages come by the gateway, everything goes out through the queue. */
export function createDiscordChannel(input: DiscordInput): ChatChannel {
  const { database, service, log, zone, nowMs, pause, setTimer, newUuid, newButtonId } = input;
  const restOptions = { version: '10', retries: 0, timeout: 30_000, rejectOnRateLimit: () => true, ...(input.apiRoot ? { api: input.apiRoot } : {}) };
  const client = new Client({ intents: [GatewayIntentBits.DirectMessages], allowedMentions: { parse: [] }, rest: { version: '10', ...(input.apiRoot ? { api: input.apiRoot } : {}) } });
  // The queue has its own REST client: it waits by itself, where a crash does not lose what waits.
  const rest = new REST(restOptions).setToken(input.token);
  const buttons = createButtons({ database, bot, secret: input.token, newId: newButtonId });
  const identify = createIdentify({ database, bot, newId: newUuid });
  const queue = createOutboundQueue({
    database, bot, send: createDiscordSend({ rest, applicationId: input.applicationId, buttons }), perSecond, chatGapMs: () => input.gapMs ?? usualGapMs, nowMs, setTimer, pause,
    onFailure: (error, { chat, givenUp }) => log[givenUp ? 'error' : 'warn']('a message to Discord could not be sent', { chat: chat.slice(0, 40), givenUp, error: describeError(error) }),
  });
  const hooks = new Map<string, Hook & { atMs: number }>();
  /** The channel of each person's direct messages, once they wrote. */
  const directChannels = new Map<string, string>();
  let state: 'off' | 'on' = 'off';

  const remember = (clientMessageId: string, hook: Hook): void => {
    for (const [id, { atMs }] of hooks) if (nowMs() - atMs > hookMs) hooks.delete(id);
    hooks.set(clientMessageId, { ...hook, atMs: nowMs() });
  };
  const userOf = async (room: ChatRoom): Promise<string | null> => {
    const at = addressOf(room.chat);
    return at.kind === 'dm' ? at.userId : ((await identitiesOf(database.orm, room.personId)).find(({ channel }) => channel === bot)?.externalId ?? null);
  };
  const place = async ({ room, turn, events, said }: { room: ChatRoom; turn: string; events: { sequence: number; event: ConversationEvent }[]; said: { clientMessageId: string | null } | null }): Promise<Placed[]> => {
    const userId = await userOf(room);
    if (!userId) return [];
    const dm = chatOf({ kind: 'dm', userId });
    const kept = said?.clientMessageId ? hooks.get(said.clientMessageId) : undefined;
    // Only what the market's tools alone answered may stand open in a server; the rest goes where one person reads.
    const open = room.kind === 'group' && isPublicTurn({ events: events.map(({ event }) => event), toolsUsed: await toolsOfTurn(database.orm, turn), isMarketTool: input.isMarketTool });
    const usable = kept !== undefined && (!kept.open || open);
    const hook = usable ? chatOf({ kind: 'hook', userId, token: kept.token }) : dm;
    const at = (chat: string, home: string, key: string, message: Outgoing): Placed => ({ chat, home, key, message, open: !(kept?.ephemeral ?? true) });
    const placed = events.flatMap(({ sequence, event }) => renderForChat(event, { can: discordCan, zone, audience: 'private' }).flatMap((message) => inParts(message, discordCan.textUnits)).flatMap((message, part): Placed[] => {
      const key = `thread:${room.threadId}:${sequence}:${part}`;
      if (event.type !== 'card') return [at(hook, usable ? room.chat : dm, key, message)];
      const group = room.kind === 'group' && part === 0 ? renderForChat(event, { can: discordCan, zone, audience: 'group' }).map((each) => at(room.chat, room.chat, `${key}:group`, each)) : [];
      return [at(dm, dm, key, message), ...group];
    }));
    // An interaction always gets its answer, or it would seem to go on for ever.
    const words = usable ? (placed.some(({ chat }) => chat === hook) ? null : 'Done; see the card.') : kept?.open ? 'The answer is in our direct messages.' : null;
    if (kept && words !== null && events.some(({ event }) => event.type === 'end')) placed.unshift(at(chatOf({ kind: 'hook', userId, token: kept.token }), room.chat, `answer:${turn}`, { subject: null, lines: linesOfText(words), buttons: [] }));
    return placed;
  };
  const feed = createRoomFeed({
    database, service, bot, buttons, place, wholeTurns: () => true, queued: queue.wake,
    onLive: (room, event) => {
      // In direct messages Discord shows that somebody writes; an interaction says so by itself.
      if (event.type === 'progress' && room.kind === 'private') void typing(room);
    },
    onFailure: (error) => log.error('a conversation could not be put into the queue to Discord', { error: describeError(error) }),
  });
  const typing = async (room: ChatRoom): Promise<void> => {
    const channelId = directChannels.get(room.chat);
    if (channelId) await rest.post(Routes.channelTyping(channelId)).catch(() => undefined);
  };
  const incoming = createInteractions({
    service, identify, buttons, symbols: input.symbols, openRoom: feed.open, remember,
    tell: async ({ chat, key, text }) => {
      await queueOutbound(database.orm, { bot, chat, key, subject: null, body: JSON.stringify({ subject: null, lines: linesOfText(text), buttons: [] }) });
      queue.wake();
    },
  });
  const inOrder = createInOrder();
  client.on(Events.InteractionCreate, (interaction) => {
    void incoming.interaction(interaction).catch((error: unknown) => {
      // An interaction that Discord has given up on: whoever pressed sees that, and presses again.
      const late = error instanceof DiscordAPIError && (error.code === 10062 || error.code === 40060);
      log[late ? 'warn' : 'error']('an interaction on Discord could not be answered', { error: describeError(error) });
    });
  });
  const take = (userId: string, work: () => Promise<void>): Promise<void> => inOrder(userId, work).catch((error: unknown) => log.error('a message on Discord could not be taken in', { error: describeError(error) }));
  // As the gateway brings it: the client drops direct messages of channels that it does not know and whose kind is not said. In servers only
  // commands count; a message's text is not even sent to the desk there.
  client.on(Events.Raw, ({ t, d }: { t: string; d: { id: string; channel_id: string; content?: string; guild_id?: string; edited_timestamp?: string | null; author?: { id: string; bot?: boolean } } }) => {
    if ((t !== 'MESSAGE_CREATE' && t !== 'MESSAGE_UPDATE') || d.guild_id !== undefined || !d.author || d.author.bot) return;
    const { id: userId } = d.author;
    directChannels.set(chatOf({ kind: 'dm', userId }), d.channel_id);
    if (t === 'MESSAGE_CREATE') void take(userId, () => incoming.message({ id: d.id, userId, text: d.content ?? '' }));
    else if (d.content !== undefined && d.edited_timestamp) void take(userId, () => incoming.edited({ id: d.id, userId, text: d.content ?? '', at: d.edited_timestamp ?? '' }));
  });
  /** A new session does not bring what was written before it: it is read from each direct channel, after the last message that is known. */
  const catchUp = async (): Promise<void> => {
    for (const room of await roomsOf(database.orm, bot)) {
      const at = addressOf(room.chat);
      const after = await lastSaid(database.orm, { threadId: room.threadId, prefix: 'message:' });
      if (at.kind !== 'dm' || after === null) continue;
      const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: at.userId } })) as { id: string };
      const missed = (await rest.get(Routes.channelMessages(id), { query: new URLSearchParams({ after, limit: '50' }) })) as { id: string; content: string; author: { id: string; bot?: boolean } }[];
      for (const message of missed.toReversed()) if (message.author.id === at.userId) await take(at.userId, () => incoming.message({ id: message.id, userId: at.userId, text: message.content }));
    }
  };
  client.on(Events.Error, (error) => log.warn('the connection to Discord failed; it is opened again', { error: describeError(error) }));
  client.on(Events.ShardReady, () => {
    state = 'on';
    void catchUp().catch((error: unknown) => log.warn('what was written on Discord meanwhile could not be read', { error: describeError(error) }));
  });
  client.on(Events.ShardResume, () => { state = 'on'; });
  client.on(Events.ShardReconnecting, () => { state = 'off'; });

  const offerCommands = async (): Promise<void> => {
    const wanted = discordCommands(input.offers);
    const there = (await rest.get(Routes.applicationCommands(input.applicationId))) as unknown[];
    if (!sameCommands(there, wanted)) await rest.put(Routes.applicationCommands(input.applicationId), { body: wanted });
  };
  return {
    bot, state: () => state,
    async start() {
      const ready = new Promise<string>((resolve) => { client.once(Events.ClientReady, (now) => resolve(now.user.tag)); });
      try { await client.login(input.token); } catch (error) { throw new Error(error instanceof Error && 'code' in error && error.code === 'TokenInvalid' ? 'Discord does not know this token' : `Discord cannot be reached: ${describeError(error)}`); }
      const tag = await ready;
      await offerCommands().catch((error: unknown) => log.warn('the commands on Discord could not be set', { error: describeError(error) }));
      await forgetOldChats(database.orm, { bot, days: keptDays });
      await feed.start();
      queue.wake();
      return tag;
    },
    wake: queue.wake,
    async idle() { await feed.idle(); await queue.drain(); },
    async stop() {
      state = 'off';
      await client.destroy();
      feed.stop();
      await queue.stop();
    },
  };
}
