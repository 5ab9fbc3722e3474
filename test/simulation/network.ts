import type { BrokerFill, BrokerOrder, BrokerOrderState, BrokerReads, BrokerSubmits, Cleared } from '../../brokers/define.ts';
import type { PaperFill } from '../../brokers/paper/book.ts';
import { createPaperBroker, type PaperBroker } from '../../brokers/paper/broker.ts';
import { createMemoryBook } from '../../brokers/paper/memory-book.ts';
import { isTicket } from '../../graph/execution/ticket.ts';
import type { SimulatedMarket } from './market.ts';
import type { Random } from './random.ts';
import type { Life, Scheduler } from './scheduler.ts';

/** What the network and the broker's interface do to a message, by their weights; `calm` lets everything through. */
export interface Weather { calm: boolean; sends: Record<SendFate, number>; reads: Record<ReadFate, number>; /** Part of the fills that are listed late, up to so many milliseconds. */ lateFills: number; latestMs: number; doubledFills: number }
type SendFate = 'through' | 'request_lost' | 'answer_lost' | 'late_accept' | 'too_many_requests' | 'server_error' | 'server_error_after' | 'doubled' | 'slow';
type ReadFate = 'through' | 'lost' | 'slow';
export const clearSky: Weather = {
  calm: true, lateFills: 0, latestMs: 0, doubledFills: 0,
  sends: { through: 1, request_lost: 0, answer_lost: 0, late_accept: 0, too_many_requests: 0, server_error: 0, server_error_after: 0, doubled: 0, slow: 0 }, reads: { through: 1, lost: 0, slow: 0 },
};

/** `heldAtSending`: what could be sold behind it when it left the desk; the network may have kept it since. */
export interface Arrival { order: Cleared<BrokerOrder>; times: number; heldAtSending: number }
export interface Exchange {
  paper: PaperBroker;
  /** What came in at the broker's door, by client order id, whatever the desk was told. */
  arrivals: Map<string, Arrival>;
  /** Every fill that happened, listed or not. */
  fills: PaperFill[];
  deduplicates: boolean;
  weather: Weather;
  /** The broker as one process reaches it. */
  connect(life: Life, seam: (what: string, run: () => unknown) => Promise<unknown>): { reads: BrokerReads; submits: BrokerSubmits };
  /** Orders meet prices, but for those of symbols that wait. */
  trade(except?: ReadonlySet<string>): Promise<void>;
}

/** The paper exchange, which outlives every process, behind a network that loses, doubles, delays and reorders. */
export function openExchange({ market, clock, scheduler, random, deduplicates, seed, sending, arrived, traded }: {
  market: SimulatedMarket; clock: { nowMs: number }; scheduler: Scheduler; random: Random; deduplicates: boolean; seed: number;
  /** Asked of each order as it leaves the desk: how much could be sold behind it. */
  sending: (order: Cleared<BrokerOrder>) => number;
  /** Asked of each order at the broker's door: what is wrong with its being there. */
  arrived: (arrival: Arrival) => void;
  traded: () => void;
}): Exchange {
  const paper = createPaperBroker({
    store: createMemoryBook(), clock: () => market.now(), quote: (symbol) => market.quote(symbol), seed,
    instrument: (symbol) => { const record = market.symbols().get(symbol); return record ? { exchange: record.exchange, kind: 'EQUITY', tickSize: record.tickSize, lotSize: record.lotSize } : null; },
    sessionOpen: (_exchange, at) => { const session = market.calendar().session(market.today()); return session !== null && at >= session.open && at < session.close; },
    verify: (cleared) => typeof cleared === 'object' && cleared !== null && isTicket(cleared),
  });
  const arrivals: Exchange['arrivals'] = new Map();
  const fills: PaperFill[] = [];
  const listedFrom = new Map<string, number>();

  const arrive = async (order: Cleared<BrokerOrder>, heldAtSending: number): Promise<BrokerOrderState> => {
    const before = arrivals.get(order.clientOrderId);
    const arrival = { order, times: (before?.times ?? 0) + 1, heldAtSending };
    arrivals.set(order.clientOrderId, arrival);
    arrived(arrival);
    return paper.submits.submit(order);
  };
  const lost = (what: string): Error => new Error(`${what}: no answer within the time`);

  const exchange: Exchange = {
    paper, arrivals, fills, deduplicates, weather: clearSky,
    async trade(except = new Set()) {
      for (const fill of await paper.onMarket(market.now(), { except })) {
        fills.push(fill);
        if (random.chance(exchange.weather.lateFills)) listedFrom.set(fill.brokerFillId, clock.nowMs + random.between(1000, exchange.weather.latestMs));
      }
      traded();
    },
    connect(life, seam) {
      const send = <T extends object>(what: string, message: T, address: (message: T) => (message: T) => Promise<BrokerOrderState>, repeatable: boolean): Promise<BrokerOrderState> => seam(what, async () => {
        const deliver = address(message);
        const fate = random.weighted(exchange.weather.sends);
        switch (fate) {
          case 'request_lost': throw lost(what);
          case 'answer_lost': await deliver(message); throw lost(what);
          case 'late_accept': scheduler.at(clock.nowMs + random.between(500, 4500), () => { void deliver(message); }); throw lost(what);
          case 'too_many_requests': throw new Error(`${what}: 429 too many requests`);
          case 'server_error': throw new Error(`${what}: 500`);
          case 'server_error_after': await deliver(message); throw new Error(`${what}: 500`);
          case 'doubled': if (repeatable) await deliver(message); return deliver(message);
          case 'slow': await scheduler.sleep(life, random.between(100, 5000)); return deliver(message);
          case 'through': return deliver(message);
        }
      }) as Promise<BrokerOrderState>;
      const read = <T>(what: string, answer: () => Promise<T>): Promise<T> => seam(what, async () => {
        const fate = random.weighted(exchange.weather.reads);
        if (fate === 'lost') throw lost(what);
        if (fate === 'slow') await scheduler.sleep(life, random.between(50, 2000));
        return answer();
      }) as Promise<T>;
      return {
        submits: {
          submit: (order) => send('broker submit', order, (leaving) => { const held = sending(leaving); return (message) => arrive(message, held); }, exchange.deduplicates),
          cancel: (cancel) => send('broker cancel', cancel, () => (message) => paper.submits.cancel(message), true),
          replace: (change) => send('broker replace', change, () => (message) => paper.submits.replace(message), true),
        },
        reads: {
          name: 'paper', stopsLiveAt: 'broker', deduplicatesByClientOrderId: exchange.deduplicates,
          reachable: async () => true,
          lookUp: (accountId, clientOrderId) => read('broker lookUp', () => paper.reads.lookUp(accountId, clientOrderId)),
          orders: (accountId) => read('broker orders', () => paper.reads.orders(accountId)),
          fillsSince: (accountId, after) => read('broker fills', async () => listing(await paper.reads.fillsSince(accountId, null), after)),
        },
      };
    },
  };

  /** Late ones are missing, some are told twice, and their order is not always that in which they happened. */
  function listing(all: readonly BrokerFill[], after: string | null): BrokerFill[] {
    const behind = after === null ? -1 : all.findIndex(({ brokerFillId }) => brokerFillId === after);
    const listed = all.slice(behind + 1).filter(({ brokerFillId }) => (listedFrom.get(brokerFillId) ?? 0) <= clock.nowMs);
    if (!random.chance(exchange.weather.doubledFills)) return listed;
    const doubled = listed.flatMap((fill) => (random.chance(0.3) ? [fill, fill] : [fill]));
    const at = random.between(0, Math.max(0, doubled.length - 2));
    const [a, b] = [doubled[at], doubled[at + 1]];
    if (a && b) { doubled[at] = b; doubled[at + 1] = a; }
    return doubled;
  }
  return exchange;
}
