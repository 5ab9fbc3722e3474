import type { Database, Executor } from '../../../db/client.ts';
import type { Instant } from '../../../desk/time.ts';
import { type Change, emptyTables, type TableName, type Tables } from './tables.ts';

/** What the database refuses, whatever asks; `code` is the one that PostgreSQL gives. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  constructor(message: string, code = '42501') { super(message); this.code = code; }
}

/** Before and after each statement; a process that died there never comes back from it. */
export type Seam = (what: string, run: () => unknown) => Promise<unknown>;
interface Transaction { changes: Change[]; failed: boolean; owner: boolean }
/** What store functions are given for an executor here. */
interface MemoryExecutor { readonly connection: Connection; readonly transaction: Transaction | null }
interface Connection { store: MemoryStore; seam: Seam; /** Ends with the process that held it. */ readonly ended: () => boolean }

/**
 * The database in memory, with the meaning of the embedded one: one connection, transactions one after another, whole or
 * not at all. What it refuses is written in the files beside this one as the migrations have it; one contract test
 * (`test/simulation/store-contract.ts`) holds both to the same answers.
 */
export class MemoryStore {
  readonly tables: Tables = emptyTables();
  readonly now: () => Instant;
  /** Told what each transaction, or statement outside of one, has changed. */
  committed: (changes: readonly Change[]) => void = () => undefined;
  /** Told of each statement outside of a transaction, and of each transaction that ends: for a run that is written down. */
  ran: () => void = () => undefined;
  ended: (transaction: Transaction, committed: boolean) => void = () => undefined;
  nextOutbox = 1;
  nextCard = 1;
  #changes: Change[] | null = null;
  #asOwner = false;
  #busy: Transaction | null = null;
  #holderEnded: () => boolean = () => false;
  #waiting: (() => void)[] = [];

  constructor(now: () => Instant) { this.now = now; }

  get asOwner(): boolean { return this.#asOwner; }

  put<T extends TableName>(table: T, key: string, row: Tables[T] extends Map<string, infer R> ? R : never): void {
    const map = this.tables[table] as Map<string, unknown>;
    if (!this.#changes) throw new Error('a row is written outside of a statement');
    this.#changes.push({ table, key, before: map.get(key), after: row });
    map.set(key, Object.freeze(row));
  }

  remove(table: TableName, key: string): void {
    const map = this.tables[table] as Map<string, unknown>;
    if (!this.#changes) throw new Error('a row is deleted outside of a statement');
    if (!map.has(key)) return;
    this.#changes.push({ table, key, before: map.get(key), after: undefined });
    map.delete(key);
  }

  /** One statement: all of it or nothing. */
  run<T>(transaction: Transaction | null, body: () => T): T {
    if (transaction?.failed) throw new Refused('current transaction is aborted, commands ignored until end of transaction block', '25P02');
    const changes: Change[] = [];
    this.#changes = changes;
    this.#asOwner = transaction?.owner ?? false;
    if (!transaction) this.ran();
    try {
      const result = body();
      if (transaction) transaction.changes.push(...changes); else this.committed(changes);
      return result;
    } catch (error) {
      this.undo(changes);
      if (transaction) transaction.failed = true;
      throw error;
    } finally { this.#changes = null; this.#asOwner = false; }
  }

  undo(changes: readonly Change[]): void {
    for (const { table, key, before } of changes.toReversed()) {
      const map = this.tables[table] as Map<string, unknown>;
      if (before === undefined) map.delete(key); else map.set(key, before);
    }
  }

  get free(): boolean { return this.#busy === null; }
  async begin(owner: boolean, ended: () => boolean): Promise<Transaction> {
    while (this.#busy) await this.nextEnd();
    if (ended()) return new Promise(() => undefined);
    this.#busy = { changes: [], failed: false, owner };
    this.#holderEnded = ended;
    return this.#busy;
  }
  end(transaction: Transaction, commit: boolean): void {
    if (this.#busy !== transaction) return;
    if (!commit || transaction.failed) this.undo(transaction.changes);
    this.ended(transaction, commit && !transaction.failed);
    this.#busy = null;
    const next = this.#waiting;
    this.#waiting = [];
    for (const wake of next) wake();
    if (commit && !transaction.failed) this.committed(transaction.changes);
  }
  /** When the transaction that is open now has ended; whoever comes first may then go on. */
  nextEnd(): Promise<void> { return new Promise((resolve) => { this.#waiting.push(resolve); }); }
  /** A process has died: where it held the connection, what it had not committed has not happened. */
  abandon(): void { if (this.#busy && this.#holderEnded()) this.end(this.#busy, false); }
}

const partsOf = (executor: Executor): MemoryExecutor => executor as unknown as MemoryExecutor;

/** The same call where the real one hands the driver's own promise on, of which nobody takes a result. */
export type Settled<F extends (...args: never) => unknown> = (...args: Parameters<F>) => Promise<void>;

/** One statement of a store, over the seam of the process that makes it. */
export function statement<T>(executor: Executor, what: string, body: (store: MemoryStore) => T): Promise<T> {
  const { connection, transaction } = partsOf(executor);
  const { store } = connection;
  return connection.seam(what, async () => {
    while (transaction === null && !store.free) await store.nextEnd();
    if (connection.ended()) return new Promise(() => undefined);
    return store.run(transaction, () => body(store));
  }) as Promise<T>;
}

/** The store as one process has it. `seam` decides when its statements run, and whether they come back. */
export function openMemory({ store, seam, ended = () => false, kind = 'embedded', whileLocked = (_name, work) => work() }: { store: MemoryStore; seam: Seam; ended?: () => boolean; kind?: Database['kind']; whileLocked?: Database['whileLocked'] }): Database {
  const connection: Connection = { store, seam, ended };
  const unsupported = (what: string) => (): never => { throw new Error(`the store in memory has no ${what}`); };
  const within = (owner: boolean) => async <T>(work: (tx: never, copy: never) => Promise<T>): Promise<T> => {
    const transaction = (await seam('begin', () => store.begin(owner, ended))) as Transaction;
    let result: T;
    try {
      result = await work({ connection, transaction } satisfies MemoryExecutor as never, unsupported('COPY') as never);
    } catch (error) {
      if (!ended()) store.end(transaction, false);
      throw error;
    }
    if (transaction.failed) { store.end(transaction, false); throw new Refused('the transaction had failed', '25P02'); }
    await seam('commit', () => store.end(transaction, true));
    return result;
  };
  return {
    kind, whileLocked, orm: { connection, transaction: null } satisfies MemoryExecutor as never,
    transaction: within(false) as Database['transaction'], reading: within(false) as Database['reading'], ownerTransaction: within(true) as Database['ownerTransaction'],
    get pool(): never { return unsupported('pool')(); },
    callAs: unsupported('roles'), asOwner: unsupported('owner’s connection'), provideLogins: async () => undefined, close: async () => undefined,
  } satisfies Partial<Database> as Partial<Database> as Database;
}
