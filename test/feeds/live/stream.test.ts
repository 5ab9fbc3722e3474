import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, plusMs } from '../../../desk/time.ts';
import { alpacaStream } from '../../../feeds/live/alpaca-stream.ts';
import { createStream, type LiveStream, streamWaitMs } from '../../../feeds/live/stream.ts';
import type { StreamSource } from '../../../feeds/live/stream-define.ts';
import { createTickFilter } from '../../../feeds/live/tick-filter.ts';
import { upstoxStream } from '../../../feeds/live/upstox-stream.ts';
import { StreamServer } from '../../helpers/stream-server.ts';
import { noSharedFiles, sharedFile } from '../importers/shared-files.ts';

/** Frames as the published `MarketDataFeedV3.proto` has them. */
const Frame = protobuf.parse(`syntax = "proto3";
message LTPC { double ltp = 1; int64 ltt = 2; int64 ltq = 3; double cp = 4; }
message Quote { int64 bidQ = 1; double bidP = 2; int64 askQ = 3; double askP = 4; }
message MarketLevel { repeated Quote bidAskQuote = 1; }
message OHLC { string interval = 1; double open = 2; double high = 3; double low = 4; double close = 5; int64 vol = 6; int64 ts = 7; }
message MarketOHLC { repeated OHLC ohlc = 1; }
message MarketFullFeed { LTPC ltpc = 1; MarketLevel marketLevel = 2; MarketOHLC marketOHLC = 4; int64 vtt = 6; }
message FullFeed { MarketFullFeed marketFF = 1; }
message Feed { FullFeed fullFeed = 2; }
message FeedResponse { int32 type = 1; map<string, Feed> feeds = 2; int64 currentTs = 3; }`).root.lookupType('FeedResponse');
const start = Date.parse('2025-03-19T05:00:00Z');
const key = 'NSE_EQ|INE090A01021';
const frame = (second: number, { last = 100 + second, minute = Math.floor(second / 60) } = {}): Buffer => Buffer.from(Frame.encode(Frame.fromObject({
  type: 1, currentTs: start + second * 1000,
  feeds: { [key]: { fullFeed: { marketFF: { ltpc: { ltp: last, ltt: start, ltq: 1, cp: 99 }, marketLevel: { bidAskQuote: [{ bidQ: 10, bidP: last - 0.05, askQ: 20, askP: last + 0.05 }] }, vtt: 1000 + second,
    marketOHLC: { ohlc: [{ interval: '1d', open: 100, high: 200, low: 90, close: last, vol: 1000, ts: start }, { interval: 'I1', open: 100, high: last + 1, low: 99, close: last, vol: 10 * (minute + 1), ts: start + minute * 60_000 }] } } } } },
})).finish());

describe('a stream', () => {
  let server: StreamServer;
  let stream: LiveStream;
  let now = instant(start);
  const faults: { reason: string; notBefore: string }[] = [];
  beforeEach(async () => { server = new StreamServer(); await server.up(); faults.length = 0; now = instant(start); });
  afterEach(async () => { stream.stop(); await server.down(); });
  const begin = (source: StreamSource): void => {
    stream = createStream({ source, wallNow: () => now, unit: () => 1, onFault: (fault) => faults.push(fault) });
    stream.start();
  };
  const upstox = (expects = true): StreamSource => upstoxStream({ token: 'the-token', api: server.http, symbols: [{ symbol: 'ICICIBANK', kind: 'EQUITY', isin: 'INE090A01021', name: 'ICICI Bank' }, { symbol: 'NIFTY', kind: 'INDEX', name: 'Nifty 50' }], expects: () => expects });
  const live = () => expect.poll(() => stream.health().state, { timeout: 15_000 }).toBe('LIVE');
  const heard = (count: number) => expect.poll(() => { const { ticks, duplicates, late, unreadable } = stream.health(); return ticks + duplicates + late + unreadable; }, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);

  it('of Upstox asks for an address with the token, subscribes in bytes and tells quotes and the minutes that ended', async () => {
    begin(upstox());
    await expect.poll(() => server.connections.length).toBe(1);
    await expect.poll(() => server.last.heard.length).toBe(1);
    expect(server.authorised).toEqual(['Bearer the-token']);
    expect(server.last.heard[0]!.binary).toBe(true);
    expect(JSON.parse(server.last.heard[0]!.text)).toMatchObject({ method: 'sub', data: { mode: 'full', instrumentKeys: [key, 'NSE_INDEX|Nifty 50'] } });
    for (const second of [1, 30, 61, 119, 121]) server.last.socket.send(frame(second));
    await heard(5);
    await live();
    expect(stream.latest('ICICIBANK')).toEqual({ symbol: 'ICICIBANK', at: instant(start + 121_000), last: 221, bid: 220.95, ask: 221.05, bidSize: 10, askSize: 20, volume: 1121 });
    expect(stream.takeMinutes().map(({ start: at, close, volume }) => [at, close, volume])).toEqual([[instant(start), 130, 10], [instant(start + 60_000), 219, 20]]);
    expect(stream.takeMinutes()).toEqual([]);
  });

  it('drops what comes twice or late, and counts it', async () => {
    begin(upstox());
    await expect.poll(() => server.connections.length).toBe(1);
    for (const second of [1, 2, 2, 5, 3, 4, 5, 6]) server.last.socket.send(frame(second));
    await heard(8);
    expect(stream.health()).toMatchObject({ ticks: 4, duplicates: 2, late: 2, unreadable: 0 });
    expect(stream.latest('ICICIBANK')?.last).toBe(106);
  });

  it('outlives garbage between frames, and begins anew when there is nothing else', async () => {
    begin(upstox());
    await expect.poll(() => server.connections.length).toBe(1);
    const [first] = server.connections;
    for (const message of [Buffer.from([0xff, 0xfe, 1, 2, 3]), '<html>busy</html>', Buffer.alloc(0), frame(1).subarray(0, 20), frame(2)]) first!.socket.send(message);
    await heard(5);
    expect(stream.health()).toMatchObject({ state: 'LIVE', ticks: 1, unreadable: 4 });
    for (let i = 0; i < 20; i += 1) first!.socket.send('nonsense');
    await expect.poll(() => server.connections.length, { timeout: 10_000 }).toBe(2);
    expect(faults[0]!.reason).toMatch(/^20 messages in a row cannot be read/);
    server.last.socket.send(frame(9));
    await live();
  }, 30_000);

  it('comes back after a long outage, waiting longer each time, subscribes again and takes no old tick for a new one', async () => {
    begin(upstox());
    await expect.poll(() => server.connections.length).toBe(1);
    server.last.socket.send(frame(10));
    await live();
    await server.down();
    await expect.poll(() => faults.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(4);
    expect(stream.stale(now)).toBe(true);
    expect(stream.health().state).not.toBe('LIVE');
    expect(faults.slice(0, 4).map(({ notBefore }) => Date.parse(notBefore) - start)).toEqual([500, 1000, 2000, 4000]);
    await server.up();
    await expect.poll(() => server.connections.length, { timeout: 15_000 }).toBe(2);
    await expect.poll(() => server.last.heard.length).toBe(1);
    for (const second of [9, 10, 11]) server.last.socket.send(frame(second));
    await heard(4);
    expect(stream.health()).toMatchObject({ state: 'LIVE', connections: 2, ticks: 2, duplicates: 1, late: 1 });
    expect(stream.stale(now)).toBe(false);
    // Waits shrink again only once it has stood for a while.
    expect(stream.health().failuresInARow).toBeGreaterThan(0);
    now = plusMs(now, 31_000);
    await expect.poll(() => stream.health().failuresInARow, { timeout: 5_000 }).toBe(0);
  });

  it('is begun anew after a minute of silence while the exchange is open, and left alone while it is closed', async () => {
    begin(upstox(true));
    await expect.poll(() => server.connections.length).toBe(1);
    server.last.socket.send(frame(1));
    await live();
    now = plusMs(now, 61_000);
    expect(stream.stale(now)).toBe(true);
    await expect.poll(() => faults.at(-1)?.reason, { timeout: 5_000 }).toBe('Nothing came for 61 seconds.');
    stream.stop();
    begin(upstox(false));
    await expect.poll(() => server.connections.length).toBe(2);
    server.last.socket.send(frame(2));
    await live();
    now = plusMs(now, 3_600_000);
    await new Promise((resolve) => { setTimeout(resolve, 1_500); });
    expect(stream.health().state).toBe('LIVE');
    expect(stream.stale(now)).toBe(false);
  }, 30_000);

  it('says that a token has expired, and what an answer without an address is', async () => {
    server.refuseWith = 401;
    begin(upstox());
    await expect.poll(() => faults[0]?.reason).toMatch(/^Upstox answers 401 .*the access token has expired or is wrong\.$/);
    stream.stop();
    const told = faults.length;
    begin(upstoxStream({ token: 't', symbols: [{ symbol: 'X', kind: 'EQUITY', name: 'X' }], expects: () => true }));
    await expect.poll(() => faults[told]?.reason).toMatch(/has an ISIN/);
  });

  describe('of Alpaca', () => {
    const alpaca = (): StreamSource => alpacaStream({ keyId: 'id', secretKey: 'secret', symbols: ['AAPL'], address: server.ws, expects: () => true });
    const speaks = (secret: string): void => {
      server.greet = (socket) => { socket.send('[{"T":"success","msg":"connected"}]'); };
      server.answer = (socket, text) => {
        const asked = JSON.parse(text) as { action: string; secret?: string; quotes?: string[]; trades?: string[] };
        if (asked.action === 'auth') socket.send(asked.secret === secret ? '[{"T":"success","msg":"authenticated"}]' : '[{"T":"error","code":402,"msg":"auth failed"}]');
        if (asked.action === 'subscribe') socket.send(JSON.stringify([{ T: 'subscription', trades: asked.trades, quotes: asked.quotes, bars: [] }]));
      };
    };

    it('signs in, subscribes, and puts quotes and trades together', async () => {
      speaks('secret');
      begin(alpaca());
      await live();
      expect(server.last.heard.map(({ text }) => JSON.parse(text) as object)).toEqual([{ action: 'auth', key: 'id', secret: 'secret' }, { action: 'subscribe', quotes: ['AAPL'], trades: ['AAPL'] }]);
      server.last.socket.send('[{"T":"q","S":"AAPL","bx":"U","bp":87.66,"bs":1,"ax":"Q","ap":87.68,"as":4,"t":"2021-02-22T15:51:45.335689322Z","c":["R"],"z":"C"}]');
      server.last.socket.send('[{"T":"t","i":96921,"S":"AAPL","x":"D","p":87.67,"s":1,"t":"2021-02-22T15:51:46.1Z","c":["@","I"],"z":"C"},{"T":"q","S":"MSFT","bp":1,"ap":2,"bs":1,"as":1,"t":"2021-02-22T15:51:46.1Z"},{"T":"b","S":"AAPL","o":1,"h":1,"l":1,"c":1,"v":1,"t":"2021-02-22T15:51:00Z"}]');
      await heard(2);
      expect(stream.latest('AAPL')).toEqual({ symbol: 'AAPL', at: '2021-02-22T15:51:46.100Z', last: 87.67, bid: 87.66, ask: 87.68, bidSize: 1, askSize: 4, volume: null });
      expect(stream.latest('MSFT')).toBeNull();
      for (const broken of ['{', '{}', '[7]', '[{"T":"q","S":"AAPL","t":"no time"}]']) server.last.socket.send(broken);
      await heard(6);
      expect(stream.health()).toMatchObject({ state: 'LIVE', ticks: 2, unreadable: 4 });
    });

    it('with wrong keys says so and does not hammer', async () => {
      speaks('another');
      begin(alpaca());
      await expect.poll(() => faults.length, { timeout: 10_000 }).toBe(2);
      expect(faults[0]!.reason).toBe('Alpaca says: auth failed (402).');
      expect(faults.map(({ notBefore }) => Date.parse(notBefore) - start)).toEqual([500, 1000]);
    });
  });
});

describe.skipIf(noSharedFiles)('recorded frames of Upstox (need ../shared/data)', () => {
  it('are read as the stream would: nothing unreadable, the last price the last one', () => {
    const frames = readFileSync(sharedFile('10_api_samples/upstox/ws_v3_frames_icicibank_2025-03-19.hex'), 'utf8').trim().split('\n').map((line) => Buffer.from(line, 'hex'));
    const talk = upstoxStream({ token: 't', symbols: [{ symbol: 'ICICIBANK', kind: 'EQUITY', isin: 'INE090A01021', name: 'ICICI Bank' }], expects: () => true }).talk();
    const filter = createTickFilter();
    const verdicts = frames.map((bytes) => talk.hear(bytes)).flatMap((heard) => { expect(heard.unreadable).toBeUndefined(); return (heard.ticks ?? []).map(filter.take); });
    expect(verdicts.length).toBeGreaterThan(3);
    expect(new Set(verdicts)).toEqual(new Set(['fresh']));
    expect(filter.latest('ICICIBANK')?.last).toBeGreaterThan(1_300);
  });
});

describe('waits between attempts', () => {
  it('double from a second up to a minute, with up to half of it taken off by chance', () => {
    expect([1, 2, 3, 6, 7, 50].map((failures) => streamWaitMs(failures, 0))).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
    expect(streamWaitMs(3, 1)).toBe(2_000);
  });
});
