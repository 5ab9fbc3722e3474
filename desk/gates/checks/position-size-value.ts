import { defineCheck } from '../define.ts';
import { entryValue } from '../entry-terms.ts';
import { valueWhere, exposureBook } from '../exposure-book.ts';
import { percentOf, percentPair } from '../figures.ts';
import { atMost, lacks, reasonOf } from '../outcomes.ts';

/** Value in one symbol after the entry, in percent of equity, against the mandate's cap for a position. */
export const positionSizeValue = defineCheck({
  id: 'position_size_value', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', growsWithQuantity: true,
  reads: ['mandate.maxPositionPercent', 'balances.equityMinor', 'positions', 'openOrders', 'committed', 'instruments.quote'],
  evaluate(snapshot, action) {
    const { mandate, balances } = snapshot;
    if (!mandate.known) return lacks("The account's mandate", reasonOf(mandate));
    if (!balances.known) return lacks("The account's equity", reasonOf(balances));
    const value = entryValue(snapshot, action);
    if (!value.known) return lacks(`The price of ${action.symbol}`, value.reason);
    const book = exposureBook(snapshot, action.accountId);
    if (!book.known) return lacks(book.what, book.reason);
    const measured = percentOf(value.value + valueWhere(book.exposures, ({ symbol }) => symbol === action.symbol), balances.value.equityMinor);
    const limit = mandate.value.maxPositionPercent;
    const [measuredText, limitText] = percentPair(measured, limit);
    return atMost({ measured, limit, unit: '%', message: `The position in ${action.symbol} would be ${measuredText} of equity; the mandate's limit is ${limitText}.` });
  },
});
