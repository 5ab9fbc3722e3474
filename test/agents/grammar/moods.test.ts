import { describe, expect, it } from 'vitest';
import { reworded } from '../../../agents/grammar/reword.ts';
import { changesSomething } from '../../../agents/grammar/routes.ts';
import { card12, say } from './desk-talk.ts';

describe('what a sentence says besides its subject', () => {
  it.each([
    'if reliance falls a bit buy me 10', 'unless it drops below 1400, hold on to infosys', 'agar nifty gire to sab bech dena', 'I wish I had bought more Reliance', "I've already sold my TCS", 'we sold all our INFY',
    'who told you to pause trading?', 'when would you sell Coal India?', 'they bought 2000 shares of Tata Power, or so I read', 'my brother bought 100 ITC', 'show my positions and then close the worst one', 'who moved all my cash', 'why did you hedge the book',
  ])('is asked about where the reading has no answer to it: "%s"', (text) => {
    expect(say(text, card12).kind).not.toBe('intent');
  });

  it('names the words that it stumbled over, and offers the reading', () => {
    expect(say("I've already sold my TCS")).toEqual({ kind: 'ask', question: 'I did not understand what "sold" asks here. Did you mean this?', choices: [{ label: '/fills TCS', command: '/fills TCS' }] });
  });

  it.each([
    ['how much do I lose if every stop triggers', 'risk_metrics'], ['who has been buying blocks of itc', 'deals'], ['when are the results of infosys out', 'calendar'], ['why is wipro falling today', 'news'],
  ])('stands in no way where it is answered: "%s"', (text, kind) => {
    expect(say(text)).toMatchObject({ kind: 'intent', intent: { kind } });
  });

  it('a company that the reading has no use for is asked about', () => {
    expect(say('how is the market mood over at wipro').kind).not.toBe('intent');
  });
});

describe('the same in other words', () => {
  const around = ['Would you be good enough to ', 'Kindly be so good as to ', 'I should be grateful if you would ', 'I was wondering, ', 'tell me if ', 'Hey there, I am thinking ', 'Dear sir, '];
  const orders = ['buy 10 TCS at 3900', 'sell all my INFY', 'exit TCS', 'cancel all orders', 'approve card 12', 'withdraw 10000 from Tactical', 'close all positions'];
  it('never orders what was asked for politely, wondered about or told', () => {
    const changed = around.flatMap((before) => orders.map((order) => before + order)).filter((text) => { const said = say(text, card12); return said.kind === 'intent' && changesSomething(said.intent.kind); });
    expect(changed).toEqual([]);
  });

  it('puts an order one press away', () => {
    expect(say('Would you be good enough to buy 10 TCS at 3900?')).toMatchObject({ kind: 'ask', choices: [{ command: 'buy 10 TCS at 3900' }] });
  });

  it.each([
    ['I wish to dispose of my entire holding in Infosys.', { kind: 'exit', symbol: 'INFY' }], ['infosys ke 20 share bech do', { kind: 'sell', symbol: 'INFY', quantity: { kind: 'shares', shares: 20 } }], ['RSI 14, HDFC Bank.', { kind: 'indicator', symbol: 'HDFCBANK', indicator: 'rsi', length: 14 }],
    ['Risk per trade to 0.75%.', { kind: 'mandate_change', setting: 'riskPerTradePercent', value: 0.75 }], ['Kindly furnish a statement of the securities I hold at present.', { kind: 'holdings' }],
  ])('reads "%s"', (text, intent) => {
    expect(say(text)).toMatchObject({ kind: 'intent', intent });
  });

  it('says what it was read as, and is never explicit', () => {
    expect(say('I wish to dispose of my entire holding in Infosys.')).toMatchObject({ explicit: false, assumed: expect.arrayContaining(['read as "exit Infosys"']) });
  });

  it('keeps every denial, condition and figure', () => {
    const said = ["please don't buy 10 tcs on my behalf", 'kindly do not furnish the list unless asked', 'if it falls 5% dispose of my tcs', 'mat becho infosys ke 20 share', 'never recommence trading before 10:30'];
    const kept = /\b(don't|do not|not|never|mat|if|unless|\d+[%:\d]*)/gi;
    for (const text of said) expect((reworded(text)?.text ?? text).match(kept), text).toEqual(text.match(kept));
  });

  it.each(['shw my ordrs', 'opn card 12', 'my holdngs'])('fills in vowels that were left out: "%s"', (text) => {
    expect(say(text).kind).toBe('intent');
  });
  it('does so for no order', () => {
    expect(['byy 10 tcs', 'sll 10 infy', 'ext tcs', 'aprv card 12', 'cncl all orders'].filter((text) => { const said = say(text, card12); return said.kind === 'intent' && changesSomething(said.intent.kind); })).toEqual([]);
  });
});
