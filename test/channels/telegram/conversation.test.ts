import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, textOf } from '../../helpers/desk.ts';
import { linkOwner, openTelegramDesk, ownerChat, type TelegramDesk } from './telegram-desk.ts';

let telegram: TelegramDesk;
let symbol = '';
beforeAll(async () => {
  telegram = await openTelegramDesk();
  await telegram.desk.advance(30);
  symbol = [...telegram.desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
  await linkOwner(telegram);
});
afterAll(async () => { await telegram.close(); });
const said = (text: string): number => telegram.server.message({ chat: ownerChat, from: ownerChat, text });
const shows = (part: string): Promise<void> => telegram.server.until(() => telegram.server.texts(ownerChat).some((text) => text.includes(part)), `“${part}”`);

describe('the conversation on Telegram', () => {
  it('offers the desk’s commands in the bot’s menu, each with a description', () => {
    const names = telegram.server.commands.map((each) => (each as { command: string }).command);
    expect(names).toEqual(['start', 'link', 'accounts', 'positions', 'pnl', 'idea', 'cards', 'card', 'why', 'approve', 'reject', 'orders', 'flatten', 'pause', 'resume', 'kill', 'report', 'watch', 'news', 'chain', 'strategy', 'risk', 'treasury', 'audit', 'intake', 'evals', 'settings', 'alerts', 'ack', 'unlink', 'retry', 'help']);
    expect(telegram.server.commands.every((each) => (each as { description: string }).description.length > 2)).toBe(true);
  });

  it('answers in words, with a chart as a picture and a wide table as paragraphs', async () => {
    said(`chart ${symbol}`);
    await telegram.server.until(() => telegram.server.chat(ownerChat).some(({ photo }) => photo !== undefined), 'a chart');
    const photo = telegram.server.chat(ownerChat).find((message) => message.photo)?.photo;
    expect(photo?.subarray(1, 4).toString()).toBe('PNG');
    said('/accounts');
    await telegram.server.until(() => telegram.server.chat(ownerChat).some(({ html }) => html.includes('<b>LumpSum</b>') && html.includes('Mode paper')), 'the accounts');
  });

  it('confirms a card by its button, acknowledges the press at once and changes the card where it stands', async () => {
    const { server, desk } = telegram;
    said(`buy 3 ${symbol} in LumpSum`);
    await server.until(() => server.chat(ownerChat).some(({ buttons }) => buttons.flat().some(({ text }) => text === 'Confirm')), 'a card');
    const card = server.chat(ownerChat).findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Confirm'));
    expect(card?.text).toMatch(/Most you can lose/);
    const { queryId } = server.press({ chat: ownerChat, from: ownerChat, label: 'Confirm' });
    await server.until(() => server.acknowledged.some(({ id }) => id === queryId), 'the acknowledgement');
    // Acknowledged comes first; the order is there when its card says so.
    await server.until(() => server.chat(ownerChat).some(({ id, text }) => id === card?.id && text.includes('working at the broker')), 'the order on the card');
    await desk.conversation.idle();
    await desk.advance(3);
    await server.until(() => server.chat(ownerChat).some(({ id, text }) => id === card?.id && text.includes('Filled 3')), 'the fill on the card');
    const now = server.chat(ownerChat).find(({ id }) => id === card?.id);
    expect(now?.buttons).toEqual([]);
    expect(now?.edits).toBeGreaterThan(0);
    const first = server.calls.findIndex(({ method, fields }) => method === 'answerCallbackQuery' && fields.callback_query_id === queryId);
    const afterwards = server.calls.findIndex(({ method }, index) => index > first && method.startsWith('edit'));
    expect(first).toBeLessThan(afterwards);
  });

  it('answers a message once, however often and in whatever order Telegram delivers it', async () => {
    const { server, desk } = telegram;
    const first = said(`what did ${symbol} close at yesterday`);
    const second = said('market hours');
    await shows('Open until');
    await shows('Previous close');
    const before = server.texts(ownerChat).length;
    server.again(second, first, first);
    said('/cash');
    await server.until(() => server.texts(ownerChat).length > before, 'the answer to the new message');
    await desk.conversation.idle();
    await telegram.channel.idle();
    const later = server.texts(ownerChat).slice(before).join('\n');
    expect(later).not.toMatch(/closed at|Open until/);
    expect(later).toMatch(/cash/i);
  });

  it('takes a changed message as the same asked again, once, where it was the last; an older one changes nothing and is told so', async () => {
    const { server, desk } = telegram;
    const older = said('market hours');
    const last = said('quote ZORBIXX');
    await shows('“ZORBIXX”'.replaceAll(/[“”]/g, '"'));
    const edited = server.edit({ chat: ownerChat, from: ownerChat, of: last, text: `quote ${symbol}` });
    await server.until(() => server.texts(ownerChat).at(-1)?.includes(symbol) ?? false, 'the answer to the changed message');
    const count = async (): Promise<number> => (await desk.database.pool.query('select 1 from core.messages where replaces is not null')).rows.length;
    expect(await count()).toBe(1);
    // Delivered again, and told of once more because of a preview of a link.
    server.again(edited);
    server.edit({ chat: ownerChat, from: ownerChat, of: last, text: `quote ${symbol}` });
    server.edit({ chat: ownerChat, from: ownerChat, of: older, text: `buy 5 ${symbol} in LumpSum` });
    await shows('Only your last message can be edited: say the earlier one again.');
    expect(await count()).toBe(1);
    // A second change replaces the first one, and /retry asks the newest words.
    server.edit({ chat: ownerChat, from: ownerChat, of: last, text: 'market hours' });
    await server.until(() => server.texts(ownerChat).at(-1)?.startsWith('Open until') ?? false, 'the answer to the second change');
    const before = server.texts(ownerChat).length;
    said('/retry');
    await server.until(() => server.texts(ownerChat).length > before, 'the answer once more');
    expect(server.texts(ownerChat).at(-1)).toMatch(/^Open until/);
    expect(await count()).toBe(3);
    // Somebody who is not known here changes nothing and is told nothing.
    server.edit({ chat: 4444, from: 4444, of: last, text: 'what do I hold' });
    await desk.conversation.idle();
    expect([await count(), server.texts(4444)]).toEqual([3, []]);
  });

  it('refuses invented and borrowed buttons, and says so to the presser alone', async () => {
    const { server } = telegram;
    said(`sell 1 ${symbol} in LumpSum`);
    await server.until(() => server.chat(ownerChat).at(-1)?.buttons.flat().some(({ text }) => text === 'Reject') ?? false, 'a card');
    const data = server.chat(ownerChat).at(-1)?.buttons.flat()[0]?.callback_data ?? '';
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    const forged = [`${data.slice(0, -1)}${data.endsWith('A') ? 'B' : 'A'}`, 'p1.AAAAAAAAAAAAAAAA.AAAAAAAAAAA', 'approve:run-17', ''.padEnd(64, 'x')];
    for (const each of forged) {
      const { queryId } = server.press({ chat: ownerChat, from: ownerChat, data: each });
      await server.until(() => server.acknowledged.some(({ id }) => id === queryId), 'the refusal');
      expect(server.acknowledged.find(({ id }) => id === queryId)?.text).toMatch(/not one of mine/);
    }
    // The true button, carried into another chat.
    const { queryId } = server.press({ chat: -500, from: ownerChat, data });
    await server.until(() => server.acknowledged.some(({ id }) => id === queryId), 'the refusal');
    expect(server.acknowledged.find(({ id }) => id === queryId)?.text).toMatch(/not one of mine/);
    expect(cardOf(await telegram.desk.say('/cards')) ?? textOf(await telegram.desk.say('/cards'))).toBeTruthy();
    server.press({ chat: ownerChat, from: ownerChat, label: 'Reject' });
    await shows('Rejected card');
  });

  it('takes a press whose acknowledgement comes too late, and says what an old button’s card became', async () => {
    const { server } = telegram;
    said(`sell 1 ${symbol} in LumpSum`);
    await server.until(() => server.chat(ownerChat).at(-1)?.buttons.flat().some(({ text }) => text === 'Reject') ?? false, 'a card');
    const data = server.chat(ownerChat).at(-1)?.buttons.flat().find(({ text }) => text === 'Reject')?.callback_data ?? '';
    const { queryId } = server.press({ chat: ownerChat, from: ownerChat, data });
    server.expire(queryId);
    await server.until(() => server.texts(ownerChat).filter((text) => text.startsWith('Rejected card')).length >= 2, 'the rejection');
    const count = server.texts(ownerChat).length;
    server.press({ chat: ownerChat, from: ownerChat, data });
    await server.until(() => server.texts(ownerChat).slice(count).some((text) => text.includes('Already rejected by you in telegram')), 'what became of it');
  });

  it('waits as long as Telegram asks, then sends everything in order', async () => {
    const { server, desk } = telegram;
    const count = server.texts(ownerChat).length;
    server.limit('sendMessage', 1);
    said('/accounts');
    said('market hours');
    await server.until(() => server.texts(ownerChat).slice(count).some((text) => text.includes('Open until')), 'both answers');
    await desk.conversation.idle();
    const limited = server.calls.findIndex(({ method }, index) => method === 'sendMessage' && index > 0 && server.calls[index]?.fields.text !== undefined);
    expect(limited).toBeGreaterThan(0);
    const texts = server.texts(ownerChat).slice(count);
    expect(texts.findIndex((text) => text.includes('LumpSum'))).toBeLessThan(texts.findIndex((text) => text.includes('Open until')));
    expect(texts.filter((text) => text.includes('Open until'))).toHaveLength(1);
  });

  it('says in a sentence that it reads text only', async () => {
    telegram.server.message({ chat: ownerChat, from: ownerChat, more: { voice: { file_id: 'x', file_unique_id: 'x', duration: 1 } } });
    await shows('I read text only');
  });
});
