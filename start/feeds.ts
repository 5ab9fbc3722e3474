import type { Database } from '../db/client.ts';
import { barsOn, intradayBarsOn, latestBarsBefore } from '../db/stores/bars.ts';
import { eventsKnown } from '../db/stores/events.ts';
import { chainsKnown } from '../db/stores/option-chains.ts';
import { recordCoverage, rulesInForce, shareActionsBetween } from '../db/stores/reference.ts';
import { writeFacts } from '../db/stores/facts.ts';
import type { World } from '../db/stores/world.ts';
import type { SymbolRecord, TradingCalendar } from '../desk/market/types.ts';
import { at, type Clock, type Instant, plusDays, type TradingDate } from '../desk/time.ts';
import { freezeQuantity, indexLot } from '../desk/gates/rules/index-derivatives.ts';
import { createReplay, replayStart } from '../feeds/replay/replay.ts';
import type { ReplayHistory } from '../feeds/replay/replay-history.ts';
import { createSimulator, type Simulator } from '../feeds/simulator/simulator.ts';
import type { SimulatorState } from '../feeds/simulator/simulator-state.ts';

type SetTimer = Parameters<typeof createSimulator>[0]['setTimer'];
/** Wall-clock timers; they never keep the process alive on their own. */
export const wallTimer: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/** The simulated exchange of this home: from its seed at the first start, from where it stood afterwards. */
export function openSimulator(input: { seed: number; world: World | null; wallClock: Clock; sessionWallMinutes: number; sessions: 'open' | 'closed'; setTimer: SetTimer; onFailure: (error: unknown) => void }): Simulator {
  const state = (input.world?.feedState ?? null) as SimulatorState | null;
  return createSimulator({ seed: input.seed, wallClock: input.wallClock, sessionWallMinutes: input.sessionWallMinutes, sessions: input.sessions, setTimer: input.setTimer, onFailure: input.onFailure, ...(state ? { state } : {}) });
}

/** Writes the simulated past into a new home. */
export async function writeSimulatedPast(database: Database, simulator: Simulator, now: Instant): Promise<number> {
  let { accepted: written } = await writeFacts(database.orm, simulator.indexMembers(), now);
  for (const batch of simulator.history()) written += (await writeFacts(database.orm, batch, now)).accepted;
  const days = simulator.calendarDays().map((day) => day.date).sort();
  const [from, to] = [days[0], days.at(-1)];
  // The simulated companies announce every result at least ten days ahead, so their calendar covers whatever lies before that.
  if (from && to) await recordCoverage(database.orm, [{ kind: 'scheduled_event', source: 'simulator', symbol: '', from, to, mode: 'listed' }]);
  return written;
}

const replayHistory = (database: Database, symbols: () => ReadonlyMap<string, SymbolRecord>): ReplayHistory => ({
  dailyBars: (date) => barsOn(database.orm, date),
  latestBarsBefore: (date) => latestBarsBefore(database.orm, date),
  intradayBars: (date) => intradayBarsOn(database.orm, { from: date, to: plusDays(date, 1) }),
  shareActions: ({ after, through }) => shareActionsBetween(database.orm, { after, through }),
  eventsKnown: ({ after, through }) => eventsKnown(database.orm, { after, asOf: through, limit: 5000 }).then((events) => events.reverse()),
  isIndex: (symbol) => symbols().get(symbol)?.kind === 'INDEX',
  optionChains: ({ date, after, through }) => chainsKnown(database.orm, { date, after, through }),
  async contractSizes({ date, underlyings }) {
    const listed = (rule: 'MARKET_LOT' | 'FREEZE_QUANTITY') => rulesInForce(database.orm, { rule, symbols: underlyings, date, asOf: at(date, '00:00', 'Asia/Kolkata') });
    const [lots, freezes] = [await listed('MARKET_LOT'), await listed('FREEZE_QUANTITY')];
    const size = (value: string | undefined): number | null => (Number(value) > 0 ? Number(value) : null);
    return new Map(underlyings.map((symbol) => [symbol, { lotSize: size(lots.get(symbol)) ?? indexLot(symbol, date) ?? null, freezeQuantity: size(freezes.get(symbol)) ?? freezeQuantity(symbol, date) ?? null, settles: symbols().get(symbol)?.kind === 'INDEX' ? 'CASH' as const : 'PHYSICAL' as const }]));
  },
  tickSize: (symbol) => { const record = symbols().get(symbol); return record ? Number(record.tickSize) : null; },
});

export function openReplay(input: {
  database: Database; calendar: TradingCalendar; symbols: () => ReadonlyMap<string, SymbolRecord>; asOf: Instant | TradingDate; world: World | null; speed: number; frozen: boolean;
  wallClock: Clock; setTimer: SetTimer; onFailure: (error: unknown) => void;
}) {
  // A world that has been played goes on where it stood; the start is only for its first time.
  const startAt = input.world?.marketNow ?? replayStart(input.asOf, input.calendar);
  return createReplay({ history: replayHistory(input.database, input.symbols), startAt, speed: input.speed, wallClock: input.wallClock, calendar: input.calendar, frozen: input.frozen, setTimer: input.setTimer, onFailure: input.onFailure });
}

/** A bare date means the end of that day for a question, and the morning for a replay. */
export const questionMoment = (text: string): string => (text.length === 10 ? `${text}T18:29:59.000Z` : text);
