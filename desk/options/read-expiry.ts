import type { Instant, TradingDate } from '../time.ts';
import type { ChainStrike, ExpiryChain, OptionQuote } from './chain.ts';
import { impliedVolatilityMany } from './implied-volatility.ts';
import { type ParityForward, type QuotedPair, parityForward } from './parity-forward.ts';
import { priceMany } from './price-many.ts';
import { type MarkedQuote, type QuoteMark, markQuote } from './quote-marks.ts';
import type { Smile } from './smile.ts';
import { type OptionType, optionColumns, setRow } from './terms.ts';

/** An option of a chain with what its quote implies; nulls where the quote is marked or there is no forward. Greeks for the forward. */
export interface ReadOption {
  type: OptionType;
  strike: number;
  quote: OptionQuote | null;
  marks: QuoteMark[];
  middle: number | null;
  impliedVolatility: number | null;
  greeks: { delta: number; gamma: number; vega: number; thetaPerDay: number; rho: number } | null;
}
export interface ReadStrike { strike: number; call: ReadOption; put: ReadOption }

export interface ReadExpiry {
  expiry: TradingDate;
  timeYears: number;
  forward: ParityForward;
  strikes: ReadStrike[];
  smile: Smile | null;
  /** Volatility at the forward, calls and puts taken together; null without a forward or strikes on both sides of it. */
  atmVolatility: number | null;
  /** How many of the options carry each mark. */
  marked: Partial<Record<QuoteMark, number>>;
}

export interface ReadSettings { asOf: Instant; rate: number; staleAfterMs: number; pricedFrom?: 'QUOTES' | 'CLOSES' }
const CALENDAR_DAYS = 365;

/** Marks the quotes, finds the forward, and implies volatility and greeks from it. */
export function readExpiry(chain: ExpiryChain, settings: ReadSettings): ReadExpiry {
  const rules = { ...settings, wrongCycle: chain.wrongCycle === true };
  const quotes = chain.strikes.flatMap(({ call, put }) => [markQuote(call, rules), markQuote(put, rules)]);
  const { expiry, timeYears } = chain;
  const forward = parityForward({ pairs: pairsOf(chain.strikes, quotes), rate: settings.rate, timeYears });
  const strikes = chain.strikes.map(({ strike, call, put }, i): ReadStrike => ({
    strike, call: unpriced('call', strike, call, quotes[2 * i]!), put: unpriced('put', strike, put, quotes[2 * i + 1]!),
  }));
  if (forward.found && timeYears > 0) imply(strikes, { forward: forward.forward, timeYears, rate: settings.rate });
  const marked: ReadExpiry['marked'] = {};
  for (const { call, put } of strikes) for (const mark of [...call.marks, ...put.marks]) marked[mark] = (marked[mark] ?? 0) + 1;
  return {
    expiry, timeYears, forward, strikes, marked,
    smile: forward.found ? smileOf(strikes, forward.forward, timeYears) : null,
    atmVolatility: forward.found ? volatilityAtForward(strikes, forward.forward) : null,
  };
}

const unpriced = (type: OptionType, strike: number, quote: OptionQuote | null, { middle, marks }: MarkedQuote): ReadOption =>
  ({ type, strike, quote, marks, middle, impliedVolatility: null, greeks: null });

function pairsOf(strikes: readonly ChainStrike[], quotes: readonly MarkedQuote[]): QuotedPair[] {
  return strikes.flatMap(({ strike }, i): QuotedPair[] => {
    const [call, put] = [quotes[2 * i]!, quotes[2 * i + 1]!];
    if (call.middle === null || put.middle === null) return [];
    return [{ strike, call: call.middle, put: put.middle, callSpread: call.spread!, putSpread: put.spread! }];
  });
}

function imply(strikes: readonly ReadStrike[], { forward, timeYears, rate }: { forward: number; timeYears: number; rate: number }): void {
  const options = strikes.flatMap(({ call, put }) => [call, put]).filter(({ middle }) => middle !== null);
  const columns = optionColumns('black76', options.length);
  options.forEach(({ type, strike }, row) => { setRow(columns, row, { type, underlying: forward, strike, timeYears, rate }); });
  const { volatility } = impliedVolatilityMany(columns, Float64Array.from(options, ({ middle }) => middle!));
  const values = priceMany({ ...columns, volatility });
  options.forEach((option, row) => {
    if (Number.isNaN(volatility[row])) {
      option.marks.push('OUT_OF_BOUNDS');
      return;
    }
    option.impliedVolatility = volatility[row]!;
    option.greeks = {
      delta: values.delta[row]!, gamma: values.gamma[row]!, vega: values.vega[row]!, thetaPerDay: values.thetaPerYear[row]! / CALENDAR_DAYS, rho: values.rho[row]!,
    };
  });
}

/** Out of the money a price is mostly time value, and is quoted most closely. */
function smileOf(strikes: readonly ReadStrike[], forward: number, timeYears: number): Smile | null {
  const points = strikes.flatMap(({ strike, call, put }) => {
    const volatility = (strike >= forward ? call : put).impliedVolatility;
    return volatility === null ? [] : [{ strike, volatility }];
  });
  return points.length === 0 ? null : { forward, timeYears, points };
}

function volatilityAtForward(strikes: readonly ReadStrike[], forward: number): number | null {
  const both = strikes.flatMap(({ strike, call, put }) =>
    call.impliedVolatility === null || put.impliedVolatility === null ? [] : [{ strike, volatility: 0.5 * (call.impliedVolatility + put.impliedVolatility) }]);
  const above = both.findIndex(({ strike }) => strike >= forward);
  const high = both[above];
  if (high === undefined) return null;
  if (high.strike === forward) return high.volatility;
  const low = both[above - 1];
  if (low === undefined) return null;
  return low.volatility + ((high.volatility - low.volatility) * Math.log(forward / low.strike)) / Math.log(high.strike / low.strike);
}
