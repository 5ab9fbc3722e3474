import { z } from 'zod';
import { type Instant, plusDays, type TradingDate, type Zone, at, tradingDate } from '../../desk/time.ts';
import { DateText } from '../as-of.ts';
import { ToolError } from '../define.ts';
import type { Moment } from './moment.ts';

/** Two dates, both included, or a word. */
export const PeriodInput = z.union([
  z.object({ from: DateText, to: DateText, label: z.string().optional() }), z.enum(['today', 'week', 'month', 'year', 'all']),
]).optional().describe('today, week, month, year, all, or {from, to} with both dates included');

export interface Span { from: TradingDate; to: TradingDate; label: string }

/** First dates of the words' spans: the week begins on Monday, the year on 1 January. */
const firstOf: Record<'today' | 'week' | 'month' | 'year', (date: TradingDate) => TradingDate> = {
  today: (date) => date,
  week: (date) => plusDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7)),
  month: (date) => tradingDate(`${date.slice(0, 7)}-01`),
  year: (date) => tradingDate(`${date.slice(0, 4)}-01-01`),
};
const words = { today: 'today', week: 'this week', month: 'this month', year: 'this year', all: 'since the start' } as const;

/**
 * The span that was asked for, ending no later than the moment. `since`: the first date there is anything of.
 * Errors: `PERIOD_INVALID`, `PERIOD_AHEAD`.
 */
export function spanOf(period: z.output<typeof PeriodInput>, { moment, since }: { moment: Moment; since: TradingDate }): Span {
  if (period === undefined || period === 'all') return { from: since < moment.date ? since : moment.date, to: moment.date, label: words.all };
  if (typeof period === 'string') return { from: firstOf[period](moment.date), to: moment.date, label: words[period] };
  let from: TradingDate;
  let to: TradingDate;
  try { [from, to] = [tradingDate(period.from), tradingDate(period.to)]; } catch { throw new ToolError('PERIOD_INVALID', 'That is no date.', 'period'); }
  if (from > to) throw new ToolError('PERIOD_INVALID', 'The period ends before it begins.', 'period');
  if (from > moment.date) throw new ToolError('PERIOD_AHEAD', 'That period has not begun yet.', 'period');
  return { from, to: to < moment.date ? to : moment.date, label: period.label === undefined ? 'in that time' : saidOf(period.label) };
}

/** A month, year or quarter that was named alone, as it stands in a sentence: “in May”, “in FY25”. */
const saidOf = (label: string): string => (/^(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: (?:19|20)?\d\d)?|(?:19|20)\d\d|(?:q[1-4] )?fy ?\d{2,4}(?:-\d\d)?|q[1-4])$/i.test(label) ? `in ${label.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/\b(fy|q[1-4])/gi, (word) => word.toUpperCase())}` : label.replace(/\bfy\b/g, 'FY'));

/** The first and last moment of a span, no later than the moment. */
export function bounds(span: Pick<Span, 'from' | 'to'>, { moment, zone }: { moment: Moment; zone: Zone }): { from: Instant; to: Instant } {
  const end = at(span.to, '23:59:59', zone);
  return { from: at(span.from, '00:00', zone), to: end < moment.asOf ? end : moment.asOf };
}
