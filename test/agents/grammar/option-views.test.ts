import { describe, expect, it } from 'vitest';
import { say } from './desk-talk.ts';

const intentOf = (text: string, context: Parameters<typeof say>[1] = {}): unknown => { const said = say(text, context); return said.kind === 'intent' ? said.intent : said.kind; };

describe('a structure by what it should gain by', () => {
  it.each([
    ['best structure for a bullish view on BANKNIFTY with at most 20000 at risk', { underlying: 'BANKNIFTY', view: 'UP', maxLoss: 20_000 }],
    ['bearish option structures on nifty risking 10k', { underlying: 'NIFTY', view: 'DOWN', maxLoss: 10_000 }],
    ['range-bound options structure for NIFTY', { underlying: 'NIFTY', view: 'STILL' }],
    ['which option spread suits a neutral outlook on banknifty', { underlying: 'BANKNIFTY', view: 'STILL' }],
    ['option structures for a big move either way in NIFTY, max loss 15000', { underlying: 'NIFTY', view: 'MOVING', maxLoss: 15_000 }],
    ['i have a bullish view on nifty, which strategy?', { underlying: 'NIFTY', view: 'UP' }],
  ])('hears “%s”', (text, wanted) => { expect(intentOf(text)).toEqual({ kind: 'option_strategy', ...wanted }); });

  it('goes on with the underlying that was talked about', () => {
    expect(intentOf('and a bearish structure', { lastIntent: { kind: 'option_chain', underlying: 'NIFTY' } })).toEqual({ kind: 'option_strategy', underlying: 'NIFTY', view: 'DOWN' });
  });

  it.each(['is nifty bullish going by options?', 'why is the options crowd bearish on NIFTY', 'how volatile is nifty', 'buy 10 TCS', 'bull call spread on NIFTY', 'nifty is bullish'])('leaves “%s” alone', (text) => {
    expect(intentOf(text)).not.toMatchObject({ view: expect.anything() });
  });
});

describe('greeks of what is held', () => {
  it.each(['what are my greeks', 'net delta', 'portfolio vega', 'how much theta do I earn', 'greeks of my positions'])('hears “%s”', (text) => { expect(intentOf(text)).toEqual({ kind: 'option_positions' }); });
  it.each(['delta of the 22500 nifty call', 'what is theta', 'NIFTY 15-delta strangle'])('leaves “%s” alone', (text) => { expect(intentOf(text)).not.toMatchObject({ kind: 'option_positions' }); });
});
