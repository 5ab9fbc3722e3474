import type { Database, Executor } from '../../../db/client.ts';
import type { Instant } from '../../../desk/time.ts';
import { foretold } from './foretold-uuid.ts';
import { type Entry, type Told, written } from './recording.ts';

type Call = (executor: unknown, ...rest: unknown[]) => Promise<unknown>;
/** What the database counts for itself: places in the outbox, and the numbers of cards. */
const own = new Set(['sequence', 'number']);

/** The wall clock of the database is the one that the simulation had. */
export async function setUpClock(database: Database): Promise<(now: Instant) => Promise<void>> {
  await database.asOwner((client) => client.query(`create table core.simulated_clock (now timestamptz); insert into core.simulated_clock values (now());
    create or replace function core.wall_now() returns timestamptz language sql volatile security definer set search_path = pg_catalog as 'select now from core.simulated_clock'`));
  let at: Instant | null = null;
  return async (now) => {
    if (now !== at) await database.asOwner((client) => client.query('update core.simulated_clock set now = $1', [now]));
    at = now;
  };
}

/** Whether the database gave what the memory gave: every field of it, lists in any order. `where` names what differs. */
export function difference(expected: unknown, given: unknown, where = ''): string | null {
  if (expected === null || expected === undefined) return given === null || given === undefined || where === '' ? null : `${where}: nothing in memory, ${JSON.stringify(given)} in the database`;
  if (Array.isArray(expected)) {
    if (!Array.isArray(given) || given.length !== expected.length) return `${where}: ${expected.length} in memory, ${Array.isArray(given) ? given.length : JSON.stringify(given)} in the database`;
    const left = [...(given as unknown[])];
    for (const each of expected) {
      const at = left.findIndex((other) => difference(each, other, `${where}[]`) === null);
      if (at < 0) return `${where}: the database has no ${JSON.stringify(each)}, but ${JSON.stringify(left).slice(0, 600)}`;
      left.splice(at, 1);
    }
    return null;
  }
  if (typeof expected === 'object') {
    if (given === null || typeof given !== 'object') return `${where}: ${JSON.stringify(expected)} in memory, ${JSON.stringify(given)} in the database`;
    for (const [key, value] of Object.entries(expected)) {
      // A row in memory may hold more than the store's type says.
      const found = own.has(key) || !(key in given) ? null : difference(value, (given as Record<string, unknown>)[key], `${where}.${key}`);
      if (found) return found;
    }
    return null;
  }
  return expected === given || (typeof expected === 'number' && typeof given === 'number' && Math.abs(expected - given) < 1e-9) ? null : `${where}: ${JSON.stringify(expected)} in memory, ${JSON.stringify(given)} in the database`;
}

/** Asks the stores of a database all that was asked of those in memory; throws where one of them answers otherwise. */
export async function askAgain({ database, log, callOf }: { database: Database; log: readonly Entry[]; callOf: (told: Told) => Call | null }): Promise<{ asked: number; refused: number }> {
  const at = await setUpClock(database);
  /** Rows of the outbox by the number that they had in memory. */
  const outbox = new Map<number, number>();
  const count = { asked: 0, refused: 0 };
  class RolledBack extends Error {}

  const argumentsOf = ({ store, name, args }: Told): unknown[] => {
    const rest = JSON.parse(args) as unknown[];
    if (store !== 'outbox') return rest;
    if (name === 'finishOutbox') return [outbox.get(rest[0] as number) ?? rest[0]];
    const [input] = rest as [{ sequence?: number } | undefined];
    return input?.sequence === undefined ? rest : [{ ...input, sequence: outbox.get(input.sequence) ?? input.sequence }];
  };
  const ask = async (executor: Executor, told: Told): Promise<void> => {
    const call = callOf(told);
    if (!call) return;
    const expected = told.result === undefined ? undefined : (JSON.parse(told.result) as unknown);
    const named = `${told.store}.${told.name} ${told.args.slice(0, 300)}`;
    foretold.length = 0;
    if (told.name === 'recordReport' && expected) foretold.push((expected as { reportId: string }).reportId);
    count.asked += 1;
    let given: unknown;
    try { given = JSON.parse(written(await call(told.onDatabase ? database : executor, ...argumentsOf(told)))) as unknown; } catch (error) {
      if (told.refusal === undefined && told.result !== undefined) throw new Error(`${named}: taken in memory, refused by the database: ${String((error as { cause?: unknown }).cause ?? error)}`);
      count.refused += 1;
      if (told.refusal === undefined) return;
      throw new RolledBack(told.refusal);
    }
    if (told.refusal !== undefined) throw new Error(`${named}: taken by the database, refused in memory: ${told.refusal}`);
    if (told.name === 'claimOutbox' && Array.isArray(expected)) for (const [n, row] of (expected as { sequence: number }[]).entries()) outbox.set(row.sequence, (given as { sequence: number }[])[n]?.sequence ?? -1);
    const found = expected === undefined || told.name === 'insertCard' ? null : difference(expected, given);
    if (found) throw new Error(`${named}${found}`);
  };

  for (const entry of log) {
    await at(entry.now);
    const [only] = entry.calls;
    try {
      if (entry.single && only) await ask(database.orm, only);
      else await database[entry.owner ? 'ownerTransaction' : 'transaction'](async (tx) => {
        for (const told of entry.calls) await ask(tx, told);
        if (!entry.committed) throw new RolledBack('it was not committed');
      });
    } catch (error) { if (!(error instanceof RolledBack)) throw error; }
  }
  return count;
}
