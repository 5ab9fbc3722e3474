import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChatChannel } from '../../channels/chats/channel.ts';
import { listAccounts } from '../../db/stores/accounts.ts';
import { listOrders } from '../../db/stores/execution.ts';
import type { Card } from '../../channels/vocabulary.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';
import { DiscordServer } from '../helpers/discord-server.ts';
import { TelegramServer } from '../helpers/telegram-server.ts';
import { discordChannel, linkOwner as linkDiscord, ownerUser } from './discord/discord-desk.ts';
import { linkOwner as linkTelegram, ownerChat, telegramChannel } from './telegram/telegram-desk.ts';

let desk: TestDesk;
let [telegramServer, discordServer] = [new TelegramServer(), new DiscordServer()];
let [telegram, discord]: ChatChannel[] = [];
let symbol = '';
const logged: string[] = [];
/** The cards as the web's thread shows them now. */
const onTheWeb = new Map<string, Card>();
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(30);
  symbol = [...desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
  [telegramServer, discordServer] = [new TelegramServer(), new DiscordServer()];
  await telegramServer.listen();
  await discordServer.listen();
  telegram = telegramChannel(desk, telegramServer, logged);
  discord = discordChannel(desk, discordServer, logged);
  await telegram.start();
  await discord.start();
  await linkTelegram({ desk, server: telegramServer });
  await linkDiscord({ desk, server: discordServer });
  const { threadId } = await desk.conversation.openThread({ channel: 'test', externalId: 'main', person: desk.owner });
  desk.conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk' && stored.event.type === 'card') onTheWeb.set(stored.event.card.actionId, stored.event.card); });
});
afterAll(async () => {
  await telegram?.stop();
  await discord?.stop();
  await telegramServer.close();
  await discordServer.close();
  await desk.close();
});
const telegramCard = (number: number) => telegramServer.chat(ownerChat).findLast(({ text }) => text.startsWith(`Card ${number} `));
const discordCard = (number: number) => discordServer.direct(ownerUser).findLast(({ text }) => text.startsWith(`Card ${number} `));
const entries = async (): Promise<number> => {
  const accountIds = (await listAccounts(desk.database.orm)).map(({ id }) => id);
  return (await listOrders(desk.database.orm, { accountIds, limit: 500 })).filter(({ category }) => category === 'ENTRY').length;
};

describe('one conversation, wherever it is', () => {
  it('turns a card final on the web and on Discord that was asked on the web and confirmed on Telegram', async () => {
    const card = cardOf(await desk.say(`buy 3 ${symbol} in LumpSum`));
    const number = card?.cardNumber ?? 0;
    telegramServer.message({ chat: ownerChat, from: ownerChat, text: `/card ${number}` });
    discordServer.write({ user: ownerUser, text: `/card ${number}` });
    await telegramServer.until(() => telegramCard(number)?.buttons.flat().some(({ text }) => text === 'Confirm') ?? false, 'the card on Telegram');
    await discordServer.until(() => discordCard(number)?.buttons.some(({ label }) => label === 'Confirm') ?? false, 'the card on Discord');
    telegramServer.press({ chat: ownerChat, from: ownerChat, label: 'Confirm' });
    await telegramServer.until(() => telegramCard(number)?.buttons.length === 0, 'the end of the buttons on Telegram');
    await desk.conversation.idle();
    await desk.advance(3);
    await discordServer.until(() => discordCard(number)?.text.includes('Filled 3') ?? false, 'the fill on Discord');
    await telegramServer.until(() => telegramCard(number)?.text.includes('Filled 3') ?? false, 'the fill on Telegram');
    expect(onTheWeb.get(card?.actionId ?? '')?.outcome).toMatch(/^Filled 3/);
    expect(discordCard(number)?.buttons).toEqual([]);
    expect(textOf(await desk.press(card?.confirmation?.id ?? ''))).toMatch(/^Already confirmed by you in telegram at/);
  });

  it('goes on elsewhere: proposed on Telegram, confirmed by a word on Discord, one order', async () => {
    const before = await entries();
    telegramServer.message({ chat: ownerChat, from: ownerChat, text: `buy 2 ${symbol} in LumpSum` });
    await telegramServer.until(() => telegramServer.chat(ownerChat).some(({ text, buttons }) => text.includes(`BUY 2 ${symbol}`) && buttons.length > 0), 'the card');
    const number = Number(/Card (\d+)/.exec(telegramServer.chat(ownerChat).findLast(({ text }) => text.includes(`BUY 2 ${symbol}`))?.text ?? '')?.[1]);
    // The yes on two channels at once is one yes.
    telegramServer.press({ chat: ownerChat, from: ownerChat, label: 'Confirm' });
    discordServer.write({ user: ownerUser, text: `/approve ${number}` });
    await telegramServer.until(() => telegramCard(number)?.buttons.length === 0, 'the end of the buttons');
    await discordServer.until(() => discordServer.direct(ownerUser).some(({ text }) => /Already|Confirmed|Sent|Filled/.test(text) && !text.startsWith('Card')), 'the answer on Discord');
    await desk.conversation.idle();
    await desk.advance(3);
    expect(await entries()).toBe(before + 1);
  });

  it('brings what the desk drew up by itself to the chats of those who may answer it', async () => {
    const accountId = (await listAccounts(desk.database.orm)).find(({ name }) => name === 'LumpSum')?.id ?? '';
    const asked = await desk.services.propose({ action: { kind: 'deposit', accountId, amountMinor: 500_000, reason: 'bonus' }, proposer: { kind: 'agent', agent: 'Judge', onBehalfOf: desk.owner.id, channel: 'desk' }, threadId: null, turn: null });
    const number = asked.cardNumber ?? 0;
    await telegramServer.until(() => telegramCard(number)?.buttons.flat().some(({ text }) => text === 'Confirm') ?? false, 'the card on Telegram');
    await discordServer.until(() => discordCard(number)?.buttons.some(({ label }) => label === 'Confirm') ?? false, 'the card on Discord');
    telegramServer.press({ chat: ownerChat, from: ownerChat, label: 'Reject' });
    await discordServer.until(() => discordCard(number)?.text.includes('Rejected') ?? false, 'the rejection on Discord');
  });

  it('loses nothing over a restart: neither what people said nor what became of a card meanwhile', async () => {
    const card = cardOf(await desk.say(`buy 4 ${symbol} in LumpSum`));
    const number = card?.cardNumber ?? 0;
    telegramServer.message({ chat: ownerChat, from: ownerChat, text: `/card ${number}` });
    await telegramServer.until(() => telegramCard(number)?.buttons.flat().some(({ text }) => text === 'Confirm') ?? false, 'the card');
    await telegram?.stop();
    const shown = telegramCard(number);
    telegramServer.message({ chat: ownerChat, from: ownerChat, text: 'market hours' });
    await desk.press(card?.confirmation?.id ?? '');
    await desk.advance(3);
    expect(shown?.text).not.toContain('Filled');
    const hours = (): number => telegramServer.texts(ownerChat).filter((text) => text.includes('Open until')).length;
    const before = hours();
    telegram = telegramChannel(desk, telegramServer, logged);
    await telegram.start();
    await telegramServer.until(() => shown?.text.includes('Filled 4') ?? false, 'the fill on the card');
    await telegramServer.until(() => hours() === before + 1, 'the answer to what was said meanwhile');
    await telegram.idle();
    expect(hours()).toBe(before + 1);
  });

  it('says that another program listens with the same token', async () => {
    const second = telegramChannel(desk, telegramServer, logged);
    await second.start();
    await vi.waitFor(() => { expect([telegram?.state(), second.state()]).toContain('conflict'); }, { timeout: 10_000 });
    expect(logged.some((line) => line.includes('another program listens with this Telegram token'))).toBe(true);
    await second.stop();
  });
});
