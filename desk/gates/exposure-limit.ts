import type { ActionOf } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import type { Outcome } from './define.ts';
import { entryValue } from './entry-terms.ts';
import { type Exposure, exposureBook } from './exposure-book.ts';
import { percentOf, percentPair } from './figures.ts';
import { atMost, lacks, reasonOf } from './outcomes.ts';
import type { GateSnapshot } from './snapshot.ts';

/**
 * The shape of every exposure limit: what is there and what would come, in percent of equity. `measure` sums what
 * belongs to the limit; `subject` begins the sentence: "Energy would be 46 % of equity; the limit is 30 %."
 */
export function exposureLimit(snapshot: GateSnapshot, action: ActionOf<'enter'>, rule: {
  limitPercent: number; subject: string;
  measure(exposures: readonly Exposure[], addedMinor: Minor): Minor;
}): Outcome {
  const { balances } = snapshot;
  if (!balances.known) return lacks("The account's equity", reasonOf(balances));
  const value = entryValue(snapshot, action);
  if (!value.known) return lacks(`The price of ${action.symbol}`, value.reason);
  const book = exposureBook(snapshot, action.accountId);
  if (!book.known) return lacks(book.what, book.reason);
  const measured = percentOf(rule.measure(book.exposures, value.value), balances.value.equityMinor);
  const [measuredText, limitText] = percentPair(measured, rule.limitPercent);
  return atMost({ measured, limit: rule.limitPercent, unit: '%', message: `${rule.subject} would be ${measuredText} of equity; the limit is ${limitText}.` });
}
