import { actionById, listActions, moveAction } from '../../db/stores/actions.ts';
import { closeConfirmation, overdueConfirmations } from '../../db/stores/confirmations.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { claimOutbox, failOutbox, finishOutbox, type OutboxRow } from '../../db/stores/outbox.ts';
import { msBetween } from '../../desk/time.ts';
import { type ActionGraph, runAction } from './action-graph.ts';
import { personBehind } from './propose.ts';
import type { ActionServices } from './services.ts';

/** How long a worker may take over one row before another may try. */
const leaseSeconds = 60;
const retrySeconds = 5;
/** A yes that cannot be cleared after this many tries ends as failed; what is already being carried out is never given up. */
const attemptsBeforeGivingUp = 10;
/** A proposal that has not come to its question by then was left behind by a desk that stopped. */
const abandonedAfterMs = 120_000;

export interface ActionWorker {
  /** Works off everything that is due now; safe to call at any time, from anywhere. */
  drain(): Promise<void>;
  /** Closes questions whose time is over, and proposals that no desk is working on any more. */
  expireOverdue(): Promise<void>;
}

/** Takes the outbox's rows in order and does what follows from each: a won press goes on to gates, clearance and order. */
export function createActionWorker({ services, graph, ownerId, onError }: { services: ActionServices; graph: ActionGraph; ownerId: string; onError: (error: unknown, row: OutboxRow) => void }): ActionWorker {
  const { database } = services;
  let running: Promise<void> | null = null;
  let again = false;

  const handle = async (row: OutboxRow): Promise<void> => {
    if (!row.actionId) return;
    const stored = await actionById(database.orm, row.actionId);
    if (!stored) return;
    if (row.topic === 'action.confirmed' || row.topic === 'action.cleared') await runAction(graph, { actionId: row.actionId, personId: personBehind(stored, ownerId) });
    const final = { 'action.rejected': 'REJECTED', 'action.expired': 'EXPIRED', 'action.blocked': 'BLOCKED' }[row.topic] as 'REJECTED' | 'EXPIRED' | 'BLOCKED' | undefined;
    if (final) await setCardStatus(database.orm, { actionId: row.actionId, status: final, reason: stored.reason });
    services.changed(row.actionId);
  };

  const giveUp = async (row: OutboxRow, error: unknown): Promise<boolean> => {
    const stored = row.actionId ? await actionById(database.orm, row.actionId) : null;
    if (stored?.state !== 'confirmed' && stored?.state !== 'cleared') return false;
    const { id, state } = stored;
    await database.transaction(async (tx) => {
      await moveAction(tx, { id, from: state, to: 'failed', reason: 'the desk could not carry it out; nothing was sent', actor: 'desk', payload: { error: String(error).slice(0, 500) } });
      await setCardStatus(tx, { actionId: id, status: 'FAILED', reason: 'the desk could not carry it out; nothing was sent' });
      await finishOutbox(tx, row.sequence);
    });
    services.changed(id);
    return true;
  };

  /** Whoever proposed it is answered; nothing of it is carried out later, when nobody expects it any more. */
  const closeAbandoned = async (): Promise<void> => {
    const reason = 'the desk stopped before it could ask; say it again';
    for (const { id, state, updatedAt } of await listActions(database.orm, { states: ['proposed', 'gated'], limit: 50 })) {
      if (msBetween(updatedAt, services.wallNow()) < abandonedAfterMs) continue;
      await database.transaction(async (tx) => {
        if (await moveAction(tx, { id, from: state, to: 'failed', reason, actor: 'desk', payload: { reason } })) await setCardStatus(tx, { actionId: id, status: 'FAILED', reason });
      });
      services.changed(id);
    }
  };

  const drainOnce = async (): Promise<void> => {
    for (;;) {
      const claimed = await claimOutbox(database.orm, { limit: 20, seconds: leaseSeconds });
      if (claimed.length === 0) return;
      for (const row of claimed) {
        try {
          await handle(row);
          await finishOutbox(database.orm, row.sequence);
        } catch (error) {
          onError(error, row);
          if (row.attempts >= attemptsBeforeGivingUp && await giveUp(row, error)) continue;
          await failOutbox(database.orm, { sequence: row.sequence, error: String(error), seconds: retrySeconds });
        }
      }
    }
  };

  return {
    drain() {
      if (running !== null) { again = true; return running; }
      running = (async () => {
        do { again = false; await drainOnce(); } while (again);
      })().finally(() => { running = null; });
      return running;
    },
    async expireOverdue() {
      for (const overdue of await overdueConfirmations(database.orm)) {
        await database.transaction((tx) => closeConfirmation(tx, { id: overdue.id, status: 'expired', reason: 'nobody answered in time', actor: 'desk' }));
      }
      await closeAbandoned();
      await this.drain();
    },
  };
}
