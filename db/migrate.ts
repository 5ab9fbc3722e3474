import { readFileSync } from 'node:fs';
import type { Database } from './client.ts';
import { sha256 } from '../desk/canonical.ts';

interface Journal { entries: { idx: number; tag: string }[] }
const folder = new URL('./migrations/', import.meta.url);

const known = (): Journal => JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8')) as Journal;

/** How many migrations a database has had, and the names of those that it lacks. */
export async function pendingMigrations(database: Database): Promise<{ applied: number; pending: string[] }> {
  return database.asOwner(async (client) => {
    const there = await client.query("select to_regclass('public.parapet_migrations') as found");
    if ((there.rows[0] as { found: string | null }).found === null) return { applied: 0, pending: known().entries.map(({ tag }) => tag) };
    const applied = (await client.query<{ position: number }>('select position from public.parapet_migrations')).rows.length;
    return { applied, pending: known().entries.slice(applied).map(({ tag }) => tag) };
  });
}

/**
 * Applies what is missing, forwards only, each migration in a transaction of its own.
 * @throws when the database is newer than this program, or an applied migration has changed since.
 */
export async function migrate(database: Database, onStep: (text: string) => void = () => undefined): Promise<number> {
  const journal = known();
  return database.asOwner(async (client) => {
    await client.query('create table if not exists public.parapet_migrations (position int primary key, name text not null, digest text not null, applied_at timestamptz not null default now())');
    // Two workers that start at once must not both apply: the second waits here and then finds nothing to do.
    await client.query('select pg_advisory_lock(727001)');
    try {
      const applied = (await client.query<{ position: number; name: string; digest: string }>('select position, name, digest from public.parapet_migrations order by position')).rows;
      if (applied.length > journal.entries.length) throw new Error(`the database is newer than this program: it has ${applied.length} migrations, the program knows ${journal.entries.length}; update the program`);
      for (const entry of journal.entries) {
        const text = readFileSync(new URL(`${entry.tag}.sql`, folder), 'utf8');
        const before = applied[entry.idx];
        if (before) {
          if (before.digest !== sha256(text)) throw new Error(`migration ${entry.tag} was applied in another form; the program and the database do not belong together`);
          continue;
        }
        onStep(`database: applying ${entry.tag}`);
        await client.query('begin');
        try {
          for (const statement of text.split('--> statement-breakpoint')) if (statement.trim() !== '') await client.query(statement);
          await client.query('insert into public.parapet_migrations (position, name, digest) values ($1, $2, $3)', [entry.idx, entry.tag, sha256(text)]);
          await client.query('commit');
        } catch (error) {
          await client.query('rollback');
          throw new Error(`migration ${entry.tag} failed, nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        }
      }
      return journal.entries.length - applied.length;
    } finally { await client.query('select pg_advisory_unlock(727001)'); }
  });
}
