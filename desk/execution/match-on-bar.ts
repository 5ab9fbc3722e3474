import { type Decimal, roundToTick, toNumber } from '../decimal.ts';
import { type Match, type MatchingModel, type RestingOrder, takesAnyPrice, waitsForTrigger } from './matching-model.ts';

/** Enough of a daily or intraday bar. Volume in shares. */
export interface BarForMatching {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

const beyond = (side: RestingOrder['side'], price: number, trigger: number): boolean =>
  side === 'SELL' ? price <= trigger : price >= trigger;
const atOrBetter = (side: RestingOrder['side'], price: number, limit: number): boolean =>
  side === 'BUY' ? price <= limit : price >= limit;
/** A resting limit fills only when the price traded through it: a touch says nothing about the queue before it. */
const tradedThrough = (side: RestingOrder['side'], bar: BarForMatching, limit: number): boolean =>
  side === 'BUY' ? bar.low < limit : bar.high > limit;

type Execution = { at: number; passive: boolean };

function limitExecution(order: RestingOrder, bar: BarForMatching, from: number): Execution | null {
  const limit = toNumber(order.limitPrice as Decimal);
  if (atOrBetter(order.side, from, limit)) return { at: from, passive: false };
  return tradedThrough(order.side, bar, limit) ? { at: limit, passive: true } : null;
}

/** Where the order trades inside the bar, before costs; null when it does not. */
function execution(
  order: RestingOrder,
  bar: BarForMatching,
  joinedAfterOpen: boolean,
): { triggered: boolean; execution: Execution | null } {
  const triggered = order.triggered;
  if (takesAnyPrice(order)) return { triggered, execution: joinedAfterOpen ? null : { at: bar.open, passive: false } };
  if (!waitsForTrigger(order)) return { triggered, execution: order.limitPrice === null ? null : limitExecution(order, bar, bar.open) };
  if (order.triggerPrice === null) return { triggered, execution: null };

  const trigger = toNumber(order.triggerPrice);
  const extreme = order.side === 'SELL' ? bar.low : bar.high;
  // A gap beyond the trigger trades at the open, which is worse than the stop; inside the bar it trades at the trigger.
  const from = beyond(order.side, bar.open, trigger) ? bar.open : beyond(order.side, extreme, trigger) ? trigger : null;
  if (from === null) return { triggered: false, execution: null };
  if (order.type === 'STOP') return { triggered: true, execution: { at: from, passive: false } };
  // After a trigger inside the bar the way on is unknown, so a stop-limit counts only what it could do at that price.
  const limit = order.limitPrice === null ? null : toNumber(order.limitPrice);
  const fills =
    limit === null
      ? null
      : from === bar.open
        ? limitExecution(order, bar, from)
        : atOrBetter(order.side, from, limit)
          ? { at: from, passive: false }
          : null;
  return { triggered: true, execution: fills };
}

/**
 * Matches an order against one bar. Market orders and whatever is executable at the open trade at the open; stops at
 * their trigger, or at the open when it gapped beyond; limits at their price when the bar traded through it. Whatever
 * does not wait at its own price pays half a modelled spread and an impact of `impactOfRange × range × √(part of the
 * volume)`, never beyond the bar's range nor its limit. Fills are limited to `maxParticipation` of the volume.
 * `joinedAfterOpen`: the order came in after the open of this very bar (a stop placed on an entry that filled there), so
 * it meets the rest of the bar only and market orders wait for the next open. `taken`: shares that earlier orders took.
 */
export function matchOnBar({
  order,
  bar,
  tickSize,
  model,
  joinedAfterOpen = false,
  taken = 0,
}: {
  order: RestingOrder;
  bar: BarForMatching;
  tickSize: Decimal;
  model: MatchingModel;
  joinedAfterOpen?: boolean;
  taken?: number;
}): Match {
  const { triggered, execution: trade } = execution(order, bar, joinedAfterOpen);
  const match: Match = { fills: [], triggered, spreadFrom: 'bars' };
  const available = Math.max(0, Math.floor(bar.volume * model.maxParticipation) - taken);
  const quantity = Math.min(order.remaining, available);
  if (trade === null || quantity <= 0) return match;

  const buys = order.side === 'BUY';
  const tick = toNumber(tickSize);
  let price = trade.at;
  if (!trade.passive) {
    const halfSpread = (price * model.barSpreadBps) / 20_000;
    const impact = model.impactOfRange * (bar.high - bar.low) * Math.sqrt(quantity / bar.volume);
    const worse = toNumber(
      roundToTick(buys ? price + halfSpread + impact : Math.max(tick, price - halfSpread - impact), tick, buys ? 'up' : 'down'),
    );
    price = buys ? Math.max(price, Math.min(worse, bar.high)) : Math.min(price, Math.max(worse, bar.low));
    if (order.limitPrice !== null) price = buys ? Math.min(price, toNumber(order.limitPrice)) : Math.max(price, toNumber(order.limitPrice));
  }
  match.fills.push({ quantity, price: roundToTick(price, tick) });
  return match;
}

/**
 * Turn of orders inside one bar: first what is executable at the open, then stops, then limits. So when a stop and a
 * target both lie inside the bar, the stop is taken.
 */
export function turnInBar(order: RestingOrder, bar: BarForMatching): 0 | 1 | 2 {
  const trigger = order.triggerPrice;
  if (waitsForTrigger(order)) return trigger !== null && beyond(order.side, bar.open, toNumber(trigger)) ? 0 : 1;
  if (takesAnyPrice(order)) return 0;
  return order.limitPrice !== null && atOrBetter(order.side, bar.open, toNumber(order.limitPrice)) ? 0 : 2;
}
