import type { FeedRecord } from '../define.ts';
import { instant } from '../../desk/time.ts';
import type { TradingDate } from '../../desk/time.ts';
import { FIRST_HISTORY_SESSION, calendarDaysOfYears, openMs } from './exchange-days.ts';
import { rupees } from './daily-bar.ts';
import { monthVolatility } from './option-surface.ts';
import { OPTION_CLASSES } from './option-terms.ts';
import type { SessionPlan } from './session-plan.ts';
import { COMPANIES, indexRecord, symbolRecord } from './universe.ts';
import { SIMULATOR_SOURCE, walkSessions } from './world.ts';

/** The calendar is known this many years ahead of the session that is played. */
export const CALENDAR_YEARS_AHEAD = 5;
const BAND_PERCENT = '20';

export const yearOf = (date: TradingDate): number => Number(date.slice(0, 4));

/** The exchange's days from the first year of history to five years after `date`; its sources list every session. */
export const calendarThrough = (date: TradingDate): ReturnType<typeof calendarDaysOfYears> =>
  calendarDaysOfYears({ from: yearOf(FIRST_HISTORY_SESSION), through: yearOf(date) + CALENDAR_YEARS_AHEAD });

/**
 * What came before the first session that is played: one batch of what was known at the beginning (symbols, price bands,
 * the calendar), then one batch a session with its news, schedules, corporate actions and daily bars, each with the
 * moment at which it was known; last what options implied at each close. Minute bars and chains exist only for sessions that are played.
 */
export function* simulatedHistory({ seed, before }: { seed: number; before: TradingDate }): Generator<FeedRecord[]> {
  const knownAt = instant(openMs(FIRST_HISTORY_SESSION));
  const origin = { knownAt, source: SIMULATOR_SOURCE };
  yield [
    { type: 'symbol', symbol: indexRecord, ...origin },
    ...COMPANIES.map((company): FeedRecord => ({ type: 'symbol', symbol: symbolRecord(company), ...origin })),
    ...COMPANIES.map(
      ({ symbol }): FeedRecord => ({
        type: 'trading_rule',
        ...origin,
        rule: { symbol, rule: 'PRICE_BAND_PERCENT', validFrom: FIRST_HISTORY_SESSION, value: BAND_PERCENT },
      }),
    ),
    ...calendarThrough(before).map((day): FeedRecord => ({ type: 'calendar_day', day, ...origin })),
  ];
  const volatilities: FeedRecord[] = [];
  for (const plan of walkSessions({ seed })) {
    if (plan.date >= before) break;
    yield plan.records.map(({ record }) => record);
    volatilities.push(...impliedThen(seed, plan));
  }
  yield volatilities;
}

/** What options implied at a session's close, for their rank; the chains themselves are kept from the first session that is played. */
function impliedThen(seed: number, { day, times, stocks }: SessionPlan): FeedRecord[] {
  const at = instant(times.closeMs);
  return stocks.flatMap(({ symbol, sigma, shape }): FeedRecord[] => {
    const option = OPTION_CLASSES.get(symbol);
    if (!option) return [];
    const snapshot = { underlying: symbol, exchange: 'NSE' as const, asOf: at, spot: rupees(shape.close), pricedFrom: 'QUOTES' as const, openInterestUnit: 'CONTRACTS' as const, expiries: [] };
    return [{ type: 'option_chain', snapshot, contracts: [], comparableVolatility: monthVolatility(option, { seed, day, sigma }), knownAt: at, source: SIMULATOR_SOURCE }];
  });
}
