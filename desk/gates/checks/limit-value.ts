import { limitProblem, limitSetting } from '../limit-settings.ts';
import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** A limit that means nothing would be worse than none. */
export const limitValue = defineCheck({
  id: 'limit_value', version: 1, appliesTo: ['limit_change'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: [],
  evaluate(_snapshot, { setting, value }) {
    const problem = limitProblem(setting, value);
    return problem === null ? passes(`The ${limitSetting(setting)?.words ?? setting} can be that.`) : fails(problem);
  },
});
