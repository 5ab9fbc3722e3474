import { z } from 'zod';
import type { SqlAnswer } from '../db/sql-tool/run.ts';

export const Chart = z.object({ kind: z.enum(['line', 'bar']), x: z.string(), y: z.array(z.string()) }).describe('how the rows may be drawn: columns by name');

const numeric = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);
const dated = new Set(['date', 'timestamp', 'timestamptz']);
const mostBars = 30;

/** A line over dates or bars over names, where the answer is one of two or more rows with figures; else null. */
export function chartOf({ columns, rows }: SqlAnswer): z.infer<typeof Chart> | null {
  const figures = columns.filter(({ type, name }) => numeric.has(type) && !/(^|_)id$/.test(name)).map(({ name }) => name);
  if (rows.length < 2 || figures.length === 0) return null;
  const day = columns.find(({ type }) => dated.has(type));
  if (day) return { kind: 'line', x: day.name, y: figures.slice(0, 4) };
  const named = columns.find(({ type }) => type === 'text');
  return named && rows.length <= mostBars ? { kind: 'bar', x: named.name, y: figures.slice(0, 2) } : null;
}
