import { defineCheck } from '../define.ts';
import { currencyOf, moneyPair } from '../figures.ts';
import { atMost, lacks } from '../outcomes.ts';

/** Money that leaves an account must be free there. */
export const cashAvailable = defineCheck({
  id: 'cash_available', version: 1, appliesTo: ['transfer_cash', 'withdrawal'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['balances.deployableMinor'],
  evaluate(snapshot, { amountMinor }) {
    const { balances } = snapshot;
    if (!balances.known) return lacks('The cash of the account', balances.reason);
    const limit = balances.value.deployableMinor;
    const [measuredText, limitText] = moneyPair(snapshot, amountMinor, limit);
    return atMost({ measured: amountMinor, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message: `Takes ${measuredText}; ${limitText} is free to use.` });
  },
});
