import type * as real from '../../../db/stores/outbox.ts';
import { plusMs } from '../../../desk/time.ts';
import { type MemoryStore, type Settled, statement } from './store.ts';

export function enqueue(store: MemoryStore, row: { topic: string; actionId: string | null; payload: string }): void {
  const sequence = store.nextOutbox++;
  store.put('outbox', String(sequence), { sequence, ...row, leaseUntil: null, attempts: 0, doneAt: null, lastError: null });
}
const change = (store: MemoryStore, sequence: number, changes: object): void => {
  const row = store.tables.outbox.get(String(sequence));
  if (row) store.put('outbox', String(sequence), { ...row, ...changes });
};

export const claimOutbox: typeof real.claimOutbox = (executor, { limit, seconds }) => statement(executor, 'claimOutbox', (store) => {
  const now = store.now();
  const due = [...store.tables.outbox.values()].filter((row) => row.doneAt === null && (row.leaseUntil === null || row.leaseUntil <= now)).sort((a, b) => a.sequence - b.sequence).slice(0, limit);
  for (const row of due) change(store, row.sequence, { leaseUntil: plusMs(now, seconds * 1000), attempts: row.attempts + 1 });
  return due.map(({ sequence, topic, actionId, payload, attempts }) => ({ sequence, topic, actionId, payload, attempts: attempts + 1 }));
});
export const finishOutbox: Settled<typeof real.finishOutbox> = (executor, sequence) => statement(executor, 'finishOutbox', (store) => change(store, sequence, { doneAt: store.now(), leaseUntil: null }));
export const failOutbox: Settled<typeof real.failOutbox> = (executor, { sequence, error, seconds }) => statement(executor, 'failOutbox', (store) => change(store, sequence, { leaseUntil: plusMs(store.now(), seconds * 1000), lastError: error.slice(0, 500) }));
export const dropLeases: Settled<typeof real.dropLeases> = (executor) => statement(executor, 'dropLeases', (store) => { for (const row of store.tables.outbox.values()) if (row.doneAt === null) change(store, row.sequence, { leaseUntil: null }); });
export const outboxDepth: typeof real.outboxDepth = (executor) => statement(executor, 'outboxDepth', (store) => [...store.tables.outbox.values()].filter(({ doneAt }) => doneAt === null).length);
