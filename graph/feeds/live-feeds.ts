import type { Database } from '../../db/client.ts';
import { feedAnswered, feedRefused, feedState } from '../../db/stores/feed-health.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import { createAsker } from '../../feeds/live/ask.ts';
import type { Cursor, FeedState, LiveFeed, Polled } from '../../feeds/live/define.ts';
import { isDue, isStale, pollFeed } from '../../feeds/live/poll.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import type { SymbolLinker } from '../../feeds/linking/link-symbols.ts';

export interface PolledFeed { feed: string; polled: Polled }
export interface LiveFeeds {
  /** The sources that are switched on, and those that could be. */
  feeds: readonly LiveFeed[]; known: readonly LiveFeed[];
  /** The names that `LIVE_FEEDS` holds, streams among them. */
  enabled: readonly string[];
  /** Asks those whose time has come, or the named ones now. */
  poll(names?: readonly string[]): Promise<PolledFeed[]>;
  /** Null for a feed that is not one of these. */
  stale(feed: string, lastSuccessAt: Instant | null, now: Instant): boolean | null;
}

/** Asks live sources and stores what they answer, each with its cursor and health. Hosts are asked side by side, feeds of one host in turn. */
export function createLiveFeeds({ database, market, wallNow, known, enabled, fetchFrom }: {
  database: Database; market: { refresh(): Promise<void>; linker(): SymbolLinker }; wallNow(): Instant; known: readonly LiveFeed[]; enabled: readonly string[]; fetchFrom?: typeof fetch;
}): LiveFeeds {
  const feeds = enabled.includes('all') ? known : known.filter(({ name }) => enabled.includes(name));
  const ask = createAsker(fetchFrom);
  const sink = createImportSink(database, wallNow);
  const under = new Map<string, Promise<Polled>>();

  async function once(feed: LiveFeed): Promise<Polled> {
    const row = await feedState(database.orm, feed.name);
    const state: FeedState = { ...row, cursor: row.cursor ? JSON.parse(row.cursor) as Cursor : {} };
    const now = wallNow();
    const { polled, cursor } = await pollFeed(feed, {
      state, now, ask,
      read: (path) => importPath({ path, sink, today: dateIn(wallNow(), 'Asia/Kolkata'), clock: wallNow, linker: async () => { await market.refresh(); return market.linker(); } }),
    });
    if (polled.outcome === 'failed') await feedRefused(database.orm, { feed: feed.name, now, notBefore: polled.notBefore, reason: polled.reason });
    else await feedAnswered(database.orm, { feed: feed.name, now, cursor: JSON.stringify(cursor), records: polled.outcome === 'fresh' ? polled.accepted + polled.updated : 0 });
    return polled;
  }
  /** A feed is never asked twice at a time: whoever asks meanwhile gets the same answer. */
  function single(feed: LiveFeed): Promise<Polled> {
    const running = under.get(feed.name);
    if (running !== undefined) return running;
    const started = once(feed).finally(() => under.delete(feed.name));
    under.set(feed.name, started);
    return started;
  }

  return {
    feeds, known, enabled,
    async poll(names) {
      const wanted: LiveFeed[] = [];
      for (const feed of names ? known.filter(({ name }) => names.includes(name)) : feeds) {
        const row = await feedState(database.orm, feed.name);
        if (names || isDue(feed, { ...row, cursor: {} }, wallNow())) wanted.push(feed);
      }
      return Promise.all(wanted.map(async (feed) => ({ feed: feed.name, polled: await single(feed) })));
    },
    stale: (name, lastSuccessAt, now) => { const feed = known.find((each) => each.name === name); return feed ? isStale(feed, lastSuccessAt, now) : null; },
  };
}
