import type { Minor } from '../decimal.ts';

/**
 * The ledger of each account, in minor units, debits positive. `cash` and `securities` (at cost) are what it owns,
 * `charges` what it spent, `realised_pnl` what it earned (a gain is negative), `external` what the outside world put in
 * (negative) or took out, `transit` what it sent to or had from other accounts of the desk. All six sum to zero.
 */
export const ledgerNames = ['cash', 'securities', 'charges', 'realised_pnl', 'external', 'transit'] as const;
export type LedgerName = (typeof ledgerNames)[number];

/** What a transaction came from: exactly one. */
export type LedgerCause =
  | { clearanceId: string }
  | { fillId: string }
  | { corporateAction: string }
  | { reconciliation: string }
  | { opening: string };
export type TransactionKind =
  | 'OPENING'
  | 'DEPOSIT'
  | 'WITHDRAWAL'
  | 'TRANSFER'
  | 'TRANSFER_OUT'
  | 'TRANSFER_IN'
  | 'TRANSFER_RETURNED'
  | 'TRADE'
  | 'FEE'
  | 'DIVIDEND'
  | 'ADJUSTMENT';

export interface Posting {
  accountId: string;
  ledger: LedgerName;
  amountMinor: Minor;
}
/** Balanced by construction: `transaction()` is the only way to make one. */
export interface LedgerTransaction {
  kind: TransactionKind;
  reason: string;
  cause: LedgerCause;
  postings: readonly Posting[];
}

const causeKeys = ['clearanceId', 'fillId', 'corporateAction', 'reconciliation', 'opening'] as const;

/**
 * Checks and freezes a transaction; postings of nothing are left out.
 * @throws Error when it is not balanced for every account, an amount is no integer, or it has not exactly one cause.
 */
export function transaction({ kind, reason, cause, postings }: LedgerTransaction): LedgerTransaction {
  const causes = causeKeys.filter((key) => (cause as Partial<Record<string, string>>)[key] !== undefined);
  if (causes.length !== 1) throw new Error(`a ledger transaction has exactly one cause, not ${causes.length}`);
  const byAccount = new Map<string, Minor>();
  for (const { accountId, amountMinor } of postings) {
    if (!Number.isSafeInteger(amountMinor)) throw new Error(`not an amount in minor units: ${amountMinor}`);
    byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + amountMinor);
  }
  for (const [accountId, sum] of byAccount)
    if (sum !== 0) throw new Error(`the postings of account ${accountId} sum to ${sum}, not to zero`);
  return Object.freeze({ kind, reason, cause, postings: Object.freeze(postings.filter(({ amountMinor }) => amountMinor !== 0)) });
}

export type Balances = Readonly<Record<LedgerName, Minor>>;
export const noBalances: Balances = Object.freeze({ cash: 0, securities: 0, charges: 0, realised_pnl: 0, external: 0, transit: 0 });

/** Balances are always the sum of the postings; nothing else holds one. */
export function balancesOf(transactions: Iterable<LedgerTransaction>): ReadonlyMap<string, Balances> {
  const balances = new Map<string, Record<LedgerName, Minor>>();
  for (const { postings } of transactions) {
    for (const { accountId, ledger, amountMinor } of postings) {
      const of = balances.get(accountId) ?? { ...noBalances };
      of[ledger] += amountMinor;
      balances.set(accountId, of);
    }
  }
  return balances;
}

export type LedgerFault =
  | { fault: 'UNBALANCED'; accountId: string; sumMinor: Minor }
  /** Cash below zero: a fill cost more than there was. */
  | { fault: 'OVERDRAWN'; accountId: string; cashMinor: Minor }
  | { fault: 'TRANSIT_NEGATIVE'; underwayMinor: Minor };

/** What is wrong with a set of accounts; empty when nothing is. Every account of the desk must be in it for transit to add up. */
export function ledgerFaults(balances: ReadonlyMap<string, Balances>): LedgerFault[] {
  const faults: LedgerFault[] = [];
  for (const [accountId, of] of balances) {
    const sumMinor = ledgerNames.reduce((sum, name) => sum + of[name], 0);
    if (sumMinor !== 0) faults.push({ fault: 'UNBALANCED', accountId, sumMinor });
    if (of.cash < 0) faults.push({ fault: 'OVERDRAWN', accountId, cashMinor: of.cash });
  }
  const underway = underwayMinor(balances);
  if (underway < 0) faults.push({ fault: 'TRANSIT_NEGATIVE', underwayMinor: underway });
  return faults;
}

/** Money that left one account of the desk and has not reached the other. */
export const underwayMinor = (balances: ReadonlyMap<string, Balances>): Minor =>
  [...balances.values()].reduce((sum, of) => sum + of.transit, 0);

export type Posted =
  | { posted: true; balances: Balances }
  | { posted: false; code: 'INSUFFICIENT_CASH'; message: string; shortMinor: Minor };

/** What a person or the desk decided may not take more cash than there is; what happened (fills, dividends, adjustments) is booked all the same. */
const decided: ReadonlySet<TransactionKind> = new Set(['WITHDRAWAL', 'TRANSFER', 'TRANSFER_OUT', 'FEE']);

/** One account's balances after a transaction, or why it may not be posted. */
export function post(before: Balances, accountId: string, entry: LedgerTransaction): Posted {
  const after = { ...before };
  for (const posting of entry.postings) if (posting.accountId === accountId) after[posting.ledger] += posting.amountMinor;
  if (decided.has(entry.kind) && after.cash < 0 && after.cash < before.cash) {
    return { posted: false, code: 'INSUFFICIENT_CASH', message: 'the account has not that much cash', shortMinor: -after.cash };
  }
  return { posted: true, balances: after };
}

/** Cash that new entries may use: what is neither reserved for open entries nor kept as buffer, never below zero. */
export function deployable({
  cashMinor,
  reservedMinor,
  bufferMinor,
}: {
  cashMinor: Minor;
  reservedMinor: Minor;
  bufferMinor: Minor;
}): Minor {
  if (reservedMinor < 0 || bufferMinor < 0) throw new RangeError('reservations and buffers are not negative');
  return Math.max(0, cashMinor - reservedMinor - bufferMinor);
}

/** `percent` of an amount, rounded up: a buffer is rather a paisa too large. */
export const bufferOf = (amountMinor: Minor, percent: number): Minor => (amountMinor <= 0 ? 0 : Math.ceil((amountMinor * percent) / 100));
