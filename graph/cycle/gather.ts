import { eventsKnown } from '../../db/stores/events.ts';
import type { SignalEvent } from '../../desk/signals/define.ts';
import type { Instant } from '../../desk/time.ts';
import type { HistoryCache, HistoryFacts } from './history-cache.ts';
import type { CycleServices } from './services.ts';
import { toSignalEvents } from './signal-events.ts';

const MOST_RECENT_EVENTS = 5_000;

export interface Gathered {
  facts: HistoryFacts;
  /** Past and recent, with a direction. */
  events: SignalEvent[];
  /** What could not be read, in words. */
  degraded: string | null;
}

/** Reads the market as it was known at `asOf`. Without recent events the price models still work, and the cycle says so. */
export async function gather(services: CycleServices, cache: HistoryCache, asOf: Instant): Promise<Gathered> {
  const { database: { orm }, market } = services;
  const facts = await cache.read(orm, { market, asOf });
  try {
    const recent = toSignalEvents(await eventsKnown(orm, { after: facts.pastUntil, asOf, limit: MOST_RECENT_EVENTS }));
    return { facts, events: [...facts.pastEvents, ...recent], degraded: null };
  } catch (error) {
    services.onFailure?.('gather', error);
    return { facts, events: facts.pastEvents, degraded: 'the events of the last days could not be read' };
  }
}
