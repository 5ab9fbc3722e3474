import type { ChainStrike, OptionQuote } from './chain.ts';

type Counted = 'openInterest' | 'volume';
const total = (quotes: readonly (OptionQuote | null)[], counted: Counted): number | null => {
  const known = quotes.map((quote) => quote?.[counted] ?? null).filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
};

/** Puts over calls, by open interest or by volume; null where either is not known or no call is counted. */
export function putCallRatio(strikes: readonly ChainStrike[], counted: Counted): number | null {
  const calls = total(strikes.map(({ call }) => call), counted);
  const puts = total(strikes.map(({ put }) => put), counted);
  return calls === null || puts === null || calls === 0 ? null : puts / calls;
}

/** The listed strike at which the holders of all options together would be paid least, and that sum in price times the unit of interest; null without open interest. */
export function maxPain(strikes: readonly ChainStrike[]): { strike: number; payout: number } | null {
  const interest = strikes.map(({ strike, call, put }) => ({ strike, calls: call?.openInterest ?? 0, puts: put?.openInterest ?? 0 }));
  if (!interest.some(({ calls, puts }) => calls > 0 || puts > 0)) return null;
  let least: { strike: number; payout: number } | null = null;
  for (const { strike: settlement } of interest) {
    let payout = 0;
    for (const { strike, calls, puts } of interest) payout += settlement > strike ? calls * (settlement - strike) : puts * (strike - settlement);
    if (least === null || payout < least.payout) least = { strike: settlement, payout };
  }
  return least;
}

export type BuildUp = 'LONG_BUILD_UP' | 'SHORT_BUILD_UP' | 'SHORT_COVERING' | 'LONG_UNWINDING';

/** What a change of price with a change of open interest is read as; null where one is not known or is nothing. */
export function buildUp(priceChange: number | null, openInterestChange: number | null): BuildUp | null {
  if (!priceChange || !openInterestChange) return null;
  if (openInterestChange > 0) return priceChange > 0 ? 'LONG_BUILD_UP' : 'SHORT_BUILD_UP';
  return priceChange > 0 ? 'SHORT_COVERING' : 'LONG_UNWINDING';
}

/** The strikes with the most open calls and the most open puts: where the crowd sees resistance and support. */
export function walls(strikes: readonly ChainStrike[]): { call: number | null; put: number | null } {
  const most = (side: 'call' | 'put'): number | null => {
    let best: { strike: number; interest: number } | null = null;
    for (const each of strikes) {
      const interest = each[side]?.openInterest ?? 0;
      if (interest > (best?.interest ?? 0)) best = { strike: each.strike, interest };
    }
    return best?.strike ?? null;
  };
  return { call: most('call'), put: most('put') };
}
