import { z } from 'zod';
import { formatDay } from '../desk/format.ts';
import { dateIn, msBetween, timeIn, type TradingDate } from '../desk/time.ts';
import { AsOf, DateText, dateNamed, readingMoment } from './as-of.ts';
import { closedDay, weekdayOf } from './closed-day.ts';
import { defineTool, type ToolContext } from './define.ts';

const Day = z.object({ date: z.string(), dayText: z.string(), weekday: z.string(), opensText: z.string(), closesText: z.string() });
const Output = z.object({
  asOf: z.string(), timeText: z.string(), zone: z.string(), world: z.string(), date: z.string(), dayText: z.string(), weekday: z.string(), isToday: z.boolean(),
  state: z.enum(['OPEN', 'BEFORE_OPEN', 'AFTER_CLOSE', 'CLOSED_DAY', 'SESSION', 'NOT_COVERED']).describe('SESSION: another day, on which there is one'),
  session: Day.nullable(), closedLabel: z.string().nullable().describe('holiday’s name, weekday, or that no session was held'), next: Day.nullable().describe('the first session after the day asked for; for today the one that opens next'),
  minutesLeft: z.int().nullable().describe('until the close while open, until the open before it; market time'), coverage: z.object({ fromText: z.string(), toText: z.string() }).nullable(),
});
export type MarketHours = z.output<typeof Output>;

/** Whether and when the exchange is open. Outside the calendar's coverage nothing is known. */
export const marketHours = defineTool({
  name: 'market_hours',
  purpose: 'Whether the exchange is open now or on a day, its hours, and the next session',
  effect: 'read', permission: 'market:read',
  input: z.object({ date: DateText.optional(), asOf: AsOf.optional() }),
  output: Output,
  run: async (context, { date, asOf }) => {
    const { market } = context.services;
    const calendar = market.calendar();
    const moment = readingMoment(context, asOf);
    const day = date === undefined ? moment.date : dateNamed(date, 'date');
    const isToday = day === moment.date;
    const session = calendar.session(day);
    const state = !calendar.covers(day) ? 'NOT_COVERED' as const : !session ? 'CLOSED_DAY' as const : !isToday ? 'SESSION' as const
      : moment.asOf < session.open ? 'BEFORE_OPEN' as const : moment.asOf < session.close ? 'OPEN' as const : 'AFTER_CLOSE' as const;
    const nextDay = state === 'BEFORE_OPEN' ? day : calendar.next(day);
    const until = state === 'OPEN' ? session?.close : state === 'BEFORE_OPEN' ? session?.open : undefined;
    return {
      asOf: moment.asOf, timeText: timeIn(moment.asOf, market.zone), zone: market.zone, world: market.label(), date: day, dayText: formatDay(day, moment.date), weekday: weekdayOf(day), isToday, state,
      session: session ? hoursOf(context, day, moment.date) : null, closedLabel: closedDay(calendar, day)?.label ?? null, next: nextDay ? hoursOf(context, nextDay, moment.date) : null,
      minutesLeft: until ? Math.round(msBetween(moment.asOf, until) / 60_000) : null,
      coverage: calendar.coverage && { fromText: formatDay(calendar.coverage.from), toText: formatDay(calendar.coverage.to) },
    };
  },
});

function hoursOf({ services: { market } }: ToolContext, day: TradingDate, near: TradingDate): z.input<typeof Day> | null {
  const session = market.calendar().session(day);
  return session && { date: dateIn(session.open, market.zone), dayText: formatDay(day, near), weekday: weekdayOf(day), opensText: timeIn(session.open, market.zone), closesText: timeIn(session.close, market.zone) };
}
