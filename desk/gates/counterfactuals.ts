import type { Action } from '../actions/types.ts';
import { formatCount, formatDay, formatPrice } from '../format.ts';
import { tradingDate } from '../time.ts';
import type { Check, CheckResult, GateReport, NearestPass } from './define.ts';
import { currencyOf } from './figures.ts';
import { largestSize, runCheck } from './largest-size.ts';
import { sizingOf } from './resize.ts';
import { blocks } from './result.ts';
import type { GateSnapshot } from './snapshot.ts';

function sentenceOf(nearest: NearestPass, action: Action, snapshot: GateSnapshot): string {
  switch (nearest.change) {
    case 'quantity': return `What would pass now: ${formatCount(nearest.quantity)} ${action.kind === 'option_structure' ? (nearest.quantity === 1 ? 'set' : 'sets') : nearest.quantity === 1 ? 'share' : 'shares'}.`;
    case 'price': return `What would pass now: ${formatPrice(Number(nearest.price), currencyOf(snapshot))}.`;
    case 'earliest': return `Earliest day: ${formatDay(tradingDate(nearest.date), snapshot.marketDate)}.`;
    case 'command': return `What would help: ${nearest.say}.`;
  }
}

/** The nearest change for one check that blocks: found on the check itself where it grows with quantity, else what the check names. */
function nearestFor(check: Check, snapshot: GateSnapshot, action: Action): NearestPass | null {
  const sizing = check.growsWithQuantity ? sizingOf(action, snapshot) : null;
  if (sizing) {
    const quantity = largestSize({ check, snapshot, sizing, atMost: sizing.quantity });
    return quantity > 0 ? { change: 'quantity', quantity } : null;
  }
  return check.nearestPass?.(snapshot, action) ?? null;
}

/**
 * What would pass, check by check (catalogue C9), and last of all the largest quantity that passes every check together,
 * which is given only after all of them have run on it. An answer that cannot be found is left out; the verdict stands.
 */
export function counterfactualsOf({ checks, results, snapshot, action }: { checks: readonly Check[]; results: readonly CheckResult[]; snapshot: GateSnapshot; action: Action }): GateReport['counterfactuals'] {
  const found: GateReport['counterfactuals'] = [];
  const add = (checkId: string, nearest: NearestPass | null): void => {
    if (nearest) found.push({ checkId, nearest, sentence: sentenceOf(nearest, action, snapshot) });
  };
  try {
    for (const [index, check] of checks.entries()) {
      const result = results[index];
      if (result && blocks(result) && result.code !== 'CHECK_ERROR') add(check.id, nearestFor(check, snapshot, action));
    }
    const sizing = sizingOf(action, snapshot);
    if (sizing && found.some(({ nearest }) => nearest.change === 'quantity')) {
      let quantity = sizing.quantity;
      for (const check of checks) if (check.growsWithQuantity) quantity = Math.min(quantity, largestSize({ check, snapshot, sizing, atMost: quantity }));
      const smaller = quantity > 0 ? sizing.withQuantity(quantity) : null;
      if (smaller && checks.every((check) => !blocks(runCheck(check, snapshot, smaller, false)))) add('every_check', { change: 'quantity', quantity });
    }
  } catch {
    // A suggestion is a courtesy: failing to make one must not undo a refusal.
  }
  return found;
}
