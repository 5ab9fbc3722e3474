import type { Tx } from '../../db/client.ts';
import { appendAudit, isOnRecord } from '../../db/stores/audit.ts';
import { placeHold, tradingHolds } from '../../db/stores/trading-holds.ts';

/**
 * Where broker and desk do not agree in a way that the desk cannot settle by itself.
 * - `UNKNOWN_FILL`: a fill of an order that this desk never sent.
 * - `ORPHAN_ORDER`: an order at the broker that this desk never sent.
 * - `AMBIGUOUS`: an order or fill of ours that broker and desk tell differently (more filled than ordered, gone at the
 *   broker, the same fill with other figures, a position on the wrong side).
 */
type DiscrepancyKind = 'UNKNOWN_FILL' | 'ORPHAN_ORDER' | 'AMBIGUOUS';
/** `key` tells one discrepancy from another, so that it is raised once however often it is seen. */
export interface Discrepancy { kind: DiscrepancyKind; accountId: string; key: string; sentence: string; detail: Record<string, unknown> }

/** Puts it on record and stops new entries in the account until a person has looked; exits and stops go on. Seen again it changes nothing. */
export async function raiseDiscrepancy(tx: Tx, { kind, accountId, key, sentence, detail }: Discrepancy): Promise<void> {
  const auditKind = `reconcile.${kind.toLowerCase()}`;
  if (await isOnRecord(tx, { kind: auditKind, subject: accountId, key })) return;
  await appendAudit(tx, { kind: auditKind, subject: accountId, actor: 'executor', payload: { key, sentence, ...detail } });
  // The first one says why; those that follow it are in the audit.
  if ((await tradingHolds(tx)).some((hold) => hold.accountId === accountId && hold.cause === 'DISCREPANCY')) return;
  await placeHold(tx, { accountId, cause: 'DISCREPANCY', state: 'HALTED', reason: sentence, actionId: null });
}
