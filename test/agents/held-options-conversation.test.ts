import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import { rightsOf } from '../../db/stores/people.ts';
import type { Tool, ToolCaller } from '../../tools/define.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import { cardOf, openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

const of = <T extends ConversationEvent['type']>(events: readonly ConversationEvent[], type: T) => events.filter((event): event is Extract<ConversationEvent, { type: T }> => event.type === type);

describe('talk about options that are held, with nothing shown before', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk({ environment: { OPTIONS_TRADING_ENABLED: 'true' } });
    await desk.advance(5);
    const caller: ToolCaller = { personId: desk.owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(desk.database.orm, desk.owner.id)).map((row) => row.accountId) };
    const proposed = await runTool({ tool: tools.get('propose_structure') as Tool, services: desk.services, caller, input: { underlying: 'NIFTY', kind: 'iron_condor', which: 'next', delta: 0.15, width: 50, account: 'LumpSum' } });
    await pressed((proposed as { output: { confirmation: { id: string } } }).output.confirmation.id);
    const share = [...desk.market.symbols().values()].find(({ kind, symbol }) => kind === 'EQUITY' && (desk.market.quote(symbol)?.last ?? 1e9) < 4_000)!;
    await carried(await desk.say(`buy 15 ${share.symbol} at market in LumpSum`));
  }, 240_000);
  afterAll(() => desk.close());
  const carried = async (events: readonly ConversationEvent[]): Promise<void> => {
    const question = of(events, 'confirm').at(-1);
    if (!question) throw new Error(`no question: ${textOf(events)}`);
    await pressed(question.id);
  };
  const pressed = async (id: string): Promise<void> => {
    await desk.press(id);
    for (let minute = 0; minute < 20 && (await desk.database.pool.query("select 1 from core.actions where state in ('confirmed', 'cleared', 'executing')")).rows.length > 0; minute += 1) await desk.advance(1);
    // The order governor counts a second of the wall clock; a person takes longer between two trades.
    while ((await desk.database.pool.query("select count(*)::int as n from core.orders where created_at > core.wall_now() - interval '1 second'")).rows[0].n > 0) await new Promise((resolve) => { setTimeout(resolve, 100); });
  };
  /** A conversation of its own: nothing was shown in it. */
  const afresh = async (text: string): Promise<ConversationEvent[]> => { await desk.say('/help'); return desk.say(text); };
  const answer = async (text: string): Promise<string> => textOf(await afresh(text));

  it.each([
    ['what if it drops 2 % and vol is up 3 by Thursday', /volatility 3 points up by 10 January: [−₹]/], ['what if vol is up 3 and it drops 2 % by Thursday', /volatility 3 points up by 10 January: [−₹]/],
    ['what if iv falls 2 and it rises 1 %', /volatility 2 points down by 7 January: [−₹]/], ['what if vol is down 3 by 20 January', /by 15 January: .* end on that day, before the one that you named/],
  ])('says what becomes of it: "%s"', async (text, wanted) => expect(await answer(text)).toMatch(wanted));

  it('prices options anew in the risk of the book, says so, and bounds them by their structure', async () => {
    const { rows } = await desk.database.pool.query("select sum(quantity * average_price)::float8 as value from core.positions where closed_at is null and symbol like 'NIFTY-%'");
    const text = await answer('what is my risk');
    expect(text).toMatch(/every structure ends at its worst from here you lose ₹[\d,]+/);
    expect(text).toMatch(/4 option positions are priced anew at every past day’s move, at the volatility of now; how volatility itself moves is left out\. In beta they count by delta, as [−+]?₹[\d,]+ of what they are on\./);
    expect(text).not.toMatch(/without a stop/);
    expect(rows[0].value).toBeLessThan(0);
  });

  it('says why the margin is what it is, and what lowers it', async () => {
    expect(await answer('why is margin so high')).toMatch(/Most of it is the exposure margin, .*fewer lots.*nearer wings do not/);
  });

  it('adjusts it as one proposal, not where that would turn a contract round, and orders nothing at a question', async () => {
    expect(await answer('adjust the condor up by 50')).toMatch(/the other way round, which one action cannot do/);
    expect(await answer('adjust the condor up by 100?')).toMatch(/A question orders nothing/);
    const held = (await desk.database.pool.query("select symbol from core.positions where closed_at is null and symbol like 'NIFTY-%' order by symbol")).rows.map(({ symbol }) => Number(symbol.split('-')[2])).sort((a, b) => a - b);
    const asked = await afresh('adjust the condor up by 100');
    expect(cardOf(asked)!.why.map(({ text }) => text)).toEqual([expect.stringMatching(/^Stays in 2030-01-15, strikes moved up by 100\./)]);
    await carried(asked);
    const now = (await desk.database.pool.query("select symbol from core.positions where closed_at is null and symbol like 'NIFTY-%' order by symbol")).rows.map(({ symbol }) => Number(symbol.split('-')[2])).sort((a, b) => a - b);
    expect(now).toEqual(held.map((strike) => strike + 100));
  });

  it('closes it, and has nothing left to say about it', async () => {
    // A leg that the market leaves behind in its minutes is closed by asking again.
    const open = async (): Promise<number> => (await desk.database.pool.query("select 1 from core.positions where closed_at is null and symbol like 'NIFTY-%'")).rows.length;
    for (let attempt = 0; attempt < 4 && (await open()) > 0; attempt += 1) await carried(await afresh('close the condor'));
    expect(await answer('what if it drops 2 % and vol is up 3')).toMatch(/Which structure\? None is held/);
    expect(await answer('why is margin so high')).toMatch(/None is held/);
  });

  it('finds the cheapest hedge until the budget and says what day that is taken to be', async () => {
    expect(await answer('cheapest hedge for my portfolio into the budget')).toMatch(/Union Budget is taken to be on 1 February.*moves like ₹[\d,.]+ of NIFTY\. Cheapest cover until (\d+ (February|March)|\d+ \w+ 2030)/);
  });
});
