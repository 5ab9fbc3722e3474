import { msBetween } from '../../time.ts';
import { defineCheck } from '../define.ts';
import { quoteOf } from '../figures.ts';
import { atMost, fails, lacks } from '../outcomes.ts';

/** Clocks of feeds differ by a little; a quote from farther ahead than this is not from now. Seconds. */
const tolerance = 5;

/** Age of the quote on the market's clock. */
export const staleData = defineCheck({
  id: 'stale_data', version: 1, appliesTo: ['enter', 'exit', 'reduce'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'marketTime', 'session', 'limits.quoteMaxAgeSeconds'],
  evaluate(snapshot, { symbol }) {
    const quote = quoteOf(snapshot, symbol);
    if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
    const age = msBetween(quote.asOf, snapshot.marketTime) / 1000;
    const limit = snapshot.limits.quoteMaxAgeSeconds;
    if (!(age >= -tolerance)) return fails(`The price of ${symbol} carries a time after the market's own.`);
    const old = `The price of ${symbol} is ${Math.max(0, Math.round(age))} seconds old; the limit is ${limit}.`;
    // Where orders wait for the open, the last close is the newest price there is: said, not refused.
    const waits = snapshot.session.known && !snapshot.session.value.open && snapshot.session.value.queuesForOpen === true;
    if (waits && age > limit) return { kind: 'measured', measured: Math.max(0, age), limit, unit: 's', passed: true, severity: 'WARN', message: `The price of ${symbol} is that of the last close.` };
    return atMost({ measured: Math.max(0, age), limit, unit: 's', message: old });
  },
});
