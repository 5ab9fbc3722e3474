import { defineCheck } from '../define.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';
import { orderOf, positionOf } from '../reduces-risk.ts';

/** What is to be cancelled or moved must be there. */
export const orderKnown = defineCheck({
  id: 'order_known', version: 1, appliesTo: ['cancel', 'modify'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['openOrders', 'positions'],
  evaluate(snapshot, action) {
    if (action.kind === 'modify' && action.positionId !== undefined) {
      if (!snapshot.positions.known) return lacks('What is held', reasonOf(snapshot.positions));
      const position = positionOf(snapshot, action.accountId, action.positionId);
      return position && position.quantity !== 0 ? passes(`The position in ${position.symbol} is open.`) : fails('There is no open position under this number.');
    }
    if (!snapshot.openOrders.known) return lacks('What is on order', reasonOf(snapshot.openOrders));
    const order = action.orderId === undefined ? undefined : orderOf(snapshot, action.accountId, action.orderId);
    return order ? passes(`The order in ${order.symbol} is open.`) : fails('There is no open order under this number: it has filled, or was cancelled.');
  },
});
