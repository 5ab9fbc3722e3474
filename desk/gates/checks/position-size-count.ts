import { formatCounted } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { exposureBook } from '../exposure-book.ts';
import { atMost, lacks, reasonOf } from '../outcomes.ts';

/** Symbols held, on order or cleared for sending, this one included. Adding to one that is there costs no place. */
export const positionSizeCount = defineCheck({
  id: 'position_size_count', version: 2, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['mandate.maxPositions', 'positions', 'openOrders', 'committed'],
  evaluate(snapshot, action) {
    if (!snapshot.mandate.known) return lacks("The account's mandate", reasonOf(snapshot.mandate));
    const book = exposureBook(snapshot, action.accountId);
    if (!book.known) return lacks(book.what, book.reason);
    const symbols = new Set(book.exposures.map(({ symbol }) => symbol));
    symbols.add(action.kind === 'enter' ? action.symbol : action.underlying);
    const limit = snapshot.mandate.value.maxPositions;
    return atMost({ measured: symbols.size, limit, unit: 'positions', message: `There would be ${formatCounted(symbols.size, 'position')}; the mandate allows ${limit}.` });
  },
  nearestPass: () => ({ change: 'command', say: 'exit a position first' }),
});
