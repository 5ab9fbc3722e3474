import { formatPercent } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';

/** Fewer say nothing. */
const enough = 5;
const lostPercentLimit = 60;

/** Warns when set-ups like this one have mostly lost. It never stops one. */
export const similarSetups = defineCheck({
  id: 'similar_setups', version: 1, appliesTo: ['enter'], structural: false, severity: 'WARN', whenMissing: 'NOT_APPLICABLE', reads: ['similarSetups'],
  evaluate({ similarSetups: similar }) {
    if (!similar.known) return lacks('How similar set-ups went', similar.reason);
    const { count, lost } = similar.value;
    if (count < enough) return notApplicable(`${count} similar set-ups are too few to say anything.`);
    const measured = (lost * 100) / count;
    return atMost({ measured, limit: lostPercentLimit, unit: '%', message: `${lost} of ${count} similar set-ups lost (${formatPercent(measured)}).` });
  },
});
