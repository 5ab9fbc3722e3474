import { formatPercentPair } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { quoteOf } from '../figures.ts';
import { openingLegs } from '../option-payoff.ts';
import { atMost, fails, lacks, notApplicable } from '../outcomes.ts';

/** Widest spread of a leg, in percent of its middle; one of three ticks always passes. */
const widestPercent = 10;
const ticksThatPass = 3;
const tick = 0.05;

/** Each leg that is opened is quoted on both sides, and not so wide that the price is a guess. */
export const optionLiquidity = defineCheck({
  id: 'option_liquidity', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote'],
  evaluate(snapshot, action) {
    let worst: { symbol: string; percent: number } | null = null;
    for (const { symbol } of openingLegs(action)) {
      const quote = quoteOf(snapshot, symbol);
      if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
      const { bid, ask } = quote.value;
      if (!(bid > 0) || !(ask >= bid)) return fails(`${symbol} is not quoted on both sides.`);
      const percent = ask - bid <= ticksThatPass * tick + 1e-9 ? 0 : (200 * (ask - bid)) / (ask + bid);
      if (worst === null || percent > worst.percent) worst = { symbol, percent };
    }
    if (worst === null) return notApplicable('It opens nothing.');
    const [measured, limit] = formatPercentPair(worst.percent, widestPercent);
    return atMost({ measured: worst.percent, limit: widestPercent, unit: '%', message: worst.percent === 0 ? 'Every leg is quoted within three ticks.' : `The spread of ${worst.symbol} is ${measured} of its price; ${limit} is allowed.` });
  },
});
