import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { readingAsOf } from '../../db/reading.ts';
import { rows } from '../../db/sql.ts';
import { sql } from 'drizzle-orm';
import { type Instant, instant } from '../../desk/time.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { factTables, plantCanaries } from '../helpers/canaries.ts';

const known = instant('2024-06-03T10:00:00Z');
const before = instant('2024-06-03T09:59:59.999Z');
let database: Database;
let tables: string[];
beforeAll(async () => {
  database = await openTestDatabase();
  await plantCanaries(database, { knownAt: known, shares: [] });
  tables = await factTables(database.pool);
});
afterAll(async () => { await database.close(); });

const countIn = async (reading: Database, table: string): Promise<number> => (await rows<{ n: number }>(reading.orm, sql.raw(`select count(*)::int as n from core.${table}`)))[0]?.n ?? -1;
/** What one statement finds in a transaction that reads as of `asOf` and was told to forget it by `attempt`. */
async function afterAttempt(asOf: Instant, attempt: string): Promise<{ refused: boolean; found: number }> {
  let refused = false;
  const found = await readingAsOf(database, asOf).transaction(async (tx) => {
    await tx.execute(sql`savepoint attempt`);
    try { await tx.execute(sql.raw(attempt)); } catch { refused = true; await tx.execute(sql`rollback to attempt`); }
    return (await rows<{ n: number }>(tx, sql`select count(*)::int as n from core.events`))[0]?.n ?? -1;
  }).catch((error: { cause?: { code?: string } }) => { if (error.cause?.code !== '42501') throw error; return 0; });
  return { refused, found };
}

describe('a reading as of a moment', () => {
  it('sees a row of every table of facts from the moment on at which it was known, and none before', async () => {
    expect(tables.length).toBeGreaterThanOrEqual(11);
    for (const table of tables) {
      expect(await countIn(database, table), table).toBeGreaterThan(0);
      expect(await countIn(readingAsOf(database, known), table), table).toBeGreaterThan(0);
      expect(await countIn(readingAsOf(database, before), table), table).toBe(0);
    }
  });
  it('bounds several statements of one transaction on one snapshot', async () => {
    const seen = await readingAsOf(database, before).transaction(async (tx) => [await rows(tx, sql`select 1 from core.events`), await rows(tx, sql`select 1 from core.bars_daily`)]);
    expect(seen).toEqual([[], []]);
  });
  it('bounds statements that are sent together with its beginning, lets them write nothing, and gives nothing on where it could not begin', async () => {
    const both = (asOf: Instant) => readingAsOf(database, asOf).reading((tx) => Promise.all([rows(tx, sql`select 1 from core.events`), rows(tx, sql`select 1 from core.bars_daily`)]));
    expect((await both(known)).every((found) => found.length > 0)).toBe(true);
    expect(await both(before)).toEqual([[], []]);
    await expect(readingAsOf(database, known).reading((tx) => tx.execute(sql`delete from core.events`))).rejects.toMatchObject({ cause: { code: '25006' } });
    for (let attempt = 0; attempt < 25; attempt += 1) {
      await expect(both('no moment' as Instant)).rejects.toMatchObject({ code: '22007' });
      await expect(readingAsOf(database, 'no moment' as Instant).reading(async (tx) => rows(tx, sql`select 1 from core.events`).catch(() => 'hidden'))).rejects.toMatchObject({ code: '22007' });
    }
    expect(await both(before)).toEqual([[], []]);
  });
  it.each([
    "select core.read_as_of('2099-01-01')", "select set_config('parapet.as_of', '2099-01-01', false)", 'update core.reading_bounds set as_of = now()', 'delete from core.reading_bounds',
    'set transaction read write', 'set local row_security = off', 'reset role', 'truncate core.reading_bounds', "insert into core.reading_bounds values (pg_current_xact_id(), '2099-01-01')", 'alter table core.events disable row level security',
  ])('is not widened by: %s', async (attempt) => {
    // The embedded database has one login, which owns everything: leaving the role leaves the rule behind (docs/safety.md).
    if (attempt === 'reset role' && database.kind === 'embedded') return;
    expect((await afterAttempt(before, attempt)).found).toBe(0);
  });
  it('only narrows when a moment is named again', async () => {
    expect((await afterAttempt(known, `select core.read_as_of('${before}')`)).refused).toBe(true);
    const found = await database.transaction(async (tx) => {
      await tx.execute(sql`select core.read_as_of(${known}::timestamptz)`);
      const first = (await rows(tx, sql`select 1 from core.events`)).length;
      await tx.execute(sql`select core.read_as_of(${before}::timestamptz)`);
      await tx.execute(sql`select core.read_as_of('2099-01-01')`);
      return [first > 0, (await rows(tx, sql`select 1 from core.events`)).length];
    });
    expect(found).toEqual([true, 0]);
  });
  it('writes nothing, and leaves no trace on the connection', async () => {
    await expect(readingAsOf(database, known).orm.execute(sql`delete from core.events`)).rejects.toMatchObject({ cause: { code: '25006' } });
    const traces = async (): Promise<number | null> => (await database.asOwner((client) => client.query('select 1 from core.reading_bounds'))).rowCount;
    const earlier = await traces();
    await readingAsOf(database, before).orm.execute(sql`select 1`);
    expect(await countIn(database, 'events')).toBeGreaterThan(0);
    expect(await traces()).toBe(earlier);
  });
  it('gives the connection back after an error', async () => {
    for (let attempt = 0; attempt < 25; attempt += 1) await expect(readingAsOf(database, known).orm.execute(sql`select 1 / 0`)).rejects.toThrow();
    expect(await countIn(readingAsOf(database, known), 'events')).toBeGreaterThan(0);
  });
  it('offers no way around itself', () => {
    const reading = readingAsOf(database, known);
    expect(() => reading.pool).toThrow(/goes through its orm/);
    expect(() => reading.asOwner(async () => 0)).toThrow(/goes through its orm/);
  });
});

describe('a role other than the application', () => {
  it('sees no fact at all without a moment, however much it was granted', async () => {
    const role = 'parapet_test_reader';
    const seen = await database.asOwner(async (client) => {
      await client.query('begin');
      await client.query(`create role ${role}; grant usage on schema core to ${role}; grant select on all tables in schema core to ${role}; set local role ${role}`);
      const unbounded = (await client.query('select 1 from core.events')).rowCount;
      await client.query('reset role');
      await client.query('select core.read_as_of($1)', [known]);
      await client.query(`set local role ${role}`);
      const bounded = (await client.query('select 1 from core.events')).rowCount;
      await client.query('rollback');
      return { unbounded, bounded };
    });
    expect(seen.unbounded).toBe(0);
    expect(seen.bounded).toBeGreaterThan(0);
  });
});
