import type { SymbolName } from '../market/types.ts';
import type { Instant, TradingDate } from '../time.ts';

/** One option's quote. Null: the source does not say; a 0 is what the source printed. */
export interface OptionQuote {
  bid: number | null; ask: number | null;
  last: number | null;
  /** When the quote was made, where the source says. */
  at: Instant | null;
  volume: number | null;
  /** In one unit throughout a chain: contracts, or shares where the source counts these. */
  openInterest: number | null;
  openInterestChange: number | null;
  /** At the best bid and ask, in units of the underlying; absent or null: the source does not say. */
  bidSize?: number | null; askSize?: number | null;
  /** The close of the session before, where the source says. */
  previousClose?: number | null;
}

/** `call` or `put` is null where the exchange lists none or the source left it out. */
export interface ChainStrike { strike: number; call: OptionQuote | null; put: OptionQuote | null }

/** One expiry, strikes ascending. `timeYears` by the day count of whoever stored the chain. */
export interface ExpiryChain {
  expiry: TradingDate; timeYears: number; strikes: readonly ChainStrike[];
  /** The exchange can have no such expiry; nothing of it is priced. */
  wrongCycle?: boolean;
}

/** An underlying's options at a moment. */
export interface OptionChain {
  underlying: SymbolName;
  asOf: Instant;
  /** The cash price, where known. Nothing is priced off it: see `parity-forward.ts`. */
  spot: number | null;
  /** Continuously compounded, a year, as a fraction. */
  rate: number;
  /** `CLOSES`: closing prices stand for bids and offers, of what traded that day. Absent: quotes. */
  pricedFrom?: 'QUOTES' | 'CLOSES';
  /** Nearest first. */
  expiries: readonly ExpiryChain[];
}
