import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { intradayBarsOn } from '../../../db/stores/bars.ts';
import { feedHealth } from '../../../db/stores/feed-health.ts';
import { gaugesNow } from '../../../db/stores/metric-rows.ts';
import { instant, plusMs, tradingDate } from '../../../desk/time.ts';
import type { MarketFeed } from '../../../feeds/define.ts';
import type { StreamSource } from '../../../feeds/live/stream-define.ts';
import type { LiveFeeds } from '../../../graph/feeds/live-feeds.ts';
import { createLiveStreams, type LiveStreams } from '../../../graph/feeds/live-streams.ts';
import { loadConfiguration } from '../../../ops/configuration.ts';
import { feedHealthOf } from '../../../start/feed-health.ts';
import { openLiveStreams } from '../../../start/live-streams.ts';
import { openMarket } from '../../../start/market.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { StreamServer } from '../../helpers/stream-server.ts';

let database: Database;
let server: StreamServer;
let streams: LiveStreams;
let now = instant('2025-03-19T05:10:00Z');
/** A stream whose messages are minutes: `minute,close`. */
const source: StreamSource = {
  name: 'upstox_stream', storesMinutes: true, expects: () => true, address: async () => server.ws,
  talk: () => ({ open: () => ['hello'], hear: (message) => { const [minute, close] = String(message).split(',').map(Number) as [number, number]; return { ready: true, minutes: [{ symbol: 'ICICIBANK', start: instant(Date.parse('2025-03-19T05:00:00Z') + minute * 60_000), minutes: 1, open: 1, high: close, low: 1, close, volume: 5 }] }; } }),
};
const stored = () => intradayBarsOn(database.orm, { from: tradingDate('2025-03-19'), to: tradingDate('2025-03-20') });

beforeAll(async () => {
  database = await openTestDatabase();
  server = new StreamServer();
  await server.up();
  server.greet = (socket) => { for (const message of ['0,10', '0,11', '1,12', '2,13']) socket.send(message); };
  streams = createLiveStreams({ database, wallNow: () => now, sources: [source], unit: () => 1 });
});
afterAll(async () => { await streams.stop(); await server.down(); await database.close(); });

describe('a stream that is switched on', () => {
  it('stores each minute once, when it has ended, and tells when it was heard', async () => {
    streams.start();
    await expect.poll(() => streams.streams[0]!.health().state).toBe('LIVE');
    await expect.poll(async () => { await streams.flush(); return (await stored()).map(({ start, close }) => [start, close]); }).toEqual([['2025-03-19T05:00:00.000Z', 11], ['2025-03-19T05:01:00.000Z', 12]]);
    expect((await feedHealth(database.orm)).find(({ feed }) => feed === 'upstox_stream')).toMatchObject({ lastSuccessAt: now, lastError: null });
    expect(await streams.flush()).toBe(0);
  });

  it('keeps the minutes that could not be stored for the next time', async () => {
    const failing = new Proxy(database.orm, { get: () => () => { throw new Error('the database is away'); } });
    server.greet = (socket) => { for (const message of ['5,20', '6,21']) socket.send(message); };
    const store = { orm: failing };
    const kept = createLiveStreams({ database: { ...database, get orm() { return store.orm; } } as Database, wallNow: () => now, sources: [source], unit: () => 1 });
    kept.start();
    await expect.poll(() => kept.streams[0]!.health().state).toBe('LIVE');
    await expect(kept.flush()).rejects.toThrow('the database is away');
    store.orm = database.orm;
    expect(await kept.flush()).toBe(1);
    await kept.stop();
    expect((await stored()).map(({ close }) => close)).toEqual([11, 12, 20]);
  });

  it('that falls is stale, in the list of feeds and on the page of metrics, with the reason', async () => {
    const list = () => feedHealthOf({ database, feed: { name: 'replay' } as MarketFeed, market: { kind: 'replay', now: () => now, today: () => tradingDate('2025-03-19'), calendar: () => ({ session: () => null }) } as never, openedAt: now, liveFeeds: { feeds: [], known: [], stale: () => null } as unknown as LiveFeeds, liveStreams: streams, wallNow: () => now });
    expect((await list()).find(({ feed }) => feed === 'upstox_stream')).toMatchObject({ stale: false });
    await server.down();
    await expect.poll(() => streams.streams[0]!.health().failuresInARow).toBeGreaterThan(0);
    now = plusMs(now, 1000);
    await streams.flush();
    expect((await list()).find(({ feed }) => feed === 'upstox_stream')).toMatchObject({ stale: true, lastError: expect.stringMatching(/closed the connection|connection failed/) });
    const gauges = await gaugesNow(database.orm);
    expect(gauges.find(({ metric, labels }) => metric === 'feed_errors' && labels.feed === 'upstox_stream')!.value).toBeGreaterThan(0);
    await server.up();
  });
});

describe('the streams of a desk', () => {
  it.each([
    [{}, []], [{ LIVE_FEEDS: 'all' }, []], [{ LIVE_FEEDS: 'alpaca_stream', ALPACA_KEY_ID: 'a', ALPACA_SECRET_KEY: 'b' }, []], [{ UPSTOX_ACCESS_TOKEN: 't', STREAM_SYMBOLS: 'TCS' }, []],
    [{ LIVE_FEEDS: 'upstox_stream', UPSTOX_ACCESS_TOKEN: 't', STREAM_SYMBOLS: 'TCS' }, ['upstox_stream']], [{ LIVE_FEEDS: 'all', UPSTOX_ACCESS_TOKEN: 't', STREAM_SYMBOLS: 'TCS,NIFTY', ALPACA_KEY_ID: 'a', ALPACA_SECRET_KEY: 'b', US_SYMBOLS: 'AAPL' }, ['upstox_stream', 'alpaca_stream']],
  ])('are off until named and given what they need: %j', async (environment, names) => {
    const loaded = loadConfiguration(environment as Record<string, string>);
    if (!loaded.ok) throw new Error(loaded.errors.join('; '));
    expect(openLiveStreams({ database, market: await openMarket(database, null), wallNow: () => now, configuration: loaded.configuration }).streams.map(({ name }) => name)).toEqual(names);
  });
});
