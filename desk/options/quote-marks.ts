import { type Instant, msBetween } from '../time.ts';
import type { OptionQuote } from './chain.ts';

/**
 * What keeps a quote from being priced: bid above ask; a bid of nothing under an ask; an ask missing over a bid; neither; older than
 * allowed; not traded on the day whose closing price it would be; of an expiry that cannot be; or (known only once there is a forward) a
 * middle that no volatility gives.
 */
export type QuoteMark = 'CROSSED' | 'ZERO_BID' | 'ONE_SIDED' | 'NO_QUOTE' | 'STALE' | 'NOT_TRADED' | 'WRONG_CYCLE' | 'OUT_OF_BOUNDS';

/** The middle of a sound quote, or why there is none. */
export interface MarkedQuote { middle: number | null; spread: number | null; marks: QuoteMark[] }

/** How closely a closing price is taken to have been quoted, as a share of it. */
const CLOSE_SPREAD = 0.01;
interface MarkSettings { asOf: Instant; staleAfterMs: number; pricedFrom?: 'QUOTES' | 'CLOSES'; wrongCycle?: boolean }

export function markQuote(quote: OptionQuote | null, { asOf, staleAfterMs, pricedFrom, wrongCycle }: MarkSettings): MarkedQuote {
  if (quote === null) return { middle: null, spread: null, marks: ['NO_QUOTE'] };
  if (wrongCycle === true) return { middle: null, spread: null, marks: ['WRONG_CYCLE'] };
  if (pricedFrom === 'CLOSES') {
    if (quote.last === null || !(quote.last > 0) || !(quote.volume !== null && quote.volume > 0)) return { middle: null, spread: null, marks: ['NOT_TRADED'] };
    return { middle: quote.last, spread: CLOSE_SPREAD * quote.last, marks: [] };
  }
  const bid = quote.bid !== null && quote.bid > 0 ? quote.bid : null;
  const ask = quote.ask !== null && quote.ask > 0 ? quote.ask : null;
  const marks: QuoteMark[] = [];
  if (bid === null) marks.push(ask === null ? 'NO_QUOTE' : 'ZERO_BID');
  else if (ask === null) marks.push('ONE_SIDED');
  else if (bid > ask) marks.push('CROSSED');
  if (quote.at !== null && msBetween(quote.at, asOf) > staleAfterMs) marks.push('STALE');
  if (marks.length > 0 || bid === null || ask === null) return { middle: null, spread: null, marks };
  return { middle: 0.5 * (bid + ask), spread: ask - bid, marks };
}
