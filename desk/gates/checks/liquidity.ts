import { formatCount, formatCounted, formatPercent } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { asPercent, instrumentOf } from '../figures.ts';
import { atMost, lacks, reasonOf } from '../outcomes.ts';

/** Shares on order in the symbol, this entry included, against the part of 20-session average volume that the desk may be. */
export const liquidity = defineCheck({
  id: 'liquidity', version: 2, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.averageDailyVolume20', 'openOrders', 'limits.advMaxRatio'], growsWithQuantity: true,
  evaluate(snapshot, { symbol, quantity, accountId }) {
    const volume = instrumentOf(snapshot, symbol)?.averageDailyVolume20;
    if (!volume?.known || !(volume.value >= 0)) return lacks(`The average volume of ${symbol}`, reasonOf(volume));
    if (!snapshot.openOrders.known) return lacks('What is on order', reasonOf(snapshot.openOrders));
    let waiting = 0;
    for (const order of snapshot.openOrders.value) if (order.symbol === symbol && order.accountId === accountId && order.category === 'ENTRY') waiting += order.remainingQuantity;
    const measured = quantity + waiting;
    const limit = Math.floor((volume.value * asPercent(snapshot.limits.advMaxRatio)) / 100);
    const onOrder = waiting > 0 ? ` with ${formatCount(waiting)} on order already` : '';
    return atMost({ measured, limit, unit: 'shares', message: `${formatCounted(measured, 'share')}${onOrder}; ${formatCount(limit)} are ${formatPercent(asPercent(snapshot.limits.advMaxRatio))} of the 20-day average volume.` });
  },
});
