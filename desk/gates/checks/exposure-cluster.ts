import { defineCheck } from '../define.ts';
import { valueWhere } from '../exposure-book.ts';
import { exposureLimit } from '../exposure-limit.ts';
import { lacks } from '../outcomes.ts';

/** Value in the symbols that move with this one. Too little history to tell is said, and does not stop an entry. */
export const exposureCluster = defineCheck({
  id: 'exposure_cluster', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', growsWithQuantity: true,
  reads: ['correlatedWith', 'limits.maxClusterPercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate(snapshot, action) {
    const { correlatedWith } = snapshot;
    if (!correlatedWith.known) return lacks(`What moves with ${action.symbol}`, correlatedWith.reason);
    const cluster = new Set([...correlatedWith.value, action.symbol]);
    return exposureLimit(snapshot, action, {
      subject: cluster.size === 1 ? action.symbol : `${action.symbol} with the ${cluster.size - 1} that move with it`, limitPercent: snapshot.limits.maxClusterPercent,
      measure: (exposures, added) => added + valueWhere(exposures, ({ symbol }) => cluster.has(symbol)),
    });
  },
});
