import type { TradingCalendar } from './types.ts';
import { plusDays, tradingDate, type TradingDate } from '../time.ts';
import { firstOf, fullYear, iso, monthNumber, monthOf, type Span, spanOfMonths, yearOf } from './month-spans.ts';
import { quarterAt } from './spoken-quarters.ts';
import { lastWeekday, mondayOf, nextWeekday, weekdayNamed } from './weekdays.ts';
import { wordTable } from './word-table.ts';

/** What dates are read against: the market's date and the exchange's calendar. */
export interface DateFrame { calendar: TradingCalendar; marketDate: TradingDate }

/**
 * A stretch of time that somebody named, both ends included, not yet cut at today. A bare day name or a day without a year
 * reads as the last one; `ahead` is the next one, for questions about what is coming. `day`: it names a single day.
 */
export interface SpokenPeriod { from: TradingDate; to: TradingDate; day: boolean; ahead?: TradingDate; label: string }

/** Named stretches by how far they are from the current one: 0 this, −1 last, 1 next. */
const stretches: Record<string, (date: TradingDate, step: number) => Span> = wordTable({
  week: (date, step) => { const from = plusDays(mondayOf(date), 7 * step); return { from, to: plusDays(from, 6) }; },
  month: (date, step) => spanOfMonths(yearOf(date), monthNumber(date) + step, 1),
  quarter: (date, step) => spanOfMonths(yearOf(date), Math.floor((monthNumber(date) - 1) / 3) * 3 + 1 + 3 * step, 3),
  year: (date, step) => spanOfMonths(yearOf(date) + step, 1, 12),
  // The Indian financial year runs from April to March.
  fy: (date, step) => spanOfMonths(yearOf(date) - (monthNumber(date) < 4 ? 1 : 0) + step, 4, 12),
});
const stretchNames: Record<string, string> = wordTable({ week: 'week', weeks: 'week', month: 'month', months: 'month', mahina: 'month', mahine: 'month', hafta: 'week', hafte: 'week', quarter: 'quarter', qtr: 'quarter', year: 'year', saal: 'year', fy: 'fy' });
const hindiStretches = new Set(['mahina', 'mahine', 'hafta', 'hafte', 'saal']);
/** Up to now, where "last year" is the one before this: "the past year", "over the past month". */
const trailing = new Set(['past', 'trailing', 'preceding']);
const steps: Record<string, number> = wordTable({ trailing: -1, preceding: -1, this: 0, current: 0, last: -1, previous: -1, prev: -1, past: -1, pichle: -1, next: 1, coming: 1, agle: 1 });
/** Days of Lakshmi Pujan as the exchange kept them, with its Muhurat session. */
const diwalis = ['2015-11-11', '2016-10-30', '2017-10-19', '2018-11-07', '2019-10-27', '2020-11-14', '2021-11-04', '2022-10-24', '2023-11-12', '2024-11-01', '2025-10-21', '2026-11-08'].map(tradingDate);
const goingOn = new Set(['going', 'been', 'looking', 'shaping', 'treating', 'coming']);
const counts: Record<string, number> = wordTable({ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, ten: 10, twelve: 12, few: 5 });
const countOf = (word: string): number | null => (/^\d{1,3}$/.test(word) ? Number(word) : counts[word] ?? null);

/** Parts of a month by name: from which day to which; null is its last. */
const monthParts: Readonly<Record<string, readonly [first: number, last: number | null]>> = wordTable({ 'first week': [1, 7], 'second week': [8, 14], 'third week': [15, 21], 'fourth week': [22, 28], 'first half': [1, 15], 'second half': [16, null], 'first fortnight': [1, 15], 'second fortnight': [16, null] });

/** Endings of Hindi verbs in the future: "rahega", "hogi", "aayenge". */
const hindiFuture = /(?:ega|egi|enge|unga|ungi|oga|ogi|onge)$/;

/** Reads a date or period that starts at `words[at]`, with the number of words it takes; null when none does. */
export function periodAt(words: readonly string[], at: number, frame: DateFrame): { period: SpokenPeriod; length: number } | null {
  const word = words[at] ?? '';
  const { marketDate } = frame;
  const label = (length: number): string => words.slice(at, at + length).join(' ');
  const day = (date: TradingDate, length: number, ahead?: TradingDate) => ({ period: { from: date, to: date, day: true, label: label(length), ...(ahead ? { ahead } : {}) }, length });
  const span = ({ from, to }: Span, length: number) => ({ period: { from, to, day: false, label: label(length) }, length });

  const edge = partOf() ?? edgeOf();
  if (edge) return edge;
  const days = daysOfMonth(['from', 'between'].includes(word) ? at + 1 : at, word === 'between' ? ['and'] : ['to', 'till', 'until', 'through']);
  if (days) return span(days, (['from', 'between'].includes(word) ? 1 : 0) + days.length);
  if (['since', 'from', 'after'].includes(word)) {
    const start = word === 'since' || isDayStart(words, at + 1) ? periodAt(words, at + 1, frame) : null;
    if (!start || start.period.from > marketDate) return null;
    const joint = words[at + 1 + start.length] ?? '';
    const end = ['to', 'till', 'until'].includes(joint) ? periodAt(words, at + 2 + start.length, frame) : null;
    if (end) { const both = joined(start, end, { first: at + 1, joint: 1 }); if (both) return both; }
    if (word !== 'since') return null;
    const found = span({ from: start.period.from, to: marketDate }, 1 + start.length);
    return start.period.label.includes('(') ? { ...found, period: { ...found.period, label: `since ${start.period.label}` } } : found;
  }
  if (word === 'between') {
    const start = periodAt(words, at + 1, frame);
    const end = start && words[at + 1 + start.length] === 'and' ? periodAt(words, at + 2 + start.length, frame) : null;
    return start && end ? joined(start, end, { first: at + 1, joint: 1 }) : null;
  }
  if (word === 'calendar') {
    const start = words[at + 1] === 'year' ? 2 : 1;
    const year = /^20\d\d$/.test(words[at + start] ?? '') ? Number(words[at + start]) : null;
    if (year !== null) return span(spanOfMonths(year, 1, 12), start + 1);
  }
  if (word === 'today') return day(marketDate, 1);
  if (word === 'yesterday') return day(plusDays(marketDate, -1), 1);
  if (word === 'tomorrow') return day(plusDays(marketDate, 1), 1);
  if (word === 'day' && words[at + 1] === 'before' && words[at + 2] === 'yesterday') return day(plusDays(marketDate, -2), 3);
  const feast = feastAt();
  if (feast) return feast;
  if (word === 'ytd') return span({ from: firstOf(yearOf(marketDate), 1), to: marketDate }, 1);
  if (word === 'mtd') return span({ from: firstOf(yearOf(marketDate), monthNumber(marketDate)), to: marketDate }, 1);
  // "P&L FY" is of this one; "FY 2024" names another.
  if (word === 'fy' && !/^\d/.test(words[at + 1] ?? '')) { const now = stretches.fy?.(marketDate, 0); if (now) return span(now, 1); }
  if (word === 'fytd') return span({ from: stretches.fy?.(marketDate, 0).from ?? marketDate, to: marketDate }, 1);
  // Hindi "kal" is the day beside today, on either side; a verb to come says which.
  if (word === 'kal') return words.some((each) => hindiFuture.test(each)) ? day(plusDays(marketDate, 1), 1) : day(plusDays(marketDate, -1), 1, plusDays(marketDate, 1));
  if (word === 'is' && hindiStretches.has(words[at + 1] ?? '')) return span(stretches[stretchNames[words[at + 1] ?? ''] ?? '']?.(marketDate, 0) ?? { from: marketDate, to: marketDate }, 2);
  const toDate = words[at + 1] === 'to' && words[at + 2] === 'date' ? stretches[stretchNames[word] ?? ''] : undefined;
  if (toDate) return span({ from: toDate(marketDate, 0).from, to: marketDate }, 3);
  const article = word === 'the' ? 1 : 0;
  const quarter = quarterAt(words, at + article, marketDate);
  if (quarter) return quarter.label === null ? span(quarter, quarter.length + article) : { period: { from: quarter.from, to: quarter.to, day: false, label: quarter.label }, length: quarter.length + article };
  return relative() ?? written() ?? named();

  /** "3 to 12 March", "the 3rd and 12th of March", "3-12 March", "March 3 to 12": the month is named once. */
  function daysOfMonth(first: number, joints: readonly string[]): (Span & { length: number }) | null {
    const dayAt = (index: number): number | null => { const found = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(words[index] ?? ''); return found ? Number(found[1]) : null; };
    const upTo = (end: TradingDate, from: number, length: number): (Span & { length: number }) | null => {
      const start = iso(yearOf(end), monthNumber(end), from);
      return start && start < end ? { from: start, to: end, length } : null;
    };
    const both = /^(\d{1,2})[-–](\d{1,2})$/.exec(words[first] ?? '');
    if (both) {
      const end = periodAt([...words.slice(0, first), both[2] ?? '', ...words.slice(first + 1)], first, frame);
      return end?.period.day && end.length > 1 ? upTo(end.period.from, Number(both[1]), end.length) : null;
    }
    const opens = words[first] === 'the' ? first + 1 : first;
    const opening = dayAt(opens);
    const second = opens + (words[opens + 2] === 'the' ? 3 : 2);
    if (opening !== null && joints.includes(words[opens + 1] ?? '') && dayAt(second) !== null) {
      const end = periodAt(words, second, frame);
      return end?.period.day && end.length > 1 ? upTo(end.period.from, opening, second - first + end.length) : null;
    }
    const closing = monthOf(words[first] ?? '') > 0 && dayAt(first + 1) !== null && joints.includes(words[first + 2] ?? '') ? dayAt(first + 3) : null;
    const start = closing === null || monthOf(words[first + 4] ?? '') > 0 ? null : periodAt(words.slice(0, first + 2), first, frame);
    const end = start && closing !== null ? iso(yearOf(start.period.from), monthNumber(start.period.from), closing) : null;
    return start && end && start.period.from < end ? { from: start.period.from, to: end, length: 4 } : null;
  }
  /** The last Diwali: the day of the Muhurat session. */
  function feastAt() {
    const start = ['last', 'this', 'previous'].includes(word) ? 1 : 0;
    if (!['diwali', 'deepavali', 'muhurat'].includes(words[at + start] ?? '')) return null;
    const date = diwalis.findLast((each) => each <= marketDate);
    return date ? { ...day(date, start + 1), period: { from: date, to: date, day: true, label: `diwali (${date})` } } : null;
  }
  /** "The first week of June" is its first seven days, "the second half" its days from the sixteenth. Of what is no month it is nothing. */
  function partOf() {
    const start = word === 'the' ? 1 : 0;
    const part = monthParts[`${words[at + start] ?? ''} ${words[at + start + 1] ?? ''}`];
    const whole = part && ['of', 'in'].includes(words[at + start + 2] ?? '') ? periodAt(words, at + start + 3, frame) : null;
    const half = part && ['first half', 'second half'].includes(`${words[at + start] ?? ''} ${words[at + start + 1] ?? ''}`);
    // Of a year, calendar or financial, halves are six months.
    if (half && whole && !whole.period.day && whole.period.to === plusDays(sameDay(whole.period.from, 12), -1)) {
      const halves = words[at + start] === 'first' ? { from: whole.period.from, to: plusDays(sameDay(whole.period.from, 6), -1) } : { from: sameDay(whole.period.from, 6), to: whole.period.to };
      return halves.from > marketDate ? null : span(halves, start + 3 + whole.length);
    }
    if (!part || !whole?.period.from.endsWith('-01') || whole.period.to.slice(0, 7) !== whole.period.from.slice(0, 7)) return null;
    const [first, last] = part;
    const month = whole.period.from.slice(0, 8);
    const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
    const from = tradingDate(`${month}${String(first).padStart(2, '0')}`);
    return from > marketDate ? null : span({ from, to: tradingDate(`${month}${String(last ?? days).padStart(2, '0')}`) }, start + 3 + whole.length);
  }
  /** "The end of July", "the start of this year": its last session, or its first. "A week ago", "3 days ago": that day, or the session before it. */
  function edgeOf() {
    const start = word === 'the' ? 1 : 0;
    const name = words[at + start] ?? '';
    if (['end', 'close', 'start', 'beginning'].includes(name) && words[at + start + 1] === 'of') {
      const whole = periodAt(words, at + start + 2, frame);
      if (!whole || whole.period.day || whole.period.from > marketDate) return null;
      const ends = name === 'end' || name === 'close';
      // The end of what still runs is ahead.
      if (ends && whole.period.to > marketDate) return null;
      const date = ends ? sessionUpTo(whole.period.to) : sessionFrom(whole.period.from);
      return date && day(date, start + 2 + whole.length);
    }
    const sided = ['last', 'final', 'closing', 'first', 'opening'].includes(name) ? start + (['trading', 'market', 'working', 'business'].includes(words[at + start + 1] ?? '') ? 2 : 1) : 0;
    if (sided > 0 && ['day', 'session'].includes(words[at + sided] ?? '') && ['of', 'in'].includes(words[at + sided + 1] ?? '')) {
      const whole = periodAt(words, at + sided + 2, frame);
      if (!whole || whole.period.day) return null;
      const date = name === 'first' || name === 'opening' ? sessionFrom(whole.period.from) : sessionUpTo(whole.period.to);
      return date && day(date, sided + 2 + whole.length);
    }
    const count = word === 'a' || word === 'an' ? 1 : countOf(word);
    const unit = (words[at + 1] ?? '').replace(/s$/, '');
    if (count === null || count === 0 || words[at + 2] !== 'ago') return null;
    const back = unit === 'day' ? plusDays(marketDate, -count) : unit === 'week' ? plusDays(marketDate, -7 * count) : unit === 'month' ? sameDay(marketDate, -count) : unit === 'year' ? sameDay(marketDate, -12 * count) : null;
    const date = back && sessionUpTo(back);
    return date && day(date, 3);
  }
  function sessionUpTo(date: TradingDate): TradingDate | null { return frame.calendar.isTradingDay(date) ? date : frame.calendar.previous(date); }
  function sessionFrom(date: TradingDate): TradingDate | null { return frame.calendar.isTradingDay(date) ? date : frame.calendar.next(date); }
  /** From the first to the second; a day or month whose year only the second names is of that year, or of the one before. */
  function joined(start: { period: SpokenPeriod; length: number }, end: { period: SpokenPeriod; length: number }, { first, joint }: { first: number; joint: number }) {
    const again = end.period.from < start.period.from || end.period.to < marketDate ? periodAt(words.slice(0, first + start.length), first, { ...frame, marketDate: end.period.to }) : null;
    const from = [again?.period.from, start.period.from].find((date) => date !== undefined && date <= end.period.from);
    return from === undefined || (again ?? start).length !== start.length ? null : span({ from, to: end.period.to }, 1 + start.length + joint + end.length);
  }
  function relative() {
    const start = word === 'the' ? 1 : 0;
    const running = word === 'the' ? stretches[stretchNames[words[at + 1] ?? ''] ?? ''] : undefined;
    // "How is the month going": the one that runs. Elsewhere "the month" may be any.
    if (running && goingOn.has(words[at + 2] ?? '')) return span(running(marketDate, 0), 2);
    const step = steps[words[at + start] ?? ''];
    if (step === undefined) return null;
    const next = words[at + start + 1] ?? '';
    const weekday = weekdayNamed(next);
    if (weekday >= 0) return day(step > 0 ? nextWeekday(marketDate, weekday) : lastWeekday(marketDate, weekday, step === 0), start + 2);
    if (next === 'financial' && words[at + start + 2] === 'year') return span(stretches.fy?.(marketDate, step) ?? { from: marketDate, to: marketDate }, start + 3);
    const month = monthOf(next);
    if (month > 0 && step !== 0) return span(monthSpan(month, undefined, marketDate, step), start + 2);
    if ((next === 'session' || (next === 'trading' && words[at + start + 2] === 'day')) && step !== 0) {
      const date = step < 0 ? frame.calendar.previous(marketDate) : frame.calendar.next(marketDate);
      return date ? day(date, start + (next === 'session' ? 2 : 3)) : null;
    }
    if (next === 'fortnight') return span(step < 0 ? { from: plusDays(marketDate, -13), to: marketDate } : { from: marketDate, to: plusDays(marketDate, 13) }, start + 2);
    const stretch = stretches[stretchNames[next] ?? ''];
    if (stretch && trailing.has(words[at + start] ?? '')) return span({ from: trailingFrom(stretchNames[next] ?? ''), to: marketDate }, start + 2);
    if (stretch) return span(stretch(marketDate, step), start + 2);
    const count = countOf(next);
    return count !== null && count > 0 && step !== 0 ? counted({ count, unit: words[at + start + 2] ?? '', step, length: start + 3 }) : null;
  }
  function trailingFrom(stretch: string): TradingDate {
    if (stretch === 'week') return plusDays(marketDate, -6);
    return plusDays(sameDay(marketDate, { month: -1, quarter: -3 }[stretch] ?? -12), 1);
  }
  function counted({ count, unit, step, length }: { count: number; unit: string; step: number; length: number }) {
    const edge = (date: TradingDate): Span => (step < 0 ? { from: date, to: marketDate } : { from: marketDate, to: date });
    if (unit === 'sessions' || unit === 'session' || unit === 'trading') {
      const inclusive = frame.calendar.isTradingDay(marketDate) ? count - 1 : count;
      const date = frame.calendar.plus(marketDate, step * inclusive);
      return date ? span(edge(date), unit === 'trading' ? length + 1 : length) : null;
    }
    if (unit === 'days' || unit === 'day' || unit === 'din') return span(edge(plusDays(marketDate, step * (count - 1))), length);
    if (unit === 'weeks' || unit === 'week') return span(edge(plusDays(marketDate, step * (7 * count - 1))), length);
    if (unit === 'months' || unit === 'month') return span(edge(sameDay(marketDate, step * count)), length);
    if (unit === 'years' || unit === 'year') return span(edge(sameDay(marketDate, step * count * 12)), length);
    return null;
  }
  /** `2024-06-03`, `3/6/24`, `3-6-2024`: three-part dates are day first, as in India, unless the year leads. */
  function written() {
    const spelt = /^(\d{1,2})-([a-z]{3,9})-(\d{2}|\d{4})$/.exec(word);
    if (spelt) { const date = monthOf(spelt[2] ?? '') > 0 ? iso(fullYear(Number(spelt[3])), monthOf(spelt[2] ?? ''), Number(spelt[1])) : null; return date ? day(date, 1) : null; }
    const match = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$/.exec(word);
    const [a, b, c] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
    if (!match) return null;
    const date = (match[1] ?? '').length === 4 ? iso(a, b, c) : (match[1] ?? '').length <= 2 ? iso(fullYear(c), b, a) : null;
    return date ? day(date, 1) : null;
  }
  /** `3 June`, `3rd June 2024`, `June 3`, `in June`, `June 2024`, `Thursday`, `FY25`, `2023`. */
  function named() {
    const ordinal = (text: string): number | null => { const found = /^(\d{1,2})(st|nd|rd|th)?$/.exec(text); return found ? Number(found[1]) : null; };
    const yearAt = (index: number): number | undefined => { const found = /^(20\d\d)$/.exec(words[index] ?? ''); return found ? Number(found[1]) : undefined; };
    const number = ordinal(word);
    const gap = words[at + 1] === 'of' ? 1 : 0;
    const monthAfter = monthOf(words[at + 1 + gap] ?? '');
    if (number !== null && monthAfter > 0) {
      const year = yearAt(at + 2 + gap);
      return dayOfMonth(number, monthAfter, year, (year ? 3 : 2) + gap);
    }
    // "On the 16th": the last one.
    const behind = words[at - 1] === 'the' ? words[at - 2] : words[at - 1];
    if (number !== null && /[a-z]$/.test(word) && ['on', 'since', 'until', 'till', 'by'].includes(behind ?? '') && !['expiry', 'quarter', 'strike', 'card', 'one', 'trade', 'position', 'of'].includes(words[at + 1] ?? '')) {
      const near = [1, 0, -1, -2].flatMap((step) => { const first = firstOf(yearOf(marketDate), monthNumber(marketDate) + step); const date = iso(yearOf(first), monthNumber(first), number); return date ? [date] : []; });
      const past = near.find((date) => date <= marketDate);
      return past ? day(past, 1, near.findLast((date) => date >= marketDate)) : null;
    }
    const month = monthOf(word);
    if (month > 0) {
      const dayAfter = ordinal(words[at + 1] ?? '');
      // "In March 24" is of 2024; a day is "on March 24".
      const shortYear = ['in', 'during'].includes(words[at - 1] ?? '') && /^(?:19|2\d|3\d)$/.test(words[at + 1] ?? '') ? 2000 + Number(words[at + 1]) : undefined;
      if (shortYear !== undefined && yearAt(at + 2) === undefined) return span(monthSpan(month, shortYear, marketDate, 0), 2);
      if (dayAfter !== null) { const year = yearAt(at + 2); return dayOfMonth(dayAfter, month, year, year ? 3 : 2); }
      const year = yearAt(at + 1);
      // "may" and "march" alone are verbs more often than months.
      if (!year && (word === 'may' || word === 'march' || word === 'mar' || word === 'sun' || word === 'jan') && !['in', 'for', 'of', 'during', 'since', 'till', 'last'].includes(words[at - 1] ?? '') && !(words[at + 1] === undefined && ['about', 'and', 'to', 'vs', 'versus', 'than'].includes(words[at - 1] ?? '')) && !['report', 'statement', 'pnl', 'returns', 'performance', 'fills', 'trades'].includes(words[at + 1] ?? '')) return null;
      return span(monthSpan(month, year, marketDate, 0), year ? 2 : 1);
    }
    // "Saturday 20 January 2024": the date says which.
    const dated = weekdayNamed(word) >= 0 && /^\d/.test(words[at + 1] ?? '') ? periodAt(words, at + 1, frame) : null;
    if (dated?.period.day) return { ...dated, length: dated.length + 1 };
    const weekday = word === 'sun' || word === 'sat' ? -1 : weekdayNamed(word);
    if (weekday >= 0) return day(lastWeekday(marketDate, weekday, true), 1, nextWeekday(marketDate, weekday, true));
    const half = /^h([12])$/.exec(word);
    const halfYear = half ? yearAt(at + 1) : undefined;
    if (half && halfYear) return span(spanOfMonths(halfYear, half[1] === '1' ? 1 : 7, 6), 2);
    const year = yearAt(at);
    if (year !== undefined && ['in', 'during', 'for', 'of', 'over', 'year', 'calendar', 'since', 'throughout', 'from', 'to', 'till', 'until', 'between', 'and', 'all', 'whole', 'full'].includes(words[at - 1] ?? '')) return span(spanOfMonths(year, 1, 12), 1);
    const fy = /^fy(\d{2}|\d{4})$/.exec(word);
    if (fy) { const ends = fullYear(Number(fy[1])); return span(spanOfMonths(ends - 1, 4, 12), 1); }
    return null;
  }
  function dayOfMonth(number: number, month: number, year: number | undefined, length: number) {
    if (year !== undefined) { const date = iso(year, month, number); return date ? day(date, length) : null; }
    const years = [yearOf(marketDate) + 1, yearOf(marketDate), yearOf(marketDate) - 1].map((candidate) => iso(candidate, month, number)).filter((date) => date !== null);
    const past = years.find((date) => date <= marketDate);
    const ahead = years.findLast((date) => date >= marketDate);
    return past ? day(past, length, ahead) : null;
  }
}

/** Whether a period starts there that is clearly a date: "from 3 June", not "from SIP". */
const isDayStart = (words: readonly string[], at: number): boolean => /^\d{1,4}([/.-]|st|nd|rd|th|$)/.test(words[at] ?? '') || monthOf(words[at] ?? '') > 0 || weekdayNamed(words[at] ?? '') >= 0;
/** The month named, in the year named or else the latest that has begun; `step` −1 or 1 for "last June" and "next June". */
function monthSpan(month: number, year: number | undefined, marketDate: TradingDate, step: number): Span {
  const current = yearOf(marketDate);
  const chosen = year ?? (step > 0 ? current + (month <= monthNumber(marketDate) ? 1 : 0) : current - (month > monthNumber(marketDate) || (step < 0 && month === monthNumber(marketDate)) ? 1 : 0));
  return spanOfMonths(chosen, month, 1);
}
function sameDay(date: TradingDate, monthsAway: number): TradingDate {
  const first = firstOf(yearOf(date), monthNumber(date) + monthsAway);
  // 31 March less a month is the last of February.
  const last = Number(plusDays(firstOf(yearOf(first), monthNumber(first) + 1), -1).slice(8));
  return plusDays(first, Math.min(Number(date.slice(8)), last) - 1);
}
