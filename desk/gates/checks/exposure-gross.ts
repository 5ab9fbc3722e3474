import { defineCheck } from '../define.ts';
import { valueWhere } from '../exposure-book.ts';
import { exposureLimit } from '../exposure-limit.ts';

/** All that is long and all that is short, added up. */
export const exposureGross = defineCheck({
  id: 'exposure_gross', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['limits.maxGrossPercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate: (snapshot, action) => exposureLimit(snapshot, action, {
    subject: 'Gross exposure', limitPercent: snapshot.limits.maxGrossPercent,
    measure: (exposures, added) => added + valueWhere(exposures, () => true),
  }),
});
