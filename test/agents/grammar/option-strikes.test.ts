import { describe, expect, it } from 'vitest';
import { intentOf, say } from './desk-talk.ts';

describe('a structure by its strikes', () => {
  it.each([
    ['bull call spread 22000 22200 on nifty', { underlying: 'NIFTY', structure: 'bull call spread', strikes: [22000, 22200] }], ['nifty 24000/24200 bull call spread', { strikes: [24000, 24200] }], ['52000-51500 bear put spread in banknifty', { underlying: 'BANKNIFTY', structure: 'bear put spread', strikes: [51500, 52000] }],
    ['bull call spread 22000 22200', { underlying: 'NIFTY', strikes: [22000, 22200] }], ['iron condor 21500 21700 22500 22700 nifty, 2 lots', { structure: 'iron condor', strikes: [21500, 21700, 22500, 22700], lots: 2 }],
    ['sell the 22500 call buy the 22700 call', { structure: 'bear call spread', strikes: [22500, 22700] }], ['buy 22500 ce sell 22700 ce on banknifty', { underlying: 'BANKNIFTY', structure: 'bull call spread', strikes: [22500, 22700] }],
    ['buy the 24000 put and sell the 23800 put', { structure: 'bear put spread', strikes: [23800, 24000] }], ['sell 24000 put, buy 23800 put next expiry', { structure: 'bull put spread', which: 'next' }], ['short the 24500 call against a long 24800 call on nifty', { structure: 'bear call spread', strikes: [24500, 24800] }],
    ['buy 2 lots of 22500 call and sell 2 lots of the 22700 call', { structure: 'bull call spread', lots: 2 }], ['sell 2 lots 22500 call buy 4 lots 22700 call', { structure: 'custom', legs: [{ side: 'SELL', type: 'call', strike: 22500, lots: 2 }, { side: 'BUY', type: 'call', strike: 22700, lots: 4 }] }],
    ['sell 22500 call, sell 22500 put', { structure: 'custom', legs: [{ side: 'SELL', type: 'call', strike: 22500 }, { side: 'SELL', type: 'put', strike: 22500 }] }],
  ])('“%s” is shown', (text, slots) => expect(intentOf(text)).toMatchObject({ kind: 'option_strategy', ...slots }));

  it('says which underlying it took where none was named', () => {
    expect(say('bull call spread 22000 22200')).toMatchObject({ explicit: false, assumed: ['NIFTY options'] });
    expect(intentOf('sell the 52000 call buy the 52500 call', { lastIntent: { kind: 'option_chain', underlying: 'BANKNIFTY' } })).toMatchObject({ underlying: 'BANKNIFTY' });
  });

  it.each([
    "don't sell the 22500 call buy the 22700 call", 'he told me to sell the 22500 call and buy the 22700 call', 'sell 22500 reliance buy 22700 tcs', 'sell 10 infy at 1500 and buy 20 tcs at 3900', 'short the 24500 call', 'buy the 22500 call if nifty falls and sell the 22700 call', 'sell the 22500 call at 120 buy the 22700 call at 60',
  ])('“%s” is not taken for one', (text) => expect(intentOf(text)?.kind).not.toBe('option_strategy'));

  it('keeps what was read before: lots, deltas and widths are no strikes', () => {
    expect(intentOf('bull call spread on nifty 2 lots')).toEqual({ kind: 'option_strategy', underlying: 'NIFTY', structure: 'bull call spread', lots: 2 });
    expect(intentOf('iron condor on nifty 15 delta 100 wide')).toEqual({ kind: 'option_strategy', underlying: 'NIFTY', structure: 'iron condor', delta: 0.15, width: 100 });
  });
});

describe('look-alikes of newer questions', () => {
  it.each([
    ['which stocks lost the most today', 'movers'], ['top losers', 'movers'], ['worst trade this week', 'performance'], ['sector split', 'exposure'], ['release tranche 2', 'funding_release'], ['stock splits announced this month', 'news'],
  ])('“%s” is %s', (text, kind) => expect(intentOf(text)?.kind).toBe(kind));
  it.each(['my bonus is coming', 'what is a bonus issue', 'split the order in two', 'who can i call'])('“%s” is none of them', (text) => expect(intentOf(text)).toBeNull());
  it.each([['nifty level at the end of june', 'quote', { date: '2024-06-28' }], ['close of coal india a week ago', 'quote', { date: '2024-06-26' }], ['how much is itc up since the start of june', 'price_stat', { period: { from: '2024-06-03' } }], ['how did the nifty do in june', 'chart', {}], ['what was itc on its best day this quarter', 'price_stat', { measure: 'bestDay' }], ['most traded stock today', 'screen', { condition: 'TURNOVER' }], ['who can confirm trades', 'people_show', { right: 'CONFIRM' }], ['when is the next instalment', 'funding_plan', { part: 'INSTALMENT' }]])('“%s” is %s', (text, kind, slots) => expect(intentOf(text)).toMatchObject({ kind, ...slots }));
  it('reads no end of what still runs', () => expect(intentOf('nifty at the end of this week')).toBeNull());
  it('does not skip over an account that was named', () => expect(intentOf('how many tranches are left in lumpsum')).toEqual({ kind: 'funding_plan', account: 'LumpSum' }));
});
