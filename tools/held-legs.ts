import type { OptionLeg } from '../desk/options/structures/legs.ts';
import { type SpanSettings, scanRanges } from '../desk/options/structures/span-margin.ts';
import type { ToolContext } from './define.ts';
import type { HeldStructure } from './option-book.ts';

const SESSIONS = 252;

/** A held structure as legs that can be valued in any state, at what was paid for them; null where the chain prices not all of them now. */
export function heldLegs({ services: { market } }: ToolContext, { legs, chain, underlying }: HeldStructure): { legs: OptionLeg[]; span: SpanSettings } | null {
  if (!chain) return null;
  const { analysis, snapshot, rate } = chain;
  const found = legs.flatMap(({ position, contract, option }): OptionLeg[] => {
    const expiry = analysis.expiries.find((each) => each.expiry === contract.expiry);
    if (!expiry?.forward.found || option?.impliedVolatility == null || !(expiry.timeYears > 0)) return [];
    const spot = snapshot.spot ?? expiry.forward.forward * Math.exp(-rate * expiry.timeYears);
    return [{
      kind: contract.type, quantity: position.quantity, price: Number(position.averagePrice), strike: contract.strike, expiry: contract.expiry, timeYears: expiry.timeYears, volatility: option.impliedVolatility,
      dividendYield: rate - Math.log(expiry.forward.forward / spot) / expiry.timeYears,
    }];
  });
  const first = analysis.expiries.find(({ expiry }) => expiry === found[0]?.expiry);
  if (found.length < legs.length || !first?.forward.found) return null;
  const spot = snapshot.spot ?? first.forward.forward * Math.exp(-rate * first.timeYears);
  const volatility = first.atmVolatility ?? found[0]?.volatility ?? 0;
  const isIndex = (market.symbols().get(underlying)?.kind ?? 'INDEX') === 'INDEX';
  return { legs: found, span: { spot, rate, ...scanRanges({ spot, dailyDeviation: volatility / Math.sqrt(SESSIONS), annualVolatility: volatility, isIndex }) } };
}
