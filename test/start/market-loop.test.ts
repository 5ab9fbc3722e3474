import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaperBroker } from '../../brokers/paper/broker.ts';
import { feedHealth } from '../../db/stores/feed-health.ts';
import { type Instant, plusMs } from '../../desk/time.ts';
import type { ExecutionServices } from '../../graph/execution/services.ts';
import { createLog } from '../../ops/log.ts';
import { createMarketLoop } from '../../start/market-loop.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

/** The loop alone, over a market whose time the test sets and a broker that notes when it was shown prices. */
let desk: TestDesk;
let now: Instant;
const shown: Instant[] = [];
beforeAll(async () => { desk = await openTestDesk(); now = desk.market.now(); });
afterAll(() => desk.close());

function openLoop() {
  const market = { ...desk.market, now: () => now };
  const log = createLog({ level: 'error', write: (line) => { throw new Error(line); } });
  const paper = { onMarket: async (at: Instant) => { shown.push(at); } } as unknown as PaperBroker;
  const execution = { database: desk.database, market, wallNow: () => now } as unknown as ExecutionServices;
  const worker = { drain: async () => undefined, expireOverdue: async () => undefined } as unknown as Parameters<typeof createMarketLoop>[0]['worker'];
  return createMarketLoop({ database: desk.database, market, feed: desk.feed, paper, execution, worker, wallNow: () => now, log, deskChanged: () => undefined, saveState: async () => undefined });
}

describe('a look at the market that takes longer than the market’s minutes', () => {
  it('is followed by one at the market’s time then, so that no order meets a price of later as if it were of before, and the feed is heard as late as it spoke', async () => {
    const loop = openLoop();
    let letGo = (): void => undefined;
    void loop.inTurn('something slow', () => new Promise<void>((resolve) => { letGo = resolve; }));
    for (let minute = 0; minute < 20; minute += 1) {
      now = plusMs(now, 60_000);
      await loop.sink.tick(now);
    }
    letGo();
    await loop.inTurn('afterwards', async () => undefined);
    expect(shown).toEqual([now]);
    expect((await feedHealth(desk.database.orm)).find(({ feed }) => feed === desk.feed.name)?.lastHeardMarketTime).toBe(now);
    await loop.stop();
  });
});
