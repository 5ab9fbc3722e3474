import { describe, expect, it } from 'vitest';
import { changesSomething } from '../../../agents/grammar/routes.ts';
import { card12, intentOf, say } from './desk-talk.ts';

const shares = (n: number) => ({ kind: 'shares', shares: n });

describe('a command in any words and order', () => {
  it.each([
    ['B 250 WIPRO mkt', { kind: 'buy', symbol: 'WIPRO', quantity: shares(250) }],
    ['tcs ke 15 share le lo 3800 pe', { kind: 'buy', symbol: 'TCS', quantity: shares(15), limitPrice: '3800' }],
    ['buy one hundred shares of tata power at four hundred and ten', { kind: 'buy', symbol: 'TATAPOWER', quantity: shares(100), limitPrice: '410' }],
    ['purchase twenty shares of ITC at no more than four hundred and thirty rupees', { kind: 'buy', symbol: 'ITC', quantity: shares(20), limitPrice: '430' }],
    ['get me 12 wipro at 500 with a stop at 470 and a target of 560', { kind: 'buy', symbol: 'WIPRO', quantity: shares(12), limitPrice: '500', stop: '470', target: '560' }],
    ["let's ditch half of the infosys, I'm nervous", { kind: 'sell', symbol: 'INFY', quantity: { kind: 'fraction', fraction: 0.5 } }],
    ['mera infosys ka aadha maal nikal do', { kind: 'sell', symbol: 'INFY', quantity: { kind: 'fraction', fraction: 0.5 } }],
    ['flat coalindia', { kind: 'exit', symbol: 'COALINDIA' }], ['bail on infy', { kind: 'exit', symbol: 'INFY' }],
    ['slap a stop at 3700 on TCS', { kind: 'modify_position', symbol: 'TCS', stop: '3700' }], ['INFY sl 1440 tgt 1620', { kind: 'modify_position', symbol: 'INFY', stop: '1440', target: '1620' }],
    ['saare pending order cancel karo', { kind: 'cancel_order', all: true }], ['sq off all', { kind: 'close_all', haltEntries: false }],
    ['tactical mein pachees hazaar daal do', { kind: 'deposit', amountMinor: 2_500_000, account: 'Tactical' }], ['SIP se das hazaar nikal do', { kind: 'withdraw', amountMinor: 1_000_000, account: 'SIP' }],
    ['transfer one and a half lakh from lump sum to tactical', { kind: 'transfer', amountMinor: 15_000_000, from: 'LumpSum', to: 'Tactical' }], ['SIP se 20k tactical mein daal do', { kind: 'transfer', amountMinor: 2_000_000, from: 'SIP', to: 'Tactical' }],
    ['watchlist se wipro hata do', { kind: 'watchlist_edit', add: [], remove: ['WIPRO'] }], ['pop SBI on the watchlist for me', { kind: 'watchlist_edit', add: ['SBIN'], remove: [] }],
    ["let's hold off on new trades for a bit", { kind: 'pause' }], ['set the risk per trade to zero point seven five percent', { kind: 'mandate_change', setting: 'riskPerTradePercent', value: 0.75 }],
    ['size card 12 down to 40 shares', { kind: 'amend_proposal', card: 12, quantity: shares(40) }], ['kill it all, shut the whole thing down now', { kind: 'kill' }],
  ])('reads "%s"', (text, intent) => {
    expect(say(text, card12)).toMatchObject({ kind: 'intent', intent });
  });

  it.each([
    ['bhai sbi ke 30 share uthao 830 tak', { kind: 'buy', symbol: 'SBIN', quantity: shares(30), limitPrice: '830' }], ['add 40 wipro 495 or better', { kind: 'buy', symbol: 'WIPRO', quantity: shares(40), limitPrice: '495' }], ['itc ke sau share kharidne hain 425 pe', { kind: 'buy', symbol: 'ITC', quantity: shares(100), limitPrice: '425' }],
    ['move the target on coal india up to four twenty', { kind: 'modify_position', symbol: 'COALINDIA', target: '420' }], ['roll my tcs stop up to 3780', { kind: 'modify_position', symbol: 'TCS', stop: '3780' }], ['tcs halve', { kind: 'sell', symbol: 'TCS', quantity: { kind: 'fraction', fraction: 0.5 } }],
    ['lumpsum account mein do lakh dalo', { kind: 'deposit', amountMinor: 20_000_000, account: 'LumpSum' }], ['sip mein se paanch hazaar nikaalo', { kind: 'withdraw', amountMinor: 500_000, account: 'SIP' }], ["don't like the look of card 12, turn it down", { kind: 'reject', card: 12 }], ['chop my risk to half a percent a trade', { kind: 'mandate_change', setting: 'riskPerTradePercent', value: 0.5 }],
  ])('hears "%s"', (text, intent) => {
    expect(say(text, card12)).toMatchObject({ kind: 'intent', intent });
  });

  it('takes what is killed for no reason of a kill switch: one is opened by a word or a mark', () => {
    expect(intentOf('kill sip')).toEqual({ kind: 'kill', account: 'SIP' });
    expect(intentOf('kill switch, runaway orders')).toEqual({ kind: 'kill', reason: 'runaway orders' });
    expect(intentOf('kill because the feed is wrong')).toEqual({ kind: 'kill', reason: 'the feed is wrong' });
    for (const text of ['kill my pending orders', 'kill the SIP orders', 'kill tcs', 'kill half my tcs', 'kill the stop on tcs', 'kill the suspense, how did I do today', 'kill the trading for today in tactical', 'kill time', 'kill me now', 'kill the deal']) expect(intentOf(text)?.kind, text).not.toBe('kill');
    expect(say("pause since i'm in a meeting can you summarise my pnl").kind).toBe('ask');
    for (const text of ['take 5', 'take five']) expect(intentOf(text)?.kind, text).not.toBe('approve');
  });

  it('does not pause what it is told not to pause, and takes no condition for a reason', () => {
    expect(say('sab trading band nahi karo').kind).not.toBe('intent');
    expect(say('kill if it falls further')).toMatchObject({ kind: 'ask', choices: [{ command: 'kill' }] });
    expect(say('reject 12 unless it is small', card12)).toMatchObject({ kind: 'ask', choices: [{ command: '/reject 12' }] });
    expect(say('reject 12 because if it falls we lose', card12)).toMatchObject({ kind: 'intent', intent: { kind: 'reject', card: 12 } });
  });

  const commands = ['B 250 WIPRO mkt', 'tcs ke 15 share le lo 3800 pe', 'trim a third of my coal india', 'flat coalindia', 'slap a stop at 3700 on TCS', 'tactical mein pachees hazaar daal do', 'SIP se das hazaar nikal do', 'pop SBI on the watchlist for me', 'size card 12 down to 40 shares', 'saare pending order cancel karo'];
  const changes = (text: string): boolean => { const said = say(text, card12); return said.kind === 'intent' && changesSomething(said.intent.kind); };
  it.each(['do not', 'never', 'should i', 'would you', 'can you', 'if it falls', 'he told me to', 'why did you', 'remind me to', 'i was going to', 'unless', 'when it rises', 'be so good as to', 'what if i', 'nobody should', 'i forgot to', 'the news says'])('is none after "%s"', (before) => {
    expect(commands.map((command) => `${before} ${command}`).filter(changes)).toEqual([]);
  });
  it.each(['tomorrow', 'or maybe not', 'if it falls', 'unless it rises', 'was a mistake', 'and buy 10 TCS', 'and then see', 'lol just kidding', 'nahi', 'mat karo', 'karna chahiye kya', ', no wait', 'on monday', 'for 3 days', '?', ', it was a joke', ', i am not sure', 'below 1400'])('is none with "%s" behind it', (after) => {
    expect(commands.map((command) => `${command} ${after}`).filter(changes)).toEqual([]);
  });

  it('is never explicit, and asks about what was spelt wrong instead of trading on it', () => {
    expect(say('slap a stopp at 3700 on TCS')).toMatchObject({ kind: 'ask', choices: [{ command: 'TCS stop 3700' }] });
    expect(say('slap a stop at 3700 on TCS')).toMatchObject({ explicit: false, assumed: ['read as "TCS stop 3700"'] });
  });

  it('gives a figure one place only, and takes no price in thousands', () => {
    for (const text of ['grab 10 wipro 20', 'slap stops at 3700 and 3600 on TCS', 'grab 10 wipro at 500k', 'move 5000 between SIP and Tactical', 'put wipro on and off my watchlist']) expect(changes(text), text).toBe(false);
  });
});

describe('kal', () => {
  it('is tomorrow beside a verb to come, and yesterday otherwise', () => {
    expect(say('kal bazaar khula rahega kya')).toMatchObject({ intent: { kind: 'market_hours', date: '2024-07-04' } });
    expect(say('kal ka pnl batao')).toMatchObject({ intent: { kind: 'performance', period: { from: '2024-07-02', to: '2024-07-02' } } });
  });
});

it('puts what was asked for politely one press away', () => {
  expect(say('Be pleased to reduce my holding in Infosys by one quarter.')).toMatchObject({ kind: 'ask', choices: [{ command: 'sell one quarter of Infosys' }] });
});

describe('what is only said about a request', () => {
  it.each([
    ["sell half my tcs, I'm getting nervous", 'sell'], ['ugh, infosys is killing me, just get me out', 'exit'], ['that coal india trade has done its job, close it out', 'exit'], ['Good morning. What is my cash balance?', 'cash'], ['show me my positions, no rush', 'holdings'], ['what is going on with Tata Motors, why is it falling?', 'news'],
  ])('"%s" is %s', (text, kind) => {
    expect(say(text)).toMatchObject({ kind: 'intent', intent: { kind } });
  });
});
