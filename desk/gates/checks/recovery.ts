import { defineCheck } from '../define.ts';
import { fails, notApplicable, passes } from '../outcomes.ts';
import { recoveryFrom } from '../recovery.ts';

/** A circuit breaker opens again only when the account has recovered; what a person halted, a person resumes. */
export const recovery = defineCheck({
  id: 'recovery', version: 1, appliesTo: ['resume', 'kill_switch_reset'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['switches', 'recovery'],
  evaluate({ switches, recovery: metrics }, action) {
    if (switches.killFile.state !== 'ABSENT') return fails('The kill file is still there; remove it first.');
    const scoped = switches.tripped.filter(({ type, scope }) => (action.accountId !== undefined || scope === 'desk') && (action.kind === 'resume' || type === action.switchType));
    if (scoped.length === 0) return notApplicable('No switch has tripped.');
    for (const trip of scoped) {
      const { recovered, sentence } = recoveryFrom(trip.type, metrics);
      if (!recovered) return fails(sentence);
    }
    return passes('The conditions for resuming are met.');
  },
  nearestPass: ({ switches }) => (switches.killFile.state === 'ABSENT' ? null : { change: 'command', say: 'remove the kill file' }),
});
