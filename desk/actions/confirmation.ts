import type { Decimal, Minor } from '../decimal.ts';
import { type Instant, plusMinutes } from '../time.ts';
import { driftBetween } from './drift.ts';
import { policyFor } from './policy.ts';
import type { Refusal } from './refusals.ts';
import type { ActionKind } from './types.ts';

/**
 * The rules of a yes, apart from where it is kept: the database decides the race with one compare-and-set by the same
 * rules; this is what the desk shows, expects and explains.
 */
export interface Confirmation {
  id: string; actionKind: ActionKind; actionDigest: string;
  /** Who could say yes when it was shown. Rights gained later don't count; rights lost do. */
  eligible: readonly string[];
  approvalsNeeded: number; approvedBy: readonly string[];
  /** Wall clock. */
  shownAt: Instant; expiresAt: Instant;
  status: 'pending' | 'confirmed' | 'rejected' | 'expired' | 'superseded';
  decidedBy: string | null; decidedAt: Instant | null; decidedIn: string | null;
  /** Where the price was when it was shown, and how far it may move; null where price plays no part. */
  price: { symbol: string; shown: Decimal; boundPercent: number } | null;
}

export const expiryOf = (kind: ActionKind, shownAt: Instant): Instant => plusMinutes(shownAt, policyFor(kind).expiryMinutes);
/** Alive strictly before its expiry, as in the database. */
export const isExpired = ({ expiresAt }: Pick<Confirmation, 'expiresAt'>, now: Instant): boolean => expiresAt <= now;

/** How many people: two from the configured amount on, where the kind asks for it. A value that nobody knows asks for two. */
export function approvalsNeeded({ kind, valueMinor, fourEyesMinor }: { kind: ActionKind; valueMinor: Minor | null; fourEyesMinor: Minor | null }): 1 | 2 {
  if (policyFor(kind).fourEyes === 'never' || fourEyesMinor === null) return 1;
  return valueMinor === null || valueMinor >= fourEyesMinor ? 2 : 1;
}

/** Eligible when shown, and still holding the right now. */
export const isEligible = ({ eligible }: Pick<Confirmation, 'eligible'>, person: Presser): boolean => eligible.includes(person.personId) && person.canConfirm;

export interface Presser { personId: string; canView: boolean; /** Rights as they are at the press. */ canConfirm: boolean }
export interface Press { choice: 'confirm' | 'reject'; digest: string; person: Presser }
export type PressVerdict =
  | { kind: 'won' } | { kind: 'needs_another'; approvalsLeft: number } | { kind: 'rejected' }
  | { kind: 'refused'; refusal: Refusal };

const refused = (refusal: Refusal): PressVerdict => ({ kind: 'refused', refusal });

/**
 * What a press does, in the database's order: who, whether it is still open, what, when. `priceNow` null: nobody knows.
 * Drift is judged only for a yes; a no is always taken. `names` turns a person's id into what they are called.
 */
export function judgePress({ confirmation, press, now, priceNow, accountName = null, names = () => null }: {
  confirmation: Confirmation | null; press: Press; now: Instant; priceNow: Decimal | number | null;
  accountName?: string | null; names?: (personId: string) => string | null;
}): PressVerdict {
  if (confirmation === null) return refused({ code: 'NOT_FOUND' });
  const { personId, canView } = press.person;
  if (!isEligible(confirmation, press.person)) return refused({ code: 'NOT_ELIGIBLE', canView, accountName });
  const { status, decidedBy, decidedAt, decidedIn, price } = confirmation;
  if (status !== 'pending') {
    return refused({ code: 'ALREADY_DECIDED', status, byPerson: decidedBy === null ? null : names(decidedBy), byYou: decidedBy === personId, channel: decidedIn, at: decidedAt });
  }
  if (press.digest !== confirmation.actionDigest) return refused({ code: 'OTHER_CONTENT' });
  const drift = price !== null && priceNow !== null ? driftBetween({ shown: price.shown, now: priceNow, boundPercent: price.boundPercent }) : null;
  if (isExpired(confirmation, now)) {
    const moved = drift !== null && priceNow !== null && Number.isFinite(drift.percent) ? { now: priceNow, changePercent: drift.percent } : null;
    return refused({ code: 'EXPIRED', at: confirmation.expiresAt, price: moved });
  }
  if (press.choice === 'reject') return { kind: 'rejected' };
  if (price !== null && policyFor(confirmation.actionKind).driftApplies) {
    if (drift === null || priceNow === null || Number.isNaN(drift.percent)) return refused({ code: 'PRICE_UNKNOWN', symbol: price.symbol });
    if (!drift.within) return refused({ code: 'DRIFTED', symbol: price.symbol, now: priceNow, drift });
  }
  const said = new Set(confirmation.approvedBy);
  if (said.has(personId)) return refused({ code: 'ALREADY_APPROVED', approvalsNeeded: confirmation.approvalsNeeded });
  const left = confirmation.approvalsNeeded - said.size - 1;
  return left > 0 ? { kind: 'needs_another', approvalsLeft: left } : { kind: 'won' };
}
