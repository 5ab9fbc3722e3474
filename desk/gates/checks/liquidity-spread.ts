import { formatPercentPair } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { quoteOf } from '../figures.ts';
import { fails, lacks } from '../outcomes.ts';

/** Offer less bid, against their middle. A spread that was modelled from bars passes with a caveat. */
export const liquiditySpread = defineCheck({
  id: 'liquidity_spread', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'limits.maxSpreadPercent'],
  evaluate(snapshot, { symbol }) {
    const quote = quoteOf(snapshot, symbol);
    if (!quote.known) return lacks(`The price of ${symbol}`, quote.reason);
    const { bid, ask, spreadFrom } = quote.value;
    if (!(bid > 0) || !(ask > 0)) return fails(`Nobody ${bid > 0 ? 'offers' : 'bids for'} ${symbol} now.`);
    if (ask < bid) return fails(`The quote of ${symbol} is crossed: bid above offer.`);
    const measured = ((ask - bid) * 200) / (ask + bid);
    const limit = snapshot.limits.maxSpreadPercent;
    const [measuredText, limitText] = formatPercentPair(measured, limit);
    const modelled = spreadFrom === 'bars';
    const passed = measured <= limit;
    return {
      kind: 'measured', measured, limit, unit: '%', passed, ...(passed && modelled ? { severity: 'WARN' as const } : {}),
      message: `The spread is ${measuredText}${modelled ? ', modelled from bars' : ''}; the limit is ${limitText}.`,
    };
  },
});
