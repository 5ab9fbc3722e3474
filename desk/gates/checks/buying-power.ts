import { defineCheck } from '../define.ts';
import { chargesFor, entryValue } from '../entry-terms.ts';
import { costMinor, currencyOf, moneyPair } from '../figures.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';
import { orderOf } from '../reduces-risk.ts';
import type { Action } from '../../actions/types.ts';
import type { Minor } from '../../decimal.ts';
import type { Fact, GateSnapshot } from '../snapshot.ts';

const committedMinor = ({ committed }: GateSnapshot): Minor => committed.reduce((sum, { valueMinor, exitQuantity }) => sum + (exitQuantity === undefined ? valueMinor : 0), 0);

/** Cash that the action newly ties up; null when it ties up none. */
function need(snapshot: GateSnapshot, action: Action): Fact<Minor> | null {
  if (action.kind === 'enter') {
    const value = entryValue(snapshot, action);
    const charges = chargesFor(snapshot, action.quantity);
    if (!value.known) return { known: false, reason: `price: ${value.reason}` };
    return charges.known ? { ...charges, value: value.value + charges.value } : { known: false, reason: `charges: ${charges.reason}` };
  }
  if (action.kind !== 'modify' || action.orderId === undefined || action.limitPrice === undefined) return null;
  const order = orderOf(snapshot, action.accountId, action.orderId);
  if (order?.category !== 'ENTRY' || order.price === null) return null;
  const dearer = costMinor(action.limitPrice, order.remainingQuantity) - costMinor(order.price, order.remainingQuantity);
  return dearer > 0 ? { known: true, value: dearer, source: 'orders', asOf: snapshot.takenAt } : null;
}

/** In version 1 what is cleared was added to the need, although the free cash is net of it already: it counted twice. */
const buyingPowerCheck = (version: 1 | 2) => defineCheck({
  id: 'buying_power', version, appliesTo: ['enter', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['balances.deployableMinor', 'estimatedChargesMinor', ...(version === 1 ? ['committed'] as const : []), 'instruments.quote'],
  evaluate(snapshot, action) {
    const needed = need(snapshot, action);
    if (needed === null) return notApplicable('Ties up no cash.');
    if (!needed.known) return lacks('What this costs', needed.reason);
    const { balances } = snapshot;
    if (!balances.known) return lacks('The cash of the account', balances.reason);
    const committed = committedMinor(snapshot);
    const measured = needed.value + (version === 1 ? committed : 0);
    const limit = balances.value.deployableMinor;
    const [measuredText, limitText] = moneyPair(snapshot, measured, limit);
    const message = version === 1 ? `Needs ${measuredText} with charges${committed > 0 ? ' and what is cleared already' : ''}; ${limitText} is free to use.` : `Needs ${measuredText} with charges; ${limitText} is free to use${committed > 0 ? ' beside what is cleared already' : ''}.`;
    return atMost({ measured, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message });
  },
});

/** Value with charges against cash that is free to use: orders that wait, and what is cleared and not yet at the broker, are taken off it. */
export const buyingPower = buyingPowerCheck(2);
export const buyingPowerOnce = buyingPowerCheck(1);
