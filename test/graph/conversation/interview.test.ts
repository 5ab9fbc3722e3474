import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activeFundingPlan, activeMandate, listAccounts } from '../../../db/stores/accounts.ts';
import { meaningOf, newInterview } from '../../../agents/intake/interview.ts';
import { intakeQuestions, type IntakeTopic } from '../../../agents/intake/questions.ts';
import type { Database } from '../../../db/client.ts';
import { say } from '../../agents/grammar/desk-talk.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let database: Database;
let desk: TestDesk;
beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk({ database: { ...database, close: async () => undefined } });
  await desk.advance(20);
});
afterAll(async () => { await desk.close(); await database.close(); });

const accountId = async (name: string): Promise<string> => (await listAccounts(desk.database.orm)).find((account) => account.name === name)?.id ?? '';
const mandateOf = async (name: string) => activeMandate(desk.database.orm, await accountId(name));
const planOf = async (name: string) => activeFundingPlan(desk.database.orm, await accountId(name));
const asked = (topic: IntakeTopic): string => intakeQuestions.find((each) => each.topic === topic)?.question ?? '';

describe('the interview', () => {
  it('asks for the account, then one question at a time, and asks again what it cannot use', async () => {
    expect(textOf(await desk.say('help me set up my mandate'))).toMatch(/^For which account\?/);
    expect(textOf(await desk.say('/intake SIP'))).toContain(asked('objective'));
    expect(textOf(await desk.say('purple'))).toMatch(/^That is none of the three\./);
    expect(textOf(await desk.say('least risk'))).toContain(`Objective: least risk. ${asked('risk')}`);
    expect(textOf(await desk.say('50 %'))).toMatch(/^That is no percentage that a mandate may have/);
    expect(textOf(await desk.say('half a percent'))).toContain(asked('horizon'));
    expect((await mandateOf('SIP'))?.version).toBe(1);
  });

  it('answers other questions in between and says where it waits', async () => {
    const held = await desk.say('what do I hold');
    expect(textOf(held)).toMatch(/held/);
    expect(held.find((event) => event.type === 'reply')).toMatchObject({ note: expect.stringContaining('The interview for SIP waits at: horizon.'), choices: expect.arrayContaining([{ label: 'Go on with the interview', command: 'go on with the interview' }]) });
    expect(textOf(await desk.say('2 to 4 weeks'))).toContain(asked('money'));
  });

  it('goes on where it stood after the desk was stopped, left for now and taken up again', async () => {
    expect(textOf(await desk.say('cancel'))).toMatch(/^Left for now; your answers so far are kept/);
    expect(textOf(await desk.say('50,000 a month for 3 years'))).not.toContain(asked('buffer'));
    await desk.close();
    desk = await openTestDesk({ database: { ...database, close: async () => undefined } });
    expect(textOf(await desk.say('go on with the interview'))).toContain(`The interview for SIP goes on. ${asked('money')}`);
    expect(textOf(await desk.say('₹40,000 a month for 3 years'))).toContain(asked('buffer'));
    expect(textOf(await desk.say('back'))).toBe(`${asked('money')} (It paces what may be invested.)`);
    expect(textOf(await desk.say('₹45,000 a month for 3 years'))).toContain(asked('buffer'));
    expect(textOf(await desk.say('20 percent'))).toContain(asked('concentration'));
  });

  it('gives a bare yes to the card that was shown since, and to its own question where that was said last', async () => {
    const order = cardOf(await desk.say('buy 5 NAVOSYS in LumpSum'));
    expect(order?.confirmation).not.toBeNull();
    const yes = await desk.say('yes');
    expect(textOf(yes)).not.toContain(asked('concentration'));
    expect(cardOf(yes)).toMatchObject({ actionId: order?.actionId, confirmation: null });
    expect(textOf(await desk.say('8 positions, a quarter in one sector'))).toContain(asked('never'));
    expect(textOf(await desk.say('zorbix and tobacco'))).toMatch(/^I know no company or sector “zorbix”/);
    const waiting = cardOf(await desk.say('buy 7 MERUBANK in LumpSum'));
    expect(textOf(await desk.say('none'))).toContain(asked('results'));
    const done = await desk.say('yes');
    expect(cardOf(done)).toMatchObject({ headline: expect.stringMatching(/^Change the mandate in SIP: /) });
    await desk.press(waiting?.confirmation?.id ?? '', 'reject');
  });

  it('ends in a summary, the log of what was assumed and one card, and nothing holds before its yes', async () => {
    const done = await desk.say('go on with the interview');
    expect(textOf(done)).toMatch(/^The account seeks the least risk\. One trade may lose 0\.5 % of it, in at most 8 positions and 25 % a sector, held 10 to 20 sessions\. It may enter before results; nothing is banned\. ₹45,000 a month for 36 months; 20 % of the cash stays untouched\.$/);
    expect(done.filter((event) => event.type === 'table').map((event) => event.title)).toEqual(['The mandate', 'Assumed']);
    expect(done.find((event) => event.type === 'table' && event.title === 'Assumed')).toMatchObject({ rows: expect.arrayContaining([{ line: expect.stringMatching(/^Stops 1\.50 × and targets 2\.50 ×/) }]) });
    const card = cardOf(done);
    expect(card?.against).toContain('The funding plan in force ends; what it has let out so far does not count for the new one.');
    expect((await mandateOf('SIP'))?.version).toBe(1);
    expect(await planOf('SIP')).toMatchObject({ sipAmountMinor: 50_000_00 });
    await desk.press(card?.confirmation?.id ?? '');
    expect(await mandateOf('SIP')).toMatchObject({ version: 2, terms: { objective: 'RISK_MINIMIZED', riskPerTradePercent: 0.5, horizonMinDays: 10, horizonMaxDays: 20, maxPositions: 8, maxSectorExposurePercent: 25, earningsBlackoutDays: 0 } });
    expect(await planOf('SIP')).toMatchObject({ type: 'SIP', sipAmountMinor: 45_000_00, sipDurationMonths: 36, emergencyBufferPercent: 20 });
  });

  it('leaves to the rule what is skipped, the funding plan with it, and begins anew when asked', async () => {
    const before = await planOf('SIP');
    expect(textOf(await desk.say('start the interview over'))).toContain(asked('objective'));
    for (const text of ['balanced', 'skip', 'skip', 'skip']) await desk.say(text);
    expect(textOf(await desk.say('skip'))).toContain(asked('never'));
    await desk.say('banks');
    const done = await desk.say('no');
    expect(textOf(done)).toContain('The funding plan stays as it is.');
    expect(done.find((event) => event.type === 'table' && event.title === 'Assumed')).toMatchObject({ rows: expect.arrayContaining([{ line: 'Money: not said; taken as the plan in force, unchanged.' }, { line: 'Risk per trade: not said; taken as 0.75 %.' }]) });
    await desk.press(cardOf(done)?.confirmation?.id ?? '');
    const terms = (await mandateOf('SIP'))?.terms;
    const banks = [...desk.market.symbols().values()].filter(({ symbol, sector, industry }) => /bank/i.test(`${sector} ${industry}`) && terms?.bannedSectors.includes(sector ?? '') === false && !terms.bannedSymbols.includes(symbol));
    expect(banks).toEqual([]);
    expect(await planOf('SIP')).toEqual(before);
  });
});

describe('what somebody means in an interview', () => {
  const names = { isCompany: (name: string) => ['ITC', 'INFY'].includes(name), isSector: (name: string) => ['tobacco', 'liquor'].includes(name) };
  const meaning = (topic: IntakeTopic, text: string) => meaningOf({ text, understanding: say(text, {}), interview: { ...newInterview('SIP'), asking: topic }, cardWaits: false, names });
  it('is an answer where the question offers it', () => { for (const { topic, choices } of intakeQuestions) for (const text of choices) expect(meaning(topic, text), `${topic}: ${text}`).toBe('answer'); });
  it.each(['what do I hold', 'buy 10 TCS in SIP', 'how is NIFTY doing?', 'pause', 'stop', 'sell half of INFY', 'performance last 2 weeks', '/cards', 'show the mandate', 'is 5 % too much?'])('is no answer to any question in “%s”', (text) => {
    for (const { topic } of intakeQuestions) expect(meaning(topic, text), topic).toBe('other');
  });
  it.each([['skip', 'skip'], ['your choice', 'skip'], ['back', 'back'], ['later', 'leave'], ['cancel', 'leave'], ['stop the interview', 'leave']])('is heard in “%s”: %s', (text, meant) => { expect(meaning('horizon', text)).toBe(meant); });
});
