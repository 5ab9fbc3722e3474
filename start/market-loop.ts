import type { PaperBroker } from '../brokers/paper/broker.ts';
import type { Database } from '../db/client.ts';
import { listAccounts } from '../db/stores/accounts.ts';
import { barsOn, intradayBarsOn } from '../db/stores/bars.ts';
import { writeFacts } from '../db/stores/facts.ts';
import { feedFailed, heardFrom } from '../db/stores/feed-health.ts';
import { recordSessionMet } from '../db/stores/holding-adjustments.ts';
import { openPositions } from '../db/stores/positions.ts';
import { type Instant, msBetween, plusDays, type TradingDate } from '../desk/time.ts';
import type { FeedRecord, FeedSink, MarketFeed } from '../feeds/define.ts';
import type { ActionWorker } from '../graph/action/worker.ts';
import { syncBracket } from '../graph/execution/bracket-sync.ts';
import { workInCorporateActions } from '../graph/execution/corporate-actions.ts';
import { settleExpired } from '../graph/execution/expire-options.ts';
import { execute } from '../graph/execution/executor.ts';
import { takeInNewFills } from '../graph/execution/reconcile.ts';
import type { ExecutionServices } from '../graph/execution/services.ts';
import { structuresUnderWay } from '../graph/execution/structure.ts';
import { describeError } from '../ops/describe-error.ts';
import type { Log } from '../ops/log.ts';
import type { Market } from './market.ts';

export interface MarketLoop {
  sink: FeedSink;
  /** One thing at a time: what must not happen while the market is met is lined up here. */
  inTurn(what: string, work: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
  /** Lets the market meet the orders now, and works off what follows. */
  settle(): Promise<void>;
  saveState(): Promise<void>;
}

/** What closes, what protects, what is sold, and a look at what came of it. */
const turnsOfStructure = 4;

/** What happens as the market's time goes on: facts are stored, orders meet prices, fills come in, stops trail. */
export function createMarketLoop({ database, market, feed, paper, execution, worker, log, deskChanged, eventsCame = () => undefined, saveState }: {
  database: Database; market: Market; feed: MarketFeed; paper: PaperBroker; execution: ExecutionServices; worker: ActionWorker; wallNow: () => Instant; log: Log; deskChanged: () => void; /** New events were stored. */ eventsCame?: () => void; saveState: () => Promise<unknown>;
}): MarketLoop {
  let working: Promise<void> = Promise.resolve();
  let stopped = false;
  /** One thing at a time: two looks at the broker must not take in the same fill twice. */
  const inTurn = (what: string, work: () => Promise<unknown>): Promise<void> => {
    working = working.then(async () => { if (!stopped) await work(); }).catch((error: unknown) => log.error(`${what} failed`, { error: describeError(error) }));
    return working;
  };

  let closedThrough: TradingDate | null = null;
  /** A replay of daily bars learns a day's high and low at its close: what the day did to resting orders is worked out then, stops first. */
  const meetFinishedDay = async (now: Instant, except: ReadonlySet<string>): Promise<void> => {
    const date = market.today();
    const session = market.calendar().session(date);
    if (market.kind !== 'replay' || !session || now < session.close || closedThrough === date) return;
    const minuteBars = new Set((await intradayBarsOn(database.orm, { from: date, to: plusDays(date, 1) })).map((bar) => bar.symbol));
    const bars = (await barsOn(database.orm, date)).filter((bar) => !minuteBars.has(bar.symbol));
    await paper.onMarket(now, { bars: bars.map(({ symbol, open, high, low, close, volume }) => ({ symbol, start: session.open, end: session.close, open, high, low, close, volume })), except });
    closedThrough = date;
  };
  let metOn: TradingDate | null = null;
  /** Corporate actions come before prices: an order of other shares than the price is of must not meet it. */
  const workIn = async (now: Instant): Promise<ReadonlySet<string>> => {
    const { waiting, unpriced } = await workInCorporateActions(execution);
    for (const [symbol, why] of waiting) log.warn('prices meet no order of a symbol that went ex', { symbol, why });
    const session = market.calendar().session(market.today());
    if (waiting.size === 0 && session && now >= session.open && metOn !== market.today()) {
      await recordSessionMet(database.orm, market.today());
      metOn = market.today();
    }
    return new Set([...waiting.keys(), ...unpriced]);
  };
  let heardAt: Instant | null = null;
  /** A tick is a sign of life of the feed, too: a session of which only daily bars are stored brings nothing else. */
  const noteTick = async (now: Instant): Promise<void> => {
    if (heardAt !== null && Math.abs(msBetween(heardAt, now)) < 60_000) return;
    await heardFrom(database.orm, { feed: feed.name, marketTime: now });
    heardAt = now;
  };
  const meetMarket = async (now: Instant): Promise<void> => {
    const except = await workIn(now);
    await paper.onMarket(now, { except });
    await meetFinishedDay(now, except);
    for (const account of await listAccounts(database.orm)) {
      await takeInNewFills(execution, account.id);
      await settleExpired(execution, account.id);
      for (const position of await openPositions(database.orm, [account.id])) if (position.trailing) await syncBracket(execution, { position });
    }
    for (const actionId of await structuresUnderWay(execution)) await execute(execution, actionId);
    await worker.drain();
    deskChanged();
  };

  const settle = (): Promise<void> => inTurn('meeting the market', async () => {
    // A structure's legs go out turn by turn, each when the one before has filled. Where time may stand still, as in a replay, no tick brings the next.
    for (let turn = 0; turn < (market.kind === 'replay' ? turnsOfStructure : 1); turn += 1) {
      await meetMarket(market.now());
      if ((await structuresUnderWay(execution)).length === 0) break;
    }
    await worker.expireOverdue();
  });
  let queued = false;
  return {
    sink: {
      async records(batch: FeedRecord[]) {
        try {
          const { freshEvents } = await writeFacts(database.orm, batch, market.now());
          if (freshEvents.length > 0) eventsCame();
          if (batch.some((record) => record.type === 'symbol' || record.type === 'corporate_action')) await market.refresh();
          await heardFrom(database.orm, { feed: feed.name, marketTime: market.now() });
        } catch (error) {
          await feedFailed(database.orm, { feed: feed.name, error: String(error) });
          throw error;
        }
      },
      async tick() {
        // Ticks come faster than a slow look at the market takes; one that waits stands for all that came since, so it looks at the market's time when its turn comes.
        if (queued || stopped) return;
        queued = true;
        void inTurn('meeting the market', async () => { queued = false; const now = market.now(); await noteTick(now); await meetMarket(now); });
      },
    },
    inTurn,
    async stop() {
      stopped = true;
      await working;
    },
    settle,
    saveState: async () => { await saveState(); },
  };
}
