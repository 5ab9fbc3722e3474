import { createCalendar } from '../../../desk/market/calendar.ts';
import type { CalendarDay, DailyBar, EventRecord, IntradayBar, TradingCalendar } from '../../../desk/market/types.ts';
import { tradingDate } from '../../../desk/time.ts';
import type { TradingDate } from '../../../desk/time.ts';
import type { ReplayHistory } from '../../../feeds/replay/replay-history.ts';

/** Thursday 30 May to Tuesday 4 June 2024, with a weekend between: four sessions, and two days off for the holiday test. */
export const SESSIONS = ['2024-05-30', '2024-05-31', '2024-06-03', '2024-06-04'].map(tradingDate);

const days: CalendarDay[] = SESSIONS.map((date) => ({ exchange: 'NSE', date, kind: 'SESSION', open: '09:15', close: '15:30' }));
export const calendar: TradingCalendar = createCalendar({
  exchange: 'NSE',
  zone: 'Asia/Kolkata',
  regular: { open: '09:15', close: '15:30' },
  sources: [{ mode: 'sessions-listed', days, coverage: { from: SESSIONS[0]!, to: SESSIONS[3]! } }],
});

/** A history kept in lists, as the store would answer. */
export function listedHistory({
  daily,
  intraday = [],
  events = [],
}: {
  daily: DailyBar[];
  intraday?: IntradayBar[];
  events?: EventRecord[];
}): ReplayHistory & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async dailyBars(date) {
      asked.push(`bars ${date}`);
      return daily.filter((bar) => bar.date === date);
    },
    async latestBarsBefore(date: TradingDate) {
      const latest = new Map<string, DailyBar>();
      for (const bar of daily) if (bar.date < date && bar.date > (latest.get(bar.symbol)?.date ?? '')) latest.set(bar.symbol, bar);
      return [...latest.values()];
    },
    async intradayBars(date) {
      return intraday.filter(({ start }) => start.startsWith(date));
    },
    async eventsKnown({ after, through }) {
      return events.filter(({ knownAt }) => knownAt > after && knownAt <= through).sort((a, b) => (a.knownAt < b.knownAt ? -1 : 1));
    },
  };
}
