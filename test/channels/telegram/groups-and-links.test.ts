import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { latestAudit } from '../../../db/stores/audit.ts';
import { personByName } from '../../../db/stores/people.ts';
import { cardOf, textOf } from '../../helpers/desk.ts';
import type { Person } from '../../../channels/conversation-service.ts';
import { linkCode, linkOwner, openTelegramDesk, ownerChat, type TelegramDesk } from './telegram-desk.ts';

const [viewer, stranger, group] = [2222, 3333, -100];
let telegram: TelegramDesk;
let symbol = '';
let amma: Person;
/** Says something as another person, on the web. */
async function asPerson(person: Person, text: string): Promise<string> {
  const { conversation } = telegram.desk;
  const { threadId } = await conversation.openThread({ channel: 'web', externalId: `web-${person.id}`, person });
  const heard: string[] = [];
  const stop = conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk' && stored.event.type === 'reply') heard.push(stored.event.text); });
  await conversation.say({ threadId, person, clientMessageId: `${text}-${heard.length}-${Date.now()}`, inbound: { message: text } });
  await conversation.idle();
  stop();
  return heard.join('\n');
}
beforeAll(async () => {
  telegram = await openTelegramDesk();
  const { desk, server } = telegram;
  await desk.advance(30);
  symbol = [...desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
  await linkOwner(telegram);
  const confirm = async (action: Parameters<typeof desk.services.propose>[0]['action']): Promise<void> => {
    const asked = await desk.services.propose({ action, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
    await desk.press(asked.confirmation?.id ?? '');
  };
  await confirm({ kind: 'person_add', name: 'Amma', role: 'viewer' });
  const row = await personByName(desk.database.orm, 'Amma');
  if (!row) throw new Error('Amma is missing');
  amma = { id: row.id, name: row.name, role: row.role };
  const account = (await listAccounts(desk.database.orm)).find(({ name }) => name === 'LumpSum');
  await confirm({ kind: 'rights_change', personId: amma.id, accountId: account?.id ?? '', canView: true, canPropose: false, canConfirm: false });
  const code = /\/link ([A-Z0-9]{8})/.exec(await asPerson(amma, '/link'))?.[1] ?? '';
  server.message({ chat: viewer, from: viewer, text: `/start ${code}` });
  await server.until(() => server.texts(viewer).some((text) => text.includes('You are Amma')), 'Amma’s link');
});
afterAll(async () => { await telegram.close(); });

describe('linking a chat', () => {
  it('takes a code once, and nobody else by it afterwards', async () => {
    const { desk, server } = telegram;
    const code = await linkCode(desk);
    server.message({ chat: 4001, from: 4001, text: `/link ${code.toLowerCase()}` });
    await server.until(() => server.texts(4001).some((text) => text.startsWith('Linked.')), 'the link');
    server.message({ chat: 4002, from: 4002, text: `/link ${code}` });
    await server.until(() => server.texts(4002).length > 0, 'the refusal');
    expect(server.texts(4002)[0]).toMatch(/does not link/);
    server.message({ chat: 4002, from: 4002, text: '/positions' });
    await server.until(() => server.texts(4002).length > 1, 'the answer');
    expect(server.texts(4002)[1]).toMatch(/do not know you/);
  });

  it('looks nothing up for somebody who was wrong three times, even when the fourth code is right', async () => {
    const { desk, server } = telegram;
    for (const wrong of ['AAAAAAAA', 'BBBBBBBB', 'CCCCCCCC']) server.message({ chat: 4003, from: 4003, text: `/link ${wrong}` });
    await server.until(() => server.texts(4003).length === 3, 'three refusals');
    server.message({ chat: 4003, from: 4003, text: `/link ${await linkCode(desk)}` });
    await server.until(() => server.texts(4003).length === 4, 'the fourth');
    expect(server.texts(4003)[3]).toMatch(/ten minutes/);
    expect((await latestAudit(desk.database.orm, 50)).filter(({ kind, subject }) => kind === 'identity.refused' && subject === 'telegram:4003')).toHaveLength(3);
  });

  it('goes by the numeric id and never by a name that anybody can take', async () => {
    const { server } = telegram;
    // Every user of this server has the owner's user name.
    server.message({ chat: stranger, from: stranger, text: 'what do I hold' });
    await server.until(() => server.texts(stranger).length > 0, 'the answer');
    expect(server.texts(stranger)).toEqual([expect.stringContaining('do not know you')]);
  });

  it('is ended in one step, which closes what was asked there and stops every message to the lost phone', async () => {
    const { desk, server } = telegram;
    server.message({ chat: 4004, from: 4004, text: `/link ${await linkCode(desk)}` });
    await server.until(() => server.texts(4004).some((text) => text.startsWith('Linked.')), 'the link');
    server.message({ chat: 4004, from: 4004, text: `buy 2 ${symbol} in LumpSum` });
    await server.until(() => server.chat(4004).some(({ buttons }) => buttons.flat().some(({ text }) => text === 'Confirm')), 'the card');
    const shown = server.chat(4004).findLast(({ buttons }) => buttons.length > 0);
    const onTheWeb = cardOf(await desk.say(`buy 4 ${symbol} in LumpSum`));
    expect(textOf(await desk.say('/unlink telegram'))).toMatch(/^Unlinked on telegram\. The question that was open there is closed/);
    await desk.settle();
    server.press({ chat: 4004, from: 4004, data: shown?.buttons.flat()[0]?.callback_data ?? '' });
    await server.until(() => server.acknowledged.some(({ text }) => text?.includes('do not know you') ?? false), 'the refusal');
    const number = /Card (\d+)/.exec(shown?.text ?? '')?.[1] ?? '';
    expect(textOf(await desk.say(`/approve ${number}`))).toMatch(/expired/);
    await telegram.channel.idle();
    expect(server.chat(4004).find(({ id }) => id === shown?.id)?.edits).toBe(0);
    // What was asked elsewhere waits on.
    expect(textOf(await desk.say('/cards'))).toBeTruthy();
    expect(textOf(await desk.say(`/reject ${onTheWeb?.cardNumber ?? 0}`))).toMatch(/^Rejected/);
    expect((await latestAudit(desk.database.orm, 50)).filter(({ kind }) => kind === 'identity.unlinked')).toHaveLength(1);
    await linkOwner(telegram);
  });
});

describe('a group', () => {
  it('hears what is about the market, and never a private figure', async () => {
    const { server } = telegram;
    server.message({ chat: group, from: ownerChat, text: '/hours@parapet_test_bot' });
    await server.until(() => server.texts(group).some((text) => text.includes('Open until')), 'the hours');
    server.message({ chat: group, from: ownerChat, text: '/treasury' });
    await server.until(() => server.texts(group).some((text) => text.includes('your own chat')), 'the hint');
    await server.until(() => server.texts(ownerChat).some((text) => text.includes('LumpSum')), 'the private answer');
    expect(server.texts(group).join('\n')).not.toMatch(/₹|LumpSum/);
  });

  it('answers a changed message in the group, and tells of its earlier card in the person’s own chat alone', async () => {
    const { server, desk } = telegram;
    const first = server.message({ chat: group, from: ownerChat, text: `/buy 7 ${symbol} LumpSum` });
    await server.until(() => server.chat(group).some(({ text, buttons }) => buttons.length > 0 && text.includes(`BUY 7 ${symbol}`)), 'the card');
    const before = server.texts(group).length;
    // Whoever else it is, and an interview in front of everybody: nothing is asked.
    server.edit({ chat: group, from: viewer, of: first, text: '/treasury' });
    server.edit({ chat: group, from: ownerChat, of: first, text: '/intake LumpSum' });
    await server.until(() => server.texts(group).some((text) => text.includes('An interview is held')), 'the sentence');
    server.edit({ chat: group, from: ownerChat, of: first, text: '/hours' });
    await server.until(() => server.texts(ownerChat).some((text) => text.includes('of the earlier wording still waits')), 'the answer in the own chat');
    await desk.conversation.idle();
    await telegram.channel.idle();
    expect(server.texts(group).slice(before).join('\n')).not.toMatch(/earlier wording|₹|LumpSum/);
    const number = /Card (\d+) of the earlier/.exec(server.texts(ownerChat).join('\n'))?.[1] ?? '';
    expect(textOf(await desk.say(`/reject ${number}`))).toMatch(/^Rejected/);
    await telegram.channel.idle();
  });

  it('does not listen to what is not said to it', async () => {
    const { server, desk } = telegram;
    const before = server.texts(group).length;
    server.message({ chat: group, from: ownerChat, text: 'what do I hold' });
    server.message({ chat: group, from: ownerChat, text: '/positions@another_bot' });
    server.message({ chat: group, from: ownerChat, text: '@parapet_test_bot market hours' });
    await server.until(() => server.texts(group).length > before, 'the answer to the third');
    await desk.conversation.idle();
    await telegram.channel.idle();
    expect(server.texts(group).slice(before)).toEqual([expect.stringContaining('Open until')]);
  });

  it('shows a card without the account’s figures; a bystander’s press does nothing and only they hear of it', async () => {
    const { server, desk } = telegram;
    server.message({ chat: group, from: ownerChat, text: `/buy 3 ${symbol} LumpSum` });
    await server.until(() => server.chat(group).some(({ buttons }) => buttons.length > 0), 'the card');
    const card = server.chat(group).findLast(({ buttons }) => buttons.length > 0);
    expect(card?.text).toMatch(new RegExp(`BUY 3 ${symbol}`));
    expect(card?.text).not.toMatch(/lose|equity|LumpSum/);
    const [texts, others] = [server.texts(group).length, server.texts(stranger).length];
    const pressedBy = async (user: number): Promise<string | null> => {
      const { queryId } = server.press({ chat: group, from: user, label: 'Confirm' });
      await server.until(() => server.acknowledged.some(({ id }) => id === queryId), 'the acknowledgement');
      await desk.conversation.idle();
      return server.acknowledged.find(({ id }) => id === queryId)?.text ?? null;
    };
    expect(await pressedBy(stranger)).toMatch(/do not know you.*Nothing was sent/);
    expect(await pressedBy(viewer)).toBe('You can see this card but not confirm on LumpSum. Nothing was sent.');
    await telegram.channel.idle();
    expect(server.texts(group)).toHaveLength(texts);
    expect(server.texts(stranger)).toHaveLength(others);
    expect(await pressedBy(ownerChat)).toBeNull();
    await server.until(() => server.chat(group).find(({ id }) => id === card?.id)?.buttons.length === 0, 'the end of the buttons');
    await desk.conversation.idle();
    await desk.advance(3);
    await server.until(() => server.chat(group).some(({ id, text }) => id === card?.id && text.includes('Filled 3')), 'the fill on the group’s card');
    expect(server.chat(group).find(({ id }) => id === card?.id)?.buttons).toEqual([]);
  });

  it('hears nobody’s words but the sender’s: none that were passed on, written by a bot, posted by a channel or said to a bot of a longer name', async () => {
    const { server, desk } = telegram;
    const card = cardOf(await desk.say(`buy 3 ${symbol} in LumpSum`));
    const own = server.texts(ownerChat).length;
    const yes = `/approve ${card?.cardNumber ?? 0}`;
    server.message({ chat: ownerChat, from: ownerChat, text: yes, more: { forward_origin: { type: 'user', sender_user: { id: stranger, is_bot: false, first_name: 'S' } }, forward_date: 1_790_000_000 } });
    server.message({ chat: ownerChat, from: ownerChat, text: yes, more: { via_bot: { id: 9, is_bot: true, first_name: 'B' } } });
    server.message({ chat: ownerChat, from: ownerChat, text: yes, more: { sender_chat: { id: group, type: 'channel', title: 'C' } } });
    server.message({ chat: group, from: ownerChat, text: `@parapet_test_bot2 ${yes.slice(1)}` });
    server.message({ chat: group, from: ownerChat, text: `buy 5@parapet_test_bot0 ${symbol} LumpSum` });
    await server.until(() => server.texts(ownerChat).length === own + 2, 'two sentences');
    await desk.conversation.idle();
    await telegram.channel.idle();
    expect(server.texts(ownerChat).slice(own)).toEqual([expect.stringContaining('nobody’s words but your own'), expect.stringContaining('nobody’s words but your own')]);
    expect(textOf(await desk.say(`/reject ${card?.cardNumber ?? 0}`))).toMatch(/^Rejected/);
  });

  it('tells a person who lost the right to see an account nothing more of its cards, not of those that they asked for', async () => {
    const { server, desk } = telegram;
    const confirm = async (action: Parameters<typeof desk.services.propose>[0]['action']): Promise<void> => {
      const asked = await desk.services.propose({ action, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
      await desk.press(asked.confirmation?.id ?? '');
    };
    await confirm({ kind: 'person_add', name: 'Ravi', role: 'trader' });
    const [ravi, account] = [await personByName(desk.database.orm, 'Ravi'), (await listAccounts(desk.database.orm)).find(({ name }) => name === 'LumpSum')];
    const rights = (all: boolean) => confirm({ kind: 'rights_change', personId: ravi?.id ?? '', accountId: account?.id ?? '', canView: all, canPropose: all, canConfirm: all });
    await rights(true);
    await confirm({ kind: 'identity_link', personId: ravi?.id ?? '', channel: 'telegram', externalId: '5555' });
    server.message({ chat: 5555, from: 5555, text: `buy 2 ${symbol} in LumpSum` });
    await server.until(() => server.chat(5555).some(({ buttons }) => buttons.length > 0), 'the card');
    const [card] = server.chat(5555).filter(({ buttons }) => buttons.length > 0);
    const button = card?.buttons.flat()[0]?.callback_data ?? '';
    await rights(false);
    expect(textOf(await desk.say(`/approve ${/^Card (\d+)/.exec(card?.text ?? '')?.[1] ?? ''}`))).toMatch(/^Sent/);
    await desk.advance(3);
    server.press({ chat: 5555, from: 5555, data: button });
    await server.until(() => server.texts(5555).some((text) => text.startsWith('There is no such question for you')), 'the refusal');
    await desk.conversation.idle();
    await telegram.channel.idle();
    expect(server.texts(5555).join('\n')).not.toMatch(/Filled 2|working at the broker|not confirm on/);
  });

  it('gives nothing away to a linked person who asks for somebody else’s card by its number', async () => {
    const { server, desk } = telegram;
    const card = cardOf(await desk.say(`buy 2 ${symbol} in SIP`));
    const before = server.texts(viewer).length;
    server.message({ chat: viewer, from: viewer, text: `/approve ${card?.cardNumber ?? 0}` });
    await server.until(() => server.texts(viewer).length > before, 'the refusal');
    await desk.conversation.idle();
    await telegram.channel.idle();
    expect(server.texts(viewer).slice(before)).toEqual(['There is no such question for you. Nothing was sent.']);
  });
});
