import type { HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import type { PartedShares } from '../../db/stores/parted-shares.ts';
import { type Minor, valueMinor } from '../../desk/decimal.ts';
import { dateIn, plusDays, type Zone } from '../../desk/time.ts';
import type { Span } from './period.ts';
import type { BookTrade } from './trades.ts';
import type { CloseOf } from './valuation-days.ts';

export interface SymbolProfit { symbol: string; pnlMinor: Minor | null; costsMinor: Minor; fills: number }

/**
 * What each symbol made in the span: its worth at the end less that at the start, less what was paid for it in between, charges
 * included, what dividends and fractions of shares brought, and what a demerger parted from it. Null where a price at either end is missing. `fills` and `adjustments`:
 * all up to the end, oldest first. Pure.
 */
export function profitBySymbol({ fills, adjustments = [], credits = [], span, closeOf, zone }: { fills: readonly BookTrade[]; adjustments?: readonly HoldingAdjustment[]; credits?: readonly PartedShares[]; span: Span; closeOf: CloseOf; zone: Zone }): SymbolProfit[] {
  const before = plusDays(span.from, -1);
  return [...new Set([...fills.map((fill) => fill.symbol), ...credits.flatMap(({ into }) => into ?? [])])].flatMap((symbol) => {
    let [atStart, atEnd, paidMinor, costsMinor, count] = [0, 0, 0, 0, 0];
    for (const fill of fills) {
      const date = dateIn(fill.happenedAt, zone);
      if (fill.symbol !== symbol || date > span.to) continue;
      const signed = fill.side === 'BUY' ? fill.quantity : -fill.quantity;
      atEnd += signed;
      if (date < span.from) { atStart += signed; continue; }
      paidMinor += valueMinor(fill.price, signed);
      costsMinor += fill.chargesMinor;
      count += 1;
    }
    for (const { exDate, quantityBefore, quantityAfter, cashMinor, partedMinor } of adjustments.filter((each) => each.symbol === symbol && each.exDate <= span.to)) {
      atEnd += quantityAfter - quantityBefore;
      if (exDate < span.from) atStart += quantityAfter - quantityBefore; else paidMinor -= cashMinor + partedMinor;
    }
    // Credited shares cost what was expected of them until then; where none came, what was expected of the parent's is gone.
    for (const { into, symbol: parent, quantity, expectedMinor, happenedAt } of credits) {
      const date = dateIn(happenedAt, zone);
      if ((into ?? parent) !== symbol || date > span.to) continue;
      atEnd += quantity;
      if (date < span.from) atStart += quantity; else { paidMinor += expectedMinor; count += into === null ? 0 : 1; }
    }
    if (atStart === 0 && count === 0) return [];
    const [start, end] = [worth(atStart, closeOf(symbol, before)), worth(atEnd, closeOf(symbol, span.to))];
    return [{ symbol, costsMinor, fills: count, pnlMinor: start === null || end === null ? null : end - start - paidMinor - costsMinor }];
  });
}
const worth = (quantity: number, price: number | null): Minor | null => (quantity === 0 ? 0 : price === null ? null : valueMinor(price, quantity));
