import { type Instant, type TradingDate, type Zone, at, plusDays } from '../time.ts';
import type { CalendarSource } from './calendar-source.ts';
import type { CalendarDay, Exchange, TradingCalendar } from './types.ts';

/** A stretch of days without holes, all of them known. */
interface Stretch { from: TradingDate; to: TradingDate; sessions: TradingDate[] }

/**
 * The exchange's calendar out of everything that its sources say.
 *
 * A day is known when some source covers it. Where a source that lists sessions covers the day, it is a session exactly when
 * one of those sources lists it; such sources win over holiday lists, since a price was printed. Elsewhere a listed session or
 * holiday counts, and otherwise Monday to Friday. Hours are the first stated for that day by any source, else `regular`.
 *
 * `coverage` runs from the first to the last known day and may have holes: ask `covers`. On an unknown day `isTradingDay` is
 * false and `session` null (closed as far as anyone knows); `next`, `previous` and `plus` are null where their way leads
 * through unknown days, and `daysBetween` throws a RangeError, because any number would be
 * invented; counted backwards it is negative.
 */
export function createCalendar({ exchange, zone, regular, sources }: {
  exchange: Exchange; zone: Zone; regular: { open: string; close: string }; sources: readonly CalendarSource[];
}): TradingCalendar {
  const stated = rowsByDate(sources, exchange);
  const stretches = knownStretches(sources).map(({ from, to }) => ({ from, to, sessions: sessionsOf(from, to, sources, stated) }));
  const sessionDates = new Set(stretches.flatMap(({ sessions }) => sessions));
  const stretchOf = (date: TradingDate): Stretch | undefined => stretches.find(({ from, to }) => from <= date && date <= to);
  const [first, last] = [stretches[0], stretches.at(-1)];

  const plus = (date: TradingDate, n: number): TradingDate | null => {
    const stretch = stretchOf(date);
    if (!stretch) return null;
    const { sessions } = stretch;
    // From a closed day, one forward is the next session and one back the session before.
    const here = firstNotBefore(sessions, date);
    if (n === 0) return sessions[here] === date ? date : null;
    const target = n > 0 && sessions[here] !== date ? here + n - 1 : here + n;
    return sessions[target] ?? null;
  };

  const daysBetween = (from: TradingDate, to: TradingDate): number => {
    const stretch = stretchOf(from);
    if (!stretch || to < stretch.from || to > stretch.to) throw new RangeError(`the ${exchange} calendar does not know every day between ${from} and ${to}`);
    return firstNotBefore(stretch.sessions, plusDays(to, 1)) - firstNotBefore(stretch.sessions, plusDays(from, 1));
  };

  const sessions = new Map<TradingDate, { open: Instant; close: Instant }>();
  /** Worked out once a date. */
  const sessionOf = (date: TradingDate): { open: Instant; close: Instant } => {
    const there = sessions.get(date);
    if (there) return there;
    const { open, close } = statedHours(stated.get(date)) ?? regular;
    const session = Object.freeze({ open: at(date, open, zone), close: at(date, close, zone) });
    sessions.set(date, session);
    return session;
  };

  return {
    exchange, zone,
    coverage: first && last ? { from: first.from, to: last.to } : null,
    covers: (date) => stretchOf(date) !== undefined,
    isTradingDay: (date) => sessionDates.has(date),
    session: (date) => (sessionDates.has(date) ? sessionOf(date) : null),
    holidayName: (date) => (sessionDates.has(date) ? null : stated.get(date)?.find(({ day }) => day.kind === 'HOLIDAY' && day.description)?.day.description ?? null),
    next: (date) => plus(date, 1),
    previous: (date) => plus(date, -1),
    plus,
    daysBetween,
  };
}

interface StatedRow { day: CalendarDay; mode: CalendarSource['mode'] }
function rowsByDate(sources: readonly CalendarSource[], exchange: Exchange): Map<TradingDate, StatedRow[]> {
  const rows = new Map<TradingDate, StatedRow[]>();
  for (const { days, mode, coverage } of sources) {
    for (const day of days) {
      if (day.exchange !== exchange || day.date < coverage.from || day.date > coverage.to) continue;
      const others = rows.get(day.date);
      if (others) others.push({ day, mode }); else rows.set(day.date, [{ day, mode }]);
    }
  }
  return rows;
}

function statedHours(rows: StatedRow[] = []): { open: string; close: string } | null {
  for (const { day: { kind, open, close } } of rows) if (kind !== 'HOLIDAY' && open && close) return { open, close };
  return null;
}

/** The union of the sources' coverages, touching ones joined. */
function knownStretches(sources: readonly CalendarSource[]): { from: TradingDate; to: TradingDate }[] {
  const sorted = sources.map(({ coverage }) => ({ ...coverage })).sort((a, b) => (a.from < b.from ? -1 : 1));
  const joined: { from: TradingDate; to: TradingDate }[] = [];
  for (const { from, to } of sorted) {
    if (from > to) throw new RangeError(`coverage ends before it begins: ${from} to ${to}`);
    const previous = joined.at(-1);
    if (previous && from <= plusDays(previous.to, 1)) { if (to > previous.to) previous.to = to; } else joined.push({ from, to });
  }
  return joined;
}

function sessionsOf(from: TradingDate, to: TradingDate, sources: readonly CalendarSource[], stated: Map<TradingDate, StatedRow[]>): TradingDate[] {
  const complete = sources.filter(({ mode }) => mode === 'sessions-listed').map(({ coverage }) => coverage);
  const sessions: TradingDate[] = [];
  for (let date = from; date <= to; date = plusDays(date, 1)) {
    const rows = stated.get(date) ?? [];
    const listed = complete.some((coverage) => coverage.from <= date && date <= coverage.to);
    const open = listed
      ? rows.some(({ day, mode }) => mode === 'sessions-listed' && day.kind !== 'HOLIDAY')
      : rows.length > 0 ? rows.some(({ day }) => day.kind !== 'HOLIDAY') : isWeekday(date);
    if (open) sessions.push(date);
  }
  return sessions;
}

const isWeekday = (date: TradingDate): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

/** Index of the first date that is not before `date`, in ascending dates. */
export function firstNotBefore(dates: readonly TradingDate[], date: TradingDate): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dates[middle]! < date) low = middle + 1; else high = middle;
  }
  return low;
}
