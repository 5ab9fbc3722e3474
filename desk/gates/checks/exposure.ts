import { defineCheck } from '../define.ts';
import { sectorOf, valueWhere } from '../exposure-book.ts';
import { exposureLimit } from '../exposure-limit.ts';
import { asPercent } from '../figures.ts';
import { lacks, reasonOf } from '../outcomes.ts';

/** Value in the symbol's sector after the entry, against the tighter of desk and mandate. Longs and shorts both count. */
export const exposure = defineCheck({
  id: 'exposure', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['limits.maxSectorExposure', 'mandate.maxSectorExposurePercent', 'instruments.sector', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate(snapshot, action) {
    if (!snapshot.mandate.known) return lacks("The account's mandate", reasonOf(snapshot.mandate));
    const sector = sectorOf(snapshot, action.symbol);
    return exposureLimit(snapshot, action, {
      subject: sector, limitPercent: Math.min(asPercent(snapshot.limits.maxSectorExposure), snapshot.mandate.value.maxSectorExposurePercent),
      measure: (exposures, added) => added + valueWhere(exposures, (held) => held.sector === sector || held.symbol === action.symbol),
    });
  },
});
