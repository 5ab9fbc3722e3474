import type { OptionChain } from './chain.ts';
import { type OpenStrike, gammaExposure, gammaFlips } from './gamma-exposure.ts';
import { maxPain, putCallRatio, walls } from './positioning.ts';
import { type ReadExpiry, readExpiry } from './read-expiry.ts';
import { type ExpectedMove, type Skew25, type TermPoint, expectedMove, skew25, termStructure } from './shape.ts';
import { volatilityAt } from './smile.ts';

export interface ExpiryAnalysis extends ReadExpiry {
  putCallRatio: { openInterest: number | null; volume: number | null };
  maxPain: { strike: number; payout: number } | null;
  walls: { call: number | null; put: number | null };
  skew25: Skew25 | null;
  expectedMove: ExpectedMove | null;
}
export interface ChainAnalysis {
  expiries: ExpiryAnalysis[];
  termStructure: TermPoint[];
  /** Currency for a move of 1 %, and where its sign changes; null without a spot price or any expiry with a forward and open interest. */
  gamma: { exposure: number; flips: number[] } | null;
}
export interface ChainSettings {
  /** A quote older than this is not priced. */
  staleAfterMs: number;
  /** Units of the underlying in one of what open interest counts: the lot, or 1 where it counts shares. */
  openInterestMultiplier: number;
}

/** All that a chain says by itself. IV rank needs its history: `volatility-rank.ts`; build-up a change of price: `positioning.ts`. */
export function analyseChain(chain: OptionChain, { staleAfterMs, openInterestMultiplier }: ChainSettings): ChainAnalysis {
  const { asOf, rate, spot } = chain;
  const expiries = chain.expiries.map((each): ExpiryAnalysis => {
    const read = readExpiry(each, { asOf, rate, staleAfterMs, pricedFrom: chain.pricedFrom ?? 'QUOTES' });
    return {
      ...read,
      putCallRatio: { openInterest: putCallRatio(each.strikes, 'openInterest'), volume: putCallRatio(each.strikes, 'volume') },
      maxPain: maxPain(each.strikes), walls: walls(each.strikes), skew25: skew25(read, rate), expectedMove: expectedMove(read),
    };
  });
  const open = spot === null ? [] : expiries.flatMap((expiry) => openStrikes(expiry, spot, rate));
  const settings = { rate, multiplier: openInterestMultiplier };
  return {
    expiries, termStructure: termStructure(expiries),
    gamma: spot === null || open.length === 0 ? null : { exposure: gammaExposure(open, spot, settings), flips: gammaFlips(open, spot, settings) },
  };
}

function openStrikes({ strikes, smile, forward, timeYears }: ReadExpiry, spot: number, rate: number): OpenStrike[] {
  if (!forward.found || smile === null) return [];
  const dividendYield = rate - Math.log(forward.forward / spot) / timeYears;
  return strikes.flatMap(({ strike, call, put }) => {
    const [callsOpen, putsOpen] = [call.quote?.openInterest ?? 0, put.quote?.openInterest ?? 0];
    const volatility = volatilityAt(smile, strike);
    return callsOpen === putsOpen || volatility === null ? [] : [{ strike, timeYears, volatility, dividendYield, callsOpen, putsOpen }];
  });
}
