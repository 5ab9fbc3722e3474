import { z } from 'zod';
import type { OptionTerms } from '../desk/options/terms.ts';
import { ToolError } from './define.ts';

/** What both option tools ask for: the option and its market, without volatility and price. */
export const OptionInput = z.object({
  model: z.enum(['bsm', 'black76']).describe('bsm: Black–Scholes–Merton on the spot; black76: Black on the forward'),
  type: z.enum(['call', 'put']),
  spot: z.number().positive().optional().describe('price of the underlying; for bsm'),
  forward: z.number().positive().optional().describe('price of the future or forward; for black76'),
  strike: z.number().positive(),
  timeYears: z.number().min(0).max(1000).describe('time to expiry in years'),
  rate: z.number().min(-10).max(10).describe('continuously compounded, a year, as a fraction'),
  dividendYield: z.number().min(-100).max(100).optional().describe('continuous, a year, as a fraction; for bsm, default 0'),
});

/** @throws ToolError `INPUT_MISSING` (spot or forward, by the model), `INPUT_AMBIGUOUS` (a dividend yield on a forward). */
export function readTerms({ model, type, spot, forward, strike, timeYears, rate, dividendYield }: z.output<typeof OptionInput>): Omit<OptionTerms, 'volatility'> {
  if (model === 'bsm') {
    if (spot === undefined) throw new ToolError('INPUT_MISSING', 'Black–Scholes–Merton needs the spot price.', 'spot');
    return { model, type, underlying: spot, strike, timeYears, rate, dividendYield: dividendYield ?? 0 };
  }
  if (forward === undefined) throw new ToolError('INPUT_MISSING', 'Black-76 needs the forward price.', 'forward');
  if (dividendYield) throw new ToolError('INPUT_AMBIGUOUS', 'A forward has the dividends in it; leave the dividend yield out, or give the spot to bsm.', 'dividendYield');
  return { model, type, underlying: forward, strike, timeYears, rate };
}
