import { isAsPlanned, planLateAdjustment } from '../../execution/late-adjustment.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';

/** A split, bonus, consolidation or dividend that came late is worked in where it can be right, once, and exactly as it was shown. */
export const lateAdjustment = defineCheck({
  id: 'late_adjustment', version: 1, appliesTo: ['holding_adjustment'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['lateAdjustment'],
  evaluate({ lateAdjustment: facts }, action) {
    if (!facts?.known) return lacks('What is held and published', reasonOf(facts));
    const plan = planLateAdjustment(facts.value, action);
    if ('refused' in plan) return fails(`It cannot be worked in: ${plan.refused}.`);
    return isAsPlanned(action, plan) ? passes('What is held, published and on order gives exactly this.') : fails(`What is held or published of ${action.symbol} is not what this was drawn up from; ask for it again.`);
  },
  nearestPass: (_snapshot, { symbol }) => ({ change: 'command', say: `work in ${symbol}` }),
});
