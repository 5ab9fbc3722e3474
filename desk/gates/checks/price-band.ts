import { type Decimal, roundToTick } from '../../decimal.ts';
import { formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { currencyOf, instrumentOf, quoteOf } from '../figures.ts';
import { fails, lacks, passes, reasonOf } from '../outcomes.ts';
import type { GateSnapshot } from '../snapshot.ts';

/** The price the order is at: its limit, or the last price when it goes at the market. */
const orderPrice = (snapshot: GateSnapshot, { symbol, limitPrice }: { symbol: string; limitPrice?: Decimal | undefined }): number | null => {
  if (limitPrice !== undefined) return Number(limitPrice);
  const quote = quoteOf(snapshot, symbol);
  return quote.known ? quote.value.last : null;
};

/** The exchange refuses prices outside the day's band. */
export const priceBand = defineCheck({
  id: 'price_band', version: 1, appliesTo: ['enter', 'exit', 'reduce'], structural: false, severity: 'BLOCK', whenMissing: 'WARN', reads: ['instruments.priceBand', 'instruments.quote'],
  evaluate(snapshot, action) {
    const band = instrumentOf(snapshot, action.symbol)?.priceBand;
    if (!band?.known) return lacks(`Today's price band of ${action.symbol}`, reasonOf(band));
    const price = orderPrice(snapshot, action);
    if (price === null) return lacks(`The price of ${action.symbol}`, 'no quote');
    const { low, high } = band.value;
    const currency = currencyOf(snapshot);
    const inside = price >= low && price <= high;
    const words = `${formatPrice(price, currency)} against today's band of ${formatPrice(low, currency)} to ${formatPrice(high, currency)}`;
    return inside ? passes(`Inside the band: ${words}.`) : fails(`Outside the band: ${words}.`);
  },
  nearestPass(snapshot, action) {
    const instrument = instrumentOf(snapshot, action.symbol);
    if (!instrument?.priceBand.known || action.limitPrice === undefined) return null;
    const { low, high } = instrument.priceBand.value;
    const tooLow = Number(action.limitPrice) < low;
    return { change: 'price', price: roundToTick(tooLow ? low : high, Number(instrument.tickSize), tooLow ? 'up' : 'down') };
  },
});
