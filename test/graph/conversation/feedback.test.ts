import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evalCandidates } from '../../../db/stores/feedback.ts';
import { openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); });
afterAll(() => desk.close());
const said = async (text: string): Promise<string> => textOf(await desk.say(text));
const candidates = () => evalCandidates(desk.database.orm, 10);

describe('what a person thought of an answer', () => {
  it('is refused where nothing was answered yet', async () => {
    expect(await said('/good')).toBe('There is no answer of mine here yet that this could be about.');
    expect(await candidates()).toEqual([]);
  });

  it('is kept with what was asked, answered and used, for the evals', async () => {
    await said('what do I hold?');
    expect(await said('/bad it leaves out the cash')).toBe('Noted: the answer to “what do I hold?” was wrong. It is kept as a case for the evals.');
    expect(await candidates()).toEqual([expect.objectContaining({ verdict: 'BAD', note: 'it leaves out the cash', said: 'what do I hold?', person: 'owner', channel: 'test', agent: 'Portfolio', tools: expect.arrayContaining(['portfolio_state']), replied: expect.stringMatching(/\w/) })]);
  });

  it('is about the answer, not about what was said of it, and the newest word counts', async () => {
    expect(await said('good answer')).toMatch(/^Noted: the answer to “what do I hold\?” was good\./);
    expect(await candidates()).toMatchObject([{ verdict: 'GOOD', note: null, said: 'what do I hold?' }]);
    await said('breadth');
    expect(await said('your last answer was wrong')).toMatch(/^Noted: the answer to “breadth” was wrong\. .*“\/bad” with what is wrong helps more\.$/);
    expect((await candidates()).map(({ said: words, verdict }) => [words, verdict])).toEqual([['breadth', 'BAD'], ['what do I hold?', 'GOOD']]);
  });

  it('confirms nothing: a card that waits goes on waiting', async () => {
    await said('buy 1 MERUBANK in LumpSum');
    const waiting = async (): Promise<number> => (await desk.database.pool.query("select 1 from core.actions where state = 'awaiting_confirmation'")).rows.length;
    expect(await waiting()).toBe(1);
    for (const words of ['good answer', '/good', 'thumbs up', '/bad']) await said(words);
    expect(await waiting()).toBe(1);
    expect((await candidates())[0]).toMatchObject({ said: 'buy 1 MERUBANK in LumpSum', verdict: 'BAD', replied: expect.stringContaining('BUY 1 MERUBANK') });
  });

  it('cannot be changed afterwards by the desk’s own role', async () => {
    await expect(desk.database.transaction((tx) => tx.execute("update core.feedback set verdict = 'GOOD'"))).rejects.toThrow();
  });
});

it('goes on after a message that holds half a character or a null one', async () => {
  await said('what do I hold \ud800 in \u0000 SIP?');
  expect(await said('what do I hold?')).toMatch(/held/);
});
