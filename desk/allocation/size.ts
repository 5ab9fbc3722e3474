import type { MandateTerms } from '../actions/types.ts';
import type { Decimal, Minor } from '../decimal.ts';
import { asPercent, costMinor, percentOf, shareOf, tenThousandths } from '../gates/figures.ts';
import type { AccountBook, AllocationLimits, Exposure } from './account-book.ts';

export type LimitName = 'risk per trade' | 'volatility target' | 'quarter Kelly' | 'position size' | 'sector' | 'gross exposure' | 'correlated shares' | 'average volume' | 'free cash' | 'playbook part';

/** Volatility that the account aims at, percent a year, by objective. */
export const targetVolatility: Record<MandateTerms['objective'], number> = { MAX_PROFIT: 20, BALANCED: 15, RISK_MINIMIZED: 10 };
/** The full Kelly bet grows fastest if the odds are right; they are estimates, so a quarter of it. */
const KELLY_PART = 0.25;
const MOST_SHARES = 1_000_000_000;

export interface SizeInput {
  book: AccountBook;
  limits: AllocationLimits;
  symbol: string; sector: string | null;
  entry: Decimal; stop: Decimal;
  lotSize: number;
  /** Shares a day over 20 sessions. */
  averageDailyVolume20: number;
  /** Percent a year. */
  volatility20: number;
  /** Expected move after charges, and the spread of such trades' outcomes, both in percent. */
  netEdgePercent: number; deviationPercent: number;
  /** In and out again, for so many shares. */
  chargesMinor(quantity: number): Minor;
  /** Symbols of the account that move with this one. */
  movesWith(symbol: string): boolean;
}

const sum = (exposures: readonly Exposure[]): Minor => exposures.reduce((total, { valueMinor }) => total + valueMinor, 0);

/**
 * What one limit says of a quantity. Each can only get worse as the quantity grows. Those that the gates have too are written as
 * the gates write them, so that what fits here passes there.
 * - risk per trade: loss at the stop with charges ≤ risk % × equity.
 * - volatility target: value ≤ equity × target ÷ (the share's volatility × √positions), as if positions moved independently.
 * - quarter Kelly: value ≤ equity × ¼ × μ ÷ σ², μ and σ the net edge and the deviation of a trade as fractions (Kelly 1956, for
 *   many small outcomes).
 * - position size: the tighter of the mandate's and the desk's limit for one name.
 */
function limitsOf(input: SizeInput): { name: LimitName; fits(quantity: number, valueMinor: Minor): boolean }[] {
  const { book: { mandate, equityMinor, deployableMinor, exposures }, limits, sector, symbol } = input;
  const riskRoom = shareOf(Math.max(0, equityMinor), mandate.riskPerTradePercent);
  const perShare = tenThousandths(input.entry) - tenThousandths(input.stop);
  const calm = (equityMinor * targetVolatility[mandate.objective]) / (input.volatility20 * Math.sqrt(mandate.maxPositions));
  const kelly = (equityMinor * KELLY_PART * (input.netEdgePercent / 100)) / (input.deviationPercent / 100) ** 2;
  const within = (name: LimitName, limitPercent: number | null, besides: Minor) =>
    ({ name, fits: (_quantity: number, valueMinor: Minor) => limitPercent === null || percentOf(valueMinor + besides, equityMinor) <= limitPercent });
  const ownSector = exposures.filter((each) => each.symbol === symbol || (sector !== null && each.sector === sector));
  // The cheap ones first: those with charges are then asked about few sizes.
  return [
    { name: 'average volume', fits: (quantity) => quantity <= Math.floor((input.averageDailyVolume20 * asPercent(limits.advMaxRatio)) / 100) },
    within('position size', Math.min(mandate.maxPositionPercent, limits.maxSingleNamePercent ?? 100), sum(exposures.filter((each) => each.symbol === symbol))),
    within('sector', sectorLimitPercent(input.book, limits), sum(ownSector)),
    within('gross exposure', limits.maxGrossPercent, sum(exposures)),
    within('correlated shares', limits.maxClusterPercent, sum(exposures.filter((each) => each.symbol === symbol || input.movesWith(each.symbol)))),
    { name: 'volatility target', fits: (_quantity, valueMinor) => valueMinor <= calm },
    { name: 'quarter Kelly', fits: (_quantity, valueMinor) => valueMinor <= kelly },
    { name: 'risk per trade', fits: (quantity) => Math.ceil((perShare * quantity) / 100) + input.chargesMinor(quantity) <= riskRoom },
    { name: 'free cash', fits: (quantity, valueMinor) => valueMinor + input.chargesMinor(quantity) <= deployableMinor },
  ];
}

export const sectorLimitPercent = ({ mandate }: Pick<AccountBook, 'mandate'>, limits: Pick<AllocationLimits, 'maxSectorExposure'>): number =>
  Math.min(asPercent(limits.maxSectorExposure), mandate.maxSectorExposurePercent);

/** The largest number of shares, in whole lots, within every limit, and the limit that binds. Zero when not even one lot fits. */
export function sizeEntry(input: SizeInput): { quantity: number; boundBy: LimitName } {
  const lot = Number.isInteger(input.lotSize) && input.lotSize > 0 ? input.lotSize : 1;
  let lots = Math.floor(MOST_SHARES / lot);
  let boundBy: LimitName = 'average volume';
  for (const { name, fits } of limitsOf(input)) {
    const most = largest(lots, (count) => fits(count * lot, costMinor(input.entry, count * lot)));
    if (most < lots) { lots = most; boundBy = name; }
  }
  return { quantity: lots * lot, boundBy };
}

/** The largest whole number up to `most` that fits, by halving: what does not fit does not fit larger either. */
function largest(most: number, fits: (count: number) => boolean): number {
  if (most === 0 || fits(most)) return most;
  let fitting = 0;
  let beyond = most;
  while (beyond - fitting > 1) {
    const middle = fitting + Math.floor((beyond - fitting) / 2);
    if (fits(middle)) fitting = middle; else beyond = middle;
  }
  return fitting;
}
