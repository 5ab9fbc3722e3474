import { defineCheck } from '../define.ts';
import { valueWhere } from '../exposure-book.ts';
import { exposureLimit } from '../exposure-limit.ts';

/** Value in one symbol after the entry, against the desk's limit for a single name. */
export const exposureSingleName = defineCheck({
  id: 'exposure_single_name', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['limits.maxSingleNamePercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate: (snapshot, action) => exposureLimit(snapshot, action, {
    subject: action.symbol, limitPercent: snapshot.limits.maxSingleNamePercent,
    measure: (exposures, added) => added + valueWhere(exposures, ({ symbol }) => symbol === action.symbol),
  }),
});
