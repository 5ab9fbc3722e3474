import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TelegramChannel } from '../../../channels/telegram/channel.ts';
import { openTestDesk, type TestDesk } from '../../helpers/desk.ts';
import { TelegramServer } from '../../helpers/telegram-server.ts';
import { linkCode, ownerChat, telegramChannel } from './telegram-desk.ts';

const path = '/telegram/webhook';
const secret = 'a-secret-that-telegram-sends-back';
const server = new TelegramServer();
const app = express();
const web = app.listen(0, '127.0.0.1');
let desk: TestDesk;
let channel: TelegramChannel;
let address = '';
beforeAll(async () => {
  desk = await openTestDesk();
  await server.listen();
  if (!web.listening) await once(web, 'listening');
  address = `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`;
  channel = telegramChannel(desk, server, [], { webhook: { url: 'https://desk.example/telegram/webhook', path, secret } });
  if (channel.webhook) app.post(path, channel.webhook);
  await channel.start();
});
afterAll(async () => { await channel.stop(); web.close(); await server.close(); await desk.close(); });
const post = (update: object, token: string | null = secret): Promise<Response> =>
  fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...(token === null ? {} : { 'x-telegram-bot-api-secret-token': token }) }, body: JSON.stringify(update) });

describe('the Telegram webhook', () => {
  it('is set with the secret, and nobody polls', () => {
    expect(server.webhook).toMatchObject({ url: 'https://desk.example/telegram/webhook', secret_token: secret });
    expect(server.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  it('takes an update once, answers after it is stored, and says nothing to whoever does not know the secret', async () => {
    const update = server.update(server.message({ chat: ownerChat, from: ownerChat, text: `/link ${await linkCode(desk)}` }));
    for (const wrong of [null, '', 'guess', `${secret}x`]) expect((await post(update, wrong)).ok).toBe(false);
    expect(server.texts(ownerChat)).toEqual([]);
    expect((await post(update)).status).toBe(200);
    expect((await post(update)).status).toBe(200);
    await desk.conversation.idle();
    await channel.idle();
    expect(server.texts(ownerChat)).toEqual(['Linked. You are owner here; /help says what the desk can do.']);
  });

  it('answers a message that comes twice once', async () => {
    const update = server.update(server.message({ chat: ownerChat, from: ownerChat, text: 'market hours' }));
    await Promise.all([post(update), post(update), post(update)]);
    await desk.conversation.idle();
    await channel.idle();
    expect(server.texts(ownerChat).filter((text) => text.includes('Open until'))).toHaveLength(1);
  });
});
