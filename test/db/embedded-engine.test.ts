import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedDatabase, openEmbedded } from '../../db/client.ts';

let database: EmbeddedDatabase;
beforeAll(async () => { database = await openEmbedded({ directory: null }); });
afterAll(async () => { await database.close(); });

const residentMb = (): number => process.memoryUsage.rss() / 2 ** 20;
const read = async (megabytes: number): Promise<string> =>
  (await database.pool.query<{ words: string }>("select repeat('parapet ', $1::int) as words", [megabytes * 2 ** 17])).rows[0]?.words ?? '';

it('keeps nothing of what it has answered, however much that was', async () => {
  for (let count = 0; count < 10; count += 1) await read(2);
  const before = residentMb();
  for (let count = 0; count < 250; count += 1) await read(2);
  // It answered with 500 MB; what waits to be collected is a part of that.
  expect(residentMb() - before).toBeLessThan(250);
});

it('answers whole where an answer comes in many pieces, and many statements at once each with its own', async () => {
  expect(await read(3)).toBe('parapet '.repeat(3 * 2 ** 17));
  const answers = await Promise.all(Array.from({ length: 50 }, async (_, number) => (await database.pool.query<{ given: string }>('select $1::text as given', [`${number} ${'é'.repeat(number * 100)}`])).rows[0]?.given));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, number) => `${number} ${'é'.repeat(number * 100)}`));
});
