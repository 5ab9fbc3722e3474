import { eligiblePeople } from '../../../db/stores/confirmations.ts';
import { killSwitches, writeLimit, writeSwitch } from '../../../db/stores/controls.ts';
import { liftHolds, placeHold, tradingHolds } from '../../../db/stores/trading-holds.ts';
import { limitSetting } from '../../../desk/gates/limit-settings.ts';
import { stateOnTrigger } from '../../../desk/gates/kill-switches.ts';
import { CannotChange, type Changes } from './define.ts';

const inScope = (accountId: string | undefined): string => (accountId ? 'in this account' : 'in any account');

/** Entries stop, go on, and by which rules. */
export const safetyChanges: Changes = {
  pause: async ({ tx, action, stored }) => {
    const own = (await tradingHolds(tx)).find((hold) => hold.accountId === (action.accountId ?? null) && hold.state === 'HALTED');
    // Kept beside a halt, so that the end of the halt does not lift the pause.
    await placeHold(tx, { accountId: action.accountId ?? null, cause: 'PAUSE', state: 'REDUCING', reason: action.reason ?? 'paused by a person', actionId: stored.id });
    return own ? `Halted already, which is stricter: ${own.reason}. The pause is kept as well.` : `Paused: no new entries ${inScope(action.accountId)}. Stops and exits keep working.`;
  },
  resume: async ({ tx, action, stored }) => {
    await liftHolds(tx, { accountId: action.accountId ?? null, cause: 'all', actionId: stored.id });
    return `Resumed: new entries are possible ${action.accountId ? 'in this account' : 'again'}.`;
  },
  kill_switch_trip: async ({ tx, action, stored }) => {
    const accountId = action.accountId ?? null;
    const rule = (await killSwitches(tx)).find((each) => each.accountId === accountId && each.switchType === action.switchType);
    // What a person trips by hand halts; a switch of the desk does what its rule says.
    const state = stored.proposer.kind === 'desk' && rule ? stateOnTrigger(rule.onTrigger) : 'HALTED';
    await placeHold(tx, {
      accountId, cause: action.switchType, state, reason: action.reason, actionId: stored.id, measured: action.measured ?? null, threshold: action.threshold ?? null,
      resetMinutes: stored.proposer.kind === 'desk' ? (rule?.autoResetMinutes ?? null) : null,
    });
    const where = accountId === null ? 'the whole desk' : 'this account';
    if (state === 'ACTIVE') return `${action.switchType} has tripped in ${where}: ${action.reason} It is set to tell and not to stop.`;
    return state === 'HALTED' ? `Halted ${where}: ${action.reason}. Open entries are cancelled; exits still work.` : `No new entries in ${where}: ${action.reason}. Exits still work.`;
  },
  kill_switch_reset: async ({ tx, action, stored }) => {
    const { lifted, state, reason } = await liftHolds(tx, { accountId: action.accountId ?? null, cause: action.switchType, actionId: stored.id });
    if (lifted.length === 0) return `${action.switchType} had not tripped.`;
    return state === 'ACTIVE' ? `${action.switchType} is reset; new entries are possible ${action.accountId ? 'in this account' : 'again'}.` : `${action.switchType} is reset. Still no new entries: ${reason ?? 'another hold is there'}.`;
  },
  kill_switch_set: async ({ tx, action, stored }) => {
    const { kind: _kind, accountId, ...rule } = action;
    await writeSwitch(tx, { ...rule, accountId: accountId ?? null, actionId: stored.id });
    return rule.active ? `${rule.switchType} now trips at ${rule.threshold}${rule.thresholdType === 'PERCENTAGE' ? ' %' : ''}.` : `${rule.switchType} is switched off.`;
  },
  limit_change: async ({ tx, action, stored }) => {
    if (action.setting === 'fourEyesAmount' && (await eligiblePeople(tx, action.accountId ?? null)).length < 2) throw new CannotChange('Two people would have to say yes and only one may confirm; give somebody else the right first.');
    await writeLimit(tx, { accountId: action.accountId ?? null, setting: action.setting, value: action.value, actionId: stored.id });
    return `Changed: ${limitSetting(action.setting)?.words ?? action.setting} is ${action.value} now.`;
  },
};
