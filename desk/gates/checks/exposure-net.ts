import { defineCheck } from '../define.ts';
import { exposureLimit } from '../exposure-limit.ts';
import { notApplicable } from '../outcomes.ts';

/**
 * Longs less shorts, in the direction that the entry pushes: a purchase is measured against net long, a short sale against
 * net short, so that an entry never fails for what it makes better. Entries on the other side that may not fill don't help.
 * What is cleared does not say its side, so it counts whichever way the entry pushes; version 1 took it for long, and two
 * short sales at once could go beyond the limit together.
 */
const exposureNetCheck = (version: 1 | 2) => defineCheck({
  id: 'exposure_net', version, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['limits.maxNetPercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate(snapshot, action) {
    const limitPercent = snapshot.limits.maxNetPercent;
    if (limitPercent === undefined) return notApplicable('No net limit is set.');
    const direction = action.side === 'BUY' ? 1 : -1;
    return exposureLimit(snapshot, action, {
      subject: direction > 0 ? 'Net long exposure' : 'Net short exposure', limitPercent,
      measure(exposures, added) {
        let net = added;
        for (const { netMinor, valueMinor, held } of exposures) {
          const pushed = netMinor === null ? (version === 2 || direction > 0 ? valueMinor : 0) : netMinor * direction;
          if (held || pushed > 0) net += pushed;
        }
        return Math.max(0, net);
      },
    });
  },
});

export const exposureNet = exposureNetCheck(2);
export const exposureNetOnce = exposureNetCheck(1);
