import { formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, quoteOf } from '../figures.ts';
import { fails, lacks, notApplicable, passes } from '../outcomes.ts';

/** "Only if it holds 3850": the entry waits until the price is there, and is told to. */
export const entryCondition = defineCheck({
  id: 'entry_condition', version: 1, appliesTo: ['enter'], structural: false, severity: 'WARN', whenMissing: 'WARN', reads: ['instruments.quote'],
  evaluate(snapshot, { onlyIf, symbol }) {
    if (onlyIf === undefined) return notApplicable('Sent without a condition.');
    const quote = quoteOf(snapshot, symbol);
    if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
    const above = onlyIf.comparison === 'ABOVE';
    const holds = above ? quote.value.last > Number(onlyIf.price) : quote.value.last < Number(onlyIf.price);
    const words = `${symbol} is at ${formatPrice(quote.value.last, currencyOf(snapshot))}, to be ${above ? 'above' : 'below'} ${formatPrice(onlyIf.price, currencyOf(snapshot))}`;
    return holds ? passes(`${words}.`) : fails(`${words}: the entry waits.`);
  },
});
