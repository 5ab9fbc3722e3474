import Big from 'big.js';
import { digestOf } from '../../desk/canonical.ts';
import { decimal, type Decimal } from '../../desk/decimal.ts';
import type { BrokerageSchedule } from '../../desk/execution/brokerage.ts';
import { defaultMatchingModel, latencyOf, type MatchingModel } from '../../desk/execution/matching.ts';
import type { Exchange, Quote } from '../../desk/market/types.ts';
import { type Clock, type Instant, plusMs } from '../../desk/time.ts';
import type { BrokerOrder, BrokerOrderState, BrokerReads, BrokerSubmits, Cleared } from '../define.ts';
import { type PaperInstrument, rejection, termsFault } from './accept.ts';
import type { PaperBook, PaperBookStore, PaperFill, PaperOrder } from './book.ts';
import { openWorkingSet, type PaperBar, type PaperRules, tradeOnBar, tradeOnQuote } from './market.ts';
import { isWorking } from './trade.ts';

export interface PaperBrokerOptions {
  store: PaperBookStore;
  /** Market time. */
  clock: Clock;
  /** What a symbol trades at now; null when nobody knows. */
  quote: (symbol: string) => Quote | null;
  /** What the exchange lists; null for an unknown symbol. */
  instrument: (symbol: string) => PaperInstrument | null;
  sessionOpen: (exchange: Exchange, at: Instant) => boolean;
  /** Whether a stored price (`isStoredPrice`) stands for the market now; without it, it never does. */
  stands?: (quote: Quote, now: Instant) => boolean;
  seed: number | string;
  /** The broker's own check of the executor's ticket. */
  verify: (cleared: Cleared<unknown>) => boolean;
  /** Orders outside the session: rejected (default), or kept for the next open as daily replays need it. */
  whenClosed?: 'REJECT' | 'QUEUE';
  model?: Partial<Omit<MatchingModel, 'seed'>>;
  schedule?: BrokerageSchedule;
  joinShareOfBar?: number;
}

export interface PaperBroker {
  reads: BrokerReads;
  submits: BrokerSubmits;
  /** Lets the market trade with the book; with neither quotes nor bars, the current quotes of open orders' symbols. */
  onMarket(now: Instant, market?: { quotes?: readonly Quote[]; bars?: readonly PaperBar[]; /** Symbols whose prices meet no order now. */ except?: ReadonlySet<string> }): Promise<PaperFill[]>;
  /** Expires entries and exits that were working before `at`; protective orders stay. Returns what expired. */
  endOfSession(at: Instant): Promise<BrokerOrderState[]>;
}

const averageOf = ({ filledQuantity, turnover }: PaperOrder): Decimal | null =>
  filledQuantity === 0 ? null : decimal(new Big(turnover).div(filledQuantity).round(8, Big.roundHalfUp).toFixed());
const stateOf = (order: PaperOrder): BrokerOrderState => ({
  clientOrderId: order.clientOrderId,
  brokerOrderId: order.brokerOrderId,
  status: order.status,
  message: order.message,
  filledQuantity: order.filledQuantity,
  averagePrice: averageOf(order),
  updatedAt: order.updatedAt,
  quantity: order.quantity,
});
/** The same order has the same number at the exchange, however often it is sent. */
const brokerOrderIdOf = (order: BrokerOrder): string => `P${digestOf([order.accountId, order.clientOrderId]).slice(0, 16)}`;
const byAcceptance = (a: PaperOrder, b: PaperOrder): number =>
  a.acceptedAt < b.acceptedAt ? -1 : a.acceptedAt > b.acceptedAt ? 1 : a.clientOrderId < b.clientOrderId ? -1 : 1;

/**
 * A paper exchange with a book of its own, apart from what the desk believes: after a crash the desk finds there by
 * client order id whether an order arrived. Sending an order twice is one order. Nothing trades on submitting; orders
 * meet the market in `onMarket`.
 */
export function createPaperBroker(options: PaperBrokerOptions): PaperBroker {
  const { store, clock, verify } = options;
  const rules: PaperRules = {
    model: { ...defaultMatchingModel, ...options.model, seed: options.seed },
    joinShareOfBar: options.joinShareOfBar ?? 0.05,
    instrument: options.instrument,
    sessionOpen: options.sessionOpen,
    stands: options.stands ?? (() => false),
    schedule: options.schedule,
  };
  const refused = (clientOrderId: string, message: string): BrokerOrderState => ({
    clientOrderId,
    brokerOrderId: '',
    status: 'REJECTED',
    message,
    filledQuantity: 0,
    averagePrice: null,
    updatedAt: clock(),
  });

  function accepted(order: Cleared<BrokerOrder>, now: Instant): PaperOrder {
    const {
      clearanceId,
      clientOrderId,
      accountId,
      symbol,
      exchange,
      side,
      quantity,
      type,
      limitPrice,
      triggerPrice,
      product,
      category,
      ocoGroup,
    } = order;
    const instrument = options.instrument(symbol);
    const sessionOpen = instrument !== null && options.sessionOpen(instrument.exchange, now);
    const message = rejection(order, {
      now,
      instrument,
      quote: options.quote(symbol),
      sessionOpen,
      whenClosed: options.whenClosed ?? 'REJECT',
      schedule: options.schedule,
    });
    return {
      clearanceId,
      clientOrderId,
      accountId,
      symbol,
      exchange,
      side,
      quantity,
      type,
      limitPrice,
      triggerPrice,
      product,
      category,
      ocoGroup,
      brokerOrderId: brokerOrderIdOf(order),
      status: message === null ? 'OPEN' : 'REJECTED',
      message,
      filledQuantity: 0,
      turnover: decimal(0),
      triggered: false,
      acceptedAt: now,
      activeAt: plusMs(now, latencyOf(rules.model, clientOrderId)),
      tradedUpTo: null,
      updatedAt: now,
    };
  }

  /** Changes a working order, or says in the answer's message why it stays as it is. */
  const change = (
    cleared: Cleared<{ accountId: string; clientOrderId: string }>,
    how: (order: PaperOrder, now: Instant) => PaperOrder | string,
  ): Promise<BrokerOrderState> =>
    store.atomically(async (book) => {
      const { accountId, clientOrderId } = cleared;
      if (!verify(cleared)) return refused(clientOrderId, 'not cleared');
      const order = await book.order(accountId, clientOrderId);
      if (!order) return refused(clientOrderId, 'no such order');
      if (!isWorking(order)) return { ...stateOf(order), message: order.message ?? `the order is ${order.status.toLowerCase()}` };
      const next = how(order, clock());
      if (typeof next === 'string') return { ...stateOf(order), message: next };
      if (next !== order) await book.updateOrder(next);
      return stateOf(next);
    });

  const submits: BrokerSubmits = {
    submit: (order) =>
      store.atomically(async (book) => {
        const there = await book.order(order.accountId, order.clientOrderId);
        if (there) return stateOf(there);
        if (!verify(order)) return refused(order.clientOrderId, 'not cleared');
        return stateOf((await book.insertOrder(accepted(order, clock()))).order);
      }),
    cancel: (cancel) => change(cancel, (order, now) => ({ ...order, status: 'CANCELLED', message: null, updatedAt: now })),
    replace: (replacement) =>
      change(replacement, (order, now) => {
        const { limitPrice, triggerPrice, quantity } = replacement;
        const instrument = options.instrument(order.symbol);
        const fault = instrument
          ? termsFault({ ...order, limitPrice, triggerPrice, quantity }, instrument)
          : `unknown symbol ${order.symbol}`;
        if (fault) return fault;
        if (quantity < order.filledQuantity) return `${order.filledQuantity} have filled already`;
        if (quantity === order.quantity && limitPrice === order.limitPrice && triggerPrice === order.triggerPrice) return order;
        const status = quantity === order.filledQuantity ? 'FILLED' : order.status;
        // A changed price is a new place in the market: it meets only what comes after, as an order sent now would.
        const moved = limitPrice !== order.limitPrice || triggerPrice !== order.triggerPrice;
        const activeAt = moved ? plusMs(now, latencyOf(rules.model, `${order.clientOrderId}:${now}`)) : order.activeAt;
        return { ...order, limitPrice, triggerPrice, quantity, status, activeAt, message: null, updatedAt: now };
      }),
  };

  const reads: BrokerReads = {
    name: 'paper',
    stopsLiveAt: 'broker',
    deduplicatesByClientOrderId: true,
    lookUp: (accountId, clientOrderId) =>
      store.atomically(async (book) => {
        const order = await book.order(accountId, clientOrderId);
        return order && stateOf(order);
      }),
    orders: (accountId) => store.atomically(async (book) => (await book.orders(accountId)).sort(byAcceptance).map(stateOf)),
    fillsSince: (accountId, after) => store.atomically((book) => book.fills(accountId, after)),
    reachable: async () => true,
  };

  async function currentQuotes(book: PaperBook): Promise<Quote[]> {
    const symbols = new Set((await book.openOrders()).map(({ symbol }) => symbol));
    return [...symbols]
      .sort()
      .map(options.quote)
      .filter((quote) => quote !== null);
  }

  return {
    reads,
    submits,
    onMarket: (now, market) =>
      store.atomically(async (book) => {
        const quotes = market?.quotes ?? (market?.bars ? [] : await currentQuotes(book));
        const working = await openWorkingSet(book);
        const fills: PaperFill[] = [];
        const meets = ({ symbol }: { symbol: string }): boolean => market?.except?.has(symbol) !== true;
        for (const quote of quotes.filter(meets)) fills.push(...(await tradeOnQuote({ book, working, rules, quote, now })));
        for (const bar of (market?.bars ?? []).filter(meets)) fills.push(...(await tradeOnBar({ book, working, rules, bar, now })));
        return fills;
      }),
    endOfSession: (at) =>
      store.atomically(async (book) => {
        const ending = (await book.openOrders())
          .filter(({ category, activeAt }) => (category === 'ENTRY' || category === 'EXIT') && activeAt < at)
          .sort(byAcceptance);
        const expired = ending.map((order): PaperOrder => ({ ...order, status: 'EXPIRED', message: 'the session ended', updatedAt: at }));
        for (const order of expired) await book.updateOrder(order);
        return expired.map(stateOf);
      }),
  };
}
