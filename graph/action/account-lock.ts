import type { Database } from '../../db/client.ts';

const queues = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * One clear-and-execute at a time for an account: a queue within this process and, on a server, a lock that
 * other workers share.
 */
export async function withAccountLock<T>(database: Database, accountId: string, work: () => Promise<T>): Promise<T> {
  const map = queues.get(database) ?? new Map<string, Promise<unknown>>();
  queues.set(database, map);
  const before = map.get(accountId) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => database.whileLocked(accountId, work));
  const settled = mine.catch(() => undefined);
  map.set(accountId, settled);
  try { return await mine; } finally { if (map.get(accountId) === settled) map.delete(accountId); }
}
