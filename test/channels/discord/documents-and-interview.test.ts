import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intakeQuestions } from '../../../agents/intake/questions.ts';
import { activeMandate, listAccounts } from '../../../db/stores/accounts.ts';
import { type DiscordDesk, linkOwner, openDiscordDesk, ownerUser } from './discord-desk.ts';

const room = '650000000000000001';
let discord: DiscordDesk;
beforeAll(async () => {
  discord = await openDiscordDesk();
  await discord.desk.advance(5);
  await linkOwner(discord);
});
afterAll(async () => { await discord.close(); });
/** Without the escapes of Discord's markdown. */
const plain = (text: string): string => text.replaceAll('\\', '');
const mandateOf = async (name: string) => activeMandate(discord.desk.database.orm, (await listAccounts(discord.desk.database.orm)).find((account) => account.name === name)?.id ?? '');
const [objective, risk, horizon] = intakeQuestions.map(({ question }) => question) as [string, string, string];

describe('a report on Discord', () => {
  it('comes with its PDF in direct messages, and in a server to that person alone', async () => {
    const { server } = discord;
    server.write({ user: ownerUser, text: 'monthly report' });
    const file = () => server.direct(ownerUser).find(({ files }) => files.length > 0);
    await server.until(() => file() !== undefined, 'the document');
    expect(file()).toMatchObject({ text: 'Report of the month\\: 3 accounts', files: [expect.stringMatching(/^report-month-\d{4}-\d{2}-\d{2}\.pdf$/)] });
    expect(file()!.attached[0]!.subarray(0, 5).toString()).toBe('%PDF-');
    const asked = server.command({ user: ownerUser, name: 'report', options: { account: 'SIP' }, channel: room });
    await server.until(() => server.answers(asked).some(({ files }) => files.length > 0), 'the document in the server');
    expect(server.answers(asked).every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(server.channel(room)).toEqual([]);
  });
});

describe('the interview on Discord', () => {
  it('goes by buttons and words in direct messages, and ends in a card that is confirmed there', async () => {
    const { server } = discord;
    /** What was said last with these words and a button, in direct messages or as the answer to a press. */
    const shown = async (part: string, among: () => ReturnType<typeof server.direct>) => {
      const last = () => among().findLast(({ text, buttons }) => plain(text).includes(part) && buttons.length > 0);
      await server.until(() => last() !== undefined, `“${part}”`);
      return last()!;
    };
    const direct = () => server.direct(ownerUser);
    const pressed = (message: ReturnType<typeof server.direct>[number], label: string) => { const asked = server.press({ user: ownerUser, message, label }); return () => [...server.answers(asked), ...direct()]; };
    server.write({ user: ownerUser, text: 'interview me for Tactical' });
    await shown(risk, pressed(await shown(objective, direct), intakeQuestions[0]!.choices.at(-1)!));
    server.write({ user: ownerUser, text: 'half a percent' });
    let question = await shown(horizon, direct);
    for (const { question: next } of intakeQuestions.slice(3).filter(({ topic }) => topic !== 'buffer')) question = await shown(next, pressed(question, 'Skip'));
    const card = await shown('Change the mandate in Tactical', pressed(question, 'Skip'));
    expect((await mandateOf('Tactical'))?.version).toBe(1);
    server.press({ user: ownerUser, message: card, label: 'Confirm' });
    await expect.poll(async () => (await mandateOf('Tactical'))?.version, { timeout: 20_000 }).toBe(2);
  });

  it('goes on in a server by its command, its buttons and “ask”, seen by that person alone', async () => {
    const { server } = discord;
    const asked = server.command({ user: ownerUser, name: 'intake', options: { account: 'SIP' }, channel: room });
    await server.until(() => server.answers(asked).some(({ text }) => plain(text).includes(objective)), 'the first question');
    const first = server.answers(asked).find(({ text }) => plain(text).includes(objective))!;
    const pressed = server.press({ user: ownerUser, message: first, label: intakeQuestions[0]!.choices[1]! });
    await server.until(() => server.answers(pressed).some(({ text }) => plain(text).includes(risk)), 'the second question');
    const typed = server.command({ user: ownerUser, name: 'ask', options: { text: 'half a percent' }, channel: room });
    await server.until(() => server.answers(typed).some(({ text }) => plain(text).includes(horizon)), 'the third question');
    expect([...server.answers(asked), ...server.answers(pressed), ...server.answers(typed)].every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(server.channel(room)).toEqual([]);
  });
});
