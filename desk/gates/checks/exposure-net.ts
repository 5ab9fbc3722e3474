import { defineCheck } from '../define.ts';
import { exposureLimit } from '../exposure-limit.ts';
import { notApplicable } from '../outcomes.ts';

/**
 * Longs less shorts, in the direction that the entry pushes: a purchase is measured against net long, a short sale against
 * net short, so that an entry never fails for what it makes better. Entries on the other side that may not fill don't help.
 */
export const exposureNet = defineCheck({
  id: 'exposure_net', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['limits.maxNetPercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate(snapshot, action) {
    const limitPercent = snapshot.limits.maxNetPercent;
    if (limitPercent === undefined) return notApplicable('No net limit is set.');
    const direction = action.side === 'BUY' ? 1 : -1;
    return exposureLimit(snapshot, action, {
      subject: direction > 0 ? 'Net long exposure' : 'Net short exposure', limitPercent,
      measure(exposures, added) {
        let net = added;
        for (const { netMinor, held } of exposures) if (held || netMinor * direction > 0) net += netMinor * direction;
        return Math.max(0, net);
      },
    });
  },
});
