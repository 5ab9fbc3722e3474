import type { Decimal, Minor } from '../decimal.ts';
import { roundTripCharges } from '../execution/charges.ts';
import type { Exchange } from '../market/types.ts';
import type { TradingDate } from '../time.ts';

/** Charges of going in and out at one price, by quantity, as the gates estimate them; a sentence where the table does not reach. */
export function chargesBothWays({ exchange, price, date }: { exchange: Exchange; price: Decimal; date: TradingDate }): { chargesMinor(quantity: number): Minor } | { reason: string } {
  const at = (quantity: number) => roundTripCharges({ exchange, product: 'DELIVERY', quantity, entryPrice: price, exitPrice: price, date, instrument: 'EQUITY' });
  const known = new Map<number, Minor>();
  const one = at(1);
  if (!one.known) return { reason: `the charges are not known: ${one.reason}` };
  return {
    chargesMinor(quantity) {
      let minor = known.get(quantity);
      if (minor === undefined) {
        const charges = at(quantity);
        // The table reaches for one share, so it does for more.
        if (!charges.known) throw new Error(charges.reason);
        known.set(quantity, (minor = charges.totalMinor));
      }
      return minor;
    },
  };
}
