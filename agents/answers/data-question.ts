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
  realized_pnl: { name: 'realised before charges', signed: true }, unrealized_pnl: { name: 'unrealised profit and loss', signed: true }, unrealized_change: { name: 'change of what is unrealised', signed: true }, fees: { name: 'charges' }, fee: { name: 'charges' }, turnover: { name: 'turnover' }, value: { name: 'value' }, value_at_limit: { name: 'value at the limit' },
  cash: { name: 'cash' }, equity: { name: 'equity' }, deposited: { name: 'put in' }, max_loss: { name: 'most that can be lost' }, max_profit: { name: 'profit at the target' },
};
/** "average_pnl_a_month": the column, with what was made of it. */
function moneyOf(column: string): { name: string; signed?: true } | null {
  const [, made = '', base = '', each = ''] = /^(average_|median_)?(.+?)(_a_(?:day|week|month|quarter|year))?$/.exec(column) ?? [];
  const known = Object.hasOwn(money, base) ? money[base] : undefined;
  return known ? { ...known, name: `${spoken(made)}${known.name}${spoken(each)}` } : null;
}
const nouns: Readonly<Record<string, [string, string]>> = { positions: ['position', 'positions'], fills: ['fill', 'fills'], trades: ['closed trade', 'closed trades'], orders: ['order', 'orders'], trade_cards: ['card', 'cards'], accounts: ['account', 'accounts'], events: ['event', 'events'], instruments: ['share', 'shares'] };
/** What the rows of the desk's own query are. */
const nounOf = (statement: string): [string, string] => (/ GROUP BY /.test(statement) ? undefined : nouns[/ FROM desk\.(\w+)/.exec(statement.replace(/\((?:[^()]|\([^()]*\))*\)/g, ''))?.[1] ?? '']) ?? ['row', 'rows'];
const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());

/**
 * What no phrase of the grammar knows may still be a question about the book that can be put into SQL, or a statement itself. Null where
 * it is neither: then the desk asks what was meant. `before`: the questions that this one continues;
 * `onFirst` hears the share and the card that the answer names first, for "why?" and "how long did I hold it".
 */
export async function answerDataQuestion(said: string, tools: TurnTools, before: readonly string[] = [], onFirst: (first: { lastSymbol?: string; lastCard?: number }) => void = () => undefined): Promise<Draft | null> {
  // "Query fees by account": the first word says only where to look.
  const text = said.replace(/^\s*(?:query|sql|question|run a query for|look up in the database|database)[:,]?\s+(?=\S)/i, '');
  const isStatement = statement.test(text);
  const call = await tools.call<ReturnType<typeof sql.output.parse>>(sql.name, isStatement ? { sql: text } : { question: text.trim(), ...(before.length > 0 ? { before: before.slice(-6) } : {}) });
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
    if (!isStatement && first.name === 'count') return draft(`${cell('rows.0.0', 'count')} ${many(Number(rows[0]?.[0]), ...nounOf(statementRun))}.`, note);
    return draft(`${capital(spoken(first.name))}: ${numeric.has(first.type) ? cell('rows.0.0', 'number') : outsideText ? `“${cell('rows.0.0', 'text')}”` : cell('rows.0.0', 'text')}.`, note);
  }
  // Figures side by side, in one sentence.
  if (!isStatement && rowCount === 1 && columns.length <= 3 && columns.every(({ type }) => numeric.has(type))) {
    const told = columns.map(({ name }, place) => { const asMoney = amount(name); return name === 'count' ? `${cell(`rows.0.${place}`, 'count')} ${many(Number(rows[0]?.[place]), ...nounOf(statementRun))}` : asMoney ? `${asMoney.name} ${inMoney(`rows.0.${place}`, rows[0]?.[place], asMoney)}` : `${spoken(name)} ${cell(`rows.0.${place}`, 'number')}`; });
    return draft(`${capital(told.join(', '))}.`, note);
  }
  const shown = columns.map(({ name, type }, place): Column => { const asMoney = amount(name); return { key: String(place), title: asMoney && columns.length <= 3 ? asMoney.name : spoken(name), align: numeric.has(type) ? 'right' : 'left', ...(asMoney && currency != null ? { unit: signOf(currency) } : {}) }; });
  const ranked = columns[1] && columns.length === 2 && /\bORDER BY 2 (?:ASC|DESC)\b/.test(statementRun) && !outsideText ? amount(columns[1].name) : null;
  const lead = ranked ? ` First: ${cell('rows.0.0', 'text')}, ${inMoney('rows.0.1', rows[0]?.[1], ranked)} (${ranked.name}).` : isStatement || outsideText ? '' : firstOfList();
  /** Of a list of the desk's own things, which comes first and by what figure; of refused cards why. */
  function firstOfList(): string {
    const at = (name: string): number => columns.findIndex((column) => column.name === name);
    const told = (name: string): string | null => (at(name) >= 0 && rows[0]?.[at(name)] != null ? cell(`rows.0.${at(name)}`, 'text') : null);
    const [card, symbol, account, reason] = ['card_id', 'symbol', 'account', 'rejection_reason'].map(told);
    if (symbol === null && card === null) return '';
    const [named, number] = [rows[0]?.[at('symbol')], rows[0]?.[at('card_id')]];
    if (rowCount === 1) onFirst({ ...(typeof named === 'string' ? { lastSymbol: named } : {}), ...(typeof number === 'number' && !statementRun.includes('desk.trades') ? { lastCard: number } : {}) });
    const [side, qty, category, status] = ['side', 'qty', 'category', 'status'].map((name) => (card === null && at('side') >= 0 ? told(name) : null));
    const by = /\bORDER BY (.+?) (?:ASC|DESC)\b/.exec(statementRun)?.[1];
    const shownAs = by === undefined ? undefined : statementRun.includes(`${by} AS `) ? /^ AS (\w+)/.exec(statementRun.slice(statementRun.indexOf(`${by} AS `) + by.length))?.[1] : by;
    const figure = [shownAs, 'days_held', 'pnl', 'unrealized_pnl', 'value'].find((name) => name !== undefined && at(name) >= 0 && numeric.has(columns[at(name)]?.type ?? '') && name !== 'card_id' && rows[0]?.[at(name)] != null);
    const asMoney = figure === undefined ? null : amount(figure);
    const path = `rows.0.${figure === undefined ? 0 : at(figure)}`;
    const day = card === null && told('d') !== null && rowCount === 1 ? ` on ${cell(`rows.0.${at('d')}`, 'date')}` : '';
    const said = figure === undefined ? '' : asMoney ? `, ${inMoney(path, rows[0]?.[at(figure)], asMoney)} (${asMoney.name})` : figure.includes('percent') ? `, ${cell(path, 'percent')} (${spoken(figure.replace(/_?percent_?/, ' ').trim())})` : `, ${cell(path, 'number')} (${spoken(figure)})`;
    return ` First: ${[card && `card ${card}`, [side, qty, symbol, category && `(${category.toLowerCase()}, ${status?.toLowerCase() ?? ''})`].filter(Boolean).join(' ')].filter(Boolean).join(', ')}${account ? ` in ${account}` : ''}${day}${said}${reason ? `: ${reason}` : ''}${/[.!?]$/.test(String(rows[0]?.[at('rejection_reason')] ?? '')) ? '' : '.'}`;
  }
  return draft(`${truncated ? 'The first ' : ''}${cell('rowCount', 'count')} ${isStatement || columns.length <= 2 ? many(rowCount, 'row') : many(rowCount, ...nounOf(statementRun))}.${lead}`, { parts: [table(call, 'rows', 'Answer', shown)], ...note });
}
