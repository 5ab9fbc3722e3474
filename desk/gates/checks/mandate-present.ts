import { defineCheck } from '../define.ts';
import { lacks, passes } from '../outcomes.ts';

export const mandatePresent = defineCheck({
  id: 'mandate_present', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['mandate'],
  evaluate: ({ mandate }) => (mandate.known ? passes(`Mandate version ${mandate.value.version}.`) : lacks("The account's mandate", mandate.reason)),
  nearestPass: () => ({ change: 'command', say: 'set up my mandate' }),
});
