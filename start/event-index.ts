import type { Database } from '../db/client.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import type { TextEmbedder } from '../tools/recall/embedder.ts';
import { indexEvents } from '../tools/recall/index-events.ts';
import type { Market } from './market.ts';

export interface EventIndex {
  /** Tags and embeds what has come in since; several calls while it works are one more run. */
  catchUp(): void;
  stop(): Promise<void>;
}

/** Keeps tags and vectors of events up beside a running desk, in batches that leave room for others. */
export function createEventIndex({ database, market, embedder, log }: { database: Database; market: Market; embedder: TextEmbedder; log: Log }): EventIndex {
  let stopped = false;
  let waiting = false;
  let working: Promise<void> = Promise.resolve();
  return {
    catchUp() {
      if (waiting || stopped) return;
      waiting = true;
      working = working.then(async () => {
        waiting = false;
        const { withoutVector, failed } = await indexEvents({ database, embedder, mentions: (text) => market.linker().link(text).mentions, stopped: () => stopped });
        if (failed > 0) log.warn('events could not be tagged; they are found without a tag', { events: failed });
        if (withoutVector > 0) log.warn('the provider of vectors did not answer; words alone decide in search', { events: withoutVector, model: embedder.model });
      }).catch((error: unknown) => log.error('events could not be indexed', { error: describeError(error) }));
    },
    async stop() { stopped = true; await working; },
  };
}
