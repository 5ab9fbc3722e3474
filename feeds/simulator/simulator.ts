import type { FeedRecord, FeedSink, MarketFeed } from '../define.ts';
import type { CalendarDay, SymbolRecord } from '../../desk/market/types.ts';
import { epochMs, instant } from '../../desk/time.ts';
import type { Clock, Instant } from '../../desk/time.ts';
import { createMarketClock } from '../replay/market-clock.ts';
import type { SetTimer } from '../replay/market-clock.ts';
import { FIRST_HISTORY_SESSION, SESSION_MINUTES, calendarDaysOfYears, openMs } from './exchange-days.ts';
import { CALENDAR_YEARS_AHEAD, calendarThrough, simulatedHistory, yearOf } from './history.ts';
import { chainRecord } from '../importers/chain-collector.ts';
import { OPTION_CLASSES, listedContract } from './option-terms.ts';
import { createReel } from './session-reel.ts';
import { WORLD_VERSION, afterClose, beginning } from './simulator-state.ts';
import type { SimulatorState } from './simulator-state.ts';
import { COMPANIES, INDEX_SYMBOL, indexRecord, symbolRecord } from './universe.ts';
import { FIRST_LIVE_DAY, SIMULATOR_SOURCE } from './world.ts';

const MINUTE_MS = 60_000;
/** Market time that still runs after the close, so that what hangs on the close gets its ticks, before the next session opens. */
const RUNS_ON_AFTER_CLOSE_MS = 10 * MINUTE_MS;
/** A closed exchange's time stops this long before the session that never opens. */
const STANDS_BEFORE_OPEN_MS = 15 * MINUTE_MS;
const DEFAULT_SESSION_WALL_MINUTES = 30;

export interface Simulator extends MarketFeed {
  advance(milliseconds: number): Promise<void>;
  /** What came before the first session that is played, in batches; for a new home, once, before `start`. */
  history(): Iterable<FeedRecord[]>;
  /** Every company is in the one index from the beginning; told beside the history, which is the same to the byte for a seed. */
  indexMembers(): FeedRecord[];
  /** Every session and weekday holiday from the first year of history to five years ahead. */
  calendarDays(): CalendarDay[];
  symbols(): SymbolRecord[];
  /** Enough to go on from here in another process. */
  snapshotState(): SimulatorState;
}

/**
 * The simulated exchange as the desk's market. A session begins when the desk starts and lasts `sessionWallMinutes` of wall time;
 * soon after its close the next one opens. While the process is down, time stands still.
 * @throws RangeError when `state` belongs to another seed or version, or `startMarketTime` lies in history.
 */
export function createSimulator({
  seed,
  wallClock,
  sessionWallMinutes = DEFAULT_SESSION_WALL_MINUTES,
  startMarketTime,
  state,
  sessions = 'open',
  setTimer,
  onFailure,
}: {
  seed: number;
  wallClock: Clock;
  sessionWallMinutes?: number;
  /** Where a new world begins; by default the first session's open. */
  startMarketTime?: Instant;
  state?: SimulatorState;
  /** `closed`: the exchange stays closed, its quotes are the last closes; time stops before the next open, however it is moved. */
  sessions?: 'open' | 'closed';
  setTimer: SetTimer | null;
  onFailure?: (error: unknown) => void;
}): Simulator {
  const { startMs, toldMs } = beginning({ seed, sessions, startMarketTime, state });
  const reel = createReel(seed);
  const first = reel.windTo(startMs);
  if (state && state.sessionIndex !== first.day - FIRST_LIVE_DAY)
    throw new RangeError(`session ${state.sessionIndex} of this world is not at ${state.marketTime}`);
  const beginsMs = sessions === 'closed' ? afterClose(startMs, first.times) : startMs;
  const historyEnds = first.date;
  let sink: FeedSink | null = null;

  const becameKnown = (fromMs: number, toMs: number): FeedRecord[] => {
    const { date, times, records } = reel.plan();
    const within = (knownMs: number): boolean => knownMs > fromMs && knownMs <= toMs;
    const batch: FeedRecord[] = [];
    if (within(times.openMs) && yearOf(date) !== yearOf(reel.before().date)) {
      const year = yearOf(date) + CALENDAR_YEARS_AHEAD;
      for (const day of calendarDaysOfYears({ from: year, through: year }))
        batch.push({ type: 'calendar_day', day, knownAt: instant(times.openMs), source: SIMULATOR_SOURCE });
    }
    const firstMinute = Math.max(0, Math.floor((fromMs - times.openMs) / MINUTE_MS));
    for (let minute = firstMinute; minute < SESSION_MINUTES; minute++) {
      const endsMs = times.openMs + (minute + 1) * MINUTE_MS;
      if (endsMs > toMs) break;
      if (!within(endsMs)) continue;
      const knownAt = instant(endsMs);
      for (const bar of reel.tape().bars(minute)) batch.push({ type: 'intraday_bar', bar, knownAt, source: SIMULATOR_SOURCE });
    }
    for (const { knownMs, record } of records) if (within(knownMs)) batch.push(record);
    if (within(times.closeMs)) {
      for (const underlying of OPTION_CLASSES.keys()) {
        const chain = reel.chain(underlying, times.closeMs);
        if (chain) batch.push(chainRecord(chain, { knownAt: instant(times.closeMs), source: SIMULATOR_SOURCE }));
      }
    }
    return batch;
  };

  const clock = createMarketClock({
    startAt: instant(beginsMs),
    deliveredThrough: instant(toldMs ?? first.times.previousCloseMs),
    wallClock,
    setTimer,
    ...(onFailure && { onFailure }),
    rules: {
      speedAt: () => (sessions === 'open' ? SESSION_MINUTES / sessionWallMinutes : 1),
      skipFrom(atMs) {
        const { openMs, previousCloseMs } = reel.plan().times;
        if (sessions === 'closed') return atMs >= openMs - STANDS_BEFORE_OPEN_MS ? atMs : null;
        return atMs < openMs && atMs >= previousCloseMs + RUNS_ON_AFTER_CLOSE_MS ? openMs : null;
      },
      nextStop(fromMs) {
        const { openMs } = reel.windTo(fromMs + 1).times;
        return fromMs < openMs ? openMs : openMs + (Math.floor((fromMs - openMs) / MINUTE_MS) + 1) * MINUTE_MS;
      },
      async deliver(fromMs, toMs) {
        const batch = becameKnown(fromMs, toMs);
        if (batch.length > 0) await sink?.records(batch);
        await sink?.tick(instant(toMs));
      },
    },
  });

  return {
    name: 'simulator',
    kind: 'sim',
    label: () => 'SIMULATED',
    now: clock.now,
    quote: (symbol) => reel.quote(symbol, clock.nowMs()),
    chain: (underlying) => reel.chain(underlying, clock.nowMs()),
    contract: listedContract,
    async start(to) {
      sink = to;
      await clock.start();
    },
    stop: clock.stop,
    advance(milliseconds) {
      if (sessions === 'open') return clock.advance(milliseconds);
      const standsAt = reel.plan().times.openMs - STANDS_BEFORE_OPEN_MS;
      return clock.advance(Math.max(0, Math.min(milliseconds, standsAt - clock.nowMs())));
    },
    history: () => simulatedHistory({ seed, before: historyEnds }),
    indexMembers: () => COMPANIES.map(({ symbol }): FeedRecord => ({ type: 'index_member', member: { index: INDEX_SYMBOL, listedOn: FIRST_HISTORY_SESSION, symbol }, knownAt: instant(openMs(FIRST_HISTORY_SESSION)), source: SIMULATOR_SOURCE })),
    calendarDays: () => calendarThrough(reel.plan().date),
    symbols: () => [indexRecord, ...COMPANIES.map((company) => symbolRecord(company))],
    snapshotState() {
      const marketTime = clock.deliveredThrough();
      const { day, times } = reel.plan();
      // The reel may be wound to the next session while the last thing delivered is still this one's close.
      const behind = epochMs(marketTime) <= times.previousCloseMs ? 1 : 0;
      return { worldVersion: WORLD_VERSION, seed, marketTime, sessionIndex: day - behind - FIRST_LIVE_DAY };
    },
  };
}
