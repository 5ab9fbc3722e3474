import type { Action } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import { entryRisk } from './entry-terms.ts';
import { structureRisk } from './option-terms.ts';
import type { GateSnapshot } from './snapshot.ts';

/**
 * The largest loss that a yes can lead to, charges included, in minor units: an entry at its stop, an option structure at
 * expiry. A gap through the stop can cost more, which no figure can bound. Null: not a trade, no bound, or not known.
 */
export function worstLoss(action: Action, snapshot: GateSnapshot): Minor | null {
  const risk = action.kind === 'enter' ? entryRisk(snapshot, action) : action.kind === 'option_structure' ? structureRisk(snapshot, action) : null;
  return risk?.known ? risk.value : null;
}
