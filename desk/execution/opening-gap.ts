import Big from 'big.js';
import type { Side } from '../actions/types.ts';
import type { Decimal } from '../decimal.ts';

/**
 * What an opening gap means for an entry that waited overnight. Percentages are numbers like 1.5 for 1.5 %.
 * `CHASE`: the price ran away by more than the playbook lets the desk chase.
 * `BEYOND_STOP`: it opened past the protective stop, so the trade that was confirmed no longer exists.
 */
export type OpeningGap = { kind: 'WITHIN' | 'CHASE' | 'BEYOND_STOP'; gapPercent: number };

/** `gapPercent` is against the entry's favour when positive: dearer for a buy, cheaper for a sell. */
export function openingGap({
  side,
  reference,
  open,
  stop,
  gapChaseMaxPercent,
}: {
  side: Side;
  reference: Decimal;
  open: Decimal;
  stop: Decimal;
  gapChaseMaxPercent: number;
}): OpeningGap {
  const move = new Big(open)
    .minus(reference)
    .div(reference)
    .times(side === 'BUY' ? 100 : -100);
  const gapPercent = Number(move.toFixed(6));
  const beyondStop = side === 'BUY' ? new Big(open).lte(stop) : new Big(open).gte(stop);
  return { kind: beyondStop ? 'BEYOND_STOP' : move.gt(gapChaseMaxPercent) ? 'CHASE' : 'WITHIN', gapPercent };
}
