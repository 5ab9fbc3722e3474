import type { Database } from '../db/client.ts';
import type { Instant } from '../desk/time.ts';
import { liveFeeds as knownFeeds } from '../feeds/live/sources.ts';
import { createLiveFeeds, type LiveFeeds } from '../graph/feeds/live-feeds.ts';
import type { Configuration } from '../ops/configuration.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import type { Market } from './market.ts';

/** The live sources by the settings. */
export const openLiveFeeds = ({ database, market, wallNow, configuration }: { database: Database; market: Market; wallNow(): Instant; configuration: Configuration }): LiveFeeds => createLiveFeeds({
  database, market, wallNow, enabled: configuration.LIVE_FEEDS ?? [],
  known: knownFeeds({
    rssUrls: configuration.RSS_URLS ?? [], newsApiKey: configuration.NEWSAPI_KEY, newsQuery: configuration.NEWS_QUERY, policyHours: configuration.POLICY_SCRAPE_INTERVAL_HOURS,
    alpaca: configuration.ALPACA_KEY_ID && configuration.ALPACA_SECRET_KEY ? { keyId: configuration.ALPACA_KEY_ID, secretKey: configuration.ALPACA_SECRET_KEY, symbols: configuration.US_SYMBOLS ?? [] } : null,
  }),
});

const lookEveryMs = 15_000;

/** Asks the sources whose time has come, beside the desk's own work: a slow host holds nothing up. `onFresh`: something new was stored. Returns how to stop. */
export function keepPolling(feeds: LiveFeeds, log: Log, onFresh: () => void): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const look = (): void => {
    looking ??= feeds.poll().then(
      (polled) => {
        for (const { feed, polled: each } of polled) if (each.outcome === 'failed') log.warn('a live source failed', { feed, reason: each.reason, notBefore: each.notBefore });
        if (polled.some(({ polled: each }) => each.outcome === 'fresh' && each.accepted > 0)) onFresh();
      },
      (error: unknown) => log.error('asking live sources failed', { error: describeError(error) }),
    ).finally(() => { looking = null; });
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return async () => { clearInterval(timer); await looking; };
}
