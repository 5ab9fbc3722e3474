import type { CorporateAction } from './types.ts';

/** A ratio at which shares are split, given or merged: earlier prices are multiplied by `factor`. */
interface ShareRatio {
  factor: number;
  kind: Extract<CorporateAction['kind'], 'SPLIT' | 'BONUS'>;
  subject: string;
  /** Share of all large opening gaps that had this cause, in round figures: NSE's top-turnover symbols, Oct 2019 – Jun 2025. */
  weight: number;
}

/**
 * Ratios that an opening gap can show. Bonuses of 1:4 and smaller move the price by 20 % or less, which a market day can do as
 * well, so they cannot be told from prices and must be published. Where a split and a bonus give the same factor the kind is the
 * commoner one and the subject names both.
 */
const SHARE_RATIOS: readonly ShareRatio[] = [
  { factor: 1 / 2, kind: 'SPLIT', subject: 'split 2 for 1, or bonus 1:1', weight: 0.4 },
  { factor: 1 / 5, kind: 'SPLIT', subject: 'split 5 for 1, or bonus 4:1', weight: 0.19 },
  { factor: 1 / 10, kind: 'SPLIT', subject: 'split 10 for 1', weight: 0.1 },
  { factor: 1 / 3, kind: 'BONUS', subject: 'bonus 2:1, or split 3 for 1', weight: 0.05 },
  { factor: 2 / 3, kind: 'BONUS', subject: 'bonus 1:2', weight: 0.08 },
  { factor: 1 / 4, kind: 'BONUS', subject: 'bonus 3:1, or split 4 for 1', weight: 0.05 },
  { factor: 3 / 4, kind: 'BONUS', subject: 'bonus 1:3', weight: 0.04 },
  { factor: 2 / 5, kind: 'SPLIT', subject: 'split 5 for 2, or bonus 3:2', weight: 0.03 },
  { factor: 1 / 6, kind: 'BONUS', subject: 'bonus 5:1', weight: 0.02 },
  { factor: 1 / 100, kind: 'SPLIT', subject: 'split 100 for 1', weight: 0.02 },
  { factor: 1 / 8, kind: 'BONUS', subject: 'bonus 7:1, or bonus 3:1 with split 2 for 1', weight: 0.01 },
  { factor: 3 / 5, kind: 'BONUS', subject: 'bonus 2:3', weight: 0.01 },
  { factor: 2 / 7, kind: 'BONUS', subject: 'bonus 5:2', weight: 0.002 },
  { factor: 5 / 8, kind: 'BONUS', subject: 'bonus 3:5', weight: 0.002 },
  { factor: 5 / 7, kind: 'BONUS', subject: 'bonus 2:5', weight: 0.002 },
  { factor: 1 / 20, kind: 'SPLIT', subject: 'split 20 for 1, or a split with a bonus', weight: 0.005 },
  { factor: 2, kind: 'SPLIT', subject: 'shares merged 2 into 1', weight: 0.005 },
  { factor: 5, kind: 'SPLIT', subject: 'shares merged 5 into 1', weight: 0.005 },
  { factor: 10, kind: 'SPLIT', subject: 'shares merged 10 into 1', weight: 0.005 },
];

/** How surely a gap comes from the likeliest ratio, against every other ratio and against other causes. */
interface RatioVerdict { ratio: ShareRatio; probability: number }

/** Spread of the opening trade around the adjusted price, in log terms: Student's t with 3 degrees of freedom and this scale. */
const OPENING_SPREAD = 0.03;
const LARGEST_OPENING_MOVE = Math.log(1.125);

/** Density over log gaps of demergers, rights, special dividends and crashes: they fill the range between 0.3 and 0.8 evenly and are rare below. */
const otherCauses = (gap: number): number => (gap > 0.3 && gap < 0.8 ? 0.07 : 0.004);

/** The ratio that best explains an opening at `gap` × the previous close, or null when none is near. */
export function likeliestRatio(gap: number): RatioVerdict | null {
  let best: ShareRatio | null = null;
  let bestDensity = 0;
  let total = otherCauses(gap);
  for (const ratio of SHARE_RATIOS) {
    const residual = Math.log(gap / ratio.factor);
    if (Math.abs(residual) > LARGEST_OPENING_MOVE) continue;
    const density = ratio.weight * studentT3(residual / OPENING_SPREAD) / OPENING_SPREAD;
    total += density;
    if (density > bestDensity) { bestDensity = density; best = ratio; }
  }
  return best && { ratio: best, probability: bestDensity / total };
}

const studentT3 = (x: number): number => (6 * Math.sqrt(3)) / (Math.PI * (3 + x * x) ** 2);
