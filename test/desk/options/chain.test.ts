import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseChain } from '../../../desk/options/analyse-chain.ts';
import type { ChainStrike, OptionChain, OptionQuote } from '../../../desk/options/chain.ts';
import { type QuotedPair, parityForward } from '../../../desk/options/parity-forward.ts';
import { priceOption } from '../../../desk/options/price.ts';
import { markQuote } from '../../../desk/options/quote-marks.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { sharedPresent, skipNote } from '../market/shared.ts';
import { nseChain } from './nse-chain.ts';

const asOf = instant('2025-08-05T08:30:00.000Z');
const settings = { staleAfterMs: 60_000, openInterestMultiplier: 75 };
const sound: OptionQuote = { bid: 10, ask: 10.5, last: 10.2, at: asOf, volume: 5, openInterest: 100, openInterestChange: 5 };

/** A chain made from one forward and a smile, quoted with a spread about the model's price. */
function madeChain({ forward = 24_120, timeYears = 0.05, rate = 0.06, spot = 24_000, change = (_strike: number, strike: ChainStrike) => strike } = {}): OptionChain {
  const strikes: ChainStrike[] = [];
  for (let strike = 22_500; strike <= 25_500; strike += 100) {
    const volatility = 0.13 - 0.3 * Math.log(strike / forward) + 2 * Math.log(strike / forward) ** 2;
    const quoted = (type: 'call' | 'put'): OptionQuote => {
      const { price } = priceOption({ model: 'black76', type, underlying: forward, strike, timeYears, rate, volatility });
      return { ...sound, bid: price * 0.999, ask: price * 1.001, last: price };
    };
    strikes.push(change(strike, { strike, call: quoted('call'), put: quoted('put') }));
  }
  return { underlying: 'NIFTY', asOf, spot, rate, expiries: [{ expiry: tradingDate('2025-08-21'), timeYears, strikes }] };
}
const only = (chain: OptionChain) => analyseChain(chain, settings).expiries[0]!;

describe('a quote', () => {
  it.each([
    [{ bid: 11 }, ['CROSSED']], [{ bid: 0 }, ['ZERO_BID']], [{ bid: null }, ['ZERO_BID']], [{ ask: 0 }, ['ONE_SIDED']], [{ ask: null, bid: 0 }, ['NO_QUOTE']],
    [{ at: instant('2025-08-05T08:28:59.000Z') }, ['STALE']], [{ bid: 11, at: instant('2025-08-05T08:00:00.000Z') }, ['CROSSED', 'STALE']],
  ])('%j is marked and has no middle', (changed, marks) => {
    expect(markQuote({ ...sound, ...changed }, { asOf, staleAfterMs: 60_000 })).toEqual({ middle: null, spread: null, marks });
  });
  it('that is sound, locked or without a time has its middle; one that is missing has none', () => {
    expect(markQuote(sound, { asOf, staleAfterMs: 60_000 })).toEqual({ middle: 10.25, spread: 0.5, marks: [] });
    expect(markQuote({ ...sound, ask: 10, at: null }, { asOf, staleAfterMs: 0 })).toEqual({ middle: 10, spread: 0, marks: [] });
    expect(markQuote(null, { asOf, staleAfterMs: 0 }).marks).toEqual(['NO_QUOTE']);
  });
});

describe('the forward from parity', () => {
  const pairsAt = (forward: number, shift: (i: number) => number = () => 0): QuotedPair[] => Array.from({ length: 9 }, (_, i) => {
    const strike = 96 + i;
    const [call, put] = (['call', 'put'] as const).map((type) => priceOption({ model: 'black76', type, underlying: forward, strike, timeYears: 0.1, rate: 0.05, volatility: 0.2 }).price);
    return { strike, call: call! + shift(i), put: put!, callSpread: 0.05, putSpread: 0.05 };
  });
  it('is that from which the prices were made', () => {
    fc.assert(fc.property(fc.double({ min: 97, max: 103, noNaN: true }), (forward) => {
      const found = parityForward({ pairs: pairsAt(forward), rate: 0.05, timeYears: 0.1 });
      expect(found.found && found.forward).toBeCloseTo(forward, 10);
    }));
  });
  it('is not moved by two wild strikes among nine', () => {
    const found = parityForward({ pairs: pairsAt(100, (i) => (i === 3 || i === 6 ? 1.5 : 0)), rate: 0.05, timeYears: 0.1 });
    expect(found).toMatchObject({ found: true, strikes: 7, forward: expect.closeTo(100, 10) });
  });
  it('is not found from too few pairs or from pairs that disagree', () => {
    expect(parityForward({ pairs: pairsAt(100).slice(0, 2), rate: 0.05, timeYears: 0.1 })).toEqual({ found: false, reason: 'TOO_FEW_PAIRS', strikes: 2 });
    expect(parityForward({ pairs: pairsAt(100, (i) => i - 4), rate: 0.05, timeYears: 0.1 })).toMatchObject({ found: false, reason: 'STRIKES_DISAGREE' });
  });
});

describe('a chain', () => {
  it('gives back the forward, the smile and the greeks from which it was made', () => {
    const { forward, strikes, atmVolatility, skew25, expectedMove } = only(madeChain());
    expect(forward).toMatchObject({ found: true, forward: expect.closeTo(24_120, 6) });
    for (const { strike, call, put } of strikes) {
      const volatility = 0.13 - 0.3 * Math.log(strike / 24_120) + 2 * Math.log(strike / 24_120) ** 2;
      const value = priceOption({ model: 'black76', type: 'put', underlying: 24_120, strike, timeYears: 0.05, rate: 0.06, volatility });
      expect(call.impliedVolatility).toBeCloseTo(volatility, 6);
      expect(put.impliedVolatility).toBeCloseTo(volatility, 6);
      expect(put.greeks).toMatchObject({ delta: expect.closeTo(value.delta, 5), vega: expect.closeTo(value.vega, 1), thetaPerDay: expect.closeTo(value.thetaPerDay, 2) });
    }
    expect(atmVolatility).toBeCloseTo(0.13, 4);
    expect(skew25!.skew).toBeGreaterThan(0.005);
    expect(expectedMove).toMatchObject({ oneDeviation: expect.closeTo(24_120 * 0.13 * Math.sqrt(0.05), 0), straddleStrike: 24_100 });
  });

  it('without a forward says so, and prices nothing off the cash price', () => {
    const analysis = analyseChain(madeChain({ change: (_, strike) => ({ ...strike, put: { ...strike.put!, bid: 0 } }) }), settings);
    const expiry = analysis.expiries[0]!;
    expect(expiry.forward).toEqual({ found: false, reason: 'TOO_FEW_PAIRS', strikes: 0 });
    expect([expiry.smile, expiry.atmVolatility, expiry.skew25, expiry.expectedMove, analysis.gamma]).toEqual([null, null, null, null, null]);
    expect(expiry.strikes.every(({ call, put }) => call.impliedVolatility === null && call.greeks === null && put.greeks === null)).toBe(true);
    expect(expiry.marked).toEqual({ ZERO_BID: 31 });
    expect(expiry.putCallRatio.openInterest).toBe(1);
  });

  it('keeps a bad quote out of everything but its own mark', () => {
    const crossed = only(madeChain({ change: (at, strike) => (at === 24_000 ? { ...strike, call: { ...strike.call!, bid: 900 } } : strike) }));
    expect(crossed.marked).toEqual({ CROSSED: 1 });
    expect(crossed.strikes.find(({ strike }) => strike === 24_000)!.call).toMatchObject({ marks: ['CROSSED'], impliedVolatility: null, greeks: null, middle: null });
    expect(crossed.forward).toMatchObject({ found: true, forward: expect.closeTo(24_120, 6) });
    const absurd = only(madeChain({ change: (at, strike) => (at === 22_500 ? { ...strike, call: { ...strike.call!, bid: 1000, ask: 1001 } } : strike) }));
    expect(absurd.marked).toEqual({ OUT_OF_BOUNDS: 1 });
  });

  it('has a term structure with the volatility between the expiries', () => {
    const [near, far] = [madeChain({ timeYears: 0.05 }), madeChain({ timeYears: 0.15 })];
    const { termStructure } = analyseChain({ ...near, expiries: [...near.expiries, ...far.expiries] }, settings);
    expect(termStructure[1]!.forwardVolatility! ** 2 * 0.1).toBeCloseTo(termStructure[1]!.atmVolatility! ** 2 * 0.15 - termStructure[0]!.atmVolatility! ** 2 * 0.05, 12);
    expect(termStructure[0]!.forwardVolatility).toBeNull();
  });
});

describe.skipIf(!sharedPresent)(`captured chains of the exchange${skipNote}`, () => {
  it('have calls and puts within 0.05 points of volatility near the money, where the market is quoted closely', () => {
    const { chain, printed } = nseChain('NIFTY_2025-08-05_1359', { underlying: 'NIFTY', rate: 0.055 });
    const { expiries, gamma } = analyseChain(chain, settings);
    // The two weekly expiries with thousands of trades a strike, and the monthly one.
    for (const index of [0, 1, 3]) {
      const { forward, strikes } = expiries[index]!;
      if (!forward.found) throw new Error('no forward');
      const near = strikes.filter(({ strike, call, put }) => Math.abs(strike / forward.forward - 1) < 0.01 && call.impliedVolatility !== null && put.impliedVolatility !== null);
      expect(near.length).toBeGreaterThanOrEqual(9);
      for (const { call, put } of near) expect(Math.abs(call.impliedVolatility! - put.impliedVolatility!)).toBeLessThan(0.0005);
    }
    expect(expiries[0]!.putCallRatio.openInterest).toBeCloseTo(printed.filtered.PE.totOI / printed.filtered.CE.totOI, 6);
    expect(expiries[0]!.maxPain!.strike).toBe(24_650);
    expect(Math.min(...gamma!.flips.map((flip) => Math.abs(flip / chain.spot! - 1)))).toBeLessThan(0.02);
  });

  it.each([['NIFTY_2019-08-23_1530', 'NIFTY'], ['BANKNIFTY_2021-05-17_1530', 'BANKNIFTY'], ['NIFTY_2025-08-05_1359', 'NIFTY']])('%s: every option has a volatility, a mark, or an expiry without a forward', (file, underlying) => {
    const { chain } = nseChain(file, { underlying, rate: 0.05 });
    const { expiries, termStructure } = analyseChain(chain, settings);
    expect(expiries.some(({ forward }) => !forward.found)).toBe(true);
    for (const { forward, strikes } of expiries) {
      if (forward.found) expect(Math.abs(forward.forward / chain.spot! - 1)).toBeLessThan(0.5);
      for (const option of strikes.flatMap(({ call, put }) => [call, put])) {
        expect(option.impliedVolatility !== null).toBe(forward.found && option.marks.length === 0);
        if (option.impliedVolatility !== null) expect(option.greeks).not.toBeNull();
      }
    }
    expect(termStructure.map(({ atmVolatility }) => atmVolatility === null)).toEqual(expiries.map(({ atmVolatility }) => atmVolatility === null));
  });
});
