import { DiscordAPIError, RateLimitError, type REST, Routes } from 'discord.js';
import type { Buttons } from '../chats/buttons.ts';
import { chartPng } from '../chats/chart-png.ts';
import { fileBytes } from '../chats/file-bytes.ts';
import { SendFailure } from '../chats/outbound-queue.ts';
import type { QueuedMessage } from '../chats/room-feed.ts';
import { discordMarkdown } from './markup.ts';

/** Where a message goes: a person's direct messages, a server's channel, or the answer to an interaction (which falls back to direct messages). */
export type Address = { kind: 'dm'; userId: string } | { kind: 'channel'; channelId: string } | { kind: 'hook'; token: string; userId: string };
export const chatOf = (address: Address): string => (address.kind === 'dm' ? `dm:${address.userId}` : address.kind === 'channel' ? `channel:${address.channelId}` : `hook:${address.userId}:${address.token}`);
export function addressOf(chat: string): Address {
  const [kind, first = '', ...rest] = chat.split(':');
  return kind === 'dm' ? { kind, userId: first } : kind === 'channel' ? { kind, channelId: first } : { kind: 'hook', userId: first, token: rest.join(':') };
}

const colours: Record<string, number> = { PENDING: 0x1d4ed8, APPROVED: 0x1d4ed8, EXECUTED: 0x0f7b6c, FILLED: 0x0f7b6c, CLOSED: 0x667085, REJECTED: 0x667085, EXPIRED: 0x667085, BLOCKED: 0xc2410c, FAILED: 0xc2410c };
const buttonStyles = { primary: 3, danger: 4, plain: 2 } as const;
/** Behind a button's data: its press is answered with a form for the reason. */
export const asksReasonMark = '.r';
const ephemeral = 64;

/** What Discord's refusals mean for the queue. */
function failureOf(error: unknown): SendFailure {
  if (error instanceof RateLimitError) return new SendFailure('wait', error.message, Math.max(0.05, (error.retryAfter || error.timeToReset) / 1000));
  if (!(error instanceof DiscordAPIError)) return new SendFailure('again', error instanceof Error ? error.message : String(error));
  // Unknown channel, unknown user, missing access, no direct messages to this person.
  const gone: ReadonlySet<unknown> = new Set([10003, 10013, 50001, 50007, 50013]);
  return new SendFailure(error.status >= 500 ? 'again' : gone.has(error.code) ? 'gone' : 'refused', `${error.code}: ${error.message}`);
}
/** The interaction is over: its token lives for 15 minutes. */
const isOver = (error: unknown): boolean => error instanceof DiscordAPIError && (error.code === 10015 || error.code === 50027 || error.code === 10008 || error.code === 10062);

/** Sends queued messages to Discord: cards as embeds that change in place, charts, tables and reports as files, answers to interactions where they were asked. */
export function createDiscordSend({ rest, applicationId, buttons }: { rest: REST; applicationId: string; buttons: Buttons }) {
  const direct = new Map<string, string>();
  /** Interactions whose first message is there: what follows is appended. */
  const answered = new Set<string>();
  
  const directChannel = async (userId: string): Promise<string> => {
    const known = direct.get(userId);
    if (known) return known;
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as { id: string };
    direct.set(userId, id);
    return id;
  };

  const payload = async (message: QueuedMessage): Promise<{ body: Record<string, unknown>; files: { name: string; data: Buffer; contentType: string }[] }> => {
    const text = discordMarkdown(message.lines);
    const rows = Array.from({ length: Math.ceil(message.buttons.length / 5) }, (_, row) => ({
      type: 1, components: message.buttons.slice(row * 5, row * 5 + 5).map(({ label, style, id, asksReason }) => ({ type: 2, label: label.slice(0, 80), style: buttonStyles[style], custom_id: `${buttons.data({ id, chat: message.home ?? '' })}${asksReason ? asksReasonMark : ''}` })),
    })).slice(0, 5);
    const files = message.chart ? [{ name: 'chart.png', data: await chartPng(message.chart), contentType: 'image/png' }] : message.file ? [{ name: message.file.name, data: await fileBytes(message.file), contentType: message.file.mediaType }] : [];
    const embeds = message.card || message.chart ? [{ description: text, ...(message.card ? { color: colours[message.card.state] ?? 0x667085 } : {}), ...(message.chart ? { image: { url: 'attachment://chart.png' } } : {}) }] : [];
    // Nobody is ever called by what a message says.
    return { body: { ...(embeds.length > 0 ? { embeds } : { content: text }), components: rows, allowed_mentions: { parse: [] } }, files };
  };

  const inChannel = async (channelId: string, message: QueuedMessage, replaces: string | null): Promise<string> => {
    const { body, files } = await payload(message);
    const [inChannelId, messageId] = replaces?.split('/') ?? [];
    if (messageId && inChannelId === channelId) {
      try { await rest.patch(Routes.channelMessage(channelId, messageId), { body }); return `${channelId}/${messageId}`; } catch (error) {
        if (!(error instanceof DiscordAPIError) || error.code !== 10008) throw error;
        // Somebody deleted it: it is said anew.
      }
    }
    const sent = (await rest.post(Routes.channelMessages(channelId), { body, files })) as { id: string };
    return `${channelId}/${sent.id}`;
  };

  return async ({ chat, body, replaces }: { chat: string; body: string; replaces: string | null }): Promise<{ externalId: string | null }> => {
    const message = JSON.parse(body) as QueuedMessage;
    const to = addressOf(chat);
    try {
      if (to.kind === 'dm') return { externalId: await inChannel(await directChannel(to.userId), message, replaces) };
      if (to.kind === 'channel') {
        const externalId = await inChannel(to.channelId, message, replaces);
        if (message.card && replaces === null) await openThread(to.channelId, externalId, message);
        else if (message.card && message.buttons.length === 0) await tellThread(externalId, message);
        return { externalId };
      }
      try {
        const sending = await payload(message);
        if (answered.has(to.token)) await rest.post(Routes.webhook(applicationId, to.token), { body: { ...sending.body, flags: message.open ? 0 : ephemeral }, files: sending.files, auth: false });
        else await rest.patch(Routes.webhookMessage(applicationId, to.token), { ...sending, auth: false });
        answered.add(to.token);
        return { externalId: null };
      } catch (error) {
        if (!isOver(error)) throw error;
        return { externalId: await inChannel(await directChannel(to.userId), message, null) };
      }
    } catch (error) { throw error instanceof SendFailure ? error : failureOf(error); }
  };

  /** A card in a server has a thread of its own to be talked about; without the right to open one it goes without. */
  async function openThread(channelId: string, externalId: string, message: QueuedMessage): Promise<void> {
    const [, messageId = ''] = externalId.split('/');
    const name = `${message.card?.number === null ? 'Card' : `Card ${message.card?.number}`} · ${message.card?.headline ?? ''}`.slice(0, 100);
    await rest.post(Routes.threads(channelId, messageId), { body: { name, auto_archive_duration: 1440 } }).catch((error: unknown) => { if (!(error instanceof DiscordAPIError) || error.status >= 500) throw error; });
  }
  /** A thread that starts from a message has the message's id. */
  async function tellThread(externalId: string, message: QueuedMessage): Promise<void> {
    const [, messageId = ''] = externalId.split('/');
    const last = message.lines.at(-1);
    if (last) await rest.post(Routes.channelMessages(messageId), { body: { content: discordMarkdown([last]), allowed_mentions: { parse: [] } } }).catch((error: unknown) => { if (!(error instanceof DiscordAPIError) || error.status >= 500) throw error; });
  }
};
