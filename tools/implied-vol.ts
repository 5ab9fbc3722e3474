import { z } from 'zod';
import { type NoVolatility, impliedVolatility } from '../desk/options/implied-volatility.ts';
import { ToolError, defineTool } from './define.ts';
import { OptionInput, readTerms } from './option-terms.ts';

const REASONS: Record<NoVolatility, { field: string; message: string }> = {
  BELOW_INTRINSIC: { field: 'price', message: 'The price is below the option’s discounted intrinsic value; no volatility gives it.' },
  AT_INTRINSIC: { field: 'price', message: 'The price has no time value, so it says nothing of volatility.' },
  ABOVE_BOUND: { field: 'price', message: 'The price is at or above what the option can be worth (the discounted underlying for a call, the discounted strike for a put).' },
  EXPIRED: { field: 'timeYears', message: 'The option has no time left, so its price says nothing of volatility.' },
  NO_PRICE: { field: 'price', message: 'There is no price.' },
};

/**
 * Volatility at which a European option has a price, to the last digits that the price determines (see `desk/options/total-deviation.ts`).
 * Errors: `IV_NO_SOLUTION` (price, timeYears), `INPUT_MISSING` (spot or forward), `INPUT_AMBIGUOUS` (dividendYield with black76).
 */
export const impliedVol = defineTool({
  name: 'implied_vol',
  purpose: 'Implied volatility of a European option whose terms and price you give',
  effect: 'read',
  permission: 'market:read',
  input: OptionInput.extend({ price: z.number() }),
  output: z.object({ vol: z.number().describe('a year, as a fraction'), iterations: z.int() }),
  run: async (_context, { price, ...option }) => {
    const implied = impliedVolatility({ ...readTerms(option), price });
    if (!implied.solved) throw new ToolError('IV_NO_SOLUTION', REASONS[implied.reason].message, REASONS[implied.reason].field);
    return { vol: implied.volatility, iterations: implied.iterations };
  },
});
