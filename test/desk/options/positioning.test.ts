import { describe, expect, it } from 'vitest';
import type { ChainStrike } from '../../../desk/options/chain.ts';
import { type OpenStrike, gammaExposure, gammaFlips } from '../../../desk/options/gamma-exposure.ts';
import { buildUp, maxPain, putCallRatio, walls } from '../../../desk/options/positioning.ts';
import { volatilityRank } from '../../../desk/options/volatility-rank.ts';
import { sharedJson, sharedPresent, skipNote } from '../market/shared.ts';

interface Reference {
  chain: {
    spot: number; r: number; q: number; rows: { K: number; T: number; dte: number; iv: number; call_oi: number; put_oi: number; call_vol: number; put_vol: number }[];
    max_pain: Record<string, { max_pain: number; pain_at: number }>; pcr_oi: number; pcr_volume: number; call_wall: number; put_wall: number;
    gex_at_spot: number; gamma_flip_roots: number[]; gex_profile: { spot: number[]; gex: number[] };
  };
  iv_rank: { history: number[]; iv_rank: number; iv_percentile_strictly_below: number };
}
const reference = () => sharedJson('refs/misc_quant.json') as Reference;
const strike = (at: number, calls: number | null, puts: number | null, volumes: [number, number] = [0, 0]): ChainStrike => {
  const quote = { bid: 1, ask: 1, last: 1, at: null, openInterestChange: null };
  return { strike: at, call: { ...quote, openInterest: calls, volume: volumes[0] }, put: { ...quote, openInterest: puts, volume: volumes[1] } };
};
const strikesOf = ({ rows }: Reference['chain']): ChainStrike[] => rows.map((row) => strike(row.K, row.call_oi, row.put_oi, [row.call_vol, row.put_vol]));

describe.skipIf(!sharedPresent)(`positioning against reference figures${skipNote}`, () => {
  it('has their ratios, max pain and walls', () => {
    const { chain } = reference();
    expect(putCallRatio(strikesOf(chain), 'openInterest')).toBeCloseTo(chain.pcr_oi, 14);
    expect(putCallRatio(strikesOf(chain), 'volume')).toBeCloseTo(chain.pcr_volume, 14);
    for (const [days, want] of Object.entries(chain.max_pain)) {
      const one = strikesOf({ ...chain, rows: chain.rows.filter(({ dte }) => dte === Number(days)) });
      // The reference counts contracts of 100.
      expect(maxPain(one)).toEqual({ strike: want.max_pain, payout: want.pain_at / 100 });
    }
  });

  it('has their gamma exposure, profile and flip', () => {
    const { chain } = reference();
    const open: OpenStrike[] = chain.rows.map((row) => ({ strike: row.K, timeYears: row.T, volatility: row.iv, dividendYield: chain.q, callsOpen: row.call_oi, putsOpen: row.put_oi }));
    const settings = { rate: chain.r, multiplier: 100 };
    expect(gammaExposure(open, chain.spot, settings) / chain.gex_at_spot).toBeCloseTo(1, 10);
    chain.gex_profile.spot.forEach((spot, i) => expect(gammaExposure(open, spot, settings) / chain.gex_profile.gex[i]!).toBeCloseTo(1, 9));
    const flips = gammaFlips(open, chain.spot, settings);
    expect(flips).toHaveLength(chain.gamma_flip_roots.length);
    flips.forEach((flip, i) => expect(flip).toBeCloseTo(chain.gamma_flip_roots[i]!, 6));
  });

  it('has their rank and percentile over a year of volatilities', () => {
    const { iv_rank: want } = reference();
    expect(volatilityRank(want.history)).toEqual({ observations: 252, rank: expect.closeTo(want.iv_rank, 10), percentile: expect.closeTo(want.iv_percentile_strictly_below, 10) });
    expect(volatilityRank([0.9, ...want.history])).toEqual(volatilityRank(want.history));
  });
});

describe('positioning', () => {
  it('says nothing of what is not known', () => {
    expect(putCallRatio([strike(100, null, 5)], 'openInterest')).toBeNull();
    expect(putCallRatio([strike(100, 0, 5)], 'openInterest')).toBeNull();
    expect(putCallRatio([{ strike: 100, call: null, put: null }], 'volume')).toBeNull();
    expect(maxPain([strike(100, 0, 0), strike(110, null, 0)])).toBeNull();
    expect(walls([strike(100, 0, 0)])).toEqual({ call: null, put: null });
    expect(walls([strike(100, 3, 9), strike(110, 8, 2)])).toEqual({ call: 110, put: 100 });
    expect(volatilityRank([])).toEqual({ observations: 0, rank: null, percentile: null });
    expect(volatilityRank([0.2])).toEqual({ observations: 1, rank: null, percentile: null });
    expect(volatilityRank([0.1, 0.3, 0.2])).toEqual({ observations: 3, rank: expect.closeTo(50, 10), percentile: 50 });
  });

  it.each([[2, 10, 'LONG_BUILD_UP'], [-2, 10, 'SHORT_BUILD_UP'], [2, -10, 'SHORT_COVERING'], [-2, -10, 'LONG_UNWINDING'], [0, 10, null], [2, 0, null], [null, 10, null], [2, null, null]])(
    'reads a price change of %s with an interest change of %s as %s', (price, interest, want) => { expect(buildUp(price, interest)).toBe(want); });
});
