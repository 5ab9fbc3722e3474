/** Call and put of one strike, both soundly quoted. Prices and spreads per unit of the underlying. */
export interface QuotedPair { strike: number; call: number; put: number; callSpread: number; putSpread: number }

export type ParityForward =
  | { found: true; forward: number; strikes: number; /** Typical distance of a strike's own forward from the result. */ dispersion: number }
  | { found: false; reason: 'TOO_FEW_PAIRS' | 'STRIKES_DISAGREE'; strikes: number };

const MOST_PAIRS = 10;
const LEAST_PAIRS = 3;
/** Strikes that differ by more than this share of the straddle leave no forward worth the name. */
const MOST_DISPERSION = 0.05;
const MAD_TO_DEVIATION = 1.4826;

/**
 * The forward by put–call parity, F = K + e^(rT)(C − P), over the strikes nearest to where call and put cost the same: the median weighted
 * by the inverse squared spread, then the weighted mean of those within three deviations of it (the deviation by the median of absolute
 * distances, not less than a quarter of a pair's spread). Few pairs or pairs that disagree give no forward; the cash price never stands in.
 */
export function parityForward({ pairs, rate, timeYears }: { pairs: readonly QuotedPair[]; rate: number; timeYears: number }): ParityForward {
  const near = [...pairs].sort((a, b) => Math.abs(a.call - a.put) - Math.abs(b.call - b.put)).slice(0, MOST_PAIRS);
  if (near.length < LEAST_PAIRS) return { found: false, reason: 'TOO_FEW_PAIRS', strikes: near.length };
  const growth = Math.exp(rate * timeYears);
  const straddle = growth * (near[0]!.call + near[0]!.put);
  const samples = near.map(({ strike, call, put, callSpread, putSpread }) => {
    const spread = callSpread + putSpread;
    // A locked market is not infinitely sure.
    const doubt = Math.max(spread, 1e-4 * straddle);
    return { value: strike + growth * (call - put), weight: 1 / (doubt * doubt), doubt };
  });
  const centre = weightedMedian(samples);
  const deviation = MAD_TO_DEVIATION * weightedMedian(samples.map(({ value }) => ({ value: Math.abs(value - centre), weight: 1 })));
  if (deviation > MOST_DISPERSION * straddle) return { found: false, reason: 'STRIKES_DISAGREE', strikes: near.length };
  const kept = samples.filter(({ value, doubt }) => Math.abs(value - centre) <= 3 * Math.max(deviation, doubt / 4));
  const weight = kept.reduce((sum, sample) => sum + sample.weight, 0);
  const forward = kept.reduce((sum, sample) => sum + sample.weight * sample.value, 0) / weight;
  return { found: true, forward, strikes: kept.length, dispersion: deviation };
}

function weightedMedian(samples: readonly { value: number; weight: number }[]): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of sorted) if ((passed += weight) >= half) return value;
  return sorted.at(-1)!.value;
}
