import type { Minor } from '../decimal.ts';
import type { FillEffect } from '../execution/position.ts';
import { type LedgerCause, type LedgerName, type LedgerTransaction, type Posting, transaction } from './ledger.ts';

const entry = (accountId: string, ledger: LedgerName, amountMinor: Minor): Posting => ({ accountId, ledger, amountMinor });
const above = (amountMinor: Minor): Minor => {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) throw new RangeError(`an amount is above zero, not ${amountMinor}`);
  return amountMinor;
};

/** A fill: cash against securities at cost, what it realised, and its charges. `effect` is what `applyFill` returned. */
export function postingsForFill({
  accountId,
  fillId,
  effect,
  reason,
}: {
  accountId: string;
  fillId: string;
  effect: FillEffect;
  reason: string;
}): LedgerTransaction {
  return transaction({
    kind: 'TRADE',
    reason,
    cause: { fillId },
    postings: [
      entry(accountId, 'cash', effect.cashMinor - effect.chargesMinor),
      entry(accountId, 'securities', effect.costMinor),
      entry(accountId, 'realised_pnl', -effect.realisedMinor),
      entry(accountId, 'charges', effect.chargesMinor),
    ],
  });
}

/** What an expired option is worth, paid or received, less the tax on exercise. Null where nothing moves: an option that cost nothing and is worth nothing. */
export function postingsForExpiry({ accountId, effect, expiry, reason }: { accountId: string; effect: FillEffect; expiry: string; reason: string }): LedgerTransaction | null {
  const moved = [entry(accountId, 'cash', effect.cashMinor - effect.chargesMinor), entry(accountId, 'securities', effect.costMinor), entry(accountId, 'realised_pnl', -effect.realisedMinor), entry(accountId, 'charges', effect.chargesMinor)].filter(({ amountMinor }) => amountMinor !== 0);
  return moved.length === 0 ? null : transaction({ kind: 'ADJUSTMENT', reason, cause: { corporateAction: expiry }, postings: moved });
}

interface CashMove {
  accountId: string;
  amountMinor: Minor;
  reason: string;
}

export const postingsForDeposit = ({ accountId, amountMinor, reason, cause }: CashMove & { cause: LedgerCause }): LedgerTransaction =>
  transaction({
    kind: 'DEPOSIT',
    reason,
    cause,
    postings: [entry(accountId, 'cash', above(amountMinor)), entry(accountId, 'external', -amountMinor)],
  });

export const postingsForWithdrawal = ({ accountId, amountMinor, reason, cause }: CashMove & { cause: LedgerCause }): LedgerTransaction =>
  transaction({
    kind: 'WITHDRAWAL',
    reason,
    cause,
    postings: [entry(accountId, 'cash', -above(amountMinor)), entry(accountId, 'external', amountMinor)],
  });

/** The balance an account starts with; `opening` names it, once an account. Nothing at all makes no postings: there is nothing to write. */
export const postingsForOpening = ({
  accountId,
  cashMinor,
  securitiesMinor = 0,
  opening,
}: {
  accountId: string;
  cashMinor: Minor;
  securitiesMinor?: Minor;
  opening: string;
}): LedgerTransaction =>
  transaction({
    kind: 'OPENING',
    reason: 'opening balance',
    cause: { opening },
    postings: [
      entry(accountId, 'cash', cashMinor),
      entry(accountId, 'securities', securitiesMinor),
      entry(accountId, 'external', -(cashMinor + securitiesMinor)),
    ],
  });

interface Transfer {
  fromAccountId: string;
  toAccountId: string;
  amountMinor: Minor;
  reason: string;
  cause: LedgerCause;
}
const leaves = ({ fromAccountId, amountMinor }: Transfer): Posting[] => [
  entry(fromAccountId, 'cash', -above(amountMinor)),
  entry(fromAccountId, 'transit', amountMinor),
];
const arrives = ({ toAccountId, amountMinor }: Transfer): Posting[] => [
  entry(toAccountId, 'cash', above(amountMinor)),
  entry(toAccountId, 'transit', -amountMinor),
];

/** MOVE_OUT and MOVE_IN in one transaction, where the desk itself moves the money. Both accounts have one currency. */
export const postingsForTransfer = (move: Transfer): LedgerTransaction => {
  if (move.fromAccountId === move.toAccountId) throw new RangeError('a transfer has two accounts');
  return transaction({ kind: 'TRANSFER', reason: move.reason, cause: move.cause, postings: [...leaves(move), ...arrives(move)] });
};
/** Where brokers move the money, a transfer is underway between these two; a failed one comes back. */
export const postingsForMoveOut = (move: Transfer): LedgerTransaction =>
  transaction({ kind: 'TRANSFER_OUT', reason: move.reason, cause: move.cause, postings: leaves(move) });
export const postingsForMoveIn = (move: Transfer): LedgerTransaction =>
  transaction({ kind: 'TRANSFER_IN', reason: move.reason, cause: move.cause, postings: arrives(move) });
export const postingsForMoveReturned = (move: Transfer): LedgerTransaction =>
  transaction({
    kind: 'TRANSFER_RETURNED',
    reason: move.reason,
    cause: move.cause,
    postings: leaves(move).map((posting) => ({ ...posting, amountMinor: -posting.amountMinor })),
  });

/** A charge outside any fill (a depository's yearly fee). */
export const postingsForFee = ({ accountId, amountMinor, reason, cause }: CashMove & { cause: LedgerCause }): LedgerTransaction =>
  transaction({
    kind: 'FEE',
    reason,
    cause,
    postings: [entry(accountId, 'cash', -above(amountMinor)), entry(accountId, 'charges', amountMinor)],
  });

/** Cash that a holding paid; below zero for a short one, which pays it. */
export const postingsForDividend = ({
  accountId,
  amountMinor,
  corporateAction,
  reason,
}: CashMove & { corporateAction: string }): LedgerTransaction =>
  transaction({
    kind: 'DIVIDEND',
    reason,
    cause: { corporateAction },
    postings: [entry(accountId, 'cash', amountMinor), entry(accountId, 'realised_pnl', -amountMinor)],
  });

/** The fraction of a share that a split, bonus or consolidation leaves, paid in cash. Whole shares move no money. */
export const postingsForFraction = ({
  accountId,
  effect,
  corporateAction,
  reason,
}: {
  accountId: string;
  effect: { cashMinor: Minor; costMinor: Minor; realisedMinor: Minor };
  corporateAction: string;
  reason: string;
}): LedgerTransaction =>
  transaction({
    kind: 'ADJUSTMENT',
    reason,
    cause: { corporateAction },
    postings: [
      entry(accountId, 'cash', effect.cashMinor),
      entry(accountId, 'securities', effect.costMinor),
      entry(accountId, 'realised_pnl', -effect.realisedMinor),
    ],
  });

/** Brings cash to what the broker says, the difference against charges (less) or the outside (more), by a reconciliation record. */
export const postingsForAdjustment = ({
  accountId,
  differenceMinor,
  reconciliation,
  reason,
}: {
  accountId: string;
  differenceMinor: Minor;
  reconciliation: string;
  reason: string;
}): LedgerTransaction =>
  transaction({
    kind: 'ADJUSTMENT',
    reason,
    cause: { reconciliation },
    postings: [entry(accountId, 'cash', differenceMinor), entry(accountId, differenceMinor < 0 ? 'charges' : 'external', -differenceMinor)],
  });
