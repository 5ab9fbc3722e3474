import { epochMs, instant } from '../../desk/time.ts';
import type { Instant } from '../../desk/time.ts';
import { FIRST_LIVE_SESSION, closeMs, openMs, sessionsFrom } from './exchange-days.ts';

/** Changes when the same seed makes another world, so that a home never mixes two. */
export const WORLD_VERSION = 2;

/** All that a stopped simulator needs to go on: the world is a function of the seed, and the moment says how far it was told. */
export interface SimulatorState {
  worldVersion: number;
  seed: number;
  /** Everything known until then was delivered. */
  marketTime: Instant;
  /** Sessions from the first one played; for people, and to see that moment and world agree. */
  sessionIndex: number;
}

/** Market time after the close at which a closed exchange stands. */
const CLOSED_FOR_MS = 15 * 60_000;
const LAST_HISTORY_CLOSE_MS = closeMs(sessionsFrom(FIRST_LIVE_SESSION, -1));

/**
 * Where market time begins and what was told before.
 * @throws RangeError for a moment inside history, another seed or another version of the world.
 */
export function beginning({
  seed,
  sessions,
  startMarketTime,
  state,
}: {
  seed: number;
  sessions: 'open' | 'closed';
  startMarketTime?: Instant | undefined;
  state?: SimulatorState | undefined;
}): { startMs: number; toldMs: number | null } {
  if (state) {
    if (state.worldVersion !== WORLD_VERSION)
      throw new RangeError(
        `this home's world is version ${state.worldVersion}, the simulator makes version ${WORLD_VERSION}: begin with --fresh or use another home`,
      );
    if (state.seed !== seed)
      throw new RangeError(`this home's world is sim(${state.seed}), not sim(${seed}): begin with --fresh or use another home`);
    return { startMs: epochMs(state.marketTime), toldMs: epochMs(state.marketTime) };
  }
  const first = sessions === 'open' ? openMs(FIRST_LIVE_SESSION) : LAST_HISTORY_CLOSE_MS + CLOSED_FOR_MS;
  const startMs = startMarketTime === undefined ? first : epochMs(startMarketTime);
  if (startMs <= LAST_HISTORY_CLOSE_MS) throw new RangeError(`the simulated market begins after ${instant(LAST_HISTORY_CLOSE_MS)}`);
  return { startMs, toldMs: null };
}

/** The exchange is closed: a moment inside a session moves behind its close. */
export const afterClose = (startMs: number, session: { openMs: number; closeMs: number }): number =>
  startMs >= session.openMs && startMs <= session.closeMs ? session.closeMs + CLOSED_FOR_MS : startMs;
