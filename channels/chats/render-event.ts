import type { Zone } from '../../desk/time.ts';
import type { Choice, Column, ConversationEvent } from '../vocabulary.ts';
import { renderTable } from '../terminal/render.ts';
import { renderCardFor } from './card-lines.ts';
import type { Button, Capabilities, Outgoing } from './outgoing.ts';
import { bold, italic, line, type Line, linesOfText, pre } from './rich-text.ts';

const buttonsOf = (choices: readonly Choice[] | undefined): Button[] => (choices ?? []).map(({ label, command, style }) => ({ label, style: style ?? 'plain', press: { kind: 'say', command } }));
type Row = Record<string, string | number | null>;

/** A table as columns where they fit, else as a paragraph a row: the first column, then the others by name. */
function tableLines(title: string, columns: readonly Column[], rows: readonly Row[], can: Capabilities): Line[] {
  const [, ...drawn] = renderTable(title || ' ', columns, rows);
  if (drawn.every((each) => each.length <= can.tableColumns)) return [line(bold(title)), ...drawn.map(pre)];
  const [first, ...others] = columns;
  if (!first) return [line(bold(title))];
  const shown = (column: Column, row: Row): string => {
    const text = renderTable('', [column], [row]).at(-1)?.trim() ?? '';
    return column.unit === '₹' ? text.replace(/^−?/, (sign) => `${sign}₹`) : column.unit ? `${text} ${column.unit}` : text;
  };
  // What is missing in a row is not said; in columns it has its place.
  const there = (row: Row): Column[] => others.filter(({ key }) => row[key] !== null && row[key] !== undefined && row[key] !== '');
  return [line(bold(title)), ...rows.flatMap((row) => [line(bold(shown(first, row))), line(there(row).map((column) => `${column.title} ${shown(column, row)}`).join(' · '))])];
}

/** A cell of a file that a spreadsheet opens: one that would be read as a formula is marked as text. */
const csvCell = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
export const csvOf = (columns: readonly Column[], rows: readonly Row[]): string =>
  [columns.map(({ title, unit }) => csvCell(unit ? `${title} (${unit})` : title)), ...rows.map((row) => columns.map(({ key }) => csvCell(row[key])))].map((cells) => cells.join(',')).join('\r\n');

/** An event as the messages it becomes in a chat. Pure: what a channel shows can be tested without one. */
export function renderForChat(event: ConversationEvent, { can, zone, audience }: { can: Capabilities; zone: Zone; audience: 'private' | 'group' }): Outgoing[] {
  const text = (lines: readonly Line[], buttons: readonly Button[] = []): Outgoing => ({ subject: null, lines, buttons });
  switch (event.type) {
    case 'reply': return [text([...linesOfText(event.text), ...(event.note ? [line(italic(event.note))] : [])], buttonsOf(event.choices))];
    case 'card': return [renderCardFor(event.card, { zone, audience })];
    case 'table': {
      if (!can.files || event.rows.length <= can.tableRows) return [text(tableLines(event.title, event.columns, event.rows, can))];
      const rest = event.rows.length - can.tableRows;
      const name = `${event.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60) || 'table'}.csv`;
      return [
        text([...tableLines(event.title, event.columns, event.rows.slice(0, can.tableRows), can), line(italic(`${rest} more ${rest === 1 ? 'row is' : 'rows are'} in the file.`))]),
        { subject: null, lines: [line(event.title)], buttons: [], file: { name, mediaType: 'text/csv', text: csvOf(event.columns, event.rows) } },
      ];
    }
    case 'chart': {
      const { chart } = event;
      if (chart.payoff) return [{ subject: null, lines: [line(`Payoff: ${chart.payoff.title}`)], buttons: [], ...(can.images ? { chart } : {}) }];
      const closes = chart.bars.map(({ close }) => close);
      const words = closes.length === 0 ? `${chart.symbol}: no bars` : `${chart.symbol}: ${closes.at(-1)?.toFixed(2) ?? ''}, between ${Math.min(...closes).toFixed(2)} and ${Math.max(...closes).toFixed(2)}`;
      return [{ subject: null, lines: [line(words)], buttons: [], ...(can.images && closes.length > 0 ? { chart } : {}) }];
    }
    case 'file': {
      const { name, createdAt, report, href } = event.file;
      if (!can.files) return [text([line(`${report.title}: on the web desk at ${href}`)])];
      return [{ subject: null, lines: [line(report.title)], buttons: [], file: { name, mediaType: 'application/pdf', createdAt, report } }];
    }
    case 'timeline': return [text([line(bold(event.subject)), ...event.entries.map((entry) => line(`${entry.at}  ${entry.text}`))])];
    case 'error': return [text(linesOfText(event.message))];
    case 'confirm': case 'delta': case 'progress': case 'end': return [];
  }
}
