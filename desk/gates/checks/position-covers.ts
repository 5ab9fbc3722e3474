import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { atMost, fails, lacks, reasonOf } from '../outcomes.ts';
import { positionOf, unclaimedQuantity } from '../reduces-risk.ts';

/** An exit takes away what is there and not already leaving: never more, which would open the other side. */
export const positionCovers = defineCheck({
  id: 'position_covers', version: 1, appliesTo: ['exit', 'reduce'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['positions', 'openOrders', 'committed'],
  evaluate(snapshot, action) {
    if (!snapshot.positions.known) return lacks('What is held', reasonOf(snapshot.positions));
    if (!snapshot.openOrders.known) return lacks('What is on order', reasonOf(snapshot.openOrders));
    const position = positionOf(snapshot, action.accountId, action.positionId);
    if (!position || position.quantity === 0) return fails(`There is no open position in ${action.symbol} under this number.`);
    if (position.symbol !== action.symbol) return fails(`That position is in ${position.symbol}, not ${action.symbol}.`);
    const left = unclaimedQuantity(snapshot, position);
    const held = Math.abs(position.quantity);
    if (left === 0) return fails(`All ${formatCount(held)} ${action.symbol} are leaving already; move that order's price instead.`);
    const quantity = action.kind === 'exit' ? left : action.quantity;
    const claimed = left < held ? `, ${formatCount(held - left)} of them leaving already` : '';
    return atMost({ measured: quantity, limit: left, unit: 'shares', message: `Takes ${formatCount(quantity)} of ${formatCount(held)} ${action.symbol} held${claimed}.` });
  },
  nearestPass(snapshot, action) {
    const position = positionOf(snapshot, action.accountId, action.positionId);
    const left = position && position.symbol === action.symbol ? unclaimedQuantity(snapshot, position) : 0;
    return left > 0 ? { change: 'quantity', quantity: left } : null;
  },
});
