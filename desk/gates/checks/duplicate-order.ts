import { actionDigest } from '../../actions/digest.ts';
import { defineCheck } from '../define.ts';
import { fails, passes } from '../outcomes.ts';

const dead: readonly string[] = ['blocked', 'rejected', 'expired', 'failed'];
const underWay: readonly string[] = ['confirmed', 'cleared', 'executing', 'unknown'];

/**
 * The same order twice within the window is one order asked for twice. One whose fate is unknown stays in the way until it
 * is known, however old: sending it again could do it twice. A close-all only waits for one that is under way.
 */
export const duplicateOrder = defineCheck({
  id: 'duplicate_order', version: 1, appliesTo: ['enter', 'option_structure', 'exit', 'reduce', 'close_all', 'transfer_cash', 'deposit', 'withdrawal', 'funding_release'], structural: true, severity: 'BLOCK', whenMissing: 'BLOCK',
  reads: ['recentActions', 'limits.duplicateWindowSeconds'],
  evaluate({ recentActions, limits }, action) {
    if (recentActions.length === 0) return passes('Nothing like it was asked for lately.');
    const digest = actionDigest(action);
    const twin = recentActions.find(({ digest: other, state, secondsAgo }) => {
      if (other !== digest || dead.includes(state)) return false;
      if (state === 'unknown') return true;
      return secondsAgo < limits.duplicateWindowSeconds && (action.kind !== 'close_all' || underWay.includes(state));
    });
    if (!twin) return passes('Nothing like it was asked for lately.');
    if (twin.state === 'unknown') return fails('The same order was sent and its fate is not known yet; it is being looked up.');
    return fails(`The same was asked for ${Math.round(twin.secondsAgo)} seconds ago and is ${twin.state.replaceAll('_', ' ')}.`);
  },
});
