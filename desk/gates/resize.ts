import type { Action } from '../actions/types.ts';
import { instrumentOf } from './figures.ts';
import { setsOf, withSets } from './option-payoff.ts';
import type { GateSnapshot } from './snapshot.ts';

/** An action that can be made smaller: an entry in shares (steps of a lot), an option structure in sets. */
export interface Sizing { quantity: number; step: number; withQuantity(quantity: number): Action }

export function sizingOf(action: Action, snapshot: GateSnapshot): Sizing | null {
  if (action.kind === 'enter') {
    const lot = instrumentOf(snapshot, action.symbol)?.lotSize ?? 1;
    return { quantity: action.quantity, step: Number.isInteger(lot) && lot > 0 ? lot : 1, withQuantity: (quantity) => ({ ...action, quantity }) };
  }
  if (action.kind === 'option_structure') return { quantity: setsOf(action), step: 1, withQuantity: (sets) => withSets(action, sets) };
  return null;
}
