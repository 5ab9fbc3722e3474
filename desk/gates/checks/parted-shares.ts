import { askedBy, isAsCredited, planCredit } from '../../execution/parted-shares.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';

/** The shares of a parted company are credited where it can be right, once, and exactly as it was shown. */
export const partedShares = defineCheck({
  id: 'parted_shares', version: 1, appliesTo: ['parted_shares'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['partedShares'],
  evaluate({ partedShares: facts }, action) {
    if (!facts?.known) return lacks('What was held over the demerger', reasonOf(facts));
    const plan = planCredit(facts.value, askedBy(action));
    if ('refused' in plan) return fails(`It cannot be credited: ${plan.refused}.`);
    return isAsCredited(action, plan) ? passes('What was held and published gives exactly this.') : fails(`What is held or published of ${action.symbol} is not what this was drawn up from; ask for it again.`);
  },
  nearestPass: (_snapshot, { symbol, into, newShares, oldShares }) => ({ change: 'command', say: into === null ? `no shares come of the ${symbol} demerger` : `work in the ${symbol} demerger ${newShares}:${oldShares} ${into}` }),
});
