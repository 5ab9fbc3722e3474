import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intakeQuestions } from '../../../agents/intake/questions.ts';
import { activeMandate, listAccounts } from '../../../db/stores/accounts.ts';
import { linkOwner, openTelegramDesk, ownerChat, type TelegramDesk } from './telegram-desk.ts';

const group = -100;
let telegram: TelegramDesk;
beforeAll(async () => {
  telegram = await openTelegramDesk();
  await telegram.desk.advance(5);
  await linkOwner(telegram);
});
afterAll(async () => { await telegram.close(); });
const said = (text: string, chat = ownerChat): number => telegram.server.message({ chat, from: ownerChat, text });
const shows = (part: string, chat = ownerChat): Promise<void> => telegram.server.until(() => telegram.server.texts(chat).some((text) => text.includes(part)), `“${part}”`);
const mandateOf = async (name: string) => activeMandate(telegram.desk.database.orm, (await listAccounts(telegram.desk.database.orm)).find((account) => account.name === name)?.id ?? '');
const [objective, risk, horizon] = intakeQuestions.map(({ question }) => question) as [string, string, string];

describe('a report on Telegram', () => {
  it('comes in words and as a PDF with its title', async () => {
    said('weekly report for LumpSum');
    const document = () => telegram.server.chat(ownerChat).find((message) => message.document);
    await telegram.server.until(() => document() !== undefined, 'the document');
    expect(document()).toMatchObject({ text: 'Report of the week: LumpSum', document: { name: expect.stringMatching(/^report-week-\d{4}-\d{2}-\d{2}\.pdf$/) } });
    const { bytes } = document()!.document!;
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-6).toString()).toContain('%%EOF');
    expect(telegram.server.texts(ownerChat).join('\n')).toMatch(/Report of the week: LumpSum, .* after ₹[\d,]+ charges/);
  });

  it('asked for in a group goes to the person’s own chat, never to the group', async () => {
    const before = telegram.server.chat(ownerChat).filter((message) => message.document).length;
    said('/report', group);
    await shows('your own chat', group);
    await telegram.server.until(() => telegram.server.chat(ownerChat).filter((message) => message.document).length > before, 'the document in the own chat');
    expect(telegram.server.chat(group).some((message) => message.document)).toBe(false);
  });
});

describe('the interview on Telegram', () => {
  it('goes by buttons and words, and ends in a card that is confirmed there', async () => {
    const { server, desk } = telegram;
    const skip = (): { data: string } => ({ data: server.chat(ownerChat).flatMap(({ buttons }) => buttons.flat()).findLast(({ text }) => text === 'Skip')!.callback_data });
    said('interview me for Tactical');
    await shows(objective);
    server.press({ chat: ownerChat, from: ownerChat, label: intakeQuestions[0]!.choices.at(-1)! });
    await shows(risk);
    said('half a percent');
    await shows(horizon);
    // Without a funding plan nobody is asked what is kept of it.
    for (const { question } of intakeQuestions.slice(3).filter(({ topic }) => topic !== 'buffer')) {
      server.press({ chat: ownerChat, from: ownerChat, label: 'Skip' });
      await shows(question);
    }
    const { data } = skip();
    server.press({ chat: ownerChat, from: ownerChat, label: 'Skip' });
    await server.until(() => server.chat(ownerChat).some(({ text, buttons }) => text.includes('Change the mandate in Tactical') && buttons.flat().some(({ text: label }) => label === 'Confirm')), 'the card');
    // A thumb that comes down twice skips no second question, and is no answer to the card.
    server.press({ chat: ownerChat, from: ownerChat, data });
    await shows('That question is behind us. Nothing was changed by it.');
    expect((await mandateOf('Tactical'))?.version).toBe(1);
    server.press({ chat: ownerChat, from: ownerChat, label: 'Confirm' });
    await expect.poll(async () => (await mandateOf('Tactical'))?.version, { timeout: 20_000 }).toBe(2);
    expect((await mandateOf('Tactical'))?.terms.riskPerTradePercent).toBe(0.5);
    await desk.conversation.idle();
  });

  it('asked for in a group is held in the person’s own chat, where its answers are typed', async () => {
    said('/intake SIP', group);
    await shows('An interview is held in your own chat with me.', group);
    const count = (): number => telegram.server.texts(ownerChat).filter((text) => text.includes(objective)).length;
    await telegram.server.until(() => count() === 2, 'the first question');
    said('balanced');
    await telegram.server.until(() => telegram.server.texts(ownerChat).filter((text) => text.includes(risk)).length === 2, 'the second question');
    expect(telegram.server.texts(group).join('\n')).not.toContain(objective);
    said('later');
    await shows('Left for now');
  });
});
