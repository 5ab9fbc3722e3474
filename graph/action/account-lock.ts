import type { Database } from '../../db/client.ts';

const queues = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * One clear-and-execute at a time for an account: a queue within this process and, on a server, an advisory lock
 * that other workers share. The lock is held on a connection of its own, so the work may use the pool.
 */
export async function withAccountLock<T>(database: Database, accountId: string, work: () => Promise<T>): Promise<T> {
  const map = queues.get(database) ?? new Map<string, Promise<unknown>>();
  queues.set(database, map);
  const before = map.get(accountId) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => (database.kind === 'embedded' ? work() : onServer(database, accountId, work)));
  const settled = mine.catch(() => undefined);
  map.set(accountId, settled);
  try { return await mine; } finally { if (map.get(accountId) === settled) map.delete(accountId); }
}

async function onServer<T>(database: Database, accountId: string, work: () => Promise<T>): Promise<T> {
  const client = await database.lockConnection();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 727))', [accountId]);
    try { return await work(); } finally { await client.query('select pg_advisory_unlock(hashtextextended($1, 727))', [accountId]); }
  } finally { client.release(); }
}
