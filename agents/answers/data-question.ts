import { sql } from '../../tools/sql.ts';
import type { Draft, TurnTools } from '../define.ts';
import type { Column } from '../vocabulary.ts';
import { cells, draft, many, signOf, table } from './wording.ts';

const statement = /^\s*(?:select|with|values|table|explain)\s/i;
const numeric = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']);
const spoken = (column: string): string => column.replaceAll('_', ' ');
/** Columns of the desk's own questions that hold whole currency: what each is, and whether its sign matters. */
const money: Readonly<Record<string, { name: string; signed?: true }>> = {
  pnl: { name: 'profit and loss after charges', signed: true }, realized: { name: 'realised before charges', signed: true }, realized_after_fees: { name: 'realised after charges', signed: true }, unrealized: { name: 'unrealised', signed: true },
  unrealized_pnl: { name: 'unrealised profit and loss', signed: true }, unrealized_change: { name: 'change of what is unrealised', signed: true }, fees: { name: 'charges' }, fee: { name: 'charges' }, turnover: { name: 'turnover' }, value: { name: 'value' }, value_at_limit: { name: 'value at the limit' },
  cash: { name: 'cash' }, equity: { name: 'equity' }, deposited: { name: 'put in' }, max_loss: { name: 'most that can be lost' }, max_profit: { name: 'profit at the target' },
};
/** "average_pnl_a_month": the column, with what was made of it. */
function moneyOf(column: string): { name: string; signed?: true } | null {
  const [, made = '', base = '', each = ''] = /^(average_|median_)?(.+?)(_a_(?:day|week|month|quarter|year))?$/.exec(column) ?? [];
  const known = Object.hasOwn(money, base) ? money[base] : undefined;
  return known ? { ...known, name: `${spoken(made)}${known.name}${spoken(each)}` } : null;
}
const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

/**
 * What no phrase of the grammar knows may still be a question about the book that can be put into SQL, or a statement itself. Null where
 * it is neither: then the desk asks what was meant.
 */
export async function answerDataQuestion(said: string, tools: TurnTools): Promise<Draft | null> {
  // "Query fees by account": the first word says only where to look.
  const text = said.replace(/^\s*(?:query|sql|question|run a query for|look up in the database|database)[:,]?\s+(?=\S)/i, '');
  const isStatement = statement.test(text);
  const call = await tools.call<ReturnType<typeof sql.output.parse>>(sql.name, isStatement ? { sql: text } : { question: text.trim() });
  if (!call.ok) return isStatement ? draft(call.error.message) : null;
  const { rows, columns, rowCount, truncated, sql: statementRun, outsideText, currency } = call.output;
  const cell = cells(call);
  const notes = [...(outsideText ? ['Words from outside are quoted as they came; they are nobody’s on this desk.'] : []), ...(isStatement ? [] : [`SQL: ${statementRun}`])];
  const note = notes.length > 0 ? { note: notes.join(' ') } : {};
  const [first] = columns;
  if (rowCount === 0 || (rowCount === 1 && columns.length === 1 && rows[0]?.[0] === null)) return draft('There is nothing of that.', note);
  // A statement's columns mean what whoever wrote it made them mean.
  const amount = (column: string): { name: string; signed?: true } | null => (isStatement || currency == null ? null : moneyOf(column));
  const inMoney = (path: string, value: unknown, { signed }: { signed?: true }): string => `${signed && Number(value) > 0 ? '+' : ''}${cell(path, 'price')}`;
  if (rowCount === 1 && columns.length === 1 && first) {
    const asMoney = amount(first.name);
    if (asMoney) return draft(`${capital(asMoney.name)}: ${inMoney('rows.0.0', rows[0]?.[0], asMoney)}.`, note);
    if (!isStatement && first.name.endsWith('_percent')) return draft(`${capital(spoken(first.name.replace(/_percent$/, '')))}: ${cell('rows.0.0', 'percent')}.`, note);
    return draft(`${capital(spoken(first.name))}: ${numeric.has(first.type) ? cell('rows.0.0', 'number') : outsideText ? `“${cell('rows.0.0', 'text')}”` : cell('rows.0.0', 'text')}.`, note);
  }
  const shown = columns.map(({ name, type }, place): Column => { const asMoney = amount(name); return { key: String(place), title: asMoney && columns.length <= 3 ? asMoney.name : spoken(name), align: numeric.has(type) ? 'right' : 'left', ...(asMoney && currency != null ? { unit: signOf(currency) } : {}) }; });
  const ranked = columns[1] && columns.length === 2 && /\bORDER BY 2 (?:ASC|DESC)\b/.test(statementRun) && !outsideText ? amount(columns[1].name) : null;
  const lead = ranked ? ` First: ${cell('rows.0.0', 'text')}, ${inMoney('rows.0.1', rows[0]?.[1], ranked)} (${ranked.name}).` : '';
  return draft(`${truncated ? 'The first ' : ''}${cell('rowCount', 'count')} ${many(rowCount, 'row')}.${lead}`, { parts: [table(call, 'rows', 'Answer', shown)], ...note });
}
