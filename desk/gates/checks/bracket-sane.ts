import type { Side } from '../../actions/types.ts';
import { formatPrice } from '../../format.ts';
import { defineCheck } from '../define.ts';
import { entryPrice } from '../entry-terms.ts';
import { currencyOf, quoteOf } from '../figures.ts';
import { fails, lacks, notApplicable, passes, reasonOf } from '../outcomes.ts';
import { orderOf, positionOf } from '../reduces-risk.ts';
import type { GateSnapshot } from '../snapshot.ts';

/** `long`: the stop belongs below the reference and the target above it; short the other way round. */
function fault({ long, stop, target, reference, money }: { long: boolean; stop: number | undefined; target: number | undefined; reference: number; money: (price: number) => string }): string | null {
  const [lossSide, profitSide] = long ? ['below', 'above'] : ['above', 'below'];
  if (stop !== undefined && !(long ? stop < reference : stop > reference)) return `The stop ${money(stop)} must lie ${lossSide} ${money(reference)}.`;
  if (target !== undefined && !(long ? target > reference : target < reference)) return `The target ${money(target)} must lie ${profitSide} ${money(reference)}.`;
  return null;
}

const optional = (price: string | undefined): number | undefined => (price === undefined ? undefined : Number(price));

function judge(snapshot: GateSnapshot, terms: { side: Side; stop: number | undefined; target: number | undefined; references: readonly number[] }) {
  const money = (price: number): string => formatPrice(price, currencyOf(snapshot));
  for (const reference of terms.references) {
    const wrong = fault({ long: terms.side === 'BUY', stop: terms.stop, target: terms.target, reference, money });
    if (wrong !== null) return fails(wrong);
  }
  return passes('Stop and target lie on their own sides of the price.');
}

/** Stop on the loss side, target on the profit side, of the entry and of the market: else it would trigger at once. */
export const bracketSane = defineCheck({
  id: 'bracket_sane', version: 1, appliesTo: ['enter', 'modify'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: ['instruments.quote', 'positions'],
  evaluate(snapshot, action) {
    if (action.kind === 'modify') {
      const held = action.positionId === undefined ? undefined : positionOf(snapshot, action.accountId, action.positionId);
      const order = action.orderId === undefined ? undefined : orderOf(snapshot, action.accountId, action.orderId);
      const symbol = held?.symbol ?? order?.symbol;
      if (symbol === undefined || (action.stop === undefined && action.target === undefined)) return notApplicable('Moves no stop and no target.');
      const quote = quoteOf(snapshot, symbol);
      if (!quote.known) return lacks(`The price of ${symbol}`, reasonOf(quote));
      // A protective order sells what is long, so its own side is the other one.
      const side = held ? (held.quantity > 0 ? 'BUY' : 'SELL') : order?.side === 'SELL' ? 'BUY' : 'SELL';
      return judge(snapshot, { side, stop: optional(action.stop), target: optional(action.target), references: [quote.value.last] });
    }
    const entry = entryPrice(snapshot, action);
    const quote = quoteOf(snapshot, action.symbol);
    if (!entry.known || !quote.known) return lacks(`The price of ${action.symbol}`, reasonOf(entry));
    const stop = Number(action.bracket.stop);
    const sides = judge(snapshot, { side: action.side, stop, target: optional(action.bracket.target), references: [entry.value] });
    if (sides.kind === 'stated' && !sides.passed) return sides;
    return judge(snapshot, { side: action.side, stop, target: undefined, references: [quote.value.last] });
  },
});
