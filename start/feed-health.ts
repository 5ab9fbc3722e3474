import type { Database } from '../db/client.ts';
import { feedHealth, type FeedHealthRow } from '../db/stores/feed-health.ts';
import { type Instant, msBetween } from '../desk/time.ts';
import type { MarketFeed } from '../feeds/define.ts';
import { isStream } from '../feeds/live/stream-names.ts';
import type { LiveStreams } from '../graph/feeds/live-streams.ts';
import type { LiveFeeds } from '../graph/feeds/live-feeds.ts';
import type { MarketView, ToolServices } from '../tools/services.ts';

/** A market's feed that says nothing for this long while the exchange is open is stale. */
const staleMinutes = 15;

/** The market's own feed by the market's clock, from `openedAt` on, when the desk came up; live sources by the wall clock and by how often each is asked. One that is switched on and was never heard is listed, too. */
export async function feedHealthOf({ database, feed, market, openedAt, liveFeeds, liveStreams, wallNow }: { database: Database; feed: MarketFeed; market: MarketView; openedAt: Instant; liveFeeds: LiveFeeds; liveStreams: Pick<LiveStreams, 'streams'>; wallNow(): Instant }): ReturnType<ToolServices['feedHealth']> {
  const now = market.now();
  const session = market.calendar().session(market.today());
  const open = session !== null && now >= session.open && now < session.close;
  const silentTooLong = ({ feed: name, lastHeardMarketTime: heard }: FeedHealthRow): boolean => {
    const since = name === feed.name && (heard === null || heard < openedAt) ? openedAt : heard;
    return since === null || msBetween(since, now) > staleMinutes * 60_000;
  };
  const known = await feedHealth(database.orm);
  const unheard = [feed.name, ...liveFeeds.feeds.map(({ name }) => name), ...liveStreams.streams.map(({ name }) => name)].filter((name) => !known.some((row) => row.feed === name)).map((name) => ({ feed: name, lastSuccessAt: null, lastHeardMarketTime: null, errors: 0, lastError: null }));
  return [...unheard, ...known].map((row) => ({ ...row, stale: liveStreams.streams.find(({ name }) => name === row.feed)?.stale(wallNow()) ?? (isStream(row.feed) ? false : null) ?? liveFeeds.stale(row.feed, row.lastSuccessAt, wallNow()) ?? (open && silentTooLong(row)) }));
}
