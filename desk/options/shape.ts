import type { ReadExpiry, ReadOption } from './read-expiry.ts';

/** Volatilities where the deltas on the forward are ±0.25; `skew` is put less call, positive where downside costs more. */
export interface Skew25 { put: number; call: number; skew: number }

/** Null where the quoted strikes do not reach a delta of 0.25 on both sides. Deltas are undiscounted. */
export function skew25(expiry: ReadExpiry, rate: number): Skew25 | null {
  const growth = Math.exp(rate * expiry.timeYears);
  const put = volatilityAtDelta(expiry.strikes.map(({ put: option }) => option), -0.25 / growth);
  const call = volatilityAtDelta(expiry.strikes.map(({ call: option }) => option), 0.25 / growth);
  return put === null || call === null ? null : { put, call, skew: put - call };
}

/** Linear in delta between the two strikes around it, which must be neighbours among the options that have a volatility. */
function volatilityAtDelta(options: readonly ReadOption[], delta: number): number | null {
  let before: { delta: number; volatility: number } | null = null;
  for (const { greeks, impliedVolatility } of options) {
    if (greeks === null || impliedVolatility === null) continue;
    const here = { delta: greeks.delta, volatility: impliedVolatility };
    if (before !== null && here.delta !== before.delta && (before.delta - delta) * (here.delta - delta) <= 0) {
      return before.volatility + ((here.volatility - before.volatility) * (delta - before.delta)) / (here.delta - before.delta);
    }
    before = here;
  }
  return null;
}

/** Half the width of what the market expects until expiry: one deviation of the forward, and the price of the straddle nearest to it. */
export interface ExpectedMove { oneDeviation: number; straddle: number | null; straddleStrike: number | null }

export function expectedMove({ forward, atmVolatility, timeYears, strikes }: ReadExpiry): ExpectedMove | null {
  if (!forward.found || atmVolatility === null) return null;
  let nearest: ReadExpiry['strikes'][number] | null = null;
  for (const each of strikes) if (nearest === null || Math.abs(each.strike - forward.forward) < Math.abs(nearest.strike - forward.forward)) nearest = each;
  const quoted = nearest !== null && nearest.call.middle !== null && nearest.put.middle !== null;
  return {
    oneDeviation: forward.forward * atmVolatility * Math.sqrt(timeYears),
    straddle: quoted ? nearest!.call.middle! + nearest!.put.middle! : null,
    straddleStrike: quoted ? nearest!.strike : null,
  };
}

export interface TermPoint {
  expiry: ReadExpiry['expiry']; timeYears: number;
  forward: number | null; atmVolatility: number | null;
  /** Between the expiry before and this one; null where one is missing or the total variance falls. */
  forwardVolatility: number | null;
}

/** Volatility at the forward by expiry, nearest first. */
export function termStructure(expiries: readonly ReadExpiry[]): TermPoint[] {
  let before: { timeYears: number; variance: number } | null = null;
  return expiries.map(({ expiry, timeYears, forward, atmVolatility }) => {
    const variance = atmVolatility === null ? null : atmVolatility ** 2 * timeYears;
    const between = before === null || variance === null ? null : (variance - before.variance) / (timeYears - before.timeYears);
    if (variance !== null) before = { timeYears, variance };
    return { expiry, timeYears, forward: forward.found ? forward.forward : null, atmVolatility, forwardVolatility: between !== null && between >= 0 ? Math.sqrt(between) : null };
  });
}
