import type { ChainStrike, OptionQuote } from '../../desk/options/chain.ts';
import { type Contract, readContract } from '../../desk/options/contract-symbol.ts';
import { priceOption } from '../../desk/options/price.ts';
import { type ChainSnapshot, assumedRate, yearsUntil } from '../../desk/options/stored-chain.ts';
import type { Quote } from '../../desk/market/types.ts';
import { type Instant, type TradingDate, epochMs, instant, msBetween } from '../../desk/time.ts';
import { closeMs } from './exchange-days.ts';
import { OPTION_CLASSES, type OptionClass, expiriesOn, strikeStep } from './option-terms.ts';
import { randomStream, textKey, unitHash } from './random.ts';

const TICK = 0.05;
const YEAR_SESSIONS = 252;
/** A day has its night, which the session's own deviation leaves out; and what is sold costs more than what comes. */
const PREMIUM_OVER_SESSION = 1.25;
const DAILY_WOBBLE = 0.05;
const REVERSION_YEARS = 0.2;
const YIELDS = { index: 0.012, share: 0.008 };
const STRIKES_EACH_SIDE = { index: 40, share: 15 };
const FARTHEST_DEVIATIONS = 4;
const LEAST_VOLATILITY = 0.06;
/** Keys of values drawn for one contract. */
const [INTEREST, LAST, BID_SIZE, ASK_SIZE, TURNOVER] = [1, 2, 3, 4, 5];

/** What the surface of a session hangs on: the world's seed, the day, and how far prices move in it. */
export interface SurfaceDay {
  seed: number;
  day: number;
  date: TradingDate;
  openMs: number;
  closeMs: number;
  /** Log deviation from open to close. */
  sigma: number;
  /** Yesterday's close, around which strikes are listed. */
  previousClose: number;
}

/** Implied volatility at the forward of the near end of the term structure on a day. */
export function levelOf(option: OptionClass, { seed, day, sigma }: Pick<SurfaceDay, 'seed' | 'day' | 'sigma'>): number {
  const wobble = Math.exp(DAILY_WOBBLE * randomStream(seed, 'implied', option.symbol, day).normal());
  return Math.max(LEAST_VOLATILITY, sigma * Math.sqrt(YEAR_SESSIONS) * PREMIUM_OVER_SESSION * wobble);
}

/** At the forward of an expiry: the variance runs from the day's towards the long run's. */
export function forwardVolatility(option: OptionClass, level: number, timeYears: number): number {
  const share = timeYears === 0 ? 1 : (REVERSION_YEARS / timeYears) * (1 - Math.exp(-timeYears / REVERSION_YEARS));
  const longRun = Math.max(LEAST_VOLATILITY, option.longRunVolatility) ** 2;
  return Math.sqrt(longRun + (level ** 2 - longRun) * share);
}

/** The smile over deviations from the forward: downside costs more, wings curve up, flat beyond four deviations. */
function volatilityAtStrike({ weekly }: OptionClass, atForward: number, { forward, strike, timeYears }: { forward: number; strike: number; timeYears: number }): number {
  const deviation = atForward * Math.sqrt(Math.max(timeYears, 1e-4));
  const z = Math.min(FARTHEST_DEVIATIONS, Math.max(-FARTHEST_DEVIATIONS, Math.log(strike / forward) / deviation));
  return atForward * (1 - (weekly ? 0.05 : 0.03) * z + 0.012 * z * z);
}

const down = (price: number): number => Math.round(Math.floor(price / TICK + 1e-9) * TICK * 100) / 100;
const up = (price: number): number => Math.round(Math.ceil(price / TICK - 1e-9) * TICK * 100) / 100;

export interface SurfaceMoment { day: SurfaceDay; spot: number; at: Instant }

/** A contract's book and figures at a moment: a pure function of the world, the day, the spot price and the contract. */
function quoteContract(option: OptionClass, { expiry, strike, type }: Omit<Contract, 'underlying'>, { day, spot, at }: SurfaceMoment): OptionQuote & { bidSize: number; askSize: number } {
  const timeYears = yearsUntil({ exchange: 'NSE', expiry, from: at });
  const rate = assumedRate('NSE', at);
  const forward = spot * Math.exp((rate - (option.weekly ? YIELDS.index : YIELDS.share)) * timeYears);
  const atForward = forwardVolatility(option, levelOf(option, day), timeYears);
  const volatility = volatilityAtStrike(option, atForward, { forward, strike, timeYears });
  const { price } = priceOption({ model: 'black76', type, underlying: forward, strike, timeYears, rate, volatility });
  const z = Math.log(strike / forward) / (atForward * Math.sqrt(Math.max(timeYears, 1e-4)));
  const half = 0.5 * Math.max(option.weekly ? TICK : 2 * TICK, price * (option.weekly ? 0.006 : 0.015) * (1 + 0.5 * Math.abs(z)));
  const key = textKey(`${option.symbol}|${expiry}|${strike}|${type}`) ^ day.seed;
  const second = Math.floor(epochMs(at) / 1000);
  const ask = Math.max(TICK, up(price + half));
  const bid = Math.max(0, down(price - half));
  // Interest gathers at round strikes out of the money, in the nearest expiry, and changes from day to day.
  const out = type === 'call' ? z : -z;
  const round = strike % (10 * strikeStep(day.previousClose, option, 0)) === 0 ? 2.2 : 1;
  const interestOn = (n: number): number =>
    Math.round(option.interest * round * Math.exp(-0.5 * (out - 0.8) ** 2 * 0.6) * Math.exp(-3 * timeYears) * (0.4 + 0.6 * unitHash(key, n, INTEREST)));
  const elapsed = Math.min(1, Math.max(0, (epochMs(at) - day.openMs) / (day.closeMs - day.openMs)));
  const [before, after] = [interestOn(day.day - 1), interestOn(day.day)];
  const openInterest = Math.round(before + (after - before) * elapsed);
  const size = (purpose: number): number => option.lotSize * (1 + Math.floor(unitHash(key, second, purpose) * 24));
  return {
    bid, ask, last: Math.min(ask, Math.max(bid > 0 ? bid : TICK, bid + Math.round(((ask - bid) * unitHash(key, second, LAST)) / TICK) * TICK)),
    at, volume: Math.round(after * (0.3 + 2 * unitHash(key, day.day, TURNOVER)) * elapsed), openInterest, openInterestChange: openInterest - before, bidSize: size(BID_SIZE), askSize: size(ASK_SIZE),
  };
}

const bare = ({ bidSize: _bid, askSize: _ask, ...quote }: ReturnType<typeof quoteContract>): OptionQuote => ({ ...quote, last: quote.last === null ? null : Math.round(quote.last * 100) / 100 });

/** All that is listed on an underlying at a moment; null where the exchange lists no options. */
export function surfaceChain(underlying: string, moment: SurfaceMoment): ChainSnapshot | null {
  const option = OPTION_CLASSES.get(underlying);
  if (!option) return null;
  const { day, spot, at } = moment;
  const sides = option.weekly ? STRIKES_EACH_SIDE.index : STRIKES_EACH_SIDE.share;
  return {
    underlying, exchange: 'NSE', asOf: at, spot, pricedFrom: 'QUOTES', openInterestUnit: 'CONTRACTS',
    expiries: expiriesOn(option, day.date).map((expiry) => {
      const step = strikeStep(day.previousClose, option, msBetween(instant(day.openMs), instant(closeMs(expiry))) / 86_400_000);
      const centre = Math.round(day.previousClose / step);
      const strikes = Array.from({ length: 2 * sides + 1 }, (_, i): ChainStrike => {
        const strike = (centre + i - sides) * step;
        return { strike, call: bare(quoteContract(option, { expiry, strike, type: 'call' }, moment)), put: bare(quoteContract(option, { expiry, strike, type: 'put' }, moment)) };
      });
      return { expiry, lotSize: option.lotSize, strikes: strikes.filter(({ strike }) => strike > 0) };
    }),
  };
}

/** The quote of one contract, listed today or held from before; null for anything else and after its last day. Sizes in units of the underlying. */
export function surfaceQuote(symbol: string, momentOf: (underlying: string) => SurfaceMoment | null): Quote | null {
  const contract = readContract(symbol);
  const option = contract ? OPTION_CLASSES.get(contract.underlying) : undefined;
  if (!contract || !option) return null;
  const moment = momentOf(contract.underlying);
  if (!moment || contract.expiry < moment.day.date) return null;
  const now = quoteContract(option, contract, moment);
  const { day, at } = moment;
  const yesterday = quoteContract(option, contract, { day, spot: day.previousClose, at: instant(day.openMs) });
  const last = Math.round((now.last ?? TICK) * 100) / 100;
  const close = Math.round((yesterday.last ?? TICK) * 100) / 100;
  return {
    symbol, at, last, bid: now.bid ?? 0, ask: now.ask ?? 0, bidSize: (now.bid ?? 0) > 0 ? now.bidSize : 0, askSize: now.askSize, volume: (now.volume ?? 0) * option.lotSize,
    open: null, high: null, low: null, previousClose: close, spreadFrom: 'book',
  };
}

/** The volatility by which days are compared, a month out, without pricing a chain. */
export const monthVolatility = (option: OptionClass, day: Pick<SurfaceDay, 'seed' | 'day' | 'sigma'>): number => forwardVolatility(option, levelOf(option, day), 30 / 365);
