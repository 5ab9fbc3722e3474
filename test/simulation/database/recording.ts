import { AsyncLocalStorage } from 'node:async_hooks';
import type { Instant } from '../../../desk/time.ts';
import type { MemoryStore } from '../memory/store.ts';

/** One call of a store function with what it was given, and what it gave or refused, as far as its process lived to hear it. */
export interface Told { store: string; name: string; args: string; onDatabase: boolean; result?: string; refusal?: string }
/** A transaction, or one call outside of any, in the order in which the store took them. */
export interface Entry { now: Instant; owner: boolean; single: boolean; committed: boolean; calls: Told[] }

interface Transaction { owner: boolean }
interface Parts { connection: { store: MemoryStore }; transaction: Transaction | null }
const asked = new AsyncLocalStorage<Told>();
const logs = new WeakMap<MemoryStore, Entry[]>();
const open = new WeakMap<Transaction, Entry>();

/** A map says nothing in JSON. */
export const written = (value: unknown): string => JSON.stringify(value ?? null, (_key, each: unknown) => (each instanceof Map ? Object.fromEntries(each) : each));

/** Begins to write down what is asked of this store from now on. */
export function recordCalls(store: MemoryStore): Entry[] {
  const log: Entry[] = [];
  const seen = new WeakSet<Told>();
  logs.set(store, log);
  store.ran = () => {
    const told = asked.getStore();
    if (!told || seen.has(told)) return;
    seen.add(told);
    log.push({ now: store.now(), owner: false, single: true, committed: true, calls: [told] });
  };
  store.ended = (transaction, committed) => {
    const entry = open.get(transaction);
    if (entry) log.push({ ...entry, committed });
  };
  return log;
}

/** The store function with its calls written down, where that was asked for. */
export function recorded<F extends (...args: never[]) => unknown>(store: string, name: string, call: F): F {
  return ((...args: never[]) => {
    const [first, ...rest] = args as unknown[];
    const onDatabase = first !== null && typeof first === 'object' && 'orm' in first;
    const parts = (onDatabase ? (first as { orm: unknown }).orm : first) as Partial<Parts> | undefined;
    const of = parts?.connection?.store;
    if (!parts || !of || !logs.has(of)) return call(...args);
    const told: Told = { store, name, args: written(rest), onDatabase };
    const { transaction } = parts;
    const heard = (fields: Partial<Told>): void => {
      Object.assign(told, fields);
      if (!transaction) return;
      const entry = open.get(transaction) ?? { now: of.now(), owner: transaction.owner, single: false, committed: false, calls: [] };
      open.set(transaction, entry);
      entry.calls.push(told);
    };
    const answer = transaction ? call(...args) : asked.run(told, () => call(...args));
    if (!(answer instanceof Promise)) return answer;
    answer.then((result: unknown) => heard({ result: written(result) }), (error: unknown) => heard({ refusal: String(error) }));
    return answer;
  }) as F;
}
