import { defineCheck } from '../define.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';

/** `*` in the mandate stands for every strategy. */
export const strategyAllowed = defineCheck({
  id: 'strategy_allowed', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['mandate.allowedStrategies'],
  evaluate({ mandate }, action) {
    if (!mandate.known) return lacks("The account's mandate", reasonOf(mandate));
    const strategy = action.kind === 'enter' ? action.strategy : action.structure;
    const { allowedStrategies } = mandate.value;
    // A structure that a person draws up is an order by hand, as a typed order is.
    const byHand = action.kind === 'option_structure' && allowedStrategies.includes('manual');
    if (byHand || allowedStrategies.includes(strategy) || allowedStrategies.includes('*')) return passes(`The mandate allows ${strategy}.`);
    return fails(`The mandate allows ${allowedStrategies.join(', ')}, not ${strategy}.`);
  },
});
