import { describe, expect, it } from 'vitest';
import { intentOf, resolver, say } from './desk-talk.ts';

describe('names on the market', () => {
  it.each([
    ['nifty it close today', { kind: 'quote', symbol: 'NIFTY IT', field: 'close' }], ['how is nifty pharma doing', { symbol: 'NIFTY PHARMA' }], ['nifty midcap 100 level', { symbol: 'NIFTY MIDCAP 100' }], ['top gainers in nifty auto', { kind: 'movers', index: 'NIFTY AUTO' }],
    ['nifty close', { symbol: 'NIFTY' }], ['nifty 50 close', null], ['members of nifty 500', { kind: 'index_members', index: 'NIFTY', indexNumber: 500 }],
  ])('“%s” is of that index, never of another', (text, meant) => {
    const intent = intentOf(text);
    if (meant) expect(intent).toMatchObject(meant);
    else expect(intent === null || ('symbol' in intent && intent.symbol === 'NIFTY')).toBe(true);
  });

  it.each(['gold price today', 'silver rate', 'usd inr rate', 'bitcoin price', 'nasdaq close yesterday', 'crude oil price'])('“%s” is said to be unknown rather than guessed', (text) => {
    expect(say(text)).toMatchObject({ kind: 'ask', choices: [] });
  });
  it.each([
    ['nav of parag parikh flexi cap direct', { fund: 'parag parikh flexi cap direct' }], ['what was the NAV of SBI Small Cap Fund Direct Growth on 31 May 2024?', { fund: 'SBI Small Cap Fund Direct Growth', period: { from: '2024-05-31', to: '2024-05-31' } }],
    ['how much has hdfc flexicap fund regular gained in 2024', { fund: 'hdfc flexicap fund regular', measure: 'CHANGE' }], ['122639 nav', { fund: '122639' }], ['sbi bluechip direct return since january', { fund: 'sbi bluechip direct', measure: 'CHANGE' }], ['/nav axis elss direct', { fund: 'axis elss direct' }],
  ])('“%s” is about that mutual fund', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'fund_nav', ...slots }));
  it('asks which fund a value is of, and goes on about the one that was told', () => {
    expect(say('what is the nav')).toMatchObject({ kind: 'ask', question: expect.stringContaining('Of which mutual fund') as unknown });
    expect(intentOf('and this year?', { lastIntent: { kind: 'fund_nav', fund: 'sbi small cap direct' } })).toMatchObject({ kind: 'fund_nav', fund: 'sbi small cap direct', period: { from: '2024-01-01' } });
    for (const text of ['which funds bought tcs', 'net fii flows', 'how is my sip doing', 'buy 10 TCS']) expect(intentOf(text)?.kind, text).not.toBe('fund_nav');
  });
  it.each(['pe ratio of infosys', 'what is the PE of TCS', "tcs's pe", 'TCS ka PE kya hai', 'market cap of tcs', 'who is the ceo of wipro', 'promoter holding in itc'])('“%s” is said not to be held', (text) => expect(JSON.stringify(say(text))).toContain('I do not hold that'));
  it.each(['news on gold', 'tcs 3900 pe price', 'did the ceo of wipro resign', 'why did crude fall', 'buy 10 TCS'])('“%s” is no such question', (text) => expect(JSON.stringify(say(text))).not.toMatch(/I hold no prices|I do not hold that/));

  it.each(['will nifty go up tomorrow', 'is reliance going to fall', 'nifty prediction', 'kal nifty upar jayega kya', 'will the market crash', 'can tcs reach 5000'])('“%s” is told that the desk does not forecast, with questions that it answers', (text) => {
    const said = say(text);
    expect(said).toMatchObject({ kind: 'ask', question: expect.stringContaining('I do not forecast') as unknown });
    if (said.kind === 'ask') for (const { command } of said.choices) expect(intentOf(command), command).not.toBeNull();
  });
  it.each(['will the market be open tomorrow', 'what if nifty falls 5%', 'will tcs pay a dividend', 'is the market open', 'what is my target on tcs'])('“%s” asks for no forecast', (text) => expect(JSON.stringify(say(text))).not.toContain('forecast'));
  it('asks for the day of a price that is named by an event, and still finds news of the event', () => {
    expect(say('tcs share price before the merger')).toMatchObject({ kind: 'ask', question: expect.stringContaining('Which day’s price?') as unknown });
    expect(intentOf('news on the tcs merger')).toMatchObject({ kind: 'news' });
  });
  it('reads Hindi counts of sessions and support by open interest', () => {
    expect(intentOf('kitne trading din the june mein')).toMatchObject({ kind: 'trading_days', period: { from: '2024-06-01', to: '2024-06-30' } });
    expect(intentOf('support and resistance from oi in nifty')).toMatchObject({ kind: 'option_chain', underlying: 'NIFTY', measure: 'walls' });
  });
  it('knows which question stands by itself though it was not understood, and asks what a follow-up of nothing is about', () => {
    expect(say('tcs frobnicated the grommet sideways')).toMatchObject({ kind: 'unknown', apart: true });
    expect(say('and frobnicate tcs sideways again')).not.toMatchObject({ apart: true });
    expect(say('and tcs?')).toMatchObject({ kind: 'ask', question: expect.stringContaining('What about TCS?') as unknown });
    expect(intentOf('and tcs?', { lastIntent: { kind: 'quote', symbol: 'INFY', field: 'close' } })).toMatchObject({ kind: 'quote', symbol: 'TCS', field: 'close' });
  });

  it('reads a call or put beside its strike, though a company be listed under these letters', () => {
    const withCe = { resolve: (name: string) => (name.toLowerCase() === 'ce' ? { kind: 'one' as const, symbol: 'MAPMYINDIA', name: 'C.E. Info Systems Limited' } : resolver.resolve(name)) };
    expect(say('iv of nifty 24600 ce', {}, withCe)).toMatchObject({ intent: { kind: 'option_chain', underlying: 'NIFTY', measure: 'impliedVolatility', strike: 24600, right: 'call' } });
    expect(say('ce price', {}, withCe)).toMatchObject({ intent: { kind: 'quote', symbol: 'MAPMYINDIA' } });
  });
  it('knows Yes Bank, and that a yes is a yes', () => {
    const withYes = { resolve: (name: string) => (name.toLowerCase() === 'yes bank' ? { kind: 'one' as const, symbol: 'YESBANK', name: 'Yes Bank Limited' } : resolver.resolve(name)) };
    expect(say('yes bank price', {}, withYes)).toMatchObject({ intent: { kind: 'quote', symbol: 'YESBANK' } });
    expect(say('yes', {}, withYes)).toMatchObject({ intent: { kind: 'yes' } });
  });
});

describe('questions of a whole list', () => {
  const week = { period: { from: '2024-06-24', to: '2024-06-30', label: 'last week' } };
  it('keep their threshold and their time', () => {
    expect(intentOf('which pharma stocks rose more than 5% last week')).toEqual({ kind: 'screen', condition: 'ROSE_OVER', level: 5, sector: 'pharma', ...week });
    expect(intentOf('stocks with RSI above 70 last week')).toBeNull();
  });
  it('are narrowed to those that were spoken of', () => {
    const lastIntent = { kind: 'screen', condition: 'ROSE_OVER', level: 5, sector: 'pharma', ...week } as const;
    expect(intentOf('which of them fell', { lastIntent })).toEqual({ kind: 'movers', direction: 'DOWN', sector: 'pharma', ...week });
    expect(intentOf('which of them fell')).toBeNull();
  });
  it('are of the one who is named, or not answered', () => {
    expect(intentOf('how many bulk deals did graviton do in June 2024')).toMatchObject({ kind: 'deals', what: 'BULK', client: 'graviton' });
    expect(intentOf('what did SEBI do about zorbix')).toMatchObject({ kind: 'news', query: 'SEBI zorbix' });
    expect(intentOf('what did SEBI do')).toMatchObject({ kind: 'policy', source: 'SEBI' });
  });
  it('stay on their day for the other kind of investor', () => {
    const lastIntent = { kind: 'flows', period: { from: '2024-07-02', to: '2024-07-02', label: 'yesterday' } } as const;
    expect(intentOf('and dii?', { lastIntent })).toEqual({ ...lastIntent, who: 'DII' });
    expect(intentOf('fii index futures net on 10 june')).toMatchObject({ kind: 'flows', measure: 'DERIVATIVES', period: { from: '2024-06-10' } });
  });
  it('of open interest go on to the other side of the chain', () => {
    const lastIntent = { kind: 'option_chain', underlying: 'NIFTY', measure: 'walls', right: 'call' } as const;
    expect(intentOf('and put?', { lastIntent })).toEqual({ ...lastIntent, right: 'put' });
    expect(intentOf('where is put oi building up today')).toMatchObject({ kind: 'option_chain', measure: 'buildUp', right: 'put' });
    expect(intentOf('where is put oi building up today')).not.toHaveProperty('date');
    const shown = { kind: 'option_strategy', underlying: 'BANKNIFTY', structure: 'long straddle' } as const;
    expect(intentOf('which put strikes saw fresh writing today', { lastIntent: shown })).toMatchObject({ kind: 'option_chain', underlying: 'BANKNIFTY', measure: 'buildUp', right: 'put' });
  });
});

describe('a question about the market in other orders of words', () => {
  it.each([
    ['TCS close on the last day of 2019', { kind: 'quote', symbol: 'TCS', field: 'close', date: '2019-12-31' }], ['TCS close on the last trading day of june', { kind: 'quote', date: '2024-06-28' }], ['TCS close on the first session of June 2024', { kind: 'quote', date: '2024-06-03' }], ['TCS close on the 18th', { kind: 'quote', date: '2024-06-18' }],
    ['Out of all trading days in May 2024, on how many did SBIN end in the red?', { kind: 'price_stat', symbol: 'SBIN', measure: 'downDays', period: { from: '2024-05-01', to: '2024-05-31' } }], ['rank nifty it members by return since 1 july, best three', { kind: 'movers', direction: 'UP', index: 'NIFTY IT' }],
    ['What was the widest intraday range of ITC in May 2024, in rupees?', { kind: 'price_stat', measure: 'dayRange' }], ['Which auto stock has the lowest RSI right now?', { kind: 'screen', condition: 'RSI_LOWEST', sector: 'auto' }], ['longest losing run of INFY in 2024', { kind: 'price_stat', measure: 'downRun' }], ['how many days in a row did TCS rise in june', { kind: 'price_stat', measure: 'upRun' }],
    ['In the first half of 2023, what was the best single day for INFY?', { kind: 'price_stat', measure: 'bestDay', period: { from: '2023-01-01', to: '2023-06-30' } }], ['worst five stocks in pharma this month', { kind: 'movers', direction: 'DOWN', sector: 'pharma' }], ['has TCS beaten the Nifty over the past 3 months?', { kind: 'compare', symbols: ['TCS', 'NIFTY'] }], ['on which date did ITC make its 2024 high', { kind: 'price_stat', measure: 'high', period: { from: '2024-01-01' } }],
    ['When is the ex-date for the next bonus issue?', { kind: 'corporate_actions', what: 'BONUS', ahead: true }], ['what corporate actions go ex on 15 July', { kind: 'calendar', period: { from: '2024-07-15' } }], ['which was the heaviest FII selling day in May', { kind: 'flows', measure: 'MOST_SOLD', who: 'FII' }],
    ['how much of the volume in ITC was delivered on 30 May?', { kind: 'price_stat', measure: 'delivery', period: { from: '2024-05-30' } }], ['Which companies hold board meetings for results in January 2021?', { kind: 'calendar', what: 'RESULTS', period: { from: '2021-01-01' } }], ['anything from wipro on the 18th?', { kind: 'news', symbol: 'WIPRO', period: { from: '2024-06-18' } }],
    ['on how many days in May did foreigners sell in the cash market?', { kind: 'flows', measure: 'DAYS_SOLD', who: 'FII' }], ['largest block or bulk deal by value in May 2024', { kind: 'deals', order: 'LARGEST', period: { from: '2024-05-01' } }], ['longest winning streak', { kind: 'performance', measure: 'streak' }],
  ])('“%s” keeps what was asked', (text, meant) => expect(intentOf(text)).toMatchObject(meant));

  it.each([
    ['and the day before?', '2024-05-31'], ['a week earlier', '2024-05-27'], ['and a year earlier?', '2023-06-02'], ['what about the next day?', '2024-06-04'],
  ])('“%s” moves the day of the question before', (text, date) => expect(intentOf(text, { lastIntent: { kind: 'quote', symbol: 'TCS', field: 'close', date: '2024-06-03' } })).toMatchObject({ kind: 'quote', symbol: 'TCS', date }));
  it('moves a month by its whole, and asks for what was counted and how far below its high a price was', () => {
    expect(intentOf('and the month before?', { lastIntent: { kind: 'price_stat', symbol: 'TCS', measure: 'change', period: { from: '2024-06-01', to: '2024-06-30', label: 'june' } } })).toMatchObject({ period: { from: '2024-05-01', to: '2024-05-31' } });
    expect(intentOf('show me the latest five', { lastIntent: { kind: 'filings_count', symbol: 'TCS' } })).toMatchObject({ kind: 'news', symbol: 'TCS' });
    expect(intentOf('how far was that below its high of the year?', { lastIntent: { kind: 'quote', symbol: 'TCS', field: 'close', date: '2024-06-03' } })).toMatchObject({ kind: 'price_stat', measure: 'fromHigh', period: { to: '2024-06-03' } });
    expect(intentOf('and for DIIs?', { lastIntent: { kind: 'flows', measure: 'MOST_SOLD', who: 'FII' } })).toMatchObject({ kind: 'flows', measure: 'MOST_SOLD', who: 'DII' });
    expect(intentOf('and the day before?', { lastIntent: { kind: 'buy', symbol: 'TCS', quantity: { kind: 'shares', shares: 10 } } })).toBeNull();
  });
});
