import { timedResets } from '../../actions/policy.ts';
import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

/** A switch must be able to trip, and only stale data and order rate come back by themselves. */
export const switchRule = defineCheck({
  id: 'switch_rule', version: 1, appliesTo: ['kill_switch_set'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: [],
  evaluate(_snapshot, { switchType, threshold, thresholdType, autoResetMinutes, accountId }) {
    if (switchType === 'MANUAL') return fails('The manual switch measures nothing; it is tripped by hand.');
    if (!(threshold > 0)) return fails(`A threshold is above zero, not ${threshold}: at ${threshold} it would trip at once.`);
    if (thresholdType === 'PERCENTAGE' && threshold > 1000) return fails(`A threshold of ${threshold} % would never be reached.`);
    if (thresholdType === 'PERCENTAGE' && (switchType === 'MAX_DRAWDOWN' || switchType === 'MAX_DAILY_LOSS') && threshold > 100) return fails(`No account loses more than 100 %, so ${threshold} % would never be reached.`);
    if (switchType === 'LOSS_STREAK' && thresholdType === 'PERCENTAGE') return fails('Losses in a row are counted, so the threshold is a number of trades.');
    if (autoResetMinutes !== null && !(timedResets as readonly string[]).includes(switchType)) return fails(`${switchType} does not reset itself: after it a person resumes.`);
    if (accountId !== undefined && (switchType === 'STALE_DATA' || switchType === 'ORDER_RATE' || switchType === 'ERROR_RATE')) return fails(`${switchType} is about the whole desk, not one account.`);
    return passes('The switch can trip, and be reset.');
  },
});
