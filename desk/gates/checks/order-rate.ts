import { formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { atMost, lacks } from '../outcomes.ts';
import { deskOrdersPerSecond } from '../rules/order-rate.ts';

/** Orders of the last second and minute with those that this sends at once. A busy desk never holds up an exit. */
export const orderRate = defineCheck({
  id: 'order_rate', version: 2, appliesTo: ['enter', 'option_structure', 'exit', 'reduce', 'cancel', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['orderRate', 'limits.ordersPerSecond', 'limits.ordersPerMinute'],
  evaluate({ orderRate: rate, limits }, action) {
    if (!rate.known) return lacks('How many orders went out lately', rate.reason);
    const sends = action.kind === 'option_structure' ? action.legs.length : 1;
    const perSecond = Math.min(limits.ordersPerSecond, deskOrdersPerSecond);
    const second = rate.value.lastSecond + sends;
    const minute = rate.value.lastMinute + sends;
    if (second > perSecond) return atMost({ measured: second, limit: perSecond, unit: 'orders/s', message: `${formatCounted(second, 'order')} within a second; the limit is ${perSecond}.` });
    return atMost({ measured: minute, limit: limits.ordersPerMinute, unit: 'orders/min', message: `${formatCounted(minute, 'order')} within a minute; the limit is ${limits.ordersPerMinute}.` });
  },
});
