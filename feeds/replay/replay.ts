import type { FeedSink, MarketFeed } from '../define.ts';
import type { TradingCalendar } from '../../desk/market/types.ts';
import { at, dateIn, epochMs, instant, plusDays } from '../../desk/time.ts';
import type { Clock, Instant, TradingDate } from '../../desk/time.ts';
import { createMarketClock } from './market-clock.ts';
import type { SetTimer } from './market-clock.ts';
import { readReplayDay } from './replay-day.ts';
import type { ReplayDay } from './replay-day.ts';
import type { ReplayHistory } from './replay-history.ts';

const MINUTE_MS = 60_000;
/** Market time that still runs after a close before the clock goes on to the next session. */
const RUNS_ON_AFTER_CLOSE_MS = 15 * MINUTE_MS;
/** Where it goes: this long before the next open. */
const BEFORE_OPEN_MS = 15 * MINUTE_MS;
/** When a bare date means a moment to replay from. */
const BARE_DATE_TIME = '09:00';

/** A replay's start from what a person typed: an instant, or a bare date for 09:00 on the exchange's wall. */
export const replayStart = (asOf: Instant | TradingDate, { zone }: TradingCalendar): Instant =>
  asOf.length === 10 ? at(asOf as TradingDate, BARE_DATE_TIME, zone) : instant(asOf);

const labelDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/**
 * Imported history played forward as the desk's market. Market time is `startAt` plus `speed` times the wall time that it has run;
 * from a quarter of an hour after each close it goes straight to a quarter of an hour before the next open. Where the calendar ends, it stands.
 * The sink gets events as they become known and ticks; bars and option chains are in the store, which shows them by the same clock.
 */
export function createReplay({
  history,
  startAt,
  speed,
  wallClock,
  calendar,
  frozen = false,
  setTimer,
  onFailure,
}: {
  history: ReplayHistory;
  startAt: Instant;
  /** Market seconds a wall second. */
  speed: number;
  wallClock: Clock;
  calendar: TradingCalendar;
  /** Time does not move but by `advance`. */
  frozen?: boolean;
  setTimer: SetTimer | null;
  onFailure?: (error: unknown) => void;
}): MarketFeed & { advance(milliseconds: number): Promise<void> } {
  if (!(speed > 0)) throw new RangeError(`a replay's speed is above zero: ${speed}`);
  let sink: FeedSink | null = null;
  let day: ReplayDay | null = null;
  const dateOf = (ms: number): TradingDate => dateIn(instant(ms), calendar.zone);
  const openAfter = (date: TradingDate): number | null => {
    const next = calendar.next(date);
    const session = next && calendar.session(next);
    return session ? epochMs(session.open) : null;
  };

  const clock = createMarketClock({
    startAt,
    deliveredThrough: startAt,
    wallClock,
    setTimer: frozen ? null : setTimer,
    ...(onFailure && { onFailure }),
    rules: {
      speedAt: () => speed,
      skipFrom(atMs) {
        const date = dateOf(atMs);
        const today = calendar.session(date);
        if (today && atMs < epochMs(today.close) + RUNS_ON_AFTER_CLOSE_MS) {
          const wakes = epochMs(today.open) - BEFORE_OPEN_MS;
          return atMs < wakes ? wakes : null;
        }
        const open = openAfter(date);
        return open === null ? atMs : open - BEFORE_OPEN_MS;
      },
      nextStop(fromMs) {
        const midnight = epochMs(at(plusDays(dateOf(fromMs), 1), '00:00', calendar.zone));
        const within = day?.date === dateOf(fromMs) ? day.stops.find((stop) => stop > fromMs) : undefined;
        return within ?? midnight;
      },
      async prepare(toMs) {
        const date = dateOf(toMs);
        if (day?.date !== date) day = await readReplayDay({ history, calendar, date });
      },
      async deliver(fromMs, toMs) {
        if (toMs > fromMs) {
          const events = await history.eventsKnown({ after: instant(fromMs), through: instant(toMs) });
          if (events.length > 0) await sink?.records(events.map((event) => ({ type: 'event', event })));
        }
        await sink?.tick(instant(toMs));
      },
    },
  });

  return {
    name: 'replay',
    kind: 'replay',
    label: () => `REPLAY ${labelDate.format(Date.parse(dateOf(clock.nowMs())))}`,
    now: clock.now,
    quote: (symbol) => day?.quote(symbol, clock.nowMs()) ?? null,
    contract: (symbol) => day?.contract(symbol, clock.nowMs()) ?? null,
    async start(to) {
      sink = to;
      await clock.start();
    },
    stop: clock.stop,
    advance: clock.advance,
  };
}
