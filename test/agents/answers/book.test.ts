import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../../agents/vocabulary.ts';
import { ungroundedFigures } from '../../../agents/qa/ungrounded-figures.ts';
import { textOf } from '../../helpers/desk.ts';
import { type BookDesk, openBookDesk } from '../../tools/fixtures.ts';

let desk: BookDesk;
let first: string;
beforeAll(async () => {
  desk = await openBookDesk();
  first = desk.shares[0]!;
});
afterAll(async () => { await desk.close(); });

const tables = (events: readonly ConversationEvent[]) => events.filter((event) => event.type === 'table');
const choices = (events: readonly ConversationEvent[]): string[] => events.flatMap((event) => (event.type === 'reply' ? (event.choices ?? []).map((choice) => choice.label) : []));

describe('before anything was traded', () => {
  it.each([
    ['what do I hold', /^Nothing is held in your 3 accounts\. ₹13,50,000 in cash, ₹6,82,500 of it to deploy\./],
    ['patterns', /^No trade has been closed yet/], ['orders', /^No order is open, and none has been sent yet\./], ['fills', /^Nothing was filled since the start\./], ['VaR', /^Nothing is held, so nothing is at risk\./],
    ['sector exposure', /^Nothing is held or on order/], ['cards', /^Nothing waits for a yes, and no card has been drawn up yet\./], ['gate statistics', /the gates judged nothing/], ['show what you did', /^Nothing was proposed or filled today\./],
    ['show the audit', /^Which card\?/], ['is the audit chain intact?', /^Intact: \d+ entries chained without a gap, no gate verdict in it yet/], ['how did we do this month', /^0 % \(time-weighted\) this month, Nifty [+−]?[\d.]+ %\. ₹0 on ₹13,50,000; no trade closed\./],
    ['sharpe', /^Sharpe is not known\. .* there is 1\./], ['win rate', /^No trade has been closed/], ['replay card 99', /^There is no card 99\./], ['show card 99', /^There is no card 99\./],
    ['are any kill switches tripped?', /^Nothing is paused or halted/], ['worst case loss', /^Nothing is held, so nothing is at risk\./], ['which position is losing the most', /^Nothing is held\./], ['when is tranche 2?', /^Tranche 2 of LumpSum, ₹3,00,000, is due on 6 February 2030\. Instalment 2 of SIP/], ['when is tranche 9', /^No funding plan has a part with the number 9\./], ['quarantined rows', /^No row is in quarantine: everything that was imported was taken\./], ['funding plan', /^Next: ₹3,00,000 on 6 February 2030, tranche 2 of LumpSum\. SIP: ₹50,000 of the running instalment is not deployed yet\./],
    ['anything I should know before the open?', /^The market is .*\nNothing waits for your yes\.\nNothing is held\.$/],
  ])('“%s” says what is not there yet', async (said, expected) => expect(textOf(await desk.say(said))).toMatch(expected));
});

describe('with something held', () => {
  beforeAll(async () => {
    await desk.buy({ symbol: first, quantity: 5, account: 'Tactical' });
    await desk.say('switch to Tactical');
  });

  it('says what is held, what it did today, what is largest and what comes next', async () => {
    const events = await desk.say('what do I hold');
    expect(textOf(events)).toMatch(new RegExp(`^1 position, ₹[\\d,]+ of ₹[\\d,]+ deployed in Tactical\\. (Up|Down) ₹[\\d,.]+ today \\([+−]?[\\d.]+ %\\)\\.\\nLargest: ${first} [\\d.]+ % of equity\\.`));
    expect(tables(events)[0]).toMatchObject({ title: 'Positions', rows: [{ symbol: first, quantity: 5 }] });
    expect(choices(events)).toContain('All accounts');
  });
  it('never lets an account in force read as all there is', async () => {
    await desk.say('switch to SIP');
    expect(textOf(await desk.say('what do I hold'))).toMatch(/^Nothing is held in SIP\..* Other accounts hold positions too\./);
    const everywhere = await desk.say('holdings in all accounts');
    expect(textOf(everywhere)).toMatch(/^1 position, ₹[\d,]+ of ₹13,[\d,]+ deployed in 3 accounts\./);
    expect(tables(everywhere).at(-1)!.rows.at(-1)).toMatchObject({ account: 'Total' });
    expect(textOf(await desk.say(`my ${first} position`))).toMatch(new RegExp(`^5 ${first} in Tactical at ₹`));
    await desk.say('switch to Tactical');
  });
  it.each([
    ['how much cash do I have', /^₹[\d,]+ cash in Tactical, ₹[\d,]+ of it free to deploy\./], ['limits', /^Closest: [a-z ]+.* in Tactical, .* of .* left\./], ['what is left of my daily loss limit', /^Tactical: ₹[\d,]+ left of ₹[\d,]+ \(3\s% of what the day began with\); (?:nothing|₹[\d,.]+) lost today\./], ['smallest holding', /^Smallest: [A-Z&-]+ in Tactical, worth ₹[\d,]+, [\d.]+\s% of equity\./], ['which stock is closest to its stop', /^Nearest to its stop: \d+ [A-Z&-]+ in Tactical, last ₹[\d,.]+: the stop ₹/], ['what is my account worth', /worth ₹[\d,]+ now\./], ['open risk', /^In Tactical: If every stop is hit from here you lose ₹[\d,.]+ \([\d.]+ % of equity\)/],
    ['portfolio beta', /^In Tactical: Beta -?[\d.]+: .* Target 0\.90, off by [\d.]+: more than 0\.20\.$/], ['VaR', /^In Tactical: Value at risk \(95 %, one day\): ₹[\d,.]+/], ['correlations', /^In Tactical: It takes two holdings to correlate\./],
    ['treasury', /^₹[\d,]+ cash in Tactical, ₹[\d,]+ to deploy\. Kept back: ₹[\d,]+ buffer\. Put in ₹3,00,000, worth ₹2,99,[\d]+|^₹[\d,]+ cash in Tactical/], ['open orders', /^2 open orders, all of them stops and targets\./], ['fills today', /^\d fills? today: bought ₹[\d,]+, charges ₹/],
    ['worst case loss', /^In Tactical: If every stop is hit from here you lose ₹[\d,.]+ \([\d.]+ % of equity\)/], ['which position is losing the most?', /^(Losing most|No position is losing; least ahead) in Tactical: \w+, [+−]?₹[\d,.]+ \([+−]?[\d.]+ %\) since it was bought\./], ['my best position', /^(Making most|No position is making money; least behind) in Tactical: /], ['which position lost the most today', /^(Losing most|No position is losing; least ahead) in Tactical: \w+, [+−]?₹[\d,.]+ today\./], ['which position lost the most yesterday', /^Of a single day, only today’s move/],
    ['tax owed so far', /^Nothing was sold this FY in all accounts, so there is no gain and no tax on it\./], ['tax lots', /^1 lot held in all accounts, 0 long-term; next to turn long-term: 5 \w+ in Tactical, bought on \d/], ['which of my holdings are long term', /^No lot that is held in all accounts is long-term yet\. Next: 5 \w+ in Tactical/], ['did a stop get hit', /^No stop was hit since the start\./], ["today's cards", /^1 card was drawn up today: card 1 \(BUY 5 \w+ in Tactical, \d\d:\d\d, by you, filled\)\./], ['which cards did I approve today', /^1 card was confirmed by you today: card 1 /], ['cards rejected by me', /^No card was rejected by you\./], ['which cards did zorbo approve', /^Nobody called zorbo uses the desk\./], ['which orders were rejected today and why', /^No order was rejected today\. Cards that the gates blocked never become orders\./], ['orders this week', /^\d orders were sent this week, 2 of them open\./], ['what changed in my mandate, when', /^No change of a mandate since the start\./],
    ['total cost of my holdings', /^What is held in 3 accounts cost ₹[\d,]+, worth ₹[\d,]+ now: [+−]?₹[\d,.]+ unrealised, before charges\./], ['gst and stamp duty this month', /^Of ₹[\d,.]+ charges this month in Tactical: GST ₹[\d,.]+, stamp duty ₹[\d,.]+\./], ['who approved the most cards', /^1 card was confirmed: you 1\./], ['oldest lot i still own', /^Oldest lot held: 5 \w+ in Tactical, bought on \d.*; long-term from \d/],
    ['deposits by account', /^Put in since the start: LumpSum ₹10,00,000, SIP ₹50,000, Tactical ₹3,00,000\. Together ₹13,50,000, ₹13,50,000 of it opening balances\./], ['what of mine expires this week', /^No options are held, so nothing that you hold expires\./], ['how much tax have I paid', /^Taxes on trades since the start in Tactical: ₹[\d,.]+ \(STT, GST, stamp duty\) of ₹/],
    ['accounts', /^3 accounts\. You are working in Tactical\./], ['show the audit', /^Card 1: BUY 5 \w+: \d+ lines, each with its record\./], ['replay card 1', /^The same: 2 verdicts on card 1 again/], ['feed status', /^simulator: heard at \d\d:\d\d, no errors\./],
    ['settings', /^No entry within 2 trading days of results/], ['costs this month', /^Costs this month in Tactical: ₹/], ['STT this month', /^STT this month in Tactical: ₹[\d,.]+ of ₹[\d,.]+ charges\./], ['deposits and withdrawals', /^Put in ₹13,50,000 in 3 parts since the start, ₹13,50,000 of it opening balances; nothing was taken out; net \+₹13,50,000\./], ['xirr', /^(Money-weighted|The money-weighted return) since the start in Tactical/], ['expectancy per trade', /^No trade has been closed since the start in Tactical\.$/], ['show the SIP mandate', /^SIP, version 1: Monthly SIP/], ['what did you do today?', /^1 proposal today: 1 done, 1 fill\./],
  ])('“%s” is answered first, with its figures', async (said, expected) => expect(textOf(await desk.say(said))).toMatch(expected));

  it.each([['next three SIP dates', /^Next instalments: \d.* ₹50,000, .* ₹50,000, .* ₹50,000 in SIP\./], ['SIP instalments paid so far', /^1 instalment paid so far, ₹50,000: \d.* ₹50,000 in SIP \(instalment 1\)\./], ['is the SIP account in profit', /^[+−]?[\d.]+ % \(time-weighted\) since the start in SIP/]])('“%s” is told of the account that it names', async (said, expected) => { expect(textOf(await desk.say(said))).toMatch(expected); await desk.say('switch to Tactical'); });

  it('briefs: hours, what stands still, what waits for a yes, what is held and what comes', async () => {
    await desk.say('pause SIP');
    const events = await desk.say('brief me');
    expect(textOf(events)).toMatch(new RegExp(`^The market is .*\\.\nPaused: SIP, no new entries since .*\\.\nNothing waits for your yes\\.\n1 position held\\. (Up|Down) ₹[\\d,.]+ today \\([+−]?[\\d.]+ %\\)\\. Largest: ${first} [\\d.]+ % of equity`));
    expect(choices(events)).toEqual(['What I hold', 'News on what I hold', 'What moved']);
  });

  it('names the account of money that moved', async () => { expect(textOf(await desk.say('withdrawals from SIP'))).toMatch(/^Nothing was taken out since the start in SIP\.$/); await desk.say('switch to Tactical'); });
  it('says how far the price is from the stop', async () => expect(textOf(await desk.say(`how far is ${first} from its stop`))).toMatch(new RegExp(`^5 ${first} in Tactical, last ₹[\\d,.]+: the stop ₹[\\d,.]+ is −[\\d.]+ % away, the target ₹[\\d,.]+ \\+[\\d.]+ %\\.$`)));
  it('says what a position can lose: at its stop, and without a fill there', async () => {
    const [position] = tables(await desk.say('holdings in all accounts'))[0]!.rows as { quantity: number; last: number; stop: number; riskLeft: number }[];
    const text = textOf(await desk.say(`worst case loss on ${first}`));
    expect(text).toMatch(new RegExp(`^5 ${first} in Tactical: ₹[\\d,.]+ from here if the stop at ₹[\\d,.]+ is hit\\. Without a fill at the stop it can lose all it is worth, ₹[\\d,.]+\\.`));
    const [risk, , value] = [...text.matchAll(/₹([\d,.]*\d)/g)].map(([, figure]) => Number(figure!.replaceAll(',', '')));
    // Said in whole rupees.
    expect(Math.abs(risk! - (position!.last - position!.stop) * 5)).toBeLessThanOrEqual(1);
    expect(Math.abs(value! - position!.last * 5)).toBeLessThanOrEqual(1);
  });
  it('has a source for every figure that it says, whatever is asked', async () => {
    for (const said of ['what do I hold', 'holdings in all accounts', `my ${first} position`, 'cash', 'how did we do this month', 'performance by symbol', 'drawdown', 'sector exposure', 'limits', 'risk metrics', 'treasury', 'funding plan', 'orders', 'fills', 'accounts', 'show the mandate', 'cards', 'activity', 'gate statistics', 'switches', 'feed status', 'settings', 'verify the audit', 'replay card 1', 'patterns']) {
      for (const event of await desk.say(said)) {
        if (event.type !== 'reply') continue;
        expect([said, event.text, ungroundedFigures(event)]).toEqual([said, event.text, []]);
        expect([said, event.text]).toEqual([said, expect.not.stringMatching(/\bunknown\b|\{\{|undefined|NaN/)]);
      }
    }
    expect(desk.logged.filter((line) => /without a source/.test(line))).toEqual([]);
  });

  it('asks from which account money is to come, and proposes what is then said', async () => {
    const asked = await desk.say('transfer 1000 to SIP');
    expect(textOf(asked)).toBe('From which account?');
    expect(choices(asked).sort()).toEqual(['LumpSum', 'Tactical']);
    const reply = asked.find((event) => event.type === 'reply');
    const command = reply?.type === 'reply' ? reply.choices!.find((choice) => choice.label === 'Tactical')!.command : '';
    const proposed = await desk.say(command);
    expect(proposed.find((event) => event.type === 'card')).toMatchObject({ card: { state: 'PENDING', headline: expect.stringContaining('₹1,000') } });
    expect(textOf(await desk.say('cards'))).toMatch(/^1 waits for a yes: card \d+ \(transfer cash\)\./);
  });
  it('shows all that waits and all that is stopped, whatever account is in force', async () => {
    await desk.say('switch to LumpSum');
    expect(textOf(await desk.say('cards'))).toMatch(/^1 waits for a yes/);
    expect(textOf(await desk.say('open orders'))).toMatch(/^2 open orders/);
    expect(textOf(await desk.say('cards in LumpSum'))).toMatch(/^Nothing waits for a yes/);
  });
  it('says why money is not let out', async () => expect(textOf(await desk.say('withdraw 9000000 from SIP'))).toMatch(/^Blocked: .*free to use/));
  it('says since when and why an account is paused, and offers to resume it', async () => {
    await desk.say('pause the SIP account because of the budget');
    expect(textOf(await desk.say('when was the SIP account paused and by whom'))).toMatch(/SIP was paused today at \d\d:\d\d by you \(of the budget\)/);
    const events = await desk.say('is trading paused in SIP?');
    expect(textOf(events)).toMatch(/^Paused: SIP, no new entries since .*\d\d:\d\d.*\nStops and exits keep working\.$/);
    expect(choices(events)).toContain('Resume');
  });
});
