import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from '../db/client.ts';
import { pendingMigrations } from '../db/migrate.ts';
import type { Instant } from '../desk/time.ts';

const run = promisify(execFile);

/**
 * Before a database that holds something is brought to a newer schema, it is copied: an embedded one as a tar archive of its
 * directory, a server one by `pg_dump` where that is installed. Returns what was done, in one line; null when nothing is pending.
 * @throws when the copy cannot be written: nothing is migrated then.
 */
export async function backupBeforeMigration({ database, dump, url, folder, now, searchPath }: {
  database: Database; dump: (() => Promise<ArrayBuffer>) | null; url: string | null; folder: string; now: Instant; /** Where programs are looked for. */ searchPath: string;
}): Promise<string | null> {
  const { applied, pending } = await pendingMigrations(database);
  if (applied === 0 || pending.length === 0) return null;
  const name = `${now.slice(0, 19).replaceAll(/[-:]/g, '')}-before-${pending[0]}`;
  if (dump) {
    const path = join(folder, `${name}.tar`);
    writeFileSync(path, Buffer.from(await dump()), { mode: 0o600, flag: 'wx' });
    return `backup: ${path}`;
  }
  const path = join(folder, `${name}.dump`);
  try {
    // The address may hold a password, so it goes by the environment and not on the command line.
    await run('pg_dump', ['--format=custom', `--file=${path}`], { env: { ...serverVariables(url ?? ''), PATH: searchPath } });
    return `backup: ${path}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'backup: none was taken, pg_dump is not installed here; the server’s own backups have to do';
    throw new Error(`the backup before the migration failed, so nothing was migrated: ${error instanceof Error ? error.message.split('\n').at(-1) : String(error)}`);
  }
}

function serverVariables(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  return { PGHOST: decodeURIComponent(hostname), PGPORT: port || '5432', PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password), PGDATABASE: decodeURIComponent(pathname.slice(1)) };
}
