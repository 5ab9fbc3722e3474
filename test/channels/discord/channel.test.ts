import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordDesk, linkOwner, openDiscordDesk, ownerUser } from './discord-desk.ts';

const [stranger, room] = ['10009', '650000000000000001'];
let discord: DiscordDesk;
let symbol = '';
beforeAll(async () => {
  discord = await openDiscordDesk();
  await discord.desk.advance(30);
  symbol = [...discord.desk.market.symbols().values()].find((record) => record.kind === 'EQUITY')?.symbol ?? '';
  await linkOwner(discord);
});
afterAll(async () => { await discord.close(); });
const waiting = (): ReturnType<DiscordDesk['server']['direct']>[number] | undefined => discord.server.direct(ownerUser).findLast(({ buttons }) => buttons.some(({ label }) => label === 'Confirm'));

describe('the conversation on Discord', () => {
  it('sets its commands once, and not again when Discord has them already', async () => {
    const { server } = discord;
    expect(server.commandsPut).toBe(1);
    expect(server.commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['ask', 'link', 'positions', 'buy', 'approve', 'reject', 'kill', 'chart']));
    const second = discord.another();
    await second.start();
    await second.stop();
    expect(server.commandsPut).toBe(1);
    server.commands = server.commands.slice(1);
    const third = discord.another();
    await third.start();
    await third.stop();
    expect(server.commandsPut).toBe(2);
  });

  it('acknowledges each interaction before it answers, and answers a private question to that person alone', async () => {
    const { server } = discord;
    const asked = server.command({ user: ownerUser, name: 'treasury', channel: room });
    await server.until(() => server.answers(asked).length > 0, 'the answer');
    expect(asked.answer).toBe(5);
    expect(server.answers(asked).every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(server.channel(room)).toEqual([]);
    const alone = server.command({ user: ownerUser, name: 'treasury' });
    await server.until(() => server.answers(alone).length > 1, 'all of the answer in direct messages');
    expect(server.answers(alone).every(({ ephemeral }) => !ephemeral)).toBe(true);
    const open = server.command({ user: ownerUser, name: 'chart', options: { symbol }, channel: room });
    await server.until(() => server.answers(open).some(({ image }) => image), 'the chart');
    expect(server.answers(open).every(({ ephemeral }) => !ephemeral)).toBe(true);
  });

  it('takes a changed direct message as the last one asked again, and /retry asks it once more', async () => {
    const { server, desk } = discord;
    const replaced = async (): Promise<number> => (await desk.database.pool.query('select 1 from core.messages where replaces is not null')).rows.length;
    const id = server.write({ user: ownerUser, text: 'quote zorbixx' });
    await server.until(() => server.direct(ownerUser).some(({ text }) => text.includes('zorbixx')), 'the question');
    server.change({ user: ownerUser, id, text: 'quote zorbixx', at: null });
    server.change({ user: ownerUser, id, text: 'market hours', at: '2030-01-07T04:00:00Z' });
    server.change({ user: ownerUser, id, text: 'market hours', at: '2030-01-07T04:00:00Z' });
    await server.until(() => server.direct(ownerUser).at(-1)?.text.includes('Open until') ?? false, 'the answer');
    const shown = server.direct(ownerUser).length;
    const again = server.command({ user: ownerUser, name: 'retry' });
    await server.until(() => server.answers(again).some(({ text }) => text.includes('Open until')), 'the answer once more');
    server.write({ user: ownerUser, text: '/accounts' });
    await server.until(() => server.direct(ownerUser).length > shown, 'the accounts');
    server.change({ user: ownerUser, id, text: `buy 5 ${symbol} in LumpSum`, at: '2030-01-07T04:05:00Z' });
    await server.until(() => server.direct(ownerUser).some(({ text }) => text.includes('Only your last message can be edited')), 'the refusal');
    expect(await replaced()).toBe(2);
  });

  it('suggests symbols to everybody, accounts and cards to those who may see them', async () => {
    const { server } = discord;
    const typed = server.type({ user: stranger, name: 'chart', option: 'symbol', value: symbol.slice(0, 3).toLowerCase() });
    await server.until(() => typed.answer !== null, 'suggestions');
    expect(typed.answer).toBe(8);
    expect((typed.data as { choices: { value: string }[] }).choices.map(({ value }) => value)).toContain(symbol);
    const accounts = async (user: string): Promise<string[]> => {
      const asked = server.type({ user, name: 'positions', option: 'account', value: '' });
      await server.until(() => asked.answer !== null, 'suggestions');
      return (asked.data as { choices: { value: string }[] }).choices.map(({ value }) => value);
    };
    expect(await accounts(ownerUser)).toEqual(expect.arrayContaining(['SIP', 'LumpSum', 'Tactical']));
    expect(await accounts(stranger)).toEqual([]);
  });

  it('confirms a card by its button and changes it where it stands', async () => {
    const { server, desk } = discord;
    server.write({ user: ownerUser, text: `buy 3 ${symbol} in LumpSum` });
    await server.until(() => waiting() !== undefined, 'the card');
    const card = waiting();
    if (!card) throw new Error('no card');
    expect(card.text).toMatch(/Most you can lose/);
    const pressed = server.press({ user: ownerUser, message: card, label: 'Confirm' });
    await server.until(() => server.answers(pressed).length > 0, 'the answer');
    expect(pressed.answer).toBe(5);
    await desk.advance(3);
    await server.until(() => card.text.includes('Filled 3'), 'the fill on the card');
    expect(card.buttons).toEqual([]);
    expect(card.edits).toBeGreaterThan(0);
  });

  it('asks for the reason of a rejection in a form, and keeps it', async () => {
    const { server, desk } = discord;
    server.write({ user: ownerUser, text: `sell 1 ${symbol} in LumpSum` });
    await server.until(() => waiting() !== undefined, 'the card');
    const card = waiting();
    if (!card) throw new Error('no card');
    const form = server.press({ user: ownerUser, message: card, label: 'Reject' });
    await server.until(() => form.answer !== null, 'the form');
    expect(form.answer).toBe(9);
    const sent = server.submit({ user: ownerUser, form, reason: 'too small', message: card });
    await server.until(() => card.text.includes('too small'), 'the rejection with its reason');
    await server.until(() => server.answers(sent).some(({ text }) => text.includes('Rejected')), 'the answer');
    await desk.conversation.idle();
  });

  it('shows a card in a server without the account’s figures, in a thread of its own; a bystander alone hears that they may not', async () => {
    const { server, desk } = discord;
    const asked = server.command({ user: ownerUser, name: 'buy', options: { quantity: '2', symbol, account: 'LumpSum' }, channel: room });
    await server.until(() => server.channel(room).some(({ buttons }) => buttons.some(({ label }) => label === 'Confirm')), 'the card');
    await server.until(() => server.answers(asked).length > 0, 'the answer to the command');
    const card = server.channel(room).findLast(({ buttons }) => buttons.some(({ label }) => label === 'Confirm'));
    if (!card) throw new Error('no card');
    expect(card.text.replaceAll('\\', '')).not.toMatch(/lose|equity|LumpSum/);
    await server.until(() => server.threads.length > 0, 'the thread');
    expect(server.threads).toEqual([expect.objectContaining({ channelId: room, messageId: card.id, name: expect.stringMatching(/^Card \d+ · BUY 2/) })]);
    const pressed = server.press({ user: stranger, message: card, label: 'Confirm' });
    await server.until(() => server.answers(pressed).length > 0, 'the refusal');
    expect(server.answers(pressed)).toEqual([expect.objectContaining({ ephemeral: true, text: expect.stringMatching(/do not know you.*Nothing was sent/) })]);
    const owners = server.press({ user: ownerUser, message: card, label: 'Confirm' });
    await server.until(() => server.answers(owners).length > 0, 'the answer');
    await desk.advance(3);
    await server.until(() => card.text.includes('Filled 2'), 'the fill');
  });

  it('refuses invented buttons and those of another channel', async () => {
    const { server } = discord;
    server.write({ user: ownerUser, text: `sell 1 ${symbol} in LumpSum` });
    await server.until(() => waiting() !== undefined, 'the card');
    const card = waiting();
    if (!card) throw new Error('no card');
    const data = card.buttons.find(({ label }) => label === 'Confirm')?.custom_id ?? '';
    for (const [message, forged] of [[card, `${data.slice(0, -1)}${data.endsWith('A') ? 'B' : 'A'}`], [card, 'approve'], [{ ...card, channelId: room }, data]] as const) {
      const pressed = server.press({ user: ownerUser, message, data: forged });
      await server.until(() => server.answers(pressed).length > 0, 'the refusal');
      expect(server.answers(pressed)[0]?.text).toMatch(/not one of mine/);
    }
    expect(card.buttons.length).toBeGreaterThan(0);
  });

  it('answers in direct messages what was asked by an interaction that is over, and every message once', async () => {
    const { server, desk } = discord;
    const asked = server.command({ user: ownerUser, name: 'hours' });
    await server.until(() => asked.answer !== null, 'the acknowledgement');
    server.expire(asked);
    await server.until(() => server.answers(asked).length > 0 || server.direct(ownerUser).some(({ text }) => text.includes('Open until')), 'the answer somewhere');
    await desk.conversation.idle();
    await discord.channel.idle();
    const before = server.direct(ownerUser).length;
    const cash = (): number => server.direct(ownerUser).slice(before).filter(({ text }) => /cash/i.test(text)).length;
    server.again(asked);
    const id = server.write({ user: ownerUser, text: '/cash LumpSum' });
    server.write({ user: ownerUser, text: '/cash LumpSum', id });
    await server.until(() => cash() > 0, 'the cash');
    await desk.conversation.idle();
    await discord.channel.idle();
    expect(cash()).toBe(1);
  });

  it('goes on after the connection broke, with what was said meanwhile', async () => {
    const { server } = discord;
    const count = server.direct(ownerUser).length;
    server.drop();
    server.write({ user: ownerUser, text: 'market hours' });
    await server.until(() => server.gateway.some(({ resumed }) => resumed), 'the resumed session');
    await server.until(() => server.direct(ownerUser).slice(count).some(({ text }) => text.includes('Open until')), 'the answer');
  });

  it('reads what was written while it was away, once', async () => {
    const { server, desk } = discord;
    await discord.channel.stop();
    const count = server.direct(ownerUser).length;
    server.write({ user: ownerUser, text: '/treasury' });
    discord.channel = discord.another();
    await discord.channel.start();
    await server.until(() => server.direct(ownerUser).slice(count).some(({ text }) => text.includes('Treasury')), 'the answer');
    await desk.conversation.idle();
    await discord.channel.idle();
    expect(server.direct(ownerUser).slice(count).filter(({ text }) => text.includes('Treasury'))).toHaveLength(1);
  });

  it('waits as long as Discord asks', async () => {
    const { server } = discord;
    const count = server.direct(ownerUser).length;
    server.limit(/\/messages$/, 1);
    server.write({ user: ownerUser, text: `/quote ${symbol}` });
    await server.until(() => server.direct(ownerUser).slice(count).some(({ text }) => text.includes(symbol)), 'the quote after the wait');
    expect(server.direct(ownerUser).slice(count).filter(({ text }) => text.includes(symbol))).toHaveLength(1);
  });
});
