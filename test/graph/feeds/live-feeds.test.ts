import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/client.ts';
import { feedHealth, feedState } from '../../../db/stores/feed-health.ts';
import { eventsKnown } from '../../../db/stores/events.ts';
import { type Instant, instant, plusMs } from '../../../desk/time.ts';
import { backOffMs } from '../../../feeds/live/poll.ts';
import { ADDRESSES, liveFeeds } from '../../../feeds/live/sources.ts';
import { createLiveFeeds, type LiveFeeds } from '../../../graph/feeds/live-feeds.ts';
import { openMarket } from '../../../start/market.ts';
import { openTestDatabase } from '../../helpers/database.ts';

let database: Database;
let server: Server;
let live: LiveFeeds;
let now: Instant = instant('2026-11-20T10:00:00Z');
/** What the server does, and what it was asked. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: { path: string; headers: IncomingMessage['headers'] }[] = [];

const filing = (over: object = {}) => ({ symbol: 'TCS', desc: 'Buy back', an_dt: '20-Nov-2026 15:20:00', attchmntText: 'Board approved a buyback', attchmntFile: `https://x.example/${JSON.stringify(over).length}.pdf`, sm_name: 'Tata Consultancy Services Limited', ...over });
const json = (body: unknown, headers: Record<string, string> = {}) => (_request: IncomingMessage, response: ServerResponse): void => { response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)); };
const outcome = async (name = 'nse_announcements') => (await live.poll([name]))[0]?.polled;

beforeAll(async () => {
  database = await openTestDatabase();
  server = createServer((request, response) => { asked.push({ path: request.url ?? '', headers: request.headers }); answer(request, response); });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const known = liveFeeds({ rssUrls: [`${here}/news.xml`], newsApiKey: 'k', newsQuery: 'NSE', policyHours: 6, alpaca: { keyId: 'a', secretKey: 'b', symbols: ['AAPL'] } }, { ...ADDRESSES, nse: here, nseArchives: here, bse: here, newsApi: here, gdelt: here, alpacaData: here });
  live = createLiveFeeds({ database, market: await openMarket(database, null), wallNow: () => now, known, enabled: ['nse_announcements'] });
});
afterAll(async () => { server.closeAllConnections(); await new Promise((done) => { server.close(done); }); await database.close(); });
beforeEach(() => { asked = []; });
afterEach(() => { now = plusMs(now, 7_200_000); });

describe('a live source', () => {
  it('is asked behind its doorstep\'s cookie, stored once, and asked conditionally the next time', async () => {
    answer = (request, response) => {
      if (request.url === '/option-chain') { response.writeHead(200, { 'set-cookie': 'nsit=abc; path=/; HttpOnly' }).end('<html></html>'); return; }
      if (request.headers.cookie !== 'nsit=abc') { response.writeHead(401).end(); return; }
      if (request.headers['if-none-match'] === '"v1"') { response.writeHead(304).end(); return; }
      json([filing()], { etag: '"v1"' })(request, response);
    };
    expect(await outcome()).toEqual({ outcome: 'fresh', accepted: 1, updated: 0, duplicate: 0, quarantined: 0 });
    expect(await outcome()).toEqual({ outcome: 'unchanged' });
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual(['/option-chain', '/api/corporate-announcements', '/api/corporate-announcements']);
    const [event] = await eventsKnown(database.orm, { symbols: ['TCS'], asOf: instant('2026-11-20T09:50:00Z'), limit: 5 });
    expect(event).toMatchObject({ eventType: 'BUYBACK', knownAt: '2026-11-20T09:50:00.000Z' });
  });

  it('that sends the same body without validators has nothing new, and what it adds is new once', async () => {
    answer = json([filing()]);
    await outcome();
    expect(await outcome()).toEqual({ outcome: 'unchanged' });
    answer = json([filing(), filing({ symbol: 'INFY' })]);
    expect(await outcome()).toMatchObject({ outcome: 'fresh', accepted: 1, duplicate: 1 });
    answer = json([]);
    expect(await outcome()).toMatchObject({ outcome: 'fresh', accepted: 0 });
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    ['an error page', (_q, r) => { r.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Access Denied</body></html>'); }, /answers with html instead of announcements/],
    ['another list', json([{ category: 'DII', date: '19-Nov-2026', buyValue: '2', sellValue: '1', netValue: '1' }]), /answers with institutional_flows_nse instead of announcements/],
    ['half a document', (_q, r) => { r.writeHead(200).end('[{"symbol": "TCS", '); }, /cannot be read/],
    ['a broken connection', (_q, r) => { r.writeHead(200, { 'content-length': '500' }); r.write('[{'); setImmediate(() => r.destroy()); }, /broke off|did not answer/],
    ['a redirect to another host', (_q, r) => { r.writeHead(302, { location: 'http://elsewhere.invalid/' }).end(); }, /sends the question on to elsewhere\.invalid/],
    ['too many requests', (_q, r) => { r.writeHead(429, { 'retry-after': '5000' }).end(); }, /answers 429/],
  ])('that answers with %s has failed, and says so', async (what, how, reason) => {
    answer = how;
    const polled = await outcome();
    if (polled?.outcome !== 'failed') throw new Error(`it counted as ${polled?.outcome}`);
    expect(polled.reason).toMatch(reason);
    expect(polled.notBefore > now).toBe(true);
    if (what === 'too many requests') expect(polled.notBefore >= plusMs(now, 5_000_000)).toBe(true);
    expect((await feedHealth(database.orm)).find(({ feed }) => feed === 'nse_announcements')).toMatchObject({ lastError: polled.reason });
  });

  it('that failed is left alone until its time, and comes back with a clean record', async () => {
    answer = (_q, r) => { r.writeHead(503).end(); };
    await outcome();
    const before = await feedState(database.orm, 'nse_announcements');
    expect(before.failuresInARow).toBeGreaterThan(0);
    asked = [];
    expect(await live.poll()).toEqual([]);
    expect(asked).toEqual([]);
    now = plusMs(before.notBefore as Instant, 1);
    answer = json([filing({ symbol: 'WIPRO' })]);
    expect(await live.poll()).toMatchObject([{ feed: 'nse_announcements', polled: { outcome: 'fresh' } }]);
    expect(await feedState(database.orm, 'nse_announcements')).toMatchObject({ failuresInARow: 0, notBefore: null });
  });

  it('is stale when it was silent for three looks, and never heard is stale', () => {
    expect(live.stale('nse_announcements', null, now)).toBe(true);
    expect(live.stale('nse_announcements', plusMs(now, -890_000), now)).toBe(false);
    expect(live.stale('nse_announcements', plusMs(now, -910_000), now)).toBe(true);
    expect(live.stale('not one of these', now, now)).toBeNull();
  });

  it('reads Alpaca\'s bars with the keys in its headers, and leaves out bars within the day', async () => {
    answer = json({ bars: { AAPL: [{ t: '2026-11-18T05:00:00Z', o: 230.1, h: 232, l: 229.5, c: 231.4, v: 41_000_000, n: 5, vw: 230.9 }, { t: '2026-11-18T14:30:00Z', o: 1, h: 1, l: 1, c: 1, v: 1 }] }, next_page_token: null });
    expect(await outcome('alpaca_bars')).toMatchObject({ outcome: 'fresh', accepted: 1 });
    expect(asked[0]?.headers).toMatchObject({ 'apca-api-key-id': 'a', 'apca-api-secret-key': 'b' });
    const bars = await database.pool.query('select symbol, date::text, close::float8 from core.bars_foreign');
    expect(bars.rows).toEqual([{ symbol: 'AAPL', date: '2026-11-18', close: 231.4 }]);
  });
});

it('waits longer with each failure, at most an hour, and not as long as another feed', () => {
  const waits = [1, 2, 3, 4, 8, 20].map((failures) => backOffMs('nse_flows', failures));
  for (const [i, wait] of waits.entries()) {
    expect(wait).toBeLessThanOrEqual(3_600_000);
    expect(wait).toBeGreaterThanOrEqual(30_000 * Math.min(60, 2 ** ([1, 2, 3, 4, 8, 20][i] as number - 1)));
  }
  expect(new Set(['a', 'b', 'c', 'd'].map((feed) => backOffMs(feed, 3))).size).toBeGreaterThan(1);
});
