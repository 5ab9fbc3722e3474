import { type ListedContract, readContract } from '../../desk/options/contract-symbol.ts';
import type { TradingDate } from '../../desk/time.ts';
import { plusDays } from '../../desk/time.ts';
import { isSession, sessionsFrom } from './exchange-days.ts';
import { COMPANIES, INDEX_SYMBOL, indexRecord } from './universe.ts';

/** An underlying on which the simulated exchange lists options. */
export interface OptionClass {
  symbol: string;
  lotSize: number;
  /** Largest single order, in units of the underlying. */
  freezeQuantity: number;
  /** Weekly expiries beside the monthly ones. */
  weekly: boolean;
  /** Volatility that its implied one tends to far out, a year. */
  longRunVolatility: number;
  /** Open contracts at the money of the nearest expiry on an ordinary day. */
  interest: number;
}

const SHARES_WITH_OPTIONS = 10;
const LOT_VALUE_RUPEES = 600_000;
const INDEX_LOT = 75;
const MARKET_DAILY_PERCENT = 0.85;
const YEAR_SESSIONS = 252;

/** A lot is worth some six lakh rupees, in steps of 25 shares. */
const lotOf = (price: number): number => Math.max(25, Math.round(LOT_VALUE_RUPEES / price / 25) * 25);

/** The index, and the most traded shares. */
export const OPTION_CLASSES: ReadonlyMap<string, OptionClass> = new Map(
  [
    { symbol: INDEX_SYMBOL, lotSize: INDEX_LOT, freezeQuantity: 24 * INDEX_LOT, weekly: true, longRunVolatility: 0.14, interest: 90_000 },
    ...[...COMPANIES]
      .sort((a, b) => b.turnoverCrore - a.turnoverCrore)
      .slice(0, SHARES_WITH_OPTIONS)
      .map(({ symbol, basePrice, beta, ownVolatilityPercent, turnoverCrore }) => ({
        symbol,
        lotSize: lotOf(basePrice),
        freezeQuantity: 40 * lotOf(basePrice),
        weekly: false,
        longRunVolatility: (Math.hypot(beta * MARKET_DAILY_PERCENT, ownVolatilityPercent) / 100) * Math.sqrt(YEAR_SESSIONS),
        interest: 4 * turnoverCrore,
      })),
  ].map((each) => [each.symbol, each]),
);

const TUESDAY = 2;
const WEEKLY_EXPIRIES = 4;
const MONTHLY_EXPIRIES = 3;

const weekdayOf = (date: TradingDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();
/** The Tuesday, or the session before it when that is a holiday. */
const expiryOf = (tuesday: TradingDate): TradingDate => (isSession(tuesday) ? tuesday : sessionsFrom(tuesday, -1));

/** Listed expiries on a day, nearest first: for weekly classes the next four Tuesdays, for all the last Tuesday of three months. */
export function expiriesOn({ weekly }: OptionClass, date: TradingDate): TradingDate[] {
  const found = new Set<TradingDate>();
  let weeks = 0;
  let months = 0;
  let tuesday = plusDays(date, (TUESDAY - weekdayOf(date) + 7) % 7);
  // A Tuesday's expiry that a holiday moved may lie before today.
  for (; weeks < WEEKLY_EXPIRIES || months < MONTHLY_EXPIRIES; tuesday = plusDays(tuesday, 7)) {
    const expiry = expiryOf(tuesday);
    if (expiry < date) continue;
    const last = plusDays(tuesday, 7).slice(5, 7) !== tuesday.slice(5, 7);
    if (weekly && weeks < WEEKLY_EXPIRIES) {
      found.add(expiry);
      weeks += 1;
    }
    if (last && months < MONTHLY_EXPIRIES) {
      found.add(expiry);
      months += 1;
    }
    if (!weekly) weeks = WEEKLY_EXPIRIES;
  }
  return [...found].sort();
}

const STEPS = [0.5, 1, 2.5, 5, 10, 20, 50, 100, 200, 500];
/** Distance of strikes: about a fifth of a percent of an index, one percent of a share; twice as far apart more than three weeks out. */
export function strikeStep(price: number, { weekly }: OptionClass, days: number): number {
  const wanted = price * (weekly ? 0.002 : 0.01);
  const step = STEPS.reduce((best, each) => (Math.abs(Math.log(each / wanted)) < Math.abs(Math.log(best / wanted)) ? each : best));
  return days > 21 ? step * 2 : step;
}

/** How the simulated exchange trades a contract; null for anything that is none of its. */
export function listedContract(symbol: string): ListedContract | null {
  const option = OPTION_CLASSES.get(readContract(symbol)?.underlying ?? '');
  return option ? { exchange: 'NSE', lotSize: option.lotSize, tickSize: indexRecord.tickSize, freezeQuantity: option.freezeQuantity, settles: option.weekly ? 'CASH' : 'PHYSICAL' } : null;
}
