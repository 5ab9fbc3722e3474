import type { Exchange } from '../../desk/market/types.ts';

/** The smallest tick, and the session's turnover (in the exchange's currency) at which the spread is 20 basis points. */
const BOOK_MODEL: Record<Exchange, { tick: number; referenceTurnover: number }> = {
  NSE: { tick: 0.05, referenceTurnover: 1e8 },
  BSE: { tick: 0.05, referenceTurnover: 1e8 },
  US: { tick: 0.01, referenceTurnover: 1.2e6 },
};
const REFERENCE_BASIS_POINTS = 20;
const WIDEST_BASIS_POINTS = 200;
/** Size at the top of the book: this share of the session before, a quarter of an average minute. */
const SIZE_SHARE = 1 / 1500;

/**
 * A bid and offer where only bars are known: a function of price, tick and turnover. The relative spread falls with the square root
 * of the turnover of the session before (₹10 crore 20 basis points, ₹100 crore 6.3, ₹1,000 crore 2; at most 200), in whole ticks, at
 * least one. A model with round figures, not a measurement: every quote made with it says `bars`.
 */
export function modelledSpread({
  exchange,
  last,
  tickSize,
  previous,
}: {
  exchange: Exchange;
  last: number;
  tickSize: number | null;
  /** The session before: all that is known of turnover while this one runs. Null: the widest spread, one share. */
  previous: { close: number; volume: number } | null;
}): { bid: number; ask: number; bidSize: number; askSize: number } {
  const { tick: smallest, referenceTurnover } = BOOK_MODEL[exchange];
  const tick = tickSize ?? smallest;
  const turnover = previous ? previous.close * previous.volume : 0;
  const basisPoints =
    turnover > 0 ? Math.min(WIDEST_BASIS_POINTS, REFERENCE_BASIS_POINTS * Math.sqrt(referenceTurnover / turnover)) : WIDEST_BASIS_POINTS;
  const ticks = Math.max(1, Math.ceil((last * basisPoints) / 10_000 / tick - 1e-9));
  const below = Math.floor(ticks / 2);
  // Without the rounding, 100.1 less 0.05 would read 100.04999999999998.
  const price = (value: number): number => Math.max(tick, Math.round(value * 1e6) / 1e6);
  const size = Math.max(1, Math.round((previous?.volume ?? 0) * SIZE_SHARE));
  return { bid: Math.min(last, price(last - below * tick)), ask: price(last + (ticks - below) * tick), bidSize: size, askSize: size };
}
