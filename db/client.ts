import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { type CopyThrough, copyThrough } from './copy-through.ts';
import { startEngine } from './embedded/engine.ts';
import { NamingClient } from './naming-client.ts';
import { ensureLogins, loginUrls, type RaisedRole } from './roles.ts';

/** Without the tables as a relational schema: taking that apart again for each transaction cost more than the transaction's own work. */
export type Orm = NodePgDatabase;
/** A transaction, or the database itself where one statement is enough. */
export type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0];
export type Executor = Orm | Tx;

export interface Database {
  kind: 'embedded' | 'server';
  /** For libraries that bring their own statements (the checkpointer). */
  pool: pg.Pool;
  orm: Orm;
  /** `copy` writes many rows at once, within the same transaction. */
  transaction<T>(work: (tx: Tx, copy: CopyThrough) => Promise<T>): Promise<T>;
  /** Several readings of one moment: of one snapshot, nothing is written, and those that are begun together go to the database together. */
  reading<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Statements that need nothing of each other, on one connection, sent one behind the other without waiting for answers in between: one trip to
   * the database for all of them. No transaction. The first failure is thrown when all have ended.
   */
  together<T extends readonly unknown[]>(statements: (executor: Executor) => readonly [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T>;
  /** One statement, as the role that alone may run it. */
  callAs<R extends pg.QueryResultRow>(role: RaisedRole, text: string, values: unknown[]): Promise<R[]>;
  /**
   * A connection for one statement of the sql tool, which may become `parapet_ask` and `parapet_sql`; afterwards everything that it left
   * in its session is gone. `overdue` ends whatever it is doing: on a server by closing it, embedded by ending the engine's thread and
   * starting it again.
   */
  withSqlSession<T>(work: (session: { client: pg.PoolClient; overdue: () => void }) => Promise<T>): Promise<T>;
  /** The owner's own connection: migrations, first set-up and the care of tables and indexes only. */
  asOwner<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  /** A transaction with the owner's rights: first set-up only. */
  ownerTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Makes the logins that the desk works by, where it was given one of its own; needs the roles, so it comes after the migrations. */
  provideLogins(): Promise<void>;
  /** Runs `work` while no other process holds the lock of that name. The lock sits on a connection of its own, so the work may use the pool. */
  whileLocked<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface EmbeddedDatabase extends Database { /** The data directory as a tar archive. */ dump(): Promise<ArrayBuffer> }

const insideTransaction = new AsyncLocalStorage<true>();
/** Runs `work` as what goes on inside a transaction: whoever asks for another connection meanwhile is refused. */
export const asOneTransaction = <T>(work: () => Promise<T>): Promise<T> => insideTransaction.run(true, work);
const insideLock = new AsyncLocalStorage<true>();

/** Refuses a second connection inside a transaction: embedded it would wait for itself, on a server it can starve the pool. */
class GuardedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: boolean | Error) => void) => void): void;
  override connect(callback?: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: boolean | Error) => void) => void): Promise<pg.PoolClient> | void {
    if (insideTransaction.getStore()) {
      const error = new Error('a transaction is open in this call: pass it on instead of asking for another connection');
      if (!callback) return Promise.reject(error);
      callback(error, undefined, () => undefined);
      return;
    }
    return callback ? super.connect(callback) : super.connect();
  }
}

interface Parts { kind: Database['kind']; pool: pg.Pool; owner: pg.Pool; roleFor: (role: RaisedRole) => pg.Pool; whileLocked: Database['whileLocked']; sqlPool: pg.Pool; overdue: (client: pg.PoolClient) => Promise<void>; provideLogins: (owner: pg.ClientBase) => Promise<void>; close: () => Promise<void> }

function assemble({ kind, pool, owner, roleFor, whileLocked, sqlPool, overdue, provideLogins, close }: Parts): Database {
  const orm = drizzle(pool);
  return {
    kind, pool, orm, whileLocked, close,
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        return await insideTransaction.run(true, () => drizzle(client).transaction((tx) => work(tx, copyThrough(client))) as ReturnType<typeof work>);
      } finally { client.release(); }
    },
    together: async <T extends readonly unknown[]>(statements: (executor: Executor) => readonly [...{ [K in keyof T]: Promise<T[K]> }]) => {
      const client = await pool.connect();
      try {
        return (await Promise.allSettled(statements(drizzle(client)))).map((each) => { if (each.status === 'rejected') throw each.reason; return each.value; }) as unknown as T;
      } finally { client.release(); }
    },
    reading: async (work) => {
      const client = await pool.connect();
      let ended = false;
      try {
        // Goes out with the first readings; nothing that they say is given on where it has failed.
        const begun = client.query('begin isolation level repeatable read read only').then(() => null, (error: unknown) => ({ error }));
        const result = await insideTransaction.run(true, () => work(drizzle(client) as unknown as Tx));
        const failed = await begun;
        if (failed) throw failed.error;
        return result;
      } finally {
        try { await client.query('rollback'); ended = true; } finally { client.release(!ended); }
      }
    },
    callAs: async <R extends pg.QueryResultRow>(role: RaisedRole, text: string, values: unknown[]) => {
      const from = roleFor(role);
      const client = await from.connect();
      // Sent one behind the other: where the role cannot be taken the statement runs without it and is refused its function.
      const [raised, answered, lowered] = await Promise.allSettled([client.query(`set role ${role}`), client.query<R>(text, values), client.query(from === pool ? 'set role parapet_app' : 'reset role')]);
      // A connection that could not be lowered again is thrown away, never given back.
      client.release(lowered.status === 'rejected');
      for (const each of [raised, answered, lowered]) if (each.status === 'rejected') throw each.reason;
      return (answered as PromiseFulfilledResult<pg.QueryResult<R>>).value.rows;
    },
    withSqlSession: async (work) => {
      const client = await sqlPool.connect();
      // The end of an overdue session is told by the statement's own failure.
      const heard = (): void => undefined;
      client.on('error', heard);
      let ending: Promise<void> | null = null;
      try {
        return await work({ client, overdue: () => { ending ??= overdue(client); } });
      } finally {
        // A session is cleared of whatever a statement left in it, and where it serves the desk as well it is given up: the client's
        // own memory of the session would be wrong from here on.
        let clean = false;
        if (ending !== null) await ending; else try { await client.query('rollback'); await client.query('discard all'); clean = true; } catch { /* thrown away below */ }
        const kept = clean && sqlPool !== pool;
        if (kept) client.removeListener('error', heard);
        client.release(!kept);
      }
    },
    provideLogins: () => withOwner(provideLogins),
    asOwner: (work) => withOwner(work),
    ownerTransaction: (work) => withOwner((client) => drizzle(client as pg.PoolClient).transaction(work) as ReturnType<typeof work>),
  };

  async function withOwner<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await owner.connect();
    try { await client.query('reset role'); return await work(client); } finally {
      let lowered = owner !== pool;
      try { if (!lowered) { await stepDown(client); lowered = true; } } finally { client.release(!lowered); }
    }
  }
}

/** The role is missing until the first migration has run; whoever migrates steps down afterwards. */
async function stepDown(client: pg.ClientBase): Promise<void> {
  try { await client.query('set role parapet_app'); } catch (error) { if ((error as { code?: string }).code !== '22023') throw error; }
}
const onConnect = async (client: pg.ClientBase): Promise<void> => {
  await client.query("set time zone 'UTC'");
  await stepDown(client);
};

/** The engine has one session for ever, so what a client before this one has named there is still named. */
const onEmbeddedConnect = async (client: pg.ClientBase): Promise<void> => {
  await client.query('deallocate all');
  await onConnect(client);
};

/** PGlite in `directory` (null: in memory). One connection, so the pool's queue is the lock that everybody shares. */
export async function openEmbedded({ directory, template }: { directory: string | null; template?: ArrayBuffer }): Promise<EmbeddedDatabase> {
  const engine = await startEngine({ directory, template: template ?? null });
  const pool = new GuardedPool({ max: 1, stream: () => engine.stream(), user: 'postgres', database: 'postgres', idleTimeoutMillis: 0, connectionTimeoutMillis: 60_000, Client: NamingClient, pipeline: true, onConnect: onEmbeddedConnect } as pg.PoolConfig);
  pool.on('error', () => undefined);
  const database = assemble({
    kind: 'embedded', pool, owner: pool, roleFor: () => pool,
    provideLogins: async () => undefined,
    sqlPool: pool, overdue: () => engine.restart(),
    // One process holds the directory, so there is nobody to lock out.
    whileLocked: (_name, work) => work(),
    close: async () => { await pool.end(); await engine.close(); },
  });
  return { ...database, dump: () => engine.dump() };
}

/**
 * A PostgreSQL 15+ server with pgvector. With `appUrl` the desk works through logins that own nothing, one for the
 * application, one for presses, one for clearances, one for the sql tool; `url`, the owner's, then serves migrations and the first set-up only.
 * Without it the owner steps down to the application's role, which a statement could undo: for trying things out.
 */
export function openServer({ url, appUrl, connections = 10 }: { url: string; appUrl?: string; connections?: number }): Database {
  const logins = appUrl === undefined ? null : loginUrls({ url, appUrl });
  const owner = new pg.Pool({ connectionString: url, max: 2, idleTimeoutMillis: 1000 });
  const pool = new GuardedPool({ connectionString: logins?.app ?? url, max: connections, Client: NamingClient, pipeline: true, onConnect } as pg.PoolConfig);
  const raisedPool = (login: string | undefined): pg.Pool => new pg.Pool({ connectionString: login ?? url, max: 3, Client: NamingClient, pipeline: true } as pg.PoolConfig);
  const raised = { parapet_press: raisedPool(logins?.press), parapet_gate: raisedPool(logins?.gate) };
  // A lock that is taken inside another one has connections of its own, so that the outer ones can never use them all up.
  const lockPool = (): pg.Pool => new pg.Pool({ connectionString: logins?.app ?? url, max: 8, onConnect } as pg.PoolConfig);
  const locks = { outer: lockPool(), inner: lockPool() };
  // Apart from the desk's own connections, so that questions never keep an order waiting.
  const sqlPool = new pg.Pool({ connectionString: logins?.sql ?? url, max: 4, idleTimeoutMillis: 10_000 });
  const all = [owner, pool, raised.parapet_press, raised.parapet_gate, locks.outer, locks.inner, sqlPool];
  for (const each of all) each.on('error', () => undefined);
  return assemble({
    kind: 'server', pool, owner, sqlPool, overdue: async (client) => { (client as pg.PoolClient & { connection: { stream: { destroy(): void } } }).connection.stream.destroy(); }, roleFor: (role) => raised[role], whileLocked: (name, work) => advisoryLock(insideLock.getStore() ? locks.inner : locks.outer, name, () => insideLock.run(true, work)),
    provideLogins: async (client) => { if (logins) await ensureLogins(client, logins); },
    close: async () => { await Promise.all(all.map((each) => each.end())); },
  });
}

async function advisoryLock<T>(locks: pg.Pool, name: string, work: () => Promise<T>): Promise<T> {
  const client = await locks.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 727))', [name]);
    try { return await work(); } finally { await client.query('select pg_advisory_unlock(hashtextextended($1, 727))', [name]); }
  } finally { client.release(); }
}
