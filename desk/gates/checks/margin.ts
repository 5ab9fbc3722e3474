import { defineCheck } from '../define.ts';
import { currencyOf, moneyPair } from '../figures.ts';
import { structureCash } from '../option-terms.ts';
import { atMost, lacks } from '../outcomes.ts';

/** In version 1 what is cleared was added to the need, although the free cash is net of it already: it counted twice. */
const marginCheck = (version: 1 | 2) => defineCheck({
  id: 'margin', version, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['balances.deployableMinor', 'estimatedChargesMinor', ...(version === 1 ? ['committed'] as const : [])],
  evaluate(snapshot, action) {
    const cash = structureCash(snapshot, action);
    if (!cash.known) return lacks('What this ties up', cash.reason);
    const { balances } = snapshot;
    if (!balances.known) return lacks('The cash of the account', balances.reason);
    let measured = cash.value;
    if (version === 1) for (const { valueMinor, exitQuantity } of snapshot.committed) if (exitQuantity === undefined) measured += valueMinor;
    const limit = balances.value.deployableMinor;
    const [measuredText, limitText] = moneyPair(snapshot, measured, limit);
    return atMost({ measured, limit, unit: currencyOf(snapshot) === 'INR' ? 'paise' : 'cents', message: `Ties up ${measuredText} with margin, premium and charges; ${limitText} is free to use.` });
  },
});

/** Margin with premium and charges, never less than the largest loss, against cash that is free to use, which is net of what is cleared already. */
export const margin = marginCheck(2);
export const marginOnce = marginCheck(1);
