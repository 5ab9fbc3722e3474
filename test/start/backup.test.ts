import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type EmbeddedDatabase, openEmbedded } from '../../db/client.ts';
import { pendingMigrations } from '../../db/migrate.ts';
import { listPeople } from '../../db/stores/people.ts';
import { instant } from '../../desk/time.ts';
import { backupBeforeMigration } from '../../start/backup.ts';
import { openTestDatabase } from '../helpers/database.ts';

const now = instant('2026-11-27T18:00:00Z');
let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'parapet-backup-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });
/** As if this program had one migration more than the database. */
const forgetTheLast = (database: EmbeddedDatabase): Promise<unknown> => database.asOwner((client) => client.query('delete from public.parapet_migrations where position = (select max(position) from public.parapet_migrations)'));

describe.runIf(inject('databaseTemplate').kind === 'embedded')('before a migration', () => {
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    database = (await openTestDatabase()) as EmbeddedDatabase;
    await database.asOwner((client) => client.query("insert into core.people (id, name, role, created_at) values (gen_random_uuid(), 'Asha', 'owner', now())"));
  });
  afterAll(async () => { await database.close(); });
  const backup = (): Promise<string | null> => backupBeforeMigration({ database, dump: () => database.dump(), url: null, folder, now, searchPath: '' });

  it('copies nothing where nothing is pending', async () => {
    expect(await backup()).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('copies the whole database, for its owner alone, and the copy opens with what was in it', async () => {
    await forgetTheLast(database);
    const [last] = (await pendingMigrations(database)).pending;
    const said = await backup();
    const path = join(folder, `20261127T180000-before-${last}.tar`);
    expect(said).toBe(`backup: ${path}`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(path);
    const restored = await openEmbedded({ directory: null, template: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
    try { expect((await listPeople(restored.orm)).map(({ name }) => name)).toEqual(['Asha']); } finally { await restored.close(); }
  });

  it('gives up when the copy cannot be written, so that nothing is migrated without one', async () => {
    rmSync(folder, { recursive: true });
    await expect(backup()).rejects.toThrow('ENOENT');
  });

  it('copies nothing of a database that has never been migrated', async () => {
    await database.asOwner((client) => client.query('drop table public.parapet_migrations'));
    expect((await pendingMigrations(database)).applied).toBe(0);
    expect(await backup()).toBeNull();
  });
});
