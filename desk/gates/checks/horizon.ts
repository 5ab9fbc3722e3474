import { formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { lacks, reasonOf } from '../outcomes.ts';

/** Holding period within the mandate's, in days. */
export const horizon = defineCheck({
  id: 'horizon', version: 2, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['mandate.horizonMinDays', 'mandate.horizonMaxDays'],
  evaluate({ mandate }, { horizonDays }) {
    if (!mandate.known) return lacks("The account's mandate", reasonOf(mandate));
    const { horizonMinDays, horizonMaxDays } = mandate.value;
    const limit = horizonDays < horizonMinDays ? horizonMinDays : horizonMaxDays;
    const passed = horizonDays >= horizonMinDays && horizonDays <= horizonMaxDays;
    return { kind: 'measured', measured: horizonDays, limit, unit: 'days', passed, message: `The horizon is ${formatCounted(horizonDays, 'day')}; the mandate has ${horizonMinDays} to ${horizonMaxDays}.` };
  },
});
