import { formatCounted, formatDay } from '../../format.ts';
import { dateIn, type Instant, msBetween, timeIn, type TradingDate } from '../../time.ts';
import { defineCheck } from '../define.ts';
import { quoteOf } from '../figures.ts';
import { atMost, fails, lacks, notApplicable } from '../outcomes.ts';

/** Clocks of feeds differ by a little; a quote from farther ahead than this is not from now. Seconds. */
const tolerance = 5;

/** Age of the oldest quote that the order depends on (each leg of a structure), on the market's clock. */
export const staleData = defineCheck({
  id: 'stale_data', version: 2, appliesTo: ['enter', 'exit', 'reduce', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'marketTime', 'session', 'limits.quoteMaxAgeSeconds'],
  evaluate(snapshot, action) {
    let oldest: { symbol: string; age: number } | null = null;
    let stored: { symbol: string; at: Instant } | null = null;
    for (const symbol of action.kind === 'option_structure' ? action.legs.map((leg) => leg.symbol) : [action.symbol]) {
      const quote = quoteOf(snapshot, symbol);
      if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
      const age = msBetween(quote.asOf, snapshot.marketTime) / 1000;
      if (!(age >= -tolerance)) return fails(`The price of ${symbol} carries a time after the market's own.`);
      if (quote.value.stands === false) return fails(`The newest price of ${symbol} is ${ofStored(quote.asOf, snapshot.marketDate)}, before the present session: nothing is traded on it.`);
      if (quote.value.stands === true) {
        if (stored === null || quote.asOf < stored.at) stored = { symbol, at: quote.asOf };
        continue;
      }
      if (oldest === null || age > oldest.age) oldest = { symbol, age: Math.max(0, age) };
    }
    const limit = snapshot.limits.quoteMaxAgeSeconds;
    if (oldest === null && stored !== null) {
      const measured = Math.max(0, msBetween(stored.at, snapshot.marketTime) / 1000);
      const old = measured > limit;
      return { kind: 'measured', measured, limit, unit: 's', passed: true, ...(old ? { severity: 'WARN' as const } : {}), message: `The price of ${stored.symbol} is ${ofStored(stored.at, snapshot.marketDate)}, ${old ? `${ageText(measured)} old: the newest that this replay has` : `${formatCounted(Math.round(measured), 'second')} old`}.` };
    }
    if (oldest === null) return notApplicable('Depends on no price.');
    const { symbol, age } = oldest;
    // Where orders wait for the open, the last close is the newest price there is: said, not refused.
    const waits = snapshot.session.known && !snapshot.session.value.open && snapshot.session.value.queuesForOpen === true;
    if (waits && age > limit) return { kind: 'measured', measured: age, limit, unit: 's', passed: true, severity: 'WARN', message: `The price of ${symbol} is that of the last close.` };
    return atMost({ measured: age, limit, unit: 's', message: `The price of ${symbol} is ${formatCounted(Math.round(age), 'second')} old; the limit is ${limit}.` });
  },
});

const zone = 'Asia/Kolkata';
const ofStored = (at: Instant, today: TradingDate): string => `that of ${formatDay(dateIn(at, zone), today)} ${timeIn(at, zone)}`;
const ageText = (seconds: number): string => (seconds < 90 * 60 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`);
