import { createPaperBroker, type PaperBroker, type PaperBrokerOptions } from '../../../brokers/paper/broker.ts';
import type { PaperBookStore } from '../../../brokers/paper/book.ts';
import { createMemoryBook } from '../../../brokers/paper/memory-book.ts';
import type { BrokerOrder, Cleared } from '../../../brokers/define.ts';
import { decimal } from '../../../desk/decimal.ts';
import type { Quote } from '../../../desk/market/types.ts';
import { at, dateIn, type Instant, instant, plusMs, timeIn, tradingDate } from '../../../desk/time.ts';

export const open = at(tradingDate('2025-03-03'), '09:15', 'Asia/Kolkata');
export const close = at(tradingDate('2025-03-03'), '15:30', 'Asia/Kolkata');

/** What the executor hands over: the real one signs, this one only looks the part. */
export const cleared = <T extends object>(content: T, clearanceId = 'k1'): Cleared<T> =>
  ({ ...content, clearanceId }) as unknown as Cleared<T>;

let made = 0;
export const order = (change: Partial<BrokerOrder> = {}): BrokerOrder => {
  made += 1;
  return {
    clientOrderId: `c${made}`,
    accountId: 'a1',
    symbol: 'TCS',
    exchange: 'NSE',
    side: 'BUY',
    quantity: 100,
    type: 'MARKET',
    limitPrice: null,
    triggerPrice: null,
    product: 'DELIVERY',
    category: 'ENTRY',
    ocoGroup: null,
    ...change,
  };
};

/** A weekday market from 09:15 to 15:30 with quotes that the test sets and a clock that it moves. */
export function exchange(options: Partial<PaperBrokerOptions> = {}, start: Instant = open) {
  let now = start;
  const quotes = new Map<string, Quote>();
  const store: PaperBookStore = options.store ?? createMemoryBook();
  const set = (bid: number, ask: number, change: Partial<Quote> = {}): Quote => {
    const quote: Quote = {
      symbol: 'TCS',
      at: now,
      last: (bid + ask) / 2,
      bid,
      ask,
      bidSize: 1_000,
      askSize: 1_000,
      volume: 10_000,
      open: bid,
      high: ask,
      low: bid,
      previousClose: bid,
      spreadFrom: 'book',
      ...change,
    };
    quotes.set(quote.symbol, quote);
    return quote;
  };
  set(99.95, 100.05, { at: plusMs(start, -1) });
  const build = (): PaperBroker =>
    createPaperBroker({
      store,
      clock: () => now,
      quote: (symbol) => quotes.get(symbol) ?? null,
      seed: 1,
      verify: (ticket) => ticket.clearanceId === 'k1',
      instrument: (symbol) =>
        symbol === 'TCS' || symbol === 'INFY' ? { exchange: 'NSE', kind: 'EQUITY', tickSize: decimal('0.05'), lotSize: 1 } : null,
      sessionOpen: (_exchange, moment) =>
        dateIn(moment, 'Asia/Kolkata') <= '2025-03-07' &&
        timeIn(moment, 'Asia/Kolkata') >= '09:15' &&
        timeIn(moment, 'Asia/Kolkata') < '15:30',
      ...options,
    });
  const broker = build();
  return {
    broker,
    store,
    set,
    /** A new broker object over the same book: the process came back. */
    restarted: build,
    now: () => now,
    move: (milliseconds: number) => {
      now = plusMs(now, milliseconds);
    },
    moveTo: (moment: Instant | string) => {
      now = instant(moment);
    },
    /** Moves on a second, sets the quote and lets it trade. */
    async tick(bid: number, ask: number, change: Partial<Quote> = {}) {
      now = plusMs(now, 1_000);
      set(bid, ask, change);
      return broker.onMarket(now);
    },
  };
}
