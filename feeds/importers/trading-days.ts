import type { CalendarDay } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { readBelievableDate, startOfDay } from './read-date.ts';
import { lateSession, REGULAR_CLOSE, REGULAR_OPEN } from './special-sessions.ts';

/**
 * Sessions of the NSE cash market, read off the days that have a bhavcopy. The list says which days had a session and
 * nothing of the hours: weekend sessions are special and carry hours only where the circular's are known. A regular
 * session counts as known from 1 January, since the year's holiday list is published in the December before; a special
 * one from its own midnight.
 */
export const tradingDays = csvImporter({
  kind: 'trading_days', columns: ['DATE', 'WEEKDAY', 'EQ_SYMBOLS_TRADED'],
  open({ context, column }) {
    const [dateAt, weekdayAt] = [column('DATE'), column('WEEKDAY')];
    const seen = new Set<string>();
    return (fields, line, raw) => {
      const read = readBelievableDate(fields[dateAt] ?? '', 'date', context.today);
      if ('reason' in read) return refused(line, read.reason, raw);
      const weekday = weekdayOf(read.date);
      if ((fields[weekdayAt] ?? '').trim().slice(0, 3) !== weekday) return refused(line, `weekday says ${(fields[weekdayAt] ?? '').trim()} and ${read.date} is a ${weekday}.`, raw);
      if (seen.has(read.date)) return refused(line, `date repeats ${read.date}, already read in this file.`, raw);
      seen.add(read.date);
      const special = weekday === 'Sat' || weekday === 'Sun' || lateSession(read.date) !== undefined;
      return {
        line,
        records: [{
          type: 'calendar_day', day: special ? specialDay(read.date) : { exchange: 'NSE', date: read.date, kind: 'SESSION', open: REGULAR_OPEN, close: REGULAR_CLOSE },
          knownAt: special ? startOfDay(read.date) : startOfDay(`${read.date.slice(0, 4)}-01-01` as TradingDate), source: 'nse-trading-days',
        }],
      };
    };
  },
});

function specialDay(date: TradingDate): CalendarDay {
  const late = lateSession(date);
  return {
    exchange: 'NSE', date, kind: 'SPECIAL_SESSION', description: late?.description ?? 'Session on a weekend',
    ...(late?.open && late.close ? { open: late.open, close: late.close } : {}),
  };
}

const weekdayOf = (date: TradingDate): string => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
