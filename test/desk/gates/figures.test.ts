import { describe, expect, it } from 'vitest';
import { asPercent, costMinor, currencyOf, isExact, marketPrice, percentAway, percentOf, quoteOf, shareOf } from '../../../desk/gates/figures.ts';
import { missing } from '../../../desk/gates/snapshot.ts';
import { fact, passingSnapshot, quote, withInstrument } from './fixtures.ts';

describe('what the gates count with', () => {
  it('rounds up what is measured and down what is allowed', () => {
    expect([costMinor(0.0001, 1), costMinor('1500.0001' as never, 3), costMinor(-2, -3)]).toEqual([1, 450_001, 600]);
    expect([shareOf(999, 10), shareOf(1_000, 10), shareOf(50_000_000, 0.5)]).toEqual([99, 100, 250_000]);
  });
  it('lets no limit hold where there is no whole', () => {
    expect([percentOf(1, 4), percentOf(0, 0), percentOf(1, 0), percentOf(-1, -4)]).toEqual([25, Infinity, Infinity, Infinity]);
  });
  it('meets a bound exactly, and knows which prices it holds exactly', () => {
    expect([percentAway(1_575, 1_500), percentAway(1_425, 1_500), asPercent(0.29)]).toEqual([5, 5, 29]);
    expect([0.05, 1_500, '1500.1234', 1e-7, -1, '1500.12345', Number.NaN].map((price) => isExact(price as never))).toEqual([true, true, true, false, false, false, false]);
  });
  it('takes the side of the market that is worse, and the last price where a side is empty', () => {
    const wide = quote(1_500, { bid: 1_490, ask: 1_510 });
    expect([marketPrice(wide, 'BUY'), marketPrice(wide, 'SELL')]).toEqual([1_510, 1_490]);
    const odd = quote(1_500, { bid: 1_505, ask: 1_495 });
    expect([marketPrice(odd, 'BUY'), marketPrice(odd, 'SELL')]).toEqual([1_500, 1_500]);
    for (const none of [0, -1, Number.NaN, Infinity, undefined as never]) expect([marketPrice({ ...wide, ask: none }, 'BUY'), marketPrice({ ...wide, bid: none }, 'SELL')]).toEqual([1_500, 1_500]);
  });
  it('reads no price out of what is none, and says why', () => {
    for (const last of [0, -1, Number.NaN, Infinity]) expect(quoteOf(withInstrument({ quote: fact(quote(last)) }), 'INFY')).toEqual({ known: false, reason: `the source gave ${last} as its last price` });
    expect(quoteOf(passingSnapshot(), 'TCS')).toEqual({ known: false, reason: 'TCS is not among the instruments that were read' });
    expect(quoteOf(passingSnapshot(), 'constructor').known).toBe(false);
  });
  it('counts in rupees while nobody knows the account', () => {
    expect(currencyOf(passingSnapshot({ account: missing('no such row') }))).toBe('INR');
  });
});
