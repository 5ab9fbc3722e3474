import type { SpokenPeriod } from '../../desk/market/spoken-periods.ts';
import { plusDays, type TradingDate, tradingDate } from '../../desk/time.ts';
import type { Utterance } from './context.ts';
import type { Intent } from './intents.ts';

const said = /^(?:and |but |so |then |ok |what about |how about |what was it |on |for |in )*(?:(?:the|a|an|one) )?(?:(previous|prior|preceding|earlier|next|following) )?(?:trading )?(day|session|week|month|quarter|year)(?: (before|earlier|prior|after|later|afterwards)(?: (?:that|this|it|then))?)?$/;

/** "And the day before?", "a year earlier?": the time of the question before, moved by that much; null where this is no such thing. */
export function shiftedTime(text: string, last: Intent, { calendar, marketDate }: Pick<Utterance, 'calendar' | 'marketDate'>): SpokenPeriod | null {
  const found = said.exec(text);
  const way = found?.[1] ?? found?.[3];
  const unit = found?.[2];
  if (way === undefined || unit === undefined) return null;
  // "The next week" and "last year" alone are counted from today, as everywhere.
  const { date, period } = last as { date?: string; period?: { from: string; to: string } };
  const from = date ?? period?.from ?? (way === 'next' ? null : marketDate);
  if (from === null || (found?.[1] !== undefined && date === undefined && period === undefined)) return null;
  const to = date ?? period?.to ?? from;
  const step = ['next', 'following', 'after', 'later', 'afterwards'].includes(way) ? 1 : -1;
  const single = from === to;
  if (unit === 'day' || unit === 'session') {
    const moved = single ? (step < 0 ? calendar.previous(tradingDate(from)) : calendar.next(tradingDate(from))) : null;
    return moved && dayOf(moved);
  }
  const months = { month: 1, quarter: 3, year: 12 }[unit] ?? 0;
  const moved = (day: string): TradingDate => (months === 0 ? plusDays(tradingDate(day), 7 * step) : monthsOn(tradingDate(day), months * step));
  if (single) { const day = moved(from); const session = !calendar.covers(day) || calendar.isTradingDay(day) ? day : calendar.previous(day); return session && dayOf(session); }
  // The end of one month goes to the end of the other.
  const whole = months > 0 && from.endsWith('-01') && plusDays(tradingDate(to), 1).endsWith('-01');
  const end = whole ? plusDays(monthsOn(plusDays(tradingDate(to), 1), months * step), -1) : moved(to);
  return { from: moved(from), to: end, day: false, label: `${moved(from)} to ${end}` };
}

const dayOf = (date: TradingDate): SpokenPeriod => ({ from: date, to: date, day: true, label: date });
/** The same day of another month, or its last where it has none such. */
function monthsOn(date: TradingDate, months: number): TradingDate {
  const first = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return tradingDate(`${first.toISOString().slice(0, 8)}${String(Math.min(Number(date.slice(8)), days)).padStart(2, '0')}`);
}
