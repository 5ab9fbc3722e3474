import { defineCheck } from '../define.ts';
import { currencyOf, moneyPair } from '../figures.ts';
import { structureCash } from '../option-terms.ts';
import { atMost, lacks } from '../outcomes.ts';

/** Margin with premium and charges, never less than the largest loss, against cash that is free to use. */
export const margin = defineCheck({
  id: 'margin', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['balances.deployableMinor', 'estimatedChargesMinor', 'committed'], growsWithQuantity: true,
  evaluate(snapshot, action) {
    const cash = structureCash(snapshot, action);
    if (!cash.known) return lacks('What this ties up', cash.reason);
    const { balances } = snapshot;
    if (!balances.known) return lacks('The cash of the account', balances.reason);
    let measured = cash.value;
    for (const { valueMinor, exitQuantity } of snapshot.committed) if (exitQuantity === undefined) measured += valueMinor;
    const limit = balances.value.deployableMinor;
    const [measuredText, limitText] = moneyPair(snapshot, measured, limit);
    return atMost({ measured, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message: `Ties up ${measuredText} with margin, premium and charges; ${limitText} is free to use.` });
  },
});
