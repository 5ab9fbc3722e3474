import { formatCounted } from '../format.ts';
import type { CorporateAction } from './types.ts';

/** What a split, bonus or consolidation makes of shares: `newShares` for every `oldShares`, in lowest terms. Prices go the other way. */
export interface ShareRatio { newShares: number; oldShares: number }

/** Larger terms than these no exchange has announced; a factor that needs them was misread. */
const largestTerm = 1000;
const closeEnough = 1e-9;

/**
 * The whole numbers behind a price factor: 0.5 is 2 shares for 1, 2/3 is 3 for 2, 10 is 1 for 10. Read by continued fractions, so
 * that quantities can be multiplied exactly. Null where no ratio of small whole numbers gives the factor.
 */
export function shareRatio(factor: number): ShareRatio | null {
  if (!(factor > 0) || !Number.isFinite(factor)) return null;
  let [oldBefore, old] = [0, 1];
  let [newBefore, fresh] = [1, 0];
  let rest = factor;
  for (;;) {
    const whole = Math.floor(rest + closeEnough);
    [oldBefore, old] = [old, whole * old + oldBefore];
    [newBefore, fresh] = [fresh, whole * fresh + newBefore];
    if (old > largestTerm || fresh > largestTerm) return null;
    if (old > 0 && Math.abs(old / fresh / factor - 1) < closeEnough) return { newShares: fresh, oldShares: old };
    const left = rest - whole;
    if (left < closeEnough) return null;
    rest = 1 / left;
  }
}

export function lowestTerms({ newShares, oldShares }: ShareRatio): ShareRatio {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  const by = common(newShares, oldShares);
  return { newShares: newShares / by, oldShares: oldShares / by };
}

/** Of a quantity that a clearance allows: what it allows of the shares after the ratios, oldest first. Rounded up, since a stop covers what several entries hold together. */
export const coveredQuantity = (quantity: number, ratios: readonly ShareRatio[]): number =>
  ratios.reduce((covered, { newShares, oldShares }) => Math.ceil((covered * newShares) / oldShares), quantity);

/** What an adjustment does to prices: the shares' ratio turned over, or what a rights issue or demerger made of the price while the shares stayed. */
export const ratioOfPrices = ({ newShares, oldShares, priceFactor }: ShareRatio & { priceFactor: number | null }): ShareRatio => (priceFactor === null ? { newShares, oldShares } : { newShares: 1, oldShares: priceFactor });

/** `1:1 bonus`, `split into 5 for 1`, `consolidation of 10 into 1`, `demerger`, as people say it. */
export function ratioWords(kind: CorporateAction['kind'], { newShares, oldShares }: ShareRatio): string {
  if (kind === 'RIGHTS' || kind === 'DEMERGER') return kind === 'RIGHTS' ? 'rights issue' : 'demerger';
  if (newShares < oldShares) return `consolidation of ${oldShares} into ${formatCounted(newShares, 'share')}`;
  return kind === 'BONUS' ? `${newShares - oldShares}:${oldShares} bonus` : `split of ${oldShares} into ${formatCounted(newShares, 'share')}`;
}
