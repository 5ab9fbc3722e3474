import type { ActionOf } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import { chargesFor } from './entry-terms.ts';
import { netPremiumMinor, setsOf, signed, structureMaxLoss } from './option-payoff.ts';
import type { Fact, GateSnapshot } from './snapshot.ts';

type Structure = ActionOf<'option_structure'>;

/**
 * Shares of the underlying that are held and not spoken for. Whatever is short under a name that begins with the underlying's
 * (an option, a future) is taken off first, and what is not known covers nothing.
 */
export function sharesHeld(snapshot: GateSnapshot, action: Structure): number {
  if (!snapshot.positions.known) return 0;
  let held = 0;
  for (const position of snapshot.positions.value) {
    if (position.accountId !== action.accountId) continue;
    if (position.symbol === action.underlying) held += position.quantity;
    else if (position.quantity < 0 && position.symbol.startsWith(action.underlying)) held += position.quantity;
  }
  // A short option that this very action takes back needs no cover any more.
  for (const leg of action.legs) if (leg.effect === 'CLOSE' && leg.side === 'BUY') held += signed(leg);
  return Math.max(0, held);
}

/** Largest loss with charges: the desk's own figure from the legs, or the proposer's when that is worse. Null: no bound. */
export function structureRisk(snapshot: GateSnapshot, action: Structure): Fact<Minor | null> {
  const charges = chargesFor(snapshot, setsOf(action));
  if (!charges.known) return { known: false, reason: `charges: ${charges.reason}` };
  const own = structureMaxLoss(action, sharesHeld(snapshot, action));
  if (own === null || action.maxLossMinor === null) return { ...charges, value: null };
  return { ...charges, value: Math.max(own, action.maxLossMinor) + charges.value };
}

/**
 * Cash that the structure needs: the margin with the premium paid, never less than the largest loss, and the charges.
 * An estimate of margin that is too low has turned defined-risk spreads into rejected orders elsewhere.
 */
export function structureCash(snapshot: GateSnapshot, action: Structure): Fact<Minor> {
  const risk = structureRisk(snapshot, action);
  const charges = chargesFor(snapshot, setsOf(action));
  if (!risk.known || !charges.known) return risk.known ? { known: false, reason: 'charges' } : risk;
  const margin = action.marginMinor + Math.max(0, netPremiumMinor(action)) + charges.value;
  return { ...risk, value: Math.max(margin, risk.value ?? 0) };
}
