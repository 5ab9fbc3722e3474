import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { confirmationById } from '../../db/stores/confirmations.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

describe('a statement that fails', () => {
  it('does not hold up those that wait for the connection behind it', { timeout: 20_000 }, async () => {
    // All of them ask before the first is answered, so that nobody comes later and wakes the queue.
    const asked = Array.from({ length: 30 }, (_, n) => database.pool.query(n % 3 === 1 ? "select 'no id'::uuid" : 'select 1 as one'));
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual(ends.map((_, n) => (n % 3 === 1 ? 'rejected' : 'fulfilled')));
  });

  it('leaves the next ones the rights of the application, no more', async () => {
    await expect(database.pool.query("select 'no id'::uuid")).rejects.toThrow(/uuid/);
    await expect(database.pool.query("insert into core.actions default values")).rejects.toThrow(/permission denied/);
    expect((await database.pool.query('select current_setting(\'TimeZone\') as zone')).rows).toEqual([{ zone: 'UTC' }]);
  });

  it('inside a transaction undoes it and lets the next one through', async () => {
    await expect(database.transaction((tx) => tx.execute("select 'no id'::uuid"))).rejects.toThrow();
    const [first, second] = await Promise.all([database.transaction(async () => 1), database.transaction(async () => 2)]);
    expect([first, second]).toEqual([1, 2]);
  });
});

describe('statements together', () => {
  it('give each its own result in order; one that fails takes nothing from the others nor from whoever comes next', async () => {
    const one = (text: string) => async (executor: Parameters<Parameters<Database['together']>[0]>[0]) => (await executor.execute<{ n: number }>(text)).rows[0]?.n;
    expect(await database.together((executor) => [one('select 1 as n')(executor), one('select 2 as n')(executor), one('select 3 as n')(executor)])).toEqual([1, 2, 3]);
    const later: (number | undefined)[] = [];
    await expect(database.together((executor) => [one('select 1 as n')(executor), one("select 'no id'::uuid as n")(executor), one('select 3 as n')(executor).then((n) => { later.push(n); return n; })])).rejects.toThrow();
    expect(later).toEqual([3]);
    expect(await database.together((executor) => [one('select 4 as n')(executor)])).toEqual([4]);
  });
  it('are refused inside a transaction, which they would wait for', async () => {
    await expect(database.transaction(() => database.together((executor) => [executor.execute('select 1')]))).rejects.toThrow(/a transaction is open/);
  });
});

describe('a question', () => {
  it.each(['', 'garbage', "'; drop table core.actions; --", '00000000-0000-7000-8000-00000000000g', '0'.repeat(100)])('by the name %j is nobody’s, and no error', async (id) => {
    expect(await confirmationById(database.orm, id)).toBeNull();
  });
});
