import { formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** An account ends, or starts over, when nothing of it is left in the market. */
export const nothingOpen = defineCheck({
  id: 'nothing_open', version: 1, appliesTo: ['account_close', 'account_reset'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['positions', 'openOrders', 'committed'],
  evaluate({ positions, openOrders, committed }, { accountId }) {
    if (!positions.known) return lacks('What is held', positions.reason);
    if (!openOrders.known) return lacks('What is on order', openOrders.reason);
    const held = positions.value.filter((position) => position.accountId === accountId && position.quantity !== 0).length;
    const waiting = openOrders.value.filter((order) => order.accountId === accountId).length + committed.length;
    return held + waiting === 0 ? passes('Nothing is open.') : fails(`${formatCounted(held, 'position')} and ${formatCounted(waiting, 'order')} are open; close them first.`);
  },
  nearestPass: () => ({ change: 'command', say: 'flatten' }),
});
