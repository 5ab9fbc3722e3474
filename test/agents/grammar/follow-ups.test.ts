import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../agents/grammar/intents.ts';
import { card12, cards12and13, intentOf, say } from './desk-talk.ts';

const after = (lastIntent: Intent, more = {}) => ({ lastIntent, ...more });

describe('a bare yes or no', () => {
  it('answers the one card that waits', () => {
    expect(say('yes', card12)).toMatchObject({ kind: 'intent', explicit: true, intent: { kind: 'yes', confirmationId: 'c-12', card: 12 } });
    expect(say('no', card12)).toMatchObject({ kind: 'intent', explicit: true, intent: { kind: 'no', confirmationId: 'c-12', card: 12 } });
  });

  it('asks which when two wait, and the answer is a command', () => {
    expect(say('yes', cards12and13)).toEqual({ kind: 'ask', question: 'Two are waiting: card 12 (BUY 62 COALINDIA) and card 13 (SELL 20 INFY). Which one?', choices: [{ label: '12', command: '/approve 12' }, { label: '13', command: '/approve 13' }] });
  });

  it('confirms nothing when nothing waits', () => {
    expect(intentOf('yes')).toEqual({ kind: 'yes' });
  });

  it('is not explicit when another card was shown last, or for a mere "ok"', () => {
    expect(say('yes', { ...card12, lastShownCard: 9 })).toMatchObject({ explicit: false });
    expect(say('ok', card12)).toMatchObject({ explicit: false });
    expect(say('looks good', card12)).toMatchObject({ explicit: false });
  });

  it.each(['yes but wait', 'yes if it holds 380', 'maybe', 'not sure', 'yes?', 'no wait', 'yesterday', 'ok so what is the risk'])('is not what "%s" is', (text) => {
    const said = say(text, card12);
    expect(said.kind === 'intent' && said.intent.kind === 'yes').toBe(false);
  });

  it('reaches a confirmation that has no card number', () => {
    const pendingConfirmations = [...card12.pendingConfirmations, { confirmationId: 'c-77', cardNumber: null, headline: 'Pause SIP' }];
    const said = say('yes', { pendingConfirmations });
    expect(said).toMatchObject({ kind: 'ask', choices: [{ command: '/approve 12' }, { command: '/yes c-77' }] });
    expect(intentOf('/yes c-77', { pendingConfirmations })).toEqual({ kind: 'yes', confirmationId: 'c-77' });
  });
});

describe('the last proposal', () => {
  it.each([
    ['make it 50', { quantity: { kind: 'shares', shares: 50 } }], ['at 3890 instead', { limitPrice: '3890' }], ['raise the stop to 1450', { stop: '1450' }], ['only if it holds 3850', { onlyIf: { comparison: 'ABOVE', price: '3850' } }], ['double it', { scale: 2 }], ['make it half', { scale: 0.5 }],
  ])('is changed by "%s"', (text, change) => {
    expect(intentOf(text, card12)).toEqual({ kind: 'amend_proposal', card: 12, ...change });
  });

  it('is the card shown last when two wait, and asked for when none was shown', () => {
    expect(intentOf('make it 50', { ...cards12and13, lastShownCard: 13 })).toMatchObject({ card: 13 });
    expect(say('make it 50', cards12and13)).toMatchObject({ kind: 'ask' });
  });

  it('may be an order that was blocked: it is drawn up again with the change', () => {
    expect(intentOf('make it 190', after({ kind: 'buy', symbol: 'COALINDIA', quantity: { kind: 'shares', shares: 500 } }))).toEqual({ kind: 'buy', symbol: 'COALINDIA', quantity: { kind: 'shares', shares: 190 } });
  });

  it('is asked for when there is none', () => {
    expect(say('make it 50')).toMatchObject({ kind: 'ask', question: expect.stringContaining('no proposal') });
  });

  it('gives way to the position when no card waits and only a stop is named', () => {
    expect(intentOf('raise the stop to 1450', { lastSymbol: 'INFY' })).toEqual({ kind: 'modify_position', symbol: 'INFY', stop: '1450' });
    expect(say('raise the stop to 1450')).toMatchObject({ kind: 'ask', question: 'Of which position?' });
  });
});

describe('the thing just spoken of', () => {
  it.each([
    ['sell it', { kind: 'exit', symbol: 'INFY' }], ['sell half of it', { kind: 'sell', symbol: 'INFY', quantity: { kind: 'fraction', fraction: 0.5 } }], ['buy 500 more', { kind: 'buy', symbol: 'INFY', quantity: { kind: 'shares', shares: 500 } }], ['trail it by 20', { kind: 'modify_position', symbol: 'INFY', trailDistance: '20' }], ["what's its rsi", { kind: 'indicator', symbol: 'INFY', indicator: 'rsi' }], ['chart', { kind: 'chart', symbol: 'INFY' }],
  ])('is meant by "%s", and said so', (text, intent) => {
    const said = say(text, { lastSymbol: 'INFY' });
    expect(said).toMatchObject({ kind: 'intent', explicit: false, intent });
    expect(said.kind === 'intent' && said.assumed.join()).toContain('INFY');
  });

  it.each(['sell it', 'buy 500 more', 'trail it by 20', 'chart'])('is asked for in "%s" when nothing was spoken of', (text) => {
    expect(say(text).kind).toBe('ask');
  });

  it('is the card shown last for "why?" and "why not bigger?"', () => {
    expect(intentOf('why?', card12)).toEqual({ kind: 'why', card: 12 });
    expect(intentOf('why not bigger?', card12)).toEqual({ kind: 'why_not_bigger', card: 12 });
  });
});

describe('the last question again with one thing changed', () => {
  const june = { from: '2024-06-01', to: '2024-06-30', label: 'last month' };
  it.each<[string, Intent, Intent]>([
    ['what about INFY?', { kind: 'quote', symbol: 'TCS', field: 'close', date: '2024-06-03' }, { kind: 'quote', symbol: 'INFY', field: 'close', date: '2024-06-03' }],
    ['and reliance?', { kind: 'news', symbol: 'TCS' }, { kind: 'news', symbol: 'RELIANCE' }],
    ['in the SIP account', { kind: 'holdings', account: 'Tactical' }, { kind: 'holdings', account: 'SIP' }],
    ['and last month?', { kind: 'performance' }, { kind: 'performance', period: june }],
    ['and in Tactical', { kind: 'performance', period: june }, { kind: 'performance', period: june, account: 'Tactical' }],
    ['same for banknifty', { kind: 'option_chain', underlying: 'NIFTY', measure: 'pcr' }, { kind: 'option_chain', underlying: 'BANKNIFTY', measure: 'pcr' }],
    ['and pharma?', { kind: 'exposure', sector: 'banks' }, { kind: 'exposure', sector: 'pharma' }],
  ])('"%s"', (text, lastIntent, intent) => {
    expect(intentOf(text, { lastIntent })).toEqual(intent);
  });

  it('goes to the other account when there are two, and asks when there are three', () => {
    const two = { accounts: [{ name: 'SIP' }, { name: 'Tactical' }], ...after({ kind: 'cash', account: 'SIP' }) };
    expect(intentOf('and in the other account?', two)).toEqual({ kind: 'cash', account: 'Tactical' });
    expect(say('and in the other account?', after({ kind: 'cash', account: 'SIP' }))).toMatchObject({ kind: 'ask', choices: [{ command: 'and in LumpSum' }, { command: 'and in Tactical' }] });
  });

  it('never repeats an order', () => {
    expect(say('what about INFY?', after({ kind: 'buy', symbol: 'TCS', quantity: { kind: 'shares', shares: 10 } }))).toMatchObject({ kind: 'ask' });
    expect(say('and in Tactical', after({ kind: 'exit', symbol: 'TCS' })).kind).not.toBe('intent');
  });
});

describe('short questions about the answer before', () => {
  const low = { kind: 'price_stat', symbol: 'SBIN', measure: 'high', span: { count: 52, unit: 'WEEK' } } as const satisfies Intent;
  it('take another figure of the same share and stretch', () => {
    expect(intentOf('and the low?', after(low))).toEqual({ ...low, measure: 'low' });
    expect(intentOf('volume?', after({ kind: 'quote', symbol: 'TCS', field: 'close' }))).toEqual({ kind: 'quote', symbol: 'TCS', field: 'volume' });
    expect(intentOf('and last week?', after({ kind: 'quote', symbol: 'TCS', field: 'close' }))).toMatchObject({ kind: 'price_stat', symbol: 'TCS', measure: 'change' });
  });
  it('ask for the day or the percentage of what was just told', () => {
    expect(intentOf('when was that?', after(low))).toEqual(low);
    expect(intentOf('in percent?', after({ kind: 'movers', direction: 'UP' }))).toEqual({ kind: 'movers', direction: 'UP' });
  });
  it('mean nothing where nothing was asked, and never repeat an order', () => {
    expect(say('when was that?').kind).not.toBe('intent');
    expect(say('and the low?', after({ kind: 'buy', symbol: 'TCS', quantity: { kind: 'shares', shares: 10 } })).kind).not.toBe('intent');
  });
});

describe('an option structure on something else', () => {
  const straddle = { kind: 'option_strategy', underlying: 'NIFTY', structure: 'short straddle', lots: 2 } as const satisfies Intent;
  it('keeps what it is and chooses strikes and expiry anew, after its margin was asked about, too', () => {
    expect(intentOf('and for banknifty?', after(straddle))).toEqual({ ...straddle, underlying: 'BANKNIFTY' });
    expect(intentOf('and for banknifty?', after({ kind: 'option_margin' }, { lastStructure: { ...straddle, strikes: [24000], date: '2024-07-25' } }))).toEqual({ ...straddle, underlying: 'BANKNIFTY' });
    expect(say('and for banknifty?', after({ kind: 'option_strategy', underlying: 'NIFTY', legs: [{ side: 'SELL', type: 'call', strike: 24000 }, { side: 'BUY', type: 'call', strike: 24200 }] }))).toMatchObject({ kind: 'ask' });
  });
  it('is asked about where nobody has the name', () => {
    expect(say('and for zorbix?', after(straddle))).toMatchObject({ kind: 'ask', question: expect.stringContaining('"zorbix"') });
    expect(say('and for zorbix?', after({ kind: 'quote', symbol: 'TCS', field: 'last' }))).toMatchObject({ kind: 'ask', question: expect.stringContaining('"zorbix"') });
  });
  it.each([['margin to sell one lot of nifty straddle', 'short straddle'], ['nifty straddle', 'straddle'], ['nifty strangle', 'strangle']])('is sold only where it is said to be: "%s"', (text, structure) => {
    expect(intentOf(text)).toMatchObject({ kind: 'option_strategy', underlying: 'NIFTY', structure });
  });
});

describe('one thing that an option chain says', () => {
  it.each([
    ['nifty 25000 call price', { underlying: 'NIFTY', measure: 'price', strike: 25000, right: 'call' }], ['iv of the 24500 put', { underlying: 'NIFTY', measure: 'impliedVolatility', strike: 24500, right: 'put' }], ['delta of banknifty 52000 pe', { underlying: 'BANKNIFTY', measure: 'delta', strike: 52000, right: 'put' }],
    ['highest call oi in nifty', { underlying: 'NIFTY', measure: 'walls', right: 'call' }], ['where is the gamma flip', { underlying: 'NIFTY', measure: 'gammaFlip' }], ['pcr for next expiry', { underlying: 'NIFTY', measure: 'pcr', which: 'next' }], ['which expiries are there for nifty', { underlying: 'NIFTY', measure: 'expiries' }],
  ])('"%s"', (text, slots) => { expect(intentOf(text)).toEqual({ kind: 'option_chain', ...slots }); });
  it('is of the underlying just spoken of', () => {
    expect(intentOf('and the skew?', after({ kind: 'option_chain', underlying: 'BANKNIFTY' }))).toEqual({ kind: 'option_chain', underlying: 'BANKNIFTY', measure: 'skew' });
  });
  it.each(['gamma of my portfolio', 'what price did I pay for TCS', 'INFY volume', 'buy 1 lot of nifty 25000 call at 100', 'price of TCS'])('is not what "%s" asks for', (text) => {
    const said = say(text);
    expect(said.kind === 'intent' && said.intent.kind === 'option_chain').toBe(false);
  });
});
