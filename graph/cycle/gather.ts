import { eventsKnown } from '../../db/stores/events.ts';
import type { SignalEvent } from '../../desk/signals/define.ts';
import type { Instant } from '../../desk/time.ts';
import type { HistoryCache, PreparedHistory } from './history-cache.ts';
import type { CycleServices } from './services.ts';
import { toSignalEvents } from './signal-events.ts';

const MOST_RECENT_EVENTS = 5_000;

export interface Gathered {
  history: PreparedHistory;
  /** Past and recent, with a direction. */
  events: SignalEvent[];
  /** What could not be read, in words. */
  degraded: string | null;
}

/** Reads the market as it was known at `asOf`. Without events the price models still work, and the cycle says so. */
export async function gather(services: CycleServices, cache: HistoryCache, asOf: Instant): Promise<Gathered> {
  const { database: { orm }, market } = services;
  const history = await cache.prepared(orm, { market, asOf });
  const notes = history.leftOut.length > 0 ? [`${history.leftOut.length} symbols left out, the first ${history.leftOut[0]?.symbol}: ${history.leftOut[0]?.reason}`] : [];
  let recent: SignalEvent[] = [];
  try {
    recent = toSignalEvents(await eventsKnown(orm, { after: history.pastUntil, asOf, limit: MOST_RECENT_EVENTS }));
  } catch (error) {
    services.onFailure?.('gather', error);
    notes.push('the events of the last days could not be read');
  }
  return { history, events: [...history.pastEvents, ...recent], degraded: notes.length > 0 ? notes.join('; ') : null };
}
