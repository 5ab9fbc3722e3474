import type { Database } from '../../db/client.ts';
import { feedAnswered, feedRefused } from '../../db/stores/feed-health.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { type Clock, type Instant, plusMinutes } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { createStream, type LiveStream } from '../../feeds/live/stream.ts';
import type { StreamSource } from '../../feeds/live/stream-define.ts';

export interface LiveStreams {
  /** The streams that are switched on. */
  streams: readonly LiveStream[];
  start(): void;
  /** Stores the minutes that ended and how the streams are; what cannot be stored is kept for the next time. */
  flush(): Promise<number>;
  stop(): Promise<void>;
}

/** Keeps streams connected, stores the minute bars that end, and writes their health where `/metrics` and the conversation look for it. */
export function createLiveStreams({ database, wallNow, sources, onFault = () => undefined, unit }: { database: Database; wallNow: Clock; sources: readonly StreamSource[]; onFault?: (fault: { feed: string; reason: string; notBefore: Instant }) => void; unit: () => number }): LiveStreams {
  const faults: { feed: string; reason: string; notBefore: Instant; now: Instant }[] = [];
  const streams = sources.map((source) => createStream({ source, wallNow, unit, onFault: (fault) => { faults.push({ feed: source.name, now: wallNow(), ...fault }); onFault({ feed: source.name, ...fault }); } }));
  /** Minutes that are not stored yet; a database that fails keeps them here. */
  const waiting: Extract<FeedRecord, { type: 'intraday_bar' }>[] = [];
  const told = new Map<string, Instant | null>();
  let flushing: Promise<number> = Promise.resolve(0);

  async function store(): Promise<number> {
    let stored = 0;
    for (let fault = faults[0]; fault !== undefined; fault = faults[0]) { await feedRefused(database.orm, fault); faults.shift(); }
    for (const [i, stream] of streams.entries()) {
      const minutes = stream.takeMinutes();
      if (sources[i]?.storesMinutes === true) waiting.push(...minutes.map((bar) => ({ type: 'intraday_bar' as const, bar, knownAt: plusMinutes(bar.start, bar.minutes), source: stream.name })));
      const records = waiting.length;
      if (records > 0) stored += (await writeFacts(database.orm, waiting, wallNow())).accepted;
      waiting.splice(0, records);
      const { state, lastHeardAt } = stream.health();
      if (state !== 'LIVE' || lastHeardAt === null || told.get(stream.name) === lastHeardAt) continue;
      told.set(stream.name, lastHeardAt);
      await feedAnswered(database.orm, { feed: stream.name, now: lastHeardAt, cursor: '{}', records });
    }
    return stored;
  }
  const flush = (): Promise<number> => (flushing = flushing.catch(() => 0).then(store));
  return {
    streams, flush,
    start: () => { for (const stream of streams) stream.start(); },
    async stop() {
      for (const stream of streams) stream.stop();
      await flush();
    },
  };
}
