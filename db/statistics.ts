import type { Database } from './client.ts';

/** Smaller tables are planned well enough by their size alone. */
const leastPages = 128;
/** As PostgreSQL's own autovacuum has it: a fifth more than when the table was last counted. */
const growth = 1.2;

/**
 * Gives the planner new statistics of the desk's tables that have grown since it last had some, and names them. The embedded database has no autovacuum: it
 * would plan by sizes alone for ever, and keep the room of rows that are gone, so there they are vacuumed, too. On a server autovacuum does both, but a
 * minute after an import at the earliest. Plans that are kept for a statement are made anew after it.
 */
export async function refreshStatistics(database: Pick<Database, 'kind' | 'asOwner'>): Promise<string[]> {
  return database.asOwner(async (client) => {
    const grown = await client.query<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'core'::regnamespace
      and pg_relation_size(c.oid) / current_setting('block_size')::int > greatest(${leastPages}, ${growth} * c.relpages) order by 1`);
    const names = grown.rows.map(({ name }) => name);
    for (const name of names) await client.query(`${database.kind === 'embedded' ? 'vacuum (analyze)' : 'analyze'} ${name}`);
    return names;
  });
}
