import { actionKinds, policyFor } from '../../actions/policy.ts';
import { accountOf } from '../../actions/types.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, passes } from '../outcomes.ts';

/** Whoever it is done for must hold the role, and on an account the right: to propose at first, to confirm at the press. */
export const rights = defineCheck({
  id: 'rights', version: 2, appliesTo: actionKinds, structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['person', 'phase'],
  evaluate({ person, phase = 'propose', account }, action) {
    if (!person.known) return lacks('Who asks', person.reason);
    const { role, canView, canPropose, canConfirm } = person.value;
    const who = role === 'owner' ? 'An owner' : `A ${role}`;
    if (!policyFor(action.kind).roles.includes(role)) return fails(`${who} cannot ${phase === 'propose' ? 'propose' : 'confirm'} this.`);
    if (accountOf(action) === undefined) return passes(`${who} may do this.`);
    const name = account.known ? account.value.name : 'this account';
    if (!canView) return fails('You have no rights on this account.');
    if (phase === 'propose') return canPropose ? passes(`You may propose on ${name}.`) : fails(`You can see ${name} but not propose on it.`);
    // An explicit command is its own confirmation, so whoever may give it may also carry it through.
    const sufficient = canConfirm || (canPropose && policyFor(action.kind).confirms === 'explicit_command');
    return sufficient ? passes(`You may confirm on ${name}.`) : fails(`You can see ${name} but not confirm on it.`);
  },
});
