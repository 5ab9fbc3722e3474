import type { Tx } from '../../../db/client.ts';
import type { StoredAction } from '../../../db/stores/actions.ts';
import { postTransaction } from '../../../db/stores/ledger.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import type { ActionKind, ActionOf } from '../../../desk/actions/types.ts';
import type { LedgerTransaction } from '../../../desk/treasury/ledger.ts';
import type { ExecutionServices } from '../services.ts';

/** What a cleared action of one kind does to the desk's own state, in the transaction that it is given. Returns the sentence for the person. */
export type Change<K extends ActionKind> = (input: { tx: Tx; services: ExecutionServices; stored: StoredAction; action: ActionOf<K>; clearanceId: string }) => Promise<string>;
export type Changes = { [K in ActionKind]?: Change<K> };

/** Thrown inside a change whose subject is not there any more, or not as it was: nothing of it is kept, and this sentence says why. */
export class CannotChange extends Error {
  override readonly name = 'CannotChange';
}

export const newId = (services: ExecutionServices): string => uuidv7(Date.parse(services.wallNow()));
export async function post(tx: Tx, services: ExecutionServices, posting: LedgerTransaction): Promise<void> {
  const now = services.market.now();
  await postTransaction(tx, { id: newId(services), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt: now, knownAt: now, postings: posting.postings });
}
