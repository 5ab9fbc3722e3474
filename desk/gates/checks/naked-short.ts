import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { uncovered } from '../option-payoff.ts';
import { sharesHeld } from '../option-terms.ts';
import { atMost } from '../outcomes.ts';

/** No option is sold without a long one of its kind that lives as long, or the shares for a call. */
export const nakedShort = defineCheck({
  id: 'naked_short', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['positions'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    const naked = uncovered(action, sharesHeld(snapshot, action));
    return atMost({ measured: naked, limit: 0, unit: 'contracts', message: naked > 0 ? `${formatCount(naked)} would be sold without cover.` : 'Every option sold is covered.' });
  },
});
