import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../desk/canonical.ts';
import { contractSymbol, readContract } from '../../../desk/options/contract-symbol.ts';
import { analyseSnapshot } from '../../../desk/options/stored-chain.ts';
import { epochMs, instant, tradingDate } from '../../../desk/time.ts';
import { createReel } from '../../../feeds/simulator/session-reel.ts';
import { isSession } from '../../../feeds/simulator/exchange-days.ts';
import { OPTION_CLASSES, expiriesOn } from '../../../feeds/simulator/option-terms.ts';

const OPEN = epochMs(instant('2030-01-08T03:45:00Z'));
const MINUTE = 60_000;
const reelAt = (seed: number) => { const reel = createReel(seed); reel.windTo(OPEN + MINUTE); return reel; };

describe('the simulated options', () => {
  it('are the same to the byte for the same seed and moment, and others for another seed', () => {
    const at = OPEN + 97 * MINUTE;
    const told = canonicalJson(reelAt(5).chain('NIFTY', at));
    expect(canonicalJson(reelAt(5).chain('NIFTY', at))).toBe(told);
    expect(canonicalJson(reelAt(6).chain('NIFTY', at))).not.toBe(told);
  });

  it('have bids under offers, obey parity and bounds, and fall over strikes without a free lunch', () => {
    const reel = reelAt(5);
    for (const underlying of OPTION_CLASSES.keys()) {
      const chain = reel.chain(underlying, OPEN + 200 * MINUTE)!;
      const analysis = analyseSnapshot(chain);
      for (const { forward, strikes } of analysis.expiries) {
        expect(forward.found).toBe(true);
        for (const { call, put } of strikes) {
          for (const option of [call, put]) if (option.marks.length > 0) expect(option.marks.every((mark) => mark === 'ZERO_BID' || mark === 'OUT_OF_BOUNDS')).toBe(true);
          // Prices are rounded out to ticks, so calls and puts agree within a spread.
          if (call.impliedVolatility !== null && put.impliedVolatility !== null && Math.abs(call.greeks!.delta) > 0.15 && Math.abs(put.greeks!.delta) > 0.15) expect(Math.abs(call.impliedVolatility - put.impliedVolatility)).toBeLessThan(0.01);
        }
        for (let i = 2; i < strikes.length; i++) {
          const [low, middle, high] = [strikes[i - 2]!, strikes[i - 1]!, strikes[i]!];
          // Bought at the offer and sold at the bid, no vertical and no butterfly gives money away.
          expect(low.call.quote!.ask!).toBeGreaterThanOrEqual(middle.call.quote!.bid!);
          expect(high.put.quote!.ask!).toBeGreaterThanOrEqual(middle.put.quote!.bid!);
          expect(low.call.quote!.ask! + high.call.quote!.ask! - 2 * middle.call.quote!.bid!).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });

  it('quote one contract as the chain does, also after it has left the listed strikes, and not after its last day', () => {
    const reel = reelAt(5);
    const at = OPEN + 30 * MINUTE;
    const chain = reel.chain('NIFTY', at)!;
    const { expiry, strikes } = chain.expiries[1]!;
    const { strike, call } = strikes[40]!;
    expect(reel.quote(contractSymbol({ underlying: 'NIFTY', expiry, strike, type: 'call' }), at)).toMatchObject({ bid: call!.bid, ask: call!.ask, last: call!.last, at: chain.asOf });
    expect(reel.quote(contractSymbol({ underlying: 'NIFTY', expiry, strike: strikes.at(-1)!.strike + 5_000, type: 'put' }), at)).not.toBeNull();
    expect(reel.quote(contractSymbol({ underlying: 'NIFTY', expiry: tradingDate('2030-01-07'), strike, type: 'call' }), at)).toBeNull();
    expect(reel.quote('NIFTY-XX-1-CE', at)).toBeNull();
    expect(reel.chain('LOKSETU', at)).toBeNull();
  });

  it('expire on Tuesdays or the session before a holiday, and the nearest is never behind', () => {
    const index = OPTION_CLASSES.get('NIFTY')!;
    for (const date of ['2030-01-07', '2030-01-08', '2030-01-22', '2030-03-11', '2030-08-19'].map(tradingDate)) {
      for (const option of OPTION_CLASSES.values()) {
        const expiries = expiriesOn(option, date);
        expect(expiries[0]! >= date).toBe(true);
        expect(expiries.every(isSession)).toBe(true);
        expect(expiries.length).toBeGreaterThanOrEqual(3);
      }
      expect(expiriesOn(index, date).length).toBeGreaterThanOrEqual(5);
    }
    // 12 March 2030 is a Tuesday and a holiday.
    expect(expiriesOn(index, tradingDate('2030-03-05'))).toContain('2030-03-11');
  });
});

describe('a contract\'s name', () => {
  it('reads back as the contract, whatever the underlying is called', () => {
    fc.assert(fc.property(fc.constantFrom('NIFTY', 'BAJAJ-AUTO', 'M&M', 'A-07AUG25-1-CE'), fc.date({ min: new Date('2019-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.integer({ min: 1, max: 400_000 }), fc.constantFrom('call' as const, 'put' as const), (underlying, date, half, type) => {
      const contract = { underlying, expiry: tradingDate(date.toISOString().slice(0, 10)), strike: half / 2, type };
      expect(readContract(contractSymbol(contract))).toEqual(contract);
    }));
  });
  it.each(['NIFTY', 'NIFTY-07XXX25-1-CE', 'NIFTY-31FEB25-1-CE', 'NIFTY-07AUG25-1-XX', '-07AUG25-1-CE'])('is not %s', (name) => { expect(readContract(name)).toBeNull(); });
});
