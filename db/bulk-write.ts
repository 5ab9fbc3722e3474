import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from './client.ts';
import { array, rows } from './sql.ts';
import type { WriteCounts } from './stores/bars.ts';

/** A column with its type, and what of a fact goes into it. */
export interface BulkColumn<F> { name: string; type: 'text' | 'date' | 'int' | 'bigint' | 'float8' | 'numeric' | 'timestamptz' | 'uuid'; of(fact: F): unknown }

/**
 * Writes facts in one statement. A row whose key is there counts as a duplicate when the columns of `revised` are the same
 * and is updated when they differ; of one key told twice in a batch the last word counts. `earliest`: a fact told again
 * keeps the earliest moment at which it was known.
 */
export async function bulkWrite<F>(executor: Executor, { table, columns, key, revised, facts, earliest = false }: { table: string; columns: readonly BulkColumn<F>[]; key: readonly string[]; revised: readonly string[]; facts: readonly F[]; earliest?: boolean }): Promise<WriteCounts> {
  if (facts.length === 0) return { accepted: 0, updated: 0, duplicate: 0 };
  const names = (list: readonly string[]): SQL => sql.raw(list.join(', '));
  const all = columns.map(({ name }) => name);
  const ordered = sql`row_number() over () as nth`;
  const assigned = [...revised.map((name) => `${name} = excluded.${name}`), ...(earliest ? ['known_at = least(w.known_at, excluded.known_at)'] : [])];
  const changed = [...revised.map((name) => `w.${name} is distinct from excluded.${name}`), ...(earliest ? ['excluded.known_at < w.known_at'] : [])];
  const set = sql.raw(assigned.length === 0 ? 'nothing' : `update set ${assigned.join(', ')} where ${changed.join(' or ')}`);
  const [counts] = await rows<{ inserted: number; updated: number }>(executor, sql`
    with told as (select *, ${ordered} from unnest(${sql.join(columns.map(({ type, of }) => array(facts.map(of), type)), sql`, `)}) as t(${names(all)})),
    written as (
      insert into ${sql.raw(table)} as w (${names(all)}) select distinct on (${names(key)}) ${names(all)} from told order by ${names(key)}, nth desc
      on conflict (${names(key)}) do ${set} returning (xmax = 0) as fresh
    ) select count(*) filter (where fresh)::int as inserted, count(*) filter (where not fresh)::int as updated from written`);
  const [accepted, updated] = [counts?.inserted ?? 0, counts?.updated ?? 0];
  return { accepted, updated, duplicate: facts.length - accepted - updated };
}
