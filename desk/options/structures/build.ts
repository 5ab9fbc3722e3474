import type { ReadExpiry } from '../read-expiry.ts';
import { STRUCTURES, type StructureKind, type StructurePattern } from './kinds.ts';
import type { StructureLeg } from './legs.ts';

export interface BuildRequest {
  kind: StructureKind;
  /** Ascending, as many as the kind has. */
  strikes: readonly number[];
  /** The expiry, and the later one for kinds with two. */
  expiries: readonly [ReadExpiry, ReadExpiry?];
  spot: number;
  rate: number;
  /** Units of the underlying in one set: lots × lot size. */
  quantity: number;
  /** `crossing`: bought at the ask and sold at the bid, what it costs to have it now; `middle`: between them. */
  prices: 'crossing' | 'middle';
}
export type Built = { built: true; legs: StructureLeg[] } | { built: false; reason: string };

/** Legs with their prices and volatilities from the chain; a leg whose quote is marked is not built on, and named. */
export function buildStructure({ kind, strikes, expiries, spot, rate, quantity, prices }: BuildRequest): Built {
  const pattern: StructurePattern = STRUCTURES[kind];
  if (strikes.length !== pattern.strikes || strikes.some((strike, i) => i > 0 && strike <= strikes[i - 1]!)) {
    return { built: false, reason: `${kind} has ${pattern.strikes} strike${pattern.strikes === 1 ? '' : 's'}, ascending` };
  }
  const legs: StructureLeg[] = [];
  for (const { kind: right, ratio, strike: index, expiry: later } of pattern.legs) {
    if (right === 'underlying') { legs.push({ kind: right, quantity: ratio * quantity, price: spot }); continue; }
    const read = expiries[later];
    if (read === undefined) return { built: false, reason: `${kind} needs a later expiry` };
    if (!read.forward.found) return { built: false, reason: `no forward can be had for ${read.expiry}: ${read.forward.reason}` };
    const strike = strikes[index]!;
    const option = read.strikes.find((each) => each.strike === strike)?.[right];
    if (option === undefined) return { built: false, reason: `${read.expiry} has no strike ${strike}` };
    if (option.middle === null || option.impliedVolatility === null) return { built: false, reason: `the ${strike} ${right} of ${read.expiry} cannot be priced: ${option.marks.join(', ')}` };
    const crossing = ratio > 0 ? option.quote?.ask : option.quote?.bid;
    legs.push({
      kind: right, quantity: ratio * quantity, strike, expiry: read.expiry, timeYears: read.timeYears, volatility: option.impliedVolatility,
      price: prices === 'middle' ? option.middle : (crossing ?? option.middle),
      dividendYield: rate - Math.log(read.forward.forward / spot) / read.timeYears,
    });
  }
  const horizon = expiries[1];
  if (pattern.legs.some(({ expiry }) => expiry === 1) && horizon !== undefined && horizon.timeYears <= expiries[0].timeYears) return { built: false, reason: 'the later expiry is not later' };
  return { built: true, legs };
}
