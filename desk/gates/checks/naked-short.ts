import { formatCount } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { uncovered } from '../option-payoff.ts';
import { sharesHeld } from '../option-terms.ts';
import { atMost, notApplicable } from '../outcomes.ts';
import { uncoveredByLeaving } from '../reduces-risk.ts';

/** No option is sold without a long one of its kind that lives as long, or the shares for a call; nor is such cover sold while it is needed. */
export const nakedShort = defineCheck({
  id: 'naked_short', version: 1, appliesTo: ['option_structure', 'exit', 'reduce'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['positions'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    if (action.kind !== 'option_structure') {
      const left = uncoveredByLeaving(snapshot, action);
      return left === null ? notApplicable(`${action.symbol} is no option.`) : atMost({ measured: left, limit: 0, unit: 'contracts', message: left > 0 ? `${formatCount(left)} that are sold would be left without cover; close the structure instead.` : 'Nothing that is sold loses its cover.' });
    }
    const naked = uncovered(action, sharesHeld(snapshot, action));
    return atMost({ measured: naked, limit: 0, unit: 'contracts', message: naked > 0 ? `${formatCount(naked)} would be sold without cover.` : 'Every option sold is covered.' });
  },
});
