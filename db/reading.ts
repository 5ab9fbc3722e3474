import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Instant } from '../desk/time.ts';
import { asOneTransaction, type Database, type Tx } from './client.ts';

const closed = (): never => { throw new Error('a reading as of a moment goes through its orm or transaction'); };

/**
 * The database as it was known at `asOf`: each statement runs in a read-only transaction of its own that first writes that
 * moment where the statement cannot change it; row-level security then hides every fact with a later `known_at`
 * (`migrations/0008_known_by_then.sql`). `transaction` gives one such transaction to several statements, on one snapshot.
 * What is kept without `known_at` (accounts, orders, audit) is read as it stands.
 */
export function readingAsOf(database: Database, asOf: Instant): Database {
  const begin = (isolation: 'read committed' | 'repeatable read'): string =>
    `begin isolation level ${isolation}; select core.read_as_of(${pg.escapeLiteral(asOf)}::timestamptz); set transaction read only`;
  const transaction = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await database.pool.connect();
    let ended = false;
    try {
      await client.query(begin('repeatable read'));
      return await asOneTransaction(() => work(client));
    } finally {
      // Rolled back, so that nothing of the reading stays behind; a connection that cannot be is thrown away.
      try { await client.query('rollback'); ended = true; } finally { client.release(!ended); }
    }
  };
  /** The same, its beginning sent with the first readings: they fail where it failed, and nothing that they say is given on. */
  const reading: Database['reading'] = async (work) => {
    const client = await database.pool.connect();
    let ended = false;
    try {
      const begun = client.query(begin('repeatable read')).then(() => null, (error: unknown) => ({ error }));
      const result = await asOneTransaction(() => work(drizzle(client) as unknown as Tx)).catch(async (error: unknown) => { throw (await begun)?.error ?? error; });
      const failed = await begun;
      if (failed) throw failed.error;
      return result;
    } finally {
      try { await client.query('rollback'); ended = true; } finally { client.release(!ended); }
    }
  };
  /** Sent one behind the other without waiting for answers in between: what follows a beginning that failed fails, too, or is not given on. */
  const one = async (statement: pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
    const client = await database.pool.connect();
    const [begun, answered, undone] = await Promise.allSettled([client.query(begin('read committed')), client.query(statement, values), client.query('rollback')]);
    client.release(undone.status === 'rejected');
    for (const each of [begun, answered, undone]) if (each.status === 'rejected') throw each.reason;
    return (answered as PromiseFulfilledResult<pg.QueryResult>).value;
  };
  return {
    ...database,
    orm: drizzle({ query: one } as unknown as pg.Pool),
    transaction: (work) => transaction((client) => work(drizzle(client) as unknown as Tx, closed)),
    reading,
    get pool() { return closed(); }, together: closed, callAs: closed, asOwner: closed, ownerTransaction: closed,
  };
}
