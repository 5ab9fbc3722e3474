import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../../agents/vocabulary.ts';
import { intakeQuestions } from '../../../agents/intake/questions.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import { strayFigures } from '../../../graph/turn/figures.ts';
import { openTestDesk, type TestDesk, textOf } from '../../helpers/desk.ts';
import { injected } from '../../tools/made-market.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await openTestDesk(); await desk.advance(20); });
afterAll(async () => { await desk?.close(); });
const answer = async (text: string, options?: { asOf?: string }): Promise<string> => textOf(await desk.say(text, options));
const partOf = <T extends ConversationEvent['type']>(events: readonly ConversationEvent[], type: T) => events.find((event) => event.type === type) as Extract<ConversationEvent, { type: T }> | undefined;

/** What is asked, and what the answer's words look like. */
const talk: [line: string, said: RegExp][] = [
  ['is the market open?', /^Open until 15:30, \d+ minutes from now/], ['/hours 2030-01-23', /^Closed on Wednesday, 23 January \(Founders Day\)\. Next session: Thursday/], ['hi', /^The market is open until 15:30 \(SIMULATED\)/],
  ['movers', /^Up most: [A-Z]+ \+[\d.]+ %; down most: [A-Z]+ −[\d.]+ % \(so far today\)\. \d+ rose, \d+ fell of 60\./], ['top gainers in banks', / in banks\)\. \d+ rose, \d+ fell of \d\./], ['top losers this month', /^Down most: [A-Z]+ −/],
  ['quote NAVOSYS', /^NAVOSYS ₹[\d,.]+, [+−]?[\d.]+ % from the previous close\. Bid ₹[\d,.]+, ask ₹[\d,.]+\.$/], ['what did MERUBANK close at?', /^MERUBANK closed at ₹[\d,.]+ on 4 January, [+−]?[\d.]+ % from the previous close\.$/],
  ['what did MERUBANK close at yesterday', /^The exchange was closed on 6 January 2030 \(Sunday\)\. Previous close, 4 January: ₹[\d,.]+\.$/], ['what did ZORBIX close at?', /^I know no symbol or company "ZORBIX"\. Nearest names: none close enough to guess\.$/],
  ['what did QUINTARA close at on 3 January 2020', /^I know prices of QUINTARA from \d+ \w+ \d{4} to \d+ \w+ \d{4}; that day lies outside\.$/], ['QUINTARA day high', /^QUINTARA high today: ₹[\d,.]+\.$/], ['volume in QUINTARA today', /^QUINTARA volume today: [\d,]+ shares so far\.$/],
  ['chart NAVOSYS', /^NAVOSYS [+−][\d.]+ % from .+ to 7 January; last ₹/], ['RSI of QUINTARA', /^RSI \(14 sessions\) of QUINTARA: [\d.]+\. (Over|Neither)/], ['technicals of MERUBANK', /^MERUBANK closed at ₹.+ Trend .+ RSI [\d.]+ \(.+\)\./], ['/features SANDHURA macd', /signal line .+ histogram/],
  ['regime', /^Volatility is (calm|ordinary|high) against its own past year \(index, 4 January\)\. NIFTY moves at/], ['breadth', /^The market is .+: [\d.]+ of a hundred \(so far today\)\. .+ Institutional flows are not loaded/], ['FII flows', /^I cannot say: no source of institutional flows is loaded\./],
  ['news', /^Latest, 7 January \d\d:\d\d: “.+” \(simulated-exchange\)\./], ['news on MERUBANK', /^Latest on MERUBANK, .+ MERUBANK is at ₹/], ['search order win', /^Best match on “order win”, \d+ January \d\d:\d\d: .+ \(simulated-exchange\)\. \d are listed\.$/], ['any frauds this month', /^Nothing is known on “frauds” for this month\. Searched [\d,]+ filings and headlines that became known from .+ to \d+ January\.$/], ['results calendar', /^Next: [A-Z]+ results on \d+ January/], ['next holiday', /^Next: closed on 23 January \(Founders Day\)\./],
  ['is NAVOSYS safe to buy before results?', /results: moved −?[\d.+]+ % to .+ % next day, median [\d.]+ %\.$/], ['what did the RBI say?', /^I have nothing to go by: nothing from RBI is stored/], ['upcoming dividends', /so nobody can say\.$/], ['/watchlist', /^Nothing is watched\./],
  ['/chain NIFTY', /^NIFTY options of \d+ January, as of 7 January \d\d:\d\d\. Forward ₹/], ['help', /^Ask in your own words/], ['/help orders', /^Orders\n\/orders/], ['/help chart', /^\/chart SYMBOL \[PERIOD\]: /], ['thanks', /^Noted\.$/], ['never mind', /^Dropped; nothing was sent\./],
  ['52 week high of NAVOSYS', /^NAVOSYS high from \d+ \w+ \d{4} to \d+ January \(\d+ sessions\): ₹[\d,.]+ on .+\. Highest close ₹/], ['30 day volatility of NAVOSYS', /^Volatility of NAVOSYS: [\d.]+ % a year, from 30 daily log returns from/], ['20 day average volume of MERUBANK', /^Average volume of MERUBANK from .+ \(20 sessions\): [\d,]+ shares a session\.$/],
  ['worst day of NAVOSYS last month', /^Worst day of NAVOSYS from .+: −[\d.]+ % on \d+ December 2029, from ₹[\d,.]+ to ₹[\d,.]+\./], ['beta of NAVOSYS', /^Beta of NAVOSYS against NIFTY: −?[\d.]+, over \d+ daily returns/], ['compare NAVOSYS and MERUBANK last month', /^[A-Z]+ [+−][\d.]+ %, [A-Z]+ [+−]?[\d.]+ % from .+ sessions\)\. Volatility a year:/],
  ['50 day moving average of NAVOSYS', /^Moving average \(50 sessions\) of NAVOSYS: ₹[\d,.]+\. The close is (above|below) its moving average\./], ['how many down days did NAVOSYS have last month', /^NAVOSYS from .+: \d+ down \([\d.]+ %\), \d+ up, \d+ unchanged/], ['sector moves last month', /^Best from \d+ December 2029 to \d+ December 2029: .+ %; worst: .+ %\./], ['stocks above their 50 day average', /^\d+ of \d+ shares \([\d.]+ %\) closed above their 50-session average on \d+ January\./],
  ['bulk deals in NAVOSYS', /^No bulk deal in NAVOSYS is known\. No bulk deals are stored\.$/], ['last split of NAVOSYS', /^(No split of NAVOSYS is known\.|Last split)/], ['how many filings did MERUBANK make this month', /^\d+ filings? (or headline|and headlines) of MERUBANK from 1 January to 7 January/], ['which sector is NAVOSYS in', /^NAVOSYS: sector .+\.$/], ['how many trading days this month', /^\d+ sessions from 1 January to 31 January; \d+ of them still ahead\./], ['what did NAVOSYS close at on 30 February 2029', /^There is no 30 february 2029\.$/],
  ['which nifty 50 stocks gained most this month', /^Up most: [A-Z]+ \+[\d.]+ %(?:, [A-Z]+ \+[\d.]+ %)* \(from .+ in NIFTY\)\. \d+ rose, \d+ fell of \d+\./], ['which nifty 500 stocks gained most this month', /^I hold no list of the members of NIFTY 500; I hold those of NIFTY\./],
  ['who is in the nifty 50?', /^NIFTY has \d+ members by its list of .+: [A-Z]+, [A-Z]+/], ['how many nifty stocks fell today', /^NIFTY is [a-z ]+: [\d.]+ of a hundred/], ['how reliable are your probabilities?', /^(I cannot say|Of \d+ set-ups|The chances are fitted)/], ['/intake', /^For which account\? A new one is opened first/], ['/discovery', /^\d+ shares? stands? out on \d+ \w+\. [A-Z]+: /], ['which picker is doing best', /^From .+ the same rules would have pointed [\d,]+ times to one of \d+ shares\./],
];

describe('the desk answers in words', () => {
  it.each(talk)('“%s”', async (line, said) => {
    const events = await desk.say(line);
    expect(textOf(events)).toMatch(said);
    expect(events.filter((event) => event.type === 'error')).toEqual([]);
    // A reference that leads nowhere is filled in as "unknown", and nothing here is unknown to the desk.
    expect(textOf(events)).not.toMatch(/\bunknown\b|\{\{|undefined|NaN|null/);
    expect(events.at(-1)?.type).toBe('end');
  });

  it('writes no figure itself: each digit is a cell of a tool’s result or the person’s own', async () => {
    const { rows } = await desk.database.pool.query<{ payload: string }>('select payload from core.agent_messages');
    expect(rows.length).toBeGreaterThanOrEqual(talk.length);
    for (const { payload } of rows) { const { text } = (JSON.parse(payload) as { draft: { text: string } }).draft; expect(strayFigures(text), text).toEqual([]); }
  });
  it('names the tool and the moment of each figure', async () => {
    const reply = partOf(await desk.say('quote NAVOSYS'), 'reply');
    expect(reply?.figures).toContainEqual(expect.objectContaining({ tool: 'broker_quote', path: 'value', unit: 'INR', value: desk.market.quote('NAVOSYS')?.last, asOf: desk.market.now() }));
  });
  it('shows what can be opened: tables, candles with pins, a line for each event', async () => {
    expect(partOf(await desk.say('movers'), 'table')?.rows[0]).toHaveProperty('changePercent');
    const chart = partOf(await desk.say('chart MERUBANK'), 'chart')?.chart;
    expect(chart?.lines).toEqual([{ name: 'last', price: chart?.bars.at(-1)?.close }]);
    for (const pin of chart?.pins ?? []) expect(chart?.bars.map((bar) => bar.time)).toContain(pin.time);
    const line = partOf(await desk.say('news on MERUBANK'), 'timeline')?.entries[0];
    expect(line?.ref).toMatch(/^event:/);
    expect((await desk.conversation.evidence({ ref: line?.ref ?? '', person: desk.owner })).title).toBe(line?.text.replace(/ \(simulated-exchange\)$/, ''));
  });
});

describe('a question about an earlier day', () => {
  it('is answered with what was known then', async () => {
    expect(await answer('quote NAVOSYS', { asOf: '2029-12-20' })).toMatch(/^NAVOSYS closed at ₹[\d,.]+ on 20 December, [+−]?[\d.]+ % from the previous close\.$/);
    expect(await answer('movers', { asOf: '2029-12-20' })).toMatch(/\(on 20 December\)/);
    expect(await answer('news', { asOf: '2028-10-01' })).toBe('Nothing is known. No news or filings are stored.');
  });
});

describe('a filing that speaks to software', () => {
  it('is reported as such; none of it is repeated and nothing is done', async () => {
    const now = desk.market.now();
    await writeFacts(desk.database.orm, [{ type: 'event', event: { source: 'simulated-exchange', title: `Hexavyn Consulting: ${injected}`, body: injected, eventType: 'OTHER', priority: 'HIGH', symbols: ['HEXAVYN'], unlinkedNames: [], happenedAt: now, knownAt: now } }], now);
    const before = await desk.database.pool.query('select count(*) from core.actions');
    const events = await desk.say('news on HEXAVYN');
    expect(textOf(events)).toMatch(/Filing by simulated-exchange, 7 January \d\d:\d\d, with wording addressed to software; nothing in it was acted on\./);
    expect(textOf(events)).not.toContain('approve');
    expect(JSON.stringify(partOf(events, 'timeline'))).not.toContain('approve pending');
    expect(JSON.stringify(partOf(await desk.say('chart HEXAVYN'), 'chart'))).not.toContain('approve pending');
    expect((await desk.database.pool.query('select count(*) from core.actions')).rows).toEqual(before.rows);
  });
});

describe('what is offered next', () => {
  it('is understood when it is said', async () => {
    const offered = new Set<string>();
    for (const line of ['hi', 'movers', 'quote NAVOSYS', 'chart NAVOSYS', 'breadth', 'help', '/help market', '/intake', '/discovery', 'settings']) for (const choice of partOf(await desk.say(line), 'reply')?.choices ?? []) offered.add(choice.command);
    for (const command of [...offered].filter((each) => !each.startsWith('set the'))) expect(await answer(command), command).not.toContain('I did not understand');
    expect(offered.size).toBeGreaterThan(10);
    expect(intakeQuestions[0]?.topic).toBe('objective');
  });
});
