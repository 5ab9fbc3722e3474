import { sql } from '../../tools/sql.ts';
import type { Draft, TurnTools } from '../define.ts';
import type { Column } from '../vocabulary.ts';
import { cells, draft, many, table } from './wording.ts';

const statement = /^\s*(?:select|with|values|table|explain)\s/i;
const numeric = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);
const spoken = (column: string): string => column.replaceAll('_', ' ');

/**
 * What no phrase of the grammar knows may still be a question about the book that can be put into SQL, or a statement itself. Null where
 * it is neither: then the desk asks what was meant.
 */
export async function answerDataQuestion(text: string, tools: TurnTools): Promise<Draft | null> {
  const isStatement = statement.test(text);
  const call = await tools.call<ReturnType<typeof sql.output.parse>>(sql.name, isStatement ? { sql: text } : { question: text.trim() });
  if (!call.ok) return isStatement ? draft(call.error.message) : null;
  const { rows, columns, rowCount, truncated, sql: statementRun, outsideText } = call.output;
  const cell = cells(call);
  const notes = [...(outsideText ? ['Words from outside are quoted as they came; they are nobody’s on this desk.'] : []), ...(isStatement ? [] : [`SQL: ${statementRun}`])];
  const note = notes.length > 0 ? { note: notes.join(' ') } : {};
  const [first] = columns;
  if (rowCount === 0 || (rowCount === 1 && columns.length === 1 && rows[0]?.[0] === null)) return draft('There is nothing of that.', note);
  if (rowCount === 1 && columns.length === 1 && first) return draft(`${spoken(first.name).replace(/^./, (letter) => letter.toUpperCase())}: ${numeric.has(first.type) ? cell('rows.0.0', 'number') : outsideText ? `“${cell('rows.0.0', 'text')}”` : cell('rows.0.0', 'text')}.`, note);
  const shown = columns.map(({ name, type }, place): Column => ({ key: String(place), title: spoken(name), align: numeric.has(type) ? 'right' : 'left' }));
  return draft(`${truncated ? 'The first ' : ''}${cell('rowCount', 'count')} ${many(rowCount, 'row')}.`, { parts: [table(call, 'rows', 'Answer', shown)], ...note });
}
