import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
afterAll(async () => { await desk.close(); });

describe('what changes the desk, in words', () => {
  it.each<[string, RegExp]>([
    ['open an account called Growth with ₹2,00,000', /^Open Growth \(lump sum\) on paper with ₹2,00,000$/], ['create another account named Kids with ₹50,000 and ₹5,000 a month', /^Open Kids \(sip\) on paper with ₹50,000, ₹5,000 a month$/],
    ['rename Tactical to Events', /^Call Tactical Events$/], ['delete the Tactical account', /^Close Tactical; the cash that is left goes out$/], ['reset Tactical to ₹5,00,000', /^Start Tactical over with ₹5,00,000; what was is kept$/],
    ['release tranche 2 of LumpSum', /^Release ₹3,00,000 of the funding plan in LumpSum$/], ['release instalment 3 in SIP', /^Release ₹50,000 of the funding plan in SIP$/],
    ['set the desk single name limit to 20%', /^Set the largest position in one name for the whole desk to 20 %$/], ['/limit sectorPercent 25 in SIP', /^Set the largest exposure to one sector in SIP to 25 %$/],
    ['set the daily loss switch to 2% in SIP', /^Set the max daily loss switch to trip at 2 % in SIP: pauses new entries, cancels open entries$/], ['set the daily loss switch to ₹10,000', /^Set the max daily loss switch to trip at ₹10,000 for the whole desk/],
    ['set the loss streak switch to 4 in Tactical', /^Set the loss streak switch to trip at 4 in Tactical/], ['turn off the stale data switch', /^Switch the stale data switch off for the whole desk$/],
    ['reset the daily loss switch', /^Reset the max daily loss switch for the whole desk$/], ['add Priya as a trader', /^Add Priya as trader$/],
  ])('“%s” is a card that waits for a yes', async (text, headline) => {
    const card = cardOf(await desk.say(text));
    expect(card?.headline).toMatch(headline);
    expect(card?.confirmation).not.toBeNull();
    await desk.press(card?.confirmation?.id ?? '', 'reject');
  });

  it('says rights of a person that is there, and knows nobody else', async () => {
    const added = cardOf(await desk.say('add Priya as a trader'));
    await desk.press(added?.confirmation?.id ?? '');
    expect(cardOf(await desk.say('let Priya confirm in LumpSum'))?.headline).toBe('Let Priya see, confirm in LumpSum');
    expect(textOf(await desk.say('let Ravi confirm in LumpSum'))).toBe('There is nobody called Ravi.');
    expect(textOf(await desk.say('unlink Priya from telegram'))).not.toMatch(/nobody/);
    expect(textOf(await desk.say('who has access'))).toBe('2 people may use the desk.');
  });

  it('asks where it cannot know, and refuses what means nothing', async () => {
    expect(textOf(await desk.say('start the Tactical account over'))).toBe('With how much is Tactical to start over?');
    expect(textOf(await desk.say('/limit sectorPercent 250'))).toMatch(/lies between 1 and 100, not at 250/);
    expect(textOf(await desk.say('/limit nonsense 1'))).toMatch(/^There is no limit “nonsense”/);
    expect(textOf(await desk.say('release tranche 9 of LumpSum'))).toBe('The plan of LumpSum has 3 tranches.');
  });

  it('lists what trips by itself and what ran by the clock', async () => {
    const switches = await desk.say('/switches');
    expect(switches.find((event) => event.type === 'table' && event.title === 'What trips by itself')).toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ scope: 'SIP', name: 'max daily loss', threshold: '3 %', shown: 'armed' })]) });
    await desk.jobs.run('risk_snapshots');
    expect(textOf(await desk.say('which jobs ran?'))).toMatch(/^\d+ jobs, none failed at its last run; the latest at /);
  });
});

describe('an agent', () => {
  const caller = () => ({ personId: desk.owner.id, role: 'owner' as const, channel: 'test', agent: 'Desk', viewableAccountIds: [] });
  it.each(['propose_person', 'propose_account'])('gets no rights or modes from %s', async (name) => {
    const { runTool } = await import('../../../tools/run.ts');
    const { tools } = await import('../../../tools/registry.ts');
    const tool = tools.get(name);
    if (!tool) throw new Error(name);
    const input = name === 'propose_person' ? { change: 'add', person: 'Mallory', role: 'owner' } : { change: 'arm', account: 'SIP' };
    expect(await runTool({ tool, services: desk.services, caller: caller(), input })).toMatchObject({ ok: false, error: { code: 'NOT_FOR_AGENTS' } });
  });
});
