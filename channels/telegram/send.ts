import { TelegramError, type Telegram } from 'telegraf';
import type { Buttons } from '../chats/buttons.ts';
import { chartPng } from '../chats/chart-png.ts';
import { fileBytes } from '../chats/file-bytes.ts';
import { SendFailure } from '../chats/outbound-queue.ts';
import type { QueuedMessage } from '../chats/room-feed.ts';
import { splitLines } from '../chats/rich-text.ts';
import { telegramHtml } from './markup.ts';

/** In a caption Telegram takes less text than in a message. */
const captionUnits = 1024;
const sendSeconds = 30;
const buttonsInRow = 2;

/** What Telegram's refusals mean for the queue. */
export function sendFailureOf(error: unknown): SendFailure {
  if (!(error instanceof TelegramError)) return new SendFailure('again', error instanceof Error ? error.message : String(error));
  const words = error.description;
  if (error.code === 429) return new SendFailure('wait', words, error.parameters?.retry_after ?? 1);
  if (error.code >= 500) return new SendFailure('again', words);
  // 401: the token was taken back; it may come back with the next start.
  if (error.code === 401 || error.code === 409) return new SendFailure('again', words);
  return new SendFailure(error.code === 403 || /chat not found|group chat was upgraded|user is deactivated/i.test(words) ? 'gone' : 'refused', words);
}

/** Sends queued messages to Telegram: text, a chart as a photo, a table or a report as a document; a card replaces its earlier message. */
export function createTelegramSend({ telegram, buttons }: { telegram: Telegram; buttons: Buttons }) {
  const call = async <M extends Parameters<Telegram['callApi']>[0]>(method: M, payload: Parameters<Telegram['callApi']>[1]): Promise<unknown> => {
    try { return await telegram.callApi(method, payload as never, { signal: AbortSignal.timeout(sendSeconds * 1000) as never }); } catch (error) { throw error instanceof SendFailure ? error : sendFailureOf(error); }
  };
  const idOf = (sent: unknown): string | null => (typeof sent === 'object' && sent !== null && 'message_id' in sent ? String(sent.message_id) : null);

  const keyboard = (chat: string, message: QueuedMessage): object => {
    const keys = message.buttons.map(({ label, id }) => ({ text: label, callback_data: buttons.data({ id, chat }) }));
    const inline_keyboard = Array.from({ length: Math.ceil(keys.length / buttonsInRow) }, (_, row) => keys.slice(row * buttonsInRow, (row + 1) * buttonsInRow));
    return { inline_keyboard };
  };

  return async ({ chat, body, replaces }: { chat: string; body: string; replaces: string | null }): Promise<{ externalId: string | null }> => {
    const message = JSON.parse(body) as QueuedMessage;
    const to = { chat_id: chat };
    if (message.chart) {
      const caption = telegramHtml(splitLines(message.lines, captionUnits)[0] ?? []);
      return { externalId: idOf(await call('sendPhoto', { ...to, photo: { source: await chartPng(message.chart), filename: 'chart.png' }, caption, parse_mode: 'HTML', reply_markup: keyboard(chat, message) })) };
    }
    if (message.file) {
      const caption = telegramHtml(splitLines(message.lines, captionUnits)[0] ?? []);
      return { externalId: idOf(await call('sendDocument', { ...to, document: { source: await fileBytes(message.file), filename: message.file.name }, caption, parse_mode: 'HTML' })) };
    }
    const text = { ...to, text: telegramHtml(message.lines), parse_mode: 'HTML', link_preview_options: { is_disabled: true }, reply_markup: keyboard(chat, message) };
    if (replaces !== null) {
      try {
        await call('editMessageText', { ...text, message_id: Number(replaces) });
        return { externalId: replaces };
      } catch (error) {
        if (!(error instanceof SendFailure) || error.kind !== 'refused') throw error;
        if (/message is not modified/i.test(error.message)) return { externalId: replaces };
        // Too old to edit, or deleted by somebody: it is said anew.
      }
    }
    return { externalId: idOf(await call('sendMessage', text)) };
  };
}
