import type { Contract } from '../desk/options/contract-symbol.ts';
import type { OptionLeg } from '../desk/options/structures/legs.ts';
import { type SpanSettings, scanRanges } from '../desk/options/structures/span-margin.ts';
import type { ToolContext } from './define.ts';
import type { HeldStructure } from './option-book.ts';
import type { ReadChain } from './option-chain-read.ts';

const SESSIONS = 252;

/** The cash price of a chain's underlying: what it printed, else what an expiry's forward implies. */
export const spotOf = ({ snapshot, rate }: ReadChain, expiry: { forward: number; timeYears: number }): number => snapshot.spot ?? expiry.forward * Math.exp(-rate * expiry.timeYears);

/** A contract as a leg that can be valued in any state, at the volatility that a chain implies; null where the chain does not price it. */
export function legIn(chain: ReadChain, { contract, quantity, price }: { contract: Contract; quantity: number; price: number }): { leg: OptionLeg; spot: number } | null {
  const expiry = chain.analysis.expiries.find((each) => each.expiry === contract.expiry);
  const volatility = expiry?.strikes.find(({ strike }) => strike === contract.strike)?.[contract.type].impliedVolatility;
  if (!expiry?.forward.found || volatility == null || !(expiry.timeYears > 0)) return null;
  const { forward } = expiry.forward;
  const spot = spotOf(chain, { forward, timeYears: expiry.timeYears });
  return { spot, leg: { kind: contract.type, quantity, price, strike: contract.strike, expiry: contract.expiry, timeYears: expiry.timeYears, volatility, dividendYield: chain.rate - Math.log(forward / spot) / expiry.timeYears } };
}

/** A held structure as legs that can be valued in any state, at what was paid for them; null where the chain prices not all of them now. */
export function heldLegs({ services: { market } }: ToolContext, { legs, chain, underlying }: HeldStructure): { legs: OptionLeg[]; span: SpanSettings } | null {
  if (!chain) return null;
  const { analysis, rate } = chain;
  const found = legs.flatMap(({ position, contract }) => legIn(chain, { contract, quantity: position.quantity, price: Number(position.averagePrice) })?.leg ?? []);
  const first = analysis.expiries.find(({ expiry }) => expiry === found[0]?.expiry);
  if (found.length < legs.length || !first?.forward.found) return null;
  const spot = spotOf(chain, { forward: first.forward.forward, timeYears: first.timeYears });
  const volatility = first.atmVolatility ?? found[0]?.volatility ?? 0;
  const isIndex = (market.symbols().get(underlying)?.kind ?? 'INDEX') === 'INDEX';
  return { legs: found, span: { spot, rate, ...scanRanges({ spot, dailyDeviation: volatility / Math.sqrt(SESSIONS), annualVolatility: volatility, isIndex }) } };
}
