import fc from 'fast-check';
import type { OptionTerms } from '../../../desk/options/terms.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Options as they are traded and somewhat beyond. */
export const anyOption = (): fc.Arbitrary<OptionTerms> => fc.record({
  model: fc.constantFrom('bsm', 'black76'), type: fc.constantFrom('call', 'put'), underlying: between(5, 50_000), moneyness: between(0.4, 2.5),
  timeYears: between(0.001, 5), rate: between(-0.03, 0.15), dividendYield: between(0, 0.1), volatility: between(0.03, 1.5),
}).map(({ moneyness, ...terms }) => ({ ...terms, strike: terms.underlying * moneyness }));
