import { formatCount, formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { atMost, fails, lacks, notApplicable } from '../outcomes.ts';
import { strategyRule } from '../rules/strategy-regimes.ts';

/** Event-driven entries need an event that is still news: 24 hours, or what the playbook says. */
export const catalystFreshness = defineCheck({
  id: 'catalyst_freshness', version: 2, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['catalyst', 'marketTime', 'limits.catalystFreshnessHours'],
  evaluate({ catalyst, marketTime, limits }, { strategy, eventId }) {
    if (strategyRule(strategy)?.eventDriven !== true && eventId === undefined) return notApplicable('Not driven by an event.');
    if (catalyst === null) return fails(`The strategy ${strategy} needs an event, and none is named.`);
    if (!catalyst.known) return lacks('The event behind it', catalyst.reason);
    const { ageHours, staleHours, knownAt, eventId: found } = catalyst.value;
    if (eventId !== undefined && found !== eventId) return fails('The event that was read is not the one that is named.');
    if (knownAt > marketTime || !(ageHours >= 0)) return fails('The event lies after the market time.');
    const limit = staleHours ?? limits.catalystFreshnessHours;
    const tenths = (value: number): number => Math.round(value * 10) / 10;
    return atMost({ measured: ageHours, limit, unit: 'h', message: `The event is ${formatCounted(tenths(ageHours), 'hour')} old; it counts for ${formatCount(tenths(limit))}.` });
  },
});
