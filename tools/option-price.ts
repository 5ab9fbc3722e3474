import { z } from 'zod';
import { priceOption } from '../desk/options/price.ts';
import { ToolError, defineTool } from './define.ts';
import { OptionInput, readTerms } from './option-terms.ts';

const Output = z.object({
  price: z.number(),
  delta: z.number().describe('for the spot (bsm) or the forward (black76)'),
  gamma: z.number(),
  vega: z.number().describe('for a change of volatility by 1.00'),
  thetaPerYear: z.number(),
  thetaPerDay: z.number().describe('per calendar day, a 365th of a year’s'),
  rho: z.number().describe('for a change of the rate by 1.00'),
  vanna: z.number(), vomma: z.number(),
});

/**
 * Price and greeks of a European option (see `desk/options/price-many.ts` for formulas, limits and accuracy).
 * Errors: `INPUT_MISSING` (spot or forward), `INPUT_AMBIGUOUS` (dividendYield with black76), `OUT_OF_RANGE` (a value beyond a double).
 */
export const optionPrice = defineTool({
  name: 'option_price',
  purpose: 'Price, delta, gamma, vega, theta, rho, vanna and vomma of a European option whose terms you give',
  effect: 'read',
  permission: 'market:read',
  input: OptionInput.extend({ vol: z.number().min(0).max(1000).describe('volatility a year, as a fraction') }),
  output: Output,
  run: async (_context, { vol, ...option }) => {
    const value = priceOption({ ...readTerms(option), volatility: vol });
    const beyond = Object.entries(value).find(([, figure]) => !Number.isFinite(figure));
    if (beyond) throw new ToolError('OUT_OF_RANGE', `The ${beyond[0]} of this option is too large for a number.`);
    return value;
  },
});
