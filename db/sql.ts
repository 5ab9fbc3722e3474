import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from './client.ts';

/** Rows of a statement written by hand, for what the query builder cannot say. Only stores use it. */
export async function rows<R extends Record<string, unknown>>(executor: Executor, statement: SQL): Promise<R[]> {
  return (await executor.execute<R>(statement)).rows as unknown as R[];
}
/** An array parameter with its type, for bulk statements over `unnest`. */
export const array = (values: readonly unknown[], type: string): SQL => sql`${sql.param(values)}::${sql.raw(type)}[]`;
