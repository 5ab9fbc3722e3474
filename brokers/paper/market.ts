import type { BrokerageSchedule } from '../../desk/execution/brokerage.ts';
import { matchOnBar, matchOnQuote, type MatchingModel, type RestingOrder, turnInBar } from '../../desk/execution/matching.ts';
import type { Exchange, Quote } from '../../desk/market/types.ts';
import { isStoredPrice } from '../../desk/market/stored-price.ts';
import { epochMs, type Instant, plusMs } from '../../desk/time.ts';
import type { PaperInstrument } from './accept.ts';
import type { PaperBook, PaperFill, PaperOrder } from './book.ts';
import { bookMatch, isWorking, remainingOf } from './trade.ts';

/** A finished bar, daily or shorter. Give bars only for symbols that have no quotes through the session. */
export interface PaperBar {
  symbol: string;
  start: Instant;
  end: Instant;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface PaperRules {
  model: MatchingModel;
  /** An order that came in within this part of a bar after its start still meets the rest of that bar; a later one waits for the next. */
  joinShareOfBar: number;
  instrument: (symbol: string) => PaperInstrument | null;
  sessionOpen: (exchange: Exchange, at: Instant) => boolean;
  /** Of a stored price: nothing newer can be known, so it is the market until something is. */
  stands: (quote: Quote, now: Instant) => boolean;
  schedule: BrokerageSchedule | undefined;
}

const resting = (order: PaperOrder): RestingOrder => ({ ...order, remaining: remainingOf(order) });
/** Stops before all else, so that of a stop and a target the stop is taken; then by time. */
const stopsFirst = (order: PaperOrder): number => (order.type === 'STOP' || order.type === 'STOP_LIMIT' ? 0 : 1);
const byTime = (a: PaperOrder, b: PaperOrder): number =>
  a.acceptedAt < b.acceptedAt ? -1 : a.acceptedAt > b.acceptedAt ? 1 : a.clientOrderId < b.clientOrderId ? -1 : 1;

/** The working orders of one piece of work: changes are seen by the orders that come after. */
function workingSet(orders: readonly PaperOrder[]) {
  const keyOf = ({ accountId, clientOrderId }: PaperOrder): string => JSON.stringify([accountId, clientOrderId]);
  const byKey = new Map(orders.map((order) => [keyOf(order), order]));
  return {
    now: (order: PaperOrder): PaperOrder => byKey.get(keyOf(order)) ?? order,
    of: (symbol: string): PaperOrder[] => [...byKey.values()].filter((order) => order.symbol === symbol && isWorking(order)),
    groupOf: ({ accountId, ocoGroup, clientOrderId }: PaperOrder): PaperOrder[] =>
      ocoGroup === null
        ? []
        : [...byKey.values()].filter(
            (other) =>
              other.accountId === accountId && other.ocoGroup === ocoGroup && other.clientOrderId !== clientOrderId && isWorking(other),
          ),
    set: (changed: readonly PaperOrder[]): void => {
      for (const order of changed) byKey.set(keyOf(order), order);
    },
  };
}
type WorkingSet = ReturnType<typeof workingSet>;
export const openWorkingSet = async (book: PaperBook): Promise<WorkingSet> => workingSet(await book.openOrders());

/**
 * Lets one quote trade with every order of its symbol that was there in time. Its displayed size is there once: what orders of any account took stays
 * taken until the next quote, however often this one is met. A stored price that stands trades with whatever is there now, after the close as well.
 */
export async function tradeOnQuote({
  book,
  working,
  rules,
  quote,
  now,
}: {
  book: PaperBook;
  working: WorkingSet;
  rules: PaperRules;
  quote: Quote;
  now: Instant;
}): Promise<PaperFill[]> {
  const instrument = rules.instrument(quote.symbol);
  const stands = isStoredPrice(quote) && rules.stands(quote, now);
  if (!instrument || quote.at > now || !(stands || rules.sessionOpen(instrument.exchange, quote.at))) return [];
  const tradesAt = stands ? now : quote.at;
  const fills: PaperFill[] = [];
  const turn = working.of(quote.symbol).sort((a, b) => stopsFirst(a) - stopsFirst(b) || byTime(a, b));
  for (const before of turn) {
    const order = working.now(before);
    const inTime = order.activeAt <= tradesAt && (order.tradedUpTo === null || order.tradedUpTo < quote.at);
    if (!isWorking(order) || !inTime) continue;
    const displayed = { symbol: quote.symbol, side: order.side, quotedAt: quote.at };
    const match = matchOnQuote({
      order: resting(order),
      quote,
      tickSize: instrument.tickSize,
      model: rules.model,
      taken: await book.taken(displayed),
      lotSize: instrument.lotSize,
    });
    const booked = await bookMatch({
      book,
      order,
      match,
      group: working.groupOf(order),
      at: tradesAt,
      tradedUpTo: quote.at,
      ...(stands ? { pricedAt: quote.at } : {}),
      instrument,
      schedule: rules.schedule,
    });
    working.set(booked.changed);
    const quantity = booked.fills.reduce((sum, fill) => sum + fill.quantity, 0);
    if (quantity > 0) await book.take({ ...displayed, quantity });
    fills.push(...booked.fills);
  }
  return fills;
}

/** Lets one bar trade with every order of its symbol that was there when it began, or just after. */
export async function tradeOnBar({
  book,
  working,
  rules,
  bar,
  now,
}: {
  book: PaperBook;
  working: WorkingSet;
  rules: PaperRules;
  bar: PaperBar;
  now: Instant;
}): Promise<PaperFill[]> {
  const instrument = rules.instrument(bar.symbol);
  if (!instrument || bar.end > now || !rules.sessionOpen(instrument.exchange, bar.start)) return [];
  const joinedBy = plusMs(bar.start, Math.floor((epochMs(bar.end) - epochMs(bar.start)) * rules.joinShareOfBar));
  const fills: PaperFill[] = [];
  const taken = { BUY: 0, SELL: 0 };
  const turn = working.of(bar.symbol).sort((a, b) => turnInBar(resting(a), bar) - turnInBar(resting(b), bar) || byTime(a, b));
  for (const before of turn) {
    const order = working.now(before);
    const seen = order.tradedUpTo !== null && order.tradedUpTo >= bar.end;
    if (!isWorking(order) || seen || order.activeAt > joinedBy) continue;
    const joinedAfterOpen = order.activeAt > bar.start || (order.tradedUpTo !== null && order.tradedUpTo >= bar.start);
    const match = matchOnBar({
      order: resting(order),
      bar,
      tickSize: instrument.tickSize,
      model: rules.model,
      joinedAfterOpen,
      taken: taken[order.side],
    });
    const at = turnInBar(resting(order), bar) === 0 && !joinedAfterOpen ? bar.start : bar.end;
    const booked = await bookMatch({
      book,
      order,
      match,
      group: working.groupOf(order),
      at,
      tradedUpTo: bar.end,
      instrument,
      schedule: rules.schedule,
    });
    working.set(booked.changed);
    taken[order.side] += booked.fills.reduce((sum, { quantity }) => sum + quantity, 0);
    fills.push(...booked.fills);
  }
  return fills;
}
