import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { rows } from '../../db/sql.ts';
import { openAgain, openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });
/** Somebody else's statement is none of the reading's own. */
const elsewhere = AsyncLocalStorage.snapshot();
const count = async (executor: Parameters<typeof rows>[0]): Promise<number> => (await rows<{ n: number }>(executor, sql`select count(*)::int as n from core.quarantine`))[0]?.n ?? -1;
const write = (name: string) => sql`insert into core.quarantine (file_digest, line, reason, file, kind, raw, at) values (${name}, 1, 'test', 'test', 'test', '', core.wall_now())`;

describe('a reading of one moment', () => {
  it('answers readings that were begun together, and writes nothing', async () => {
    expect(await database.reading((tx) => Promise.all([count(tx), count(tx)]))).toEqual([0, 0]);
    await expect(database.reading((tx) => tx.execute(write('a')))).rejects.toMatchObject({ cause: { code: '25006' } });
    expect(await count(database.orm)).toBe(0);
  });
  it('sees nothing of what others commit after its first statement', async () => {
    const other = openAgain(database);
    // The embedded database has one connection: nobody commits meanwhile.
    if (!other) return;
    const seen = await database.reading(async (tx) => {
      const before = await count(tx);
      await elsewhere(async () => { await other.orm.execute(write('b')); });
      return [before, await count(tx)];
    });
    expect([...seen, await count(database.orm)]).toEqual([0, 0, 1]);
    await other.close();
  });
  it('fails with the statement that fails, refuses a second connection, and leaves its own usable', async () => {
    await expect(database.reading((tx) => Promise.all([count(tx), tx.execute(sql`select 1 / 0`), count(tx)]))).rejects.toMatchObject({ cause: { code: '22012' } });
    await expect(database.reading(() => count(database.orm))).rejects.toMatchObject({ cause: { message: expect.stringMatching(/a transaction is open/) as string } });
    await database.orm.execute(write('c'));
    expect(await count(database.orm)).toBeGreaterThan(0);
  });
});
