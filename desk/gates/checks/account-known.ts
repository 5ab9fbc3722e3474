import { actionKinds } from '../../actions/policy.ts';
import { accountOf } from '../../actions/types.ts';
import { defineCheck } from '../define.ts';
import { fails, lacks, notApplicable, passes } from '../outcomes.ts';

/** The snapshot must be that of the account which the action names. */
export const accountKnown = defineCheck({
  id: 'account_known', version: 1, appliesTo: actionKinds, structural: true, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['account'],
  evaluate({ account }, action) {
    const named = accountOf(action);
    if (named === undefined) return notApplicable('Concerns no single account.');
    if (!account.known) return lacks('The account', account.reason);
    return account.value.accountId === named ? passes(`Account ${account.value.name}.`) : fails('The facts that were read belong to another account.');
  },
});
