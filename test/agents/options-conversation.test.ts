import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

const of = <T extends ConversationEvent['type']>(events: readonly ConversationEvent[], type: T) => events.filter((event): event is Extract<ConversationEvent, { type: T }> => event.type === type);

describe('talk about options without a model', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ environment: { OPTIONS_TRADING_ENABLED: 'true' } });
    await desk.advance(5);
  }, 180_000);
  afterAll(() => desk.close());
  const said = async (text: string) => { const events = await desk.say(text); return { events, text: textOf(events), tables: of(events, 'table').map(({ title }) => title) }; };

  let proposed: readonly ConversationEvent[] = [];
  /** The order governor counts a second of the wall clock; a person takes longer between two trades. */
  const rested = async (): Promise<void> => { await expect.poll(async () => (await desk.database.pool.query("select count(*)::int as n from core.orders where created_at > core.wall_now() - interval '1 second'")).rows[0].n, { timeout: 10_000 }).toBe(0); };
  const confirmed = async (events: readonly ConversationEvent[]): Promise<void> => {
    const question = of(events, 'confirm').at(-1);
    if (!question) throw new Error(`no question: ${textOf(events)} ${JSON.stringify(cardOf(events)?.gates.checks.filter(({ passed }) => !passed))}`);
    await desk.press(question.id);
    for (let minute = 0; minute < 20 && (await desk.database.pool.query("select 1 from core.actions where state in ('confirmed', 'cleared', 'executing')")).rows.length > 0; minute += 1) await desk.advance(1);
  };

  it.each([
    ['option chain for NIFTY', /^NIFTY options of 8 January/, ['Near the money']], ['/chain NIFTY', /put–call parity/, ['Near the money']], ['max pain for NIFTY', /max pain [\d,.]+/i, []], ['pcr of nifty', /put–call ratio [\d.]+ by open interest/, []],
    ['NIFTY iv rank', /IV rank [\d.]+ of a hundred \(25\d days/, []],
  ])('answers "%s"', async (text, wanted, tables) => {
    const answer = await said(text);
    expect(answer.text).toMatch(wanted);
    expect(answer.tables).toEqual(tables);
  });

  it('draws an iron condor by delta with its payoff, says what a move would do and why its margin is what it is, and proposes it', async () => {
    const shown = await said('iron condor on NIFTY next expiry, 15-delta shorts, 50 wide');
    expect(shown.text).toMatch(/^NIFTY iron condor, 15 January: brings in ₹[\d,.]+\. Most it can lose ₹[\d,.]+/);
    expect(shown.tables).toEqual(['Legs']);
    const [chart] = of(shown.events, 'chart');
    expect(chart!.chart.payoff!.points.length).toBeGreaterThan(50);
    expect(chart!.chart.payoff!.breakEvens).toHaveLength(2);
    const fall = await said('what if it drops 2 % and vol is up 3 by Thursday');
    expect(fall.text).toMatch(/and volatility 3 points up by 10 January: a (profit|loss) of ₹/);
    expect(fall.tables).toEqual(['Price by volatility by time']);
    expect((await said('why is margin so high')).text).toMatch(/worst of sixteen moves/);
    const asked = await said('propose it in LumpSum');
    proposed = asked.events;
    expect(cardOf(asked.events)).toMatchObject({ headline: expect.stringMatching(/^NIFTY iron condor: BUY 75 15\.01\. \d+ put/), worstLoss: expect.stringMatching(/^Most you can lose: ₹/), confirmation: expect.anything() });
  }, 180_000);

  it('holds it, rolls it a week and closes it by words', async () => {
    await rested();
    await confirmed(proposed);
    const held = await said('my option positions');
    expect(held.text).toMatch(/^NIFTY iron condor in LumpSum, 15 January: .*so far\. Delta/);
    await rested();
    await confirmed((await said('roll it a week')).events);
    expect((await said('my option positions')).text).toMatch(/22 January/);
    await rested();
    await confirmed((await said('close the condor')).events);
    expect((await said('my option positions')).text).toMatch(/No options are held/);
  }, 240_000);

  it('draws nothing up from a question, and asks for a structure where none was shown', async () => {
    expect((await said('close the condor?')).text).toMatch(/A question orders nothing/);
    const fresh = await said('hedge my portfolio with puts');
    expect(fresh.text).toMatch(/Nothing is held that an index put would hedge/);
  });
});
