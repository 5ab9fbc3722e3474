/** A cash dividend of the underlying: so many years ahead, so much a share. */
export interface CashDividend { timeYears: number; amount: number }

/**
 * Worth at `at` of the dividends that go ex after it and until `until`. The escrowed model of cash dividends (Hull, Options, Futures, and
 * Other Derivatives, chapter 15): what moves at random is the spot less the dividends still to come, so that a European option is priced on
 * the spot less this. The volatility is that of the remainder, a little higher than the share's own.
 */
export function dividendsAhead({ dividends, rate, at, until }: { dividends: readonly CashDividend[]; rate: number; at: number; until: number }): number {
  let worth = 0;
  for (const { timeYears, amount } of dividends) if (timeYears > at && timeYears <= until) worth += amount * Math.exp(-rate * (timeYears - at));
  return worth;
}
