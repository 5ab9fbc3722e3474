import type { ActionOf } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import { costMinor, marketPrice, quoteOf, tenThousandths } from './figures.ts';
import { reasonOf } from './outcomes.ts';
import type { Fact, GateSnapshot } from './snapshot.ts';

type Sized = ActionOf<'enter'>;

/** The price that an entry is judged at: its limit, else the worst side of the market. */
export function entryPrice(snapshot: GateSnapshot, action: Sized): Fact<number> {
  const quote = quoteOf(snapshot, action.symbol);
  if (!quote.known) return { known: false, reason: reasonOf(quote) };
  if (action.orderType === 'MARKET') return { ...quote, value: marketPrice(quote.value, action.side) };
  if (action.limitPrice === undefined) return { known: false, reason: 'a limit order has no limit price' };
  return { ...quote, value: Number(action.limitPrice) };
}

/** Money that the entry ties up. A short sale is counted at no less than the market, since its limit is a floor. */
export function entryValue(snapshot: GateSnapshot, action: Sized): Fact<Minor> {
  const price = entryPrice(snapshot, action);
  const quote = quoteOf(snapshot, action.symbol);
  if (!price.known) return price;
  const counted = action.side === 'SELL' && quote.known ? Math.max(price.value, quote.value.last) : price.value;
  return { ...price, value: costMinor(counted, action.quantity) };
}

/**
 * Charges for `quantity`. They are estimated for the size that is asked for and for its halves: one between is charged as much as the next
 * larger of these (a flat fee does not shrink), one beyond in proportion, so that the figure never falls as the order grows.
 */
export function chargesFor(snapshot: GateSnapshot, quantity: number): Fact<Minor> {
  const { estimatedChargesMinor: charges, chargesQuantity, chargesOfSmaller = [] } = snapshot;
  if (!charges.known || chargesQuantity === undefined || chargesQuantity <= 0) return charges;
  if (quantity <= chargesQuantity) return { ...charges, value: Math.min(charges.value, ...chargesOfSmaller.filter(([size]) => size >= quantity).map(([, minor]) => minor)) };
  return { ...charges, value: Math.ceil((charges.value * quantity) / chargesQuantity) };
}

/** Loss a share from entry to stop, in ten-thousandths; zero or less when the stop is on the wrong side. */
export const stopDistance = (price: number, action: Sized): number =>
  (action.side === 'BUY' ? 1 : -1) * (tenThousandths(price) - tenThousandths(action.bracket.stop));

/** What is lost when the stop takes the entry out at its price, charges included. A gap through the stop can cost more. */
export function entryRisk(snapshot: GateSnapshot, action: Sized): Fact<Minor> {
  const price = entryPrice(snapshot, action);
  if (!price.known) return price;
  const charges = chargesFor(snapshot, action.quantity);
  if (!charges.known) return { known: false, reason: `charges: ${charges.reason}` };
  const distance = stopDistance(price.value, action);
  // A stop on the wrong side protects nothing, so all of it is at risk.
  const perShare = distance > 0 ? distance : tenThousandths(price.value);
  return { ...price, value: Math.ceil((perShare * action.quantity) / 100) + charges.value };
}
