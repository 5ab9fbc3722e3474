import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** Indian exchanges settle what is sold: shares that one doesn't hold can be sold for the day only. */
export const shortDelivery = defineCheck({
  id: 'short_delivery', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: [],
  evaluate(_snapshot, { side, product, exchange, symbol }) {
    if (side === 'BUY' || exchange === 'US' || product === 'INTRADAY') return passes('Can be delivered.');
    return fails(`${symbol} cannot be sold short for delivery on ${exchange}, only within the day.`);
  },
});
