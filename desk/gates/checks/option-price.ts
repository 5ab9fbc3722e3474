import { formatPercentPair, formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, marketPrice, percentAway, quoteOf } from '../figures.ts';
import { atMost, lacks, notApplicable } from '../outcomes.ts';

/** Each leg's limit against its own market, the way that costs: paying over the offer, selling under the bid. A leg is never priced by its underlying. */
export const optionPrice = defineCheck({
  id: 'option_price', version: 1, appliesTo: ['option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'limits.fatFingerPercent'],
  evaluate(snapshot, { legs }) {
    let worst: { symbol: string; limitPrice: number; market: number; away: number } | null = null;
    for (const { symbol, side, limitPrice } of legs) {
      const quote = quoteOf(snapshot, symbol);
      if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
      const market = marketPrice(quote.value, side);
      const costs = side === 'BUY' ? Number(limitPrice) > market : Number(limitPrice) < market;
      const away = costs ? percentAway(limitPrice, market) : 0;
      if (worst === null || away > worst.away) worst = { symbol, limitPrice: Number(limitPrice), market, away };
    }
    if (worst === null) return notApplicable('No legs.');
    const limit = snapshot.limits.fatFingerPercent;
    const [measuredText, limitText] = formatPercentPair(worst.away, limit);
    const currency = currencyOf(snapshot);
    return atMost({ measured: worst.away, limit, unit: '%', message: `The limit ${formatPrice(worst.limitPrice, currency)} of ${worst.symbol} is ${measuredText} worse than its market at ${formatPrice(worst.market, currency)}; ${limitText} is allowed.` });
  },
});
