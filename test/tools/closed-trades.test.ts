import { expect, it } from 'vitest';
import type { StoredPosition } from '../../db/stores/positions.ts';
import { closedTrades } from '../../tools/book/closed-trades.ts';

/** Closed on the given day of June, held that many days, with that result after charges. */
const trade = (day: number, days: number, netMinor: number): StoredPosition => ({ symbol: 'TCS', accountId: 'a', realisedMinor: netMinor + 100, feesMinor: 100, openedAt: new Date(Date.UTC(2024, 5, day - days)).toISOString(), closedAt: new Date(Date.UTC(2024, 5, day)).toISOString() }) as unknown as StoredPosition;

it('tells averages, expectancy, profit factor, holding times and runs of what was closed, in the order in which it was', () => {
  const told = closedTrades([trade(20, 2, -300), trade(10, 4, 900), trade(12, 6, 300), trade(14, 3, -100), trade(16, 1, 0)], () => 'SIP');
  expect(told).toMatchObject({ closed: 5, won: 2, lost: 3, averageWinMinor: 600, averageLossMinor: -133, expectancyMinor: 160, profitFactor: 3, winHoldingDays: 5, lossHoldingDays: 2, averageHoldingDays: 3.2, longestWinningStreak: 2, longestLosingStreak: 3 });
});
it('has no figure where there is none of that kind', () => {
  expect(closedTrades([trade(10, 1, 500)], () => 'SIP')).toMatchObject({ profitFactor: null, lossHoldingDays: null, averageLossMinor: null, longestLosingStreak: 0 });
  expect(closedTrades([], () => 'SIP')).toMatchObject({ expectancyMinor: null, averageHoldingDays: null, longestWinningStreak: 0 });
});
