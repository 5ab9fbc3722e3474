import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { refreshStatistics } from '../../db/statistics.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeEach(async () => { database = await openTestDatabase(); });
afterEach(() => database.close());

const add = (from: number, to: number): Promise<unknown> => database.asOwner((client) => client.query(`insert into core.embeddings (kind, subject_id, provider, model, dimension, text_digest, embedding, known_at, at)
  select 'event', gen_random_uuid(), 'test', 'test', 2, 'digest of text ' || n, '[1,2]', now(), now() from generate_series($1::int, $2::int) n`, [from, to]));
const counted = async (): Promise<{ rows: number; pages: number }> => (await database.asOwner((client) => client.query<{ rows: number; pages: number }>(`select reltuples::int as rows, pg_relation_size(oid)::int / 8192 as pages from pg_class where oid = 'core.embeddings'::regclass`))).rows[0]!;

it('counts tables that have grown, and no others', async () => {
  expect(await refreshStatistics(database)).not.toContain('core.embeddings');
  await add(1, 20_000);
  expect(await refreshStatistics(database)).toEqual(['core.embeddings']);
  expect((await counted()).rows).toBe(20_000);
  await add(20_001, 21_000);
  expect(await refreshStatistics(database)).toEqual([]);
});

it('gives back the room of rows that are gone on the embedded database, which has nobody else to do so', async () => {
  await add(1, 20_000);
  await database.asOwner((client) => client.query('delete from core.embeddings'));
  expect(await refreshStatistics(database)).toEqual(['core.embeddings']);
  const { rows, pages } = await counted();
  expect(rows).toBe(0);
  if (database.kind === 'embedded') expect(pages).toBe(0);
});
