import { defineCheck } from '../define.ts';
import { fails, lacks, notApplicable, passes, reasonOf } from '../outcomes.ts';
import { closingFault } from '../reduces-risk.ts';

/** What is to be closed is held: a closing leg never opens the other side. */
export const optionClosing = defineCheck({
  id: 'option_closing', version: 1, appliesTo: ['option_structure'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['positions', 'openOrders', 'committed'],
  evaluate(snapshot, action) {
    if (!action.legs.some(({ effect }) => effect === 'CLOSE')) return notApplicable('It closes nothing.');
    if (!snapshot.positions.known) return lacks('What is held', reasonOf(snapshot.positions));
    const fault = closingFault(snapshot, action);
    return fault === null ? passes('All that it closes is held.') : fails(`It cannot close: ${fault}.`);
  },
});
