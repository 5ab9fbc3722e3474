import { formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** Changing the broker or starting over needs an account with nothing open; only paper starts over. */
export const accountFlat = defineCheck({
  id: 'account_flat', version: 2, appliesTo: ['account_mode', 'account_reset'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['account', 'positions', 'openOrders'],
  evaluate({ account, positions, openOrders }, { kind, accountId }) {
    if (!account.known) return lacks('The account', account.reason);
    if (kind === 'account_reset') return account.value.mode === 'paper' ? passes('A paper account may start over.') : fails('Only a paper account can start over.');
    if (!positions.known) return lacks('What is held', positions.reason);
    if (!openOrders.known) return lacks('What is on order', openOrders.reason);
    const held = positions.value.filter((position) => position.accountId === accountId && position.quantity !== 0).length;
    const waiting = openOrders.value.filter((order) => order.accountId === accountId).length;
    return held + waiting === 0 ? passes('Nothing is open.') : fails(`${formatCounted(held, 'position')} and ${formatCounted(waiting, 'order')} are open; close them first.`);
  },
  nearestPass: (_snapshot, { kind }) => (kind === 'account_mode' ? { change: 'command', say: 'close all' } : null),
});
