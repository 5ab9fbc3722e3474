import type { ReadExpiry, ReadOption } from '../read-expiry.ts';
import type { StructureKind } from './kinds.ts';
import { smileDistribution } from './profit-probability.ts';

export interface SearchLimits {
  /** Widest distance between the strikes of a spread, in the underlying's units. */
  maxWidth: number;
  /** Least probability of a profit by the smile, 0–1. */
  minProbability: number;
  /** Least profit over loss. */
  minRewardOverRisk: number;
  keep: number;
}

/** A candidate for one unit of the underlying, bought at the asks and sold at the bids. */
export interface Candidate {
  kind: StructureKind;
  strikes: number[];
  maxProfit: number; maxLoss: number;
  rewardOverRisk: number;
  breakEvens: number[];
  profitProbability: number;
  reason: string;
}

interface Priced { strike: number; bid: number; ask: number }
interface Spread { low: number; high: number; credit: number; width: number }
const TABLE = 1024;

/** All verticals of calls and puts and all iron condors within the limits, the highest reward over risk first. None without a forward. */
export function searchStructures(expiry: ReadExpiry, limits: SearchLimits): Candidate[] {
  const { smile, forward } = expiry;
  if (smile === null || !forward.found) return [];
  const calls = expiry.strikes.flatMap(({ call }) => priced(call));
  const puts = expiry.strikes.flatMap(({ put }) => priced(put));
  const probabilityAbove = tabulated(smileDistribution(smile).above, [calls, puts]);
  const best = keepBest(limits);

  for (const [low, high] of pairs(calls, limits.maxWidth)) {
    const width = high.strike - low.strike;
    const strikes = [low.strike, high.strike];
    const [debit, credit] = [low.ask - high.bid, low.bid - high.ask];
    const [paid, received] = [low.strike + debit, low.strike + credit];
    if (best.takes(width - debit, debit, probabilityAbove(paid))) best.add({ kind: 'bull_call', strikes, breakEvens: [paid] });
    if (best.takes(credit, width - credit, 1 - probabilityAbove(received))) best.add({ kind: 'bear_call', strikes, breakEvens: [received] });
  }
  for (const [low, high] of pairs(puts, limits.maxWidth)) {
    const width = high.strike - low.strike;
    const strikes = [low.strike, high.strike];
    const [debit, credit] = [high.ask - low.bid, high.bid - low.ask];
    const [paid, received] = [high.strike - debit, high.strike - credit];
    if (best.takes(width - debit, debit, 1 - probabilityAbove(paid))) best.add({ kind: 'bear_put', strikes, breakEvens: [paid] });
    if (best.takes(credit, width - credit, probabilityAbove(received))) best.add({ kind: 'bull_put', strikes, breakEvens: [received] });
  }

  const putSpreads = sold(puts.filter(({ strike }) => strike <= forward.forward), limits.maxWidth, (low, high) => high.bid - low.ask);
  const callSpreads = sold(calls.filter(({ strike }) => strike >= forward.forward), limits.maxWidth, (low, high) => low.bid - high.ask);
  for (const below of putSpreads) {
    for (const above of callSpreads) {
      const credit = below.credit + above.credit;
      const risk = Math.max(below.width, above.width) - credit;
      if (below.high >= above.low || credit < best.bar() * risk) continue;
      // A side whose spread is narrower than the credit cannot lose.
      const low = below.width > credit ? below.high - credit : null;
      const high = above.width > credit ? above.low + credit : null;
      if (!best.takes(credit, risk, (low === null ? 1 : probabilityAbove(low)) - (high === null ? 0 : probabilityAbove(high)))) continue;
      best.add({ kind: 'iron_condor', strikes: [below.low, below.high, above.low, above.high], breakEvens: [low, high].filter((edge) => edge !== null) });
    }
  }
  return best.ranked();
}

/** Holds the best so far, and the ratio that the next must reach to be among them: most candidates are turned away by that alone. */
function keepBest({ minRewardOverRisk, minProbability, keep }: SearchLimits) {
  let found: Omit<Candidate, 'reason'>[] = [];
  let least = minRewardOverRisk;
  let taken = { maxProfit: 0, maxLoss: 0, profitProbability: 0 };
  const trim = () => {
    found = found.sort((a, b) => b.rewardOverRisk - a.rewardOverRisk).slice(0, keep);
    if (found.length === keep) least = Math.max(least, found.at(-1)?.rewardOverRisk ?? least);
  };
  return {
    bar: () => least,
    takes(maxProfit: number, maxLoss: number, profitProbability: number): boolean {
      if (!(maxProfit > 0 && maxLoss > 0 && maxProfit >= least * maxLoss && profitProbability >= minProbability)) return false;
      taken = { maxProfit, maxLoss, profitProbability };
      return true;
    },
    /** The candidate whose figures `takes` has just accepted. */
    add(shape: Pick<Candidate, 'kind' | 'strikes' | 'breakEvens'>): void {
      found.push({ ...shape, ...taken, rewardOverRisk: taken.maxProfit / taken.maxLoss });
      if (found.length >= 4 * keep) trim();
    },
    ranked(): Candidate[] {
      trim();
      return found.map((candidate) => ({ ...candidate, reason: reasonOf(candidate) }));
    },
  };
}

const priced = ({ strike, quote, impliedVolatility }: ReadOption): Priced[] =>
  impliedVolatility === null || quote === null || quote.bid === null || quote.ask === null ? [] : [{ strike, bid: quote.bid, ask: quote.ask }];

function* pairs(options: readonly Priced[], maxWidth: number): Generator<[Priced, Priced]> {
  for (let i = 0; i < options.length; i++) {
    for (let j = i + 1; j < options.length && options[j]!.strike - options[i]!.strike <= maxWidth; j++) yield [options[i]!, options[j]!];
  }
}

function sold(options: readonly Priced[], maxWidth: number, creditOf: (low: Priced, high: Priced) => number): Spread[] {
  const spreads: Spread[] = [];
  for (const [low, high] of pairs(options, maxWidth)) {
    const credit = creditOf(low, high);
    if (credit > 0) spreads.push({ low: low.strike, high: high.strike, credit, width: high.strike - low.strike });
  }
  return spreads;
}

/** The distribution on a fine grid over the strikes, linear between: a search asks it a hundred thousand times. */
function tabulated(above: (price: number) => number, sides: readonly (readonly Priced[])[]): (price: number) => number {
  const strikes = sides.flat().map(({ strike }) => strike);
  if (strikes.length === 0) return () => Number.NaN;
  const [low, high] = [0.8 * Math.min(...strikes), 1.2 * Math.max(...strikes)];
  const step = (high - low) / TABLE;
  const table = Float64Array.from({ length: TABLE + 1 }, (_, i) => above(low + i * step));
  return (price) => {
    const at = Math.min(TABLE - 1e-9, Math.max(0, (price - low) / step));
    const i = Math.floor(at);
    return table[i]! + (at - i) * (table[i + 1]! - table[i]!);
  };
}

const reasonOf = ({ rewardOverRisk, profitProbability, maxProfit, maxLoss }: Omit<Candidate, 'reason'>): string =>
  `makes ${rewardOverRisk.toFixed(2)} for each 1 at risk (${maxProfit.toFixed(2)} against ${maxLoss.toFixed(2)} a unit) and ends in profit with ${(100 * profitProbability).toFixed(0)} % by the smile`;
