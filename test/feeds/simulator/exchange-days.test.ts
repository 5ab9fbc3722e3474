import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../desk/market/calendar.ts';
import { timeIn, tradingDate } from '../../../desk/time.ts';
import {
  FIRST_HISTORY_SESSION,
  FIRST_LIVE_SESSION,
  HISTORY_SESSIONS,
  SIMULATED_ZONE,
  calendarDaysOfYears,
  holidayName,
  isSession,
  sessionsFrom,
} from '../../../feeds/simulator/exchange-days.ts';

const days = calendarDaysOfYears({ from: 2028, through: 2031 });
const calendar = createCalendar({
  exchange: 'NSE',
  zone: SIMULATED_ZONE,
  regular: { open: '09:15', close: '15:30' },
  sources: [{ coverage: { from: tradingDate('2028-01-01'), to: tradingDate('2031-12-31') }, mode: 'sessions-listed', days }],
});

describe('the simulated exchange’s days', () => {
  it('make a calendar that agrees with the sessions that are played', () => {
    for (let date = tradingDate('2028-01-03'); date < '2031-12-01'; date = sessionsFrom(date, 1)) {
      expect(calendar.next(date)).toBe(sessionsFrom(date, 1));
    }
  });

  it('begin with a session on a Monday of a year that nobody trades in yet, 300 sessions after history begins', () => {
    expect(new Date(FIRST_LIVE_SESSION).getUTCDay()).toBe(1);
    expect(calendar.isTradingDay(FIRST_LIVE_SESSION)).toBe(true);
    expect(calendar.plus(FIRST_LIVE_SESSION, -HISTORY_SESSIONS)).toBe(FIRST_HISTORY_SESSION);
  });

  it('have the real exchange’s hours and no weekends', () => {
    for (const { date, kind } of days) {
      expect([1, 2, 3, 4, 5]).toContain(new Date(date).getUTCDay());
      const session = calendar.session(date);
      expect(kind === 'SESSION' ? [timeIn(session!.open, SIMULATED_ZONE), timeIn(session!.close, SIMULATED_ZONE)] : session).toEqual(
        kind === 'SESSION' ? ['09:15', '15:30'] : null,
      );
    }
  });

  it('name their holidays', () => {
    const lanterns = tradingDate('2030-11-14');
    expect(isSession(lanterns)).toBe(false);
    expect(calendar.holidayName(lanterns)).toBe(holidayName(lanterns));
    expect(holidayName(lanterns)).toBe('Lantern Festival');
  });
});
