import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from './client.ts';

/** Rows of a statement written by hand, for what the query builder cannot say. Only stores use it. */
export async function rows<R extends Record<string, unknown>>(executor: Executor, statement: SQL): Promise<R[]> {
  return (await executor.execute<R>(statement)).rows as unknown as R[];
}
/** Types whose values never need quotation marks in an array's text. */
const plainTypes: ReadonlySet<string> = new Set(['int', 'bigint', 'float8', 'numeric', 'date', 'timestamptz', 'uuid', 'boolean']);

const isPlain = (value: unknown): boolean => typeof value === 'number' || value === null || value === undefined || typeof value === 'boolean' || (typeof value === 'string' && /^[\w.:+-]+$/.test(value));

/** An array parameter with its type, for bulk statements over `unnest`. Columns of numbers and times are put into text here: the driver would quote and escape every one of them. */
export const array = (values: readonly unknown[], type: string): SQL => {
  const written = plainTypes.has(type) && values.every(isPlain) ? `{${values.map((value) => value ?? 'NULL').join(',')}}` : values;
  return sql`${sql.param(written)}::${sql.raw(type)}[]`;
};
