import type { Minor } from '../decimal.ts';
import { costMinor, instrumentOf, quoteOf } from './figures.ts';
import { reasonOf } from './outcomes.ts';
import type { GateSnapshot, OpenOrderFacts } from './snapshot.ts';

/** Something that takes room under the limits: a position, an entry waiting at the broker, an action cleared for sending. */
export interface Exposure { symbol: string; sector: string; valueMinor: Minor; /** Signed: what is short counts below zero. Null where nobody says which way it goes. */ netMinor: Minor | null; held: boolean }
export type ExposureBook = { known: true; exposures: Exposure[] } | { known: false; what: string; reason: string };

/** A symbol whose sector nobody knows counts in a sector of its own. */
export function sectorOf(snapshot: GateSnapshot, symbol: string, told?: string | null): string {
  const fact = instrumentOf(snapshot, symbol)?.sector;
  return told ?? (fact?.known ? fact.value : `${symbol} alone`);
}

/** A waiting entry is counted at its limit, or at the last price when it has none. */
function orderPrice(snapshot: GateSnapshot, order: OpenOrderFacts): number | null {
  const quote = quoteOf(snapshot, order.symbol);
  if (order.price !== null && order.price > 0) return order.side === 'SELL' && quote.known ? Math.max(order.price, quote.value.last) : order.price;
  return quote.known ? quote.value.last : null;
}

/** All that the account has on, or on its way. One price or list that is missing makes the whole unknown: missing is never zero. */
export function exposureBook(snapshot: GateSnapshot, accountId: string): ExposureBook {
  const { positions, openOrders } = snapshot;
  if (!positions.known) return { known: false, what: 'What is held', reason: reasonOf(positions) };
  if (!openOrders.known) return { known: false, what: 'What is on order', reason: reasonOf(openOrders) };
  const exposures: Exposure[] = [];
  for (const position of positions.value) {
    if (position.accountId !== accountId || position.quantity === 0) continue;
    const last = position.last;
    if (last === null || !(last > 0)) return { known: false, what: `The price of ${position.symbol}, which is held,`, reason: 'no last price' };
    const valueMinor = costMinor(last, position.quantity);
    exposures.push({ symbol: position.symbol, sector: sectorOf(snapshot, position.symbol, position.sector), valueMinor, netMinor: Math.sign(position.quantity) * valueMinor, held: true });
  }
  for (const order of openOrders.value) {
    if (order.accountId !== accountId || order.category !== 'ENTRY' || order.remainingQuantity <= 0) continue;
    const price = orderPrice(snapshot, order);
    if (price === null) return { known: false, what: `The price of ${order.symbol}, which is on order,`, reason: 'no limit and no last price' };
    const valueMinor = costMinor(price, order.remainingQuantity);
    exposures.push({ symbol: order.symbol, sector: sectorOf(snapshot, order.symbol, order.sector), valueMinor, netMinor: order.side === 'BUY' ? valueMinor : -valueMinor, held: false });
  }
  for (const action of snapshot.committed) {
    if (action.exitQuantity !== undefined) continue;
    exposures.push({ symbol: action.symbol, sector: sectorOf(snapshot, action.symbol, action.sector), valueMinor: action.valueMinor, netMinor: null, held: false });
  }
  return { known: true, exposures };
}

export const valueWhere = (exposures: readonly Exposure[], belongs: (exposure: Exposure) => boolean): Minor => {
  let total = 0;
  for (const exposure of exposures) if (belongs(exposure)) total += exposure.valueMinor;
  return total;
};
