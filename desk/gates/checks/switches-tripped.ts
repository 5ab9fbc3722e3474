import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** A switch may only alert. What has tripped without pausing is told all the same. */
export const switchesTripped = defineCheck({
  id: 'switches_tripped', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'WARN', whenMissing: 'WARN', reads: ['switches.tripped'],
  evaluate({ switches: { tripped } }) {
    if (tripped.length === 0) return passes('No switch has tripped.');
    return fails(`Tripped: ${tripped.map(({ type, scope, value }) => `${type} (${scope}${value === null ? '' : `, at ${value}`})`).join(', ')}.`);
  },
});
