import type { Decimal, Minor } from '../decimal.ts';
import { type Currency, formatMoneyPair, formatPercentPair } from '../format.ts';
import type { Fact, GateSnapshot, InstrumentFacts, QuoteFact } from './snapshot.ts';

/**
 * Prices are exact decimals with at most four places, so in ten-thousandths they are integers and products are exact.
 * What a limit measures is rounded up, what it allows is rounded down: rounding never lets anything through.
 */
const SCALE = 10_000;
export const tenThousandths = (price: Decimal | number): number => Math.round(Number(price) * SCALE);
/** Is this a price that the arithmetic here holds exactly, with at most four decimals? */
export const isExact = (price: Decimal | number): boolean => /^\d+(\.\d{1,4})?$/.test(String(price));
/** |price| × |quantity| in minor units, rounded up. */
export const costMinor = (price: Decimal | number, quantity: number): Minor => Math.ceil((Math.abs(tenThousandths(price)) * Math.abs(quantity)) / 100);

/** Share of `whole` in percent; Infinity when there is no whole, so that no limit holds. */
export const percentOf = (part: Minor, whole: Minor): number => (whole > 0 ? (part * 100) / whole : Infinity);
/** Distance of a price from a reference in percent of it, either way: one division of integers, so a bound is met exactly. */
export const percentAway = (price: Decimal | number, reference: number): number =>
  (Math.abs(tenThousandths(price) - tenThousandths(reference)) * 100) / tenThousandths(reference);
/** A configured ratio (0.3) as a percentage (30), without the noise of binary fractions. */
export const asPercent = (ratio: number): number => Math.round(ratio * 1e6) / 1e4;
/** `percent` of `whole`, rounded down. */
export const shareOf = (whole: Minor, percent: number): Minor => Math.floor((whole * Math.round(percent * 1e6)) / 1e8);

export const currencyOf = (snapshot: GateSnapshot): Currency => (snapshot.account.known ? snapshot.account.value.baseCurrency : 'INR');
export const instrumentOf = (snapshot: GateSnapshot, symbol: string): InstrumentFacts | undefined =>
  (Object.hasOwn(snapshot.instruments, symbol) ? snapshot.instruments[symbol] : undefined);

const isPrice = (value: number | undefined): boolean => value !== undefined && Number.isFinite(value) && value > 0;
/** A quote with a last price above zero; what is not a price counts as missing. */
export function quoteOf(snapshot: GateSnapshot, symbol: string): Fact<QuoteFact> {
  const quote = instrumentOf(snapshot, symbol)?.quote;
  if (quote === undefined) return { known: false, reason: `${symbol} is not among the instruments that were read` };
  if (quote.known && !isPrice(quote.value.last)) return { known: false, reason: `the source gave ${String(quote.value.last)} as its last price` };
  return quote;
}

/** The worst price that an order at the market can meet with what is on the screen: the offer for a buy, the bid for a sale. */
export const marketPrice = (quote: QuoteFact, side: 'BUY' | 'SELL'): number =>
  side === 'BUY' ? Math.max(quote.last, isPrice(quote.ask) ? quote.ask : quote.last) : Math.min(quote.last, isPrice(quote.bid) ? quote.bid : quote.last);

/** "₹838 of ₹850", "46 % of 30 %": the pair that a limit compares, told apart. */
export const moneyPair = (snapshot: GateSnapshot, measured: Minor, limit: Minor): [string, string] => formatMoneyPair(measured, limit, currencyOf(snapshot));
export const percentPair = formatPercentPair;
