import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { closedDay, weekdayOf } from './closed-day.ts';
import { defineTool, ToolError } from './define.ts';

const Day = z.object({ date: z.string(), dayText: z.string(), weekday: z.string(), label: z.string() });
const Output = z.object({
  asOf: z.string(), from: z.string(), to: z.string(), fromText: z.string(), toText: z.string(), sessions: z.int().describe('both ends included'), left: z.int().describe('of these after the day of asOf'),
  holidays: z.array(Day).describe('weekdays on which the exchange is closed'), holidayCount: z.int(), uncovered: z.int().describe('weekdays that the calendar does not cover: nobody knows of them'),
});

const mostDays = 800;

/** How many sessions and weekday holidays a period has, and how many of the sessions are still ahead. */
export const tradingDays = defineTool({
  name: 'trading_days',
  purpose: 'Counts the exchange’s sessions and weekday holidays of a period, and the sessions still to come in it',
  effect: 'read', permission: 'market:read',
  input: z.object({ from: DateText.optional().describe('absent: the first of this month'), to: DateText.optional().describe('absent: the end of from’s month'), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, input) => {
    const calendar = context.services.market.calendar();
    const moment = readingMoment(context, input.asOf);
    const from = input.from === undefined ? (`${moment.date.slice(0, 8)}01` as TradingDate) : dateNamed(input.from, 'from');
    const to = input.to === undefined ? monthEnd(from) : dateNamed(input.to, 'to');
    if (from > to) throw new ToolError('INVALID_PERIOD', 'the period ends before it begins', 'from');
    if (Date.parse(to) - Date.parse(from) > mostDays * 86_400_000) throw new ToolError('TOO_LONG', 'sessions are counted over two years at most', 'to');
    const dates: TradingDate[] = [];
    for (let date = from; date <= to; date = plusDays(date, 1)) dates.push(date);
    const sessions = dates.filter((date) => calendar.isTradingDay(date));
    const holidays = dates.flatMap((date) => { const closed = closedDay(calendar, date); return closed && closed.reason !== 'WEEKEND' ? [{ date, dayText: formatDay(date, moment.date), weekday: weekdayOf(date), label: closed.label }] : []; });
    return {
      asOf: moment.asOf, from, to, fromText: formatDay(from, moment.date), toText: formatDay(to, moment.date), sessions: sessions.length, left: sessions.filter((date) => date > moment.date).length,
      holidays, holidayCount: holidays.length, uncovered: dates.filter((date) => !calendar.covers(date) && !['Saturday', 'Sunday'].includes(weekdayOf(date))).length,
    };
  },
});
const monthEnd = (date: TradingDate): TradingDate => plusDays(`${plusDays(`${date.slice(0, 8)}28` as TradingDate, 4).slice(0, 8)}01` as TradingDate, -1);
