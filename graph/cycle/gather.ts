import { readingAsOf } from '../../db/reading.ts';
import { eventsKnown } from '../../db/stores/events.ts';
import { activePlaybooks } from '../../db/stores/playbooks.ts';
import type { Playbook } from '../../desk/playbooks/playbook.ts';
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
  /** Those in force. */
  playbooks: Playbook[];
  /** What could not be read, in words. */
  degraded: string | null;
}

/** Reads the market as it was known at `asOf`. Without recent events the price models still work, and the cycle says so. */
export async function gather(services: CycleServices, cache: HistoryCache, asOf: Instant): Promise<Gathered> {
  const { market } = services;
  const { orm } = readingAsOf(services.database, asOf);
  const facts = await cache.read(orm, { market, asOf });
  const degraded: string[] = [];
  const readOr = async <T>(what: string, otherwise: T, read: () => Promise<T>): Promise<T> => {
    try { return await read(); } catch (error) {
      services.onFailure?.('gather', error);
      degraded.push(`${what} could not be read`);
      return otherwise;
    }
  };
  const recent = await readOr('the events of the last days', [], async () => toSignalEvents(await eventsKnown(orm, { after: facts.pastUntil, asOf, limit: MOST_RECENT_EVENTS })));
  const playbooks = await readOr<Playbook[]>('the playbooks', [], () => activePlaybooks(orm));
  return { facts, events: [...facts.pastEvents, ...recent], playbooks, degraded: degraded.length > 0 ? degraded.join('; ') : null };
}
