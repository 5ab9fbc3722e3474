import { formatPercentPair } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { percentOf } from '../figures.ts';
import { atLeast, atMost, fails, lacks } from '../outcomes.ts';

/** Between accounts: a part of equity stays behind as cash, and no more than a part of it is lent. */
export const transferPolicy = defineCheck({
  id: 'transfer_policy', version: 1, appliesTo: ['transfer_cash'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['balances', 'limits.transferMinBufferPercent', 'limits.transferMaxLoanPercent'],
  evaluate({ balances, limits }, { amountMinor, accountId, toAccountId }) {
    if (accountId === toAccountId) return fails('Both ends of the transfer are the same account.');
    if (!balances.known) return lacks('The cash of the account', balances.reason);
    const { cashMinor, equityMinor } = balances.value;
    const mostLent = limits.transferMaxLoanPercent ?? 20;
    const lent = percentOf(amountMinor, equityMinor);
    const [lentText, mostText] = formatPercentPair(lent, mostLent);
    if (lent > mostLent) return atMost({ measured: lent, limit: mostLent, unit: '%', message: `Would lend ${lentText} of equity; the limit is ${mostText}.` });
    const leastLeft = limits.transferMinBufferPercent ?? 10;
    const left = percentOf(cashMinor - amountMinor, equityMinor);
    const [leftText, leastText] = formatPercentPair(left, leastLeft);
    return atLeast({ measured: left, limit: leastLeft, unit: '%', message: `Would leave ${leftText} of equity in cash; ${leastText} has to stay.` });
  },
});
