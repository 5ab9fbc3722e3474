import type { Exchange, SymbolName } from '../market/types.ts';
import { type Instant, type TradingDate, at, dateIn, msBetween } from '../time.ts';
import { type ChainAnalysis, analyseChain } from './analyse-chain.ts';
import type { ChainStrike, OptionChain, OptionQuote } from './chain.ts';
import type { QuoteMark } from './quote-marks.ts';
import type { OptionType } from './terms.ts';

/**
 * A chain as its source told it, before anything is made of it. `CLOSES`: an end-of-day file has no bids and offers, so the closing
 * prices of what traded that day stand for them. Open interest and volume are in contracts or in units of the underlying.
 */
export interface ChainSnapshot {
  underlying: SymbolName;
  exchange: Exchange;
  asOf: Instant;
  spot: number | null;
  /** The underlying's close of the session before, where the source says. */
  spotPreviousClose?: number | null;
  pricedFrom: 'QUOTES' | 'CLOSES';
  openInterestUnit: 'CONTRACTS' | 'SHARES';
  /** Nearest first. `lotSize` is null where the source does not say. */
  expiries: readonly { expiry: TradingDate; lotSize: number | null; strikes: readonly ChainStrike[] }[];
}

/** One contract of a chain with what its price implied by the forward that was found then. Greeks as in `ReadOption`. */
export interface PricedContract {
  expiry: TradingDate;
  strike: number;
  type: OptionType;
  lotSize: number | null;
  quote: OptionQuote;
  marks: QuoteMark[];
  impliedVolatility: number | null;
  delta: number | null;
  gamma: number | null;
  thetaPerDay: number | null;
  vega: number | null;
  forward: number | null;
}

const YEAR_MS = 365 * 86_400_000;
/** A quote with a time of its own that is older than this when the chain was taken is not priced. */
export const staleAfterMs = 15 * 60_000;
const ZONES = { NSE: 'Asia/Kolkata', BSE: 'Asia/Kolkata', US: 'America/New_York' } as const;
/** When the contracts of an exchange end on their day. */
const EXPIRES_AT = { NSE: '15:30', BSE: '15:30', US: '16:00' } as const;
/** Yields of a 91-day bill at the start of each year, rounded to half a point; the forward comes from parity, so little hangs on it. */
const RATES = {
  INR: [
    ['2019', 0.065],
    ['2020', 0.05],
    ['2021', 0.035],
    ['2022', 0.035],
    ['2023', 0.065],
    ['2024', 0.07],
    ['2025', 0.065],
    ['2026', 0.055],
  ],
  USD: [
    ['2019', 0.025],
    ['2020', 0.015],
    ['2021', 0],
    ['2022', 0],
    ['2023', 0.045],
    ['2024', 0.055],
    ['2025', 0.045],
    ['2026', 0.035],
  ],
} as const;

export const expiryMoment = (exchange: Exchange, expiry: TradingDate): Instant => at(expiry, EXPIRES_AT[exchange], ZONES[exchange]);
/** Calendar time (365 days) to an expiry; 0 once it has passed. */
export const yearsUntil = ({ exchange, expiry, from }: { exchange: Exchange; expiry: TradingDate; from: Instant }): number =>
  Math.max(0, msBetween(from, expiryMoment(exchange, expiry))) / YEAR_MS;

/** The yearly rate that is assumed on a day, continuously compounded. */
export function assumedRate(exchange: Exchange, on: Instant): number {
  const table = RATES[exchange === 'US' ? 'USD' : 'INR'];
  let rate: number = table[0][1];
  for (const [year, value] of table) if (on >= year) rate = value;
  return rate;
}

/** A contract cannot end before the day it is quoted on, nor on a weekend. */
const wrongCycle = ({ exchange, asOf }: ChainSnapshot, expiry: TradingDate): boolean =>
  expiry < dateIn(asOf, ZONES[exchange]) || [0, 6].includes(new Date(`${expiry}T00:00:00Z`).getUTCDay());

/** The chain that the snapshot describes, ready to be analysed. */
export function chainOf(snapshot: ChainSnapshot): OptionChain {
  const { underlying, exchange, asOf, spot, pricedFrom } = snapshot;
  return {
    underlying,
    asOf,
    spot,
    rate: assumedRate(exchange, asOf),
    pricedFrom,
    expiries: snapshot.expiries.map(({ expiry, strikes }) => ({
      expiry,
      strikes,
      timeYears: yearsUntil({ exchange, expiry, from: asOf }),
      wrongCycle: wrongCycle(snapshot, expiry),
    })),
  };
}

export function analyseSnapshot(snapshot: ChainSnapshot): ChainAnalysis {
  const lot = snapshot.expiries.find(({ lotSize }) => lotSize !== null)?.lotSize ?? 1;
  return analyseChain(chainOf(snapshot), {
    staleAfterMs,
    openInterestMultiplier: snapshot.openInterestUnit === 'SHARES' ? 1 : lot,
  });
}

/** Every contract that the source told of, with its mark or its volatility and greeks. */
export function pricedContracts(snapshot: ChainSnapshot, analysis: ChainAnalysis = analyseSnapshot(snapshot)): PricedContract[] {
  return analysis.expiries.flatMap(({ expiry, forward, strikes }, i) =>
    strikes.flatMap(({ call, put }) =>
      [call, put].flatMap((option): PricedContract[] =>
        option.quote === null
          ? []
          : [
              {
                expiry,
                strike: option.strike,
                type: option.type,
                lotSize: snapshot.expiries[i]?.lotSize ?? null,
                quote: option.quote,
                marks: option.marks,
                impliedVolatility: option.impliedVolatility,
                delta: option.greeks?.delta ?? null,
                gamma: option.greeks?.gamma ?? null,
                thetaPerDay: option.greeks?.thetaPerDay ?? null,
                vega: option.greeks?.vega ?? null,
                forward: forward.found ? forward.forward : null,
              },
            ],
      ),
    ),
  );
}

const MONTH_YEARS = 30 / 365;
/** Volatility at the forward of the expiry nearest to thirty days away, by which days are compared; null where no expiry has one. */
export function comparableVolatility({ expiries }: ChainAnalysis): number | null {
  const known = expiries.filter(({ atmVolatility, timeYears }) => atmVolatility !== null && timeYears > 0);
  known.sort((a, b) => Math.abs(a.timeYears - MONTH_YEARS) - Math.abs(b.timeYears - MONTH_YEARS));
  return known[0]?.atmVolatility ?? null;
}
