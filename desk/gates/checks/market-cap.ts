import { formatMoney } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, instrumentOf } from '../figures.ts';
import { atLeast, lacks, notApplicable, reasonOf } from '../outcomes.ts';

/** The mandate's least market capitalisation, in units of the account's currency. A mandate that asks for one is not met by a guess. */
export const marketCap = defineCheck({
  id: 'market_cap', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.marketCap', 'mandate.minMarketCap'],
  evaluate(snapshot, { symbol }) {
    if (!snapshot.mandate.known) return lacks("The account's mandate", reasonOf(snapshot.mandate));
    const limit = snapshot.mandate.value.minMarketCap;
    if (limit === null) return notApplicable('The mandate asks for no least market capitalisation.');
    const fact = instrumentOf(snapshot, symbol)?.marketCap;
    if (!fact?.known) return lacks(`The market capitalisation of ${symbol}`, reasonOf(fact));
    const currency = currencyOf(snapshot);
    return atLeast({ measured: fact.value, limit, unit: currency, message: `${symbol} is worth ${formatMoney(fact.value * 100, currency)}; the mandate asks for ${formatMoney(limit * 100, currency)}.` });
  },
});
