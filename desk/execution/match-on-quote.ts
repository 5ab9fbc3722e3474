import Big from 'big.js';
import { type Decimal, roundToTick } from '../decimal.ts';
import type { Quote } from '../market/types.ts';
import { readContract } from '../options/contract-symbol.ts';
import { type Match, type MatchingModel, type RestingOrder, takesAnyPrice, waitsForTrigger } from './matching-model.ts';
import { seededUnit } from './seeded-unit.ts';

type QuoteForMatching = Pick<Quote, 'symbol' | 'at' | 'last' | 'bid' | 'ask' | 'bidSize' | 'askSize' | 'spreadFrom'>;

/** A stop goes off on the last traded price, as at the exchange. */
const goesOff = (order: RestingOrder, last: number): boolean =>
  order.triggerPrice !== null && (order.side === 'SELL' ? new Big(last).lte(order.triggerPrice) : new Big(last).gte(order.triggerPrice));

const withinLimit = (order: RestingOrder, price: Decimal): boolean =>
  order.limitPrice !== null && (order.side === 'BUY' ? new Big(price).lte(order.limitPrice) : new Big(price).gte(order.limitPrice));

/**
 * Matches an order against the other side of a quote. The best level is what the quote shows; behind it the book is
 * modelled as `depthLevels − 1` levels of about the displayed size, each one spread (at least a tick) worse, so slippage
 * grows with the part of the displayed size that the order takes and a large order fills in part. A limit order takes
 * only levels at its limit or better. `taken`: shares that earlier orders took from the same side of this quote.
 */
export function matchOnQuote({
  order,
  quote,
  tickSize,
  model,
  taken = 0,
  lotSize = 1,
}: {
  order: RestingOrder;
  quote: QuoteForMatching;
  tickSize: Decimal;
  model: MatchingModel;
  taken?: number;
  /** What trades is a multiple of it. */
  lotSize?: number;
}): Match {
  const triggered = order.triggered || (waitsForTrigger(order) && goesOff(order, quote.last));
  const match: Match = { fills: [], triggered, spreadFrom: quote.spreadFrom };
  if (waitsForTrigger(order) && !triggered) return match;

  const buys = order.side === 'BUY';
  const best = buys ? quote.ask : quote.bid;
  const displayed = Math.floor(buys ? quote.askSize : quote.bidSize);
  // An option that nobody bids for any more is still offered, and can be bought back.
  const usable = (quote.bid > 0 || (buys && readContract(quote.symbol) !== null)) && quote.ask > 0 && quote.ask >= quote.bid;
  if (!usable) return match;

  const step = Math.max(quote.ask - quote.bid, Number(tickSize));
  let wanted = order.remaining;
  let alreadyTaken = taken;
  for (let level = 0; level < model.depthLevels && wanted > 0; level += 1) {
    const worse = buys ? best + level * step : best - level * step;
    if (worse <= 0) break;
    const price = roundToTick(worse, Number(tickSize), buys ? 'up' : 'down');
    if (Number(price) <= 0) break;
    if (!takesAnyPrice(order, triggered) && !withinLimit(order, price)) break;
    const jitter = level === 0 ? 0 : (2 * seededUnit(model.seed, quote.symbol, quote.at, order.side, level) - 1) * model.depthJitter;
    const size = Math.floor((displayed * (1 + jitter)) / lotSize) * lotSize;
    const left = Math.max(0, size - alreadyTaken);
    alreadyTaken = Math.max(0, alreadyTaken - size);
    const quantity = Math.min(wanted, left);
    if (quantity > 0) match.fills.push({ quantity, price });
    wanted -= quantity;
  }
  return match;
}
