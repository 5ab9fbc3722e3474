import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** A mandate that contradicts itself would block everything later, so it is refused now. */
export const mandateConsistent = defineCheck({
  id: 'mandate_consistent', version: 1, appliesTo: ['mandate_change'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: [],
  evaluate(_snapshot, { terms }) {
    if (terms.horizonMinDays > terms.horizonMaxDays) return fails(`The shortest horizon (${terms.horizonMinDays} days) is longer than the longest (${terms.horizonMaxDays}).`);
    if (terms.maxPositionPercent > terms.maxSectorExposurePercent) return fails(`One position may be ${terms.maxPositionPercent} % but its sector only ${terms.maxSectorExposurePercent} %.`, 'WARN');
    return passes('The terms agree with one another.');
  },
});
