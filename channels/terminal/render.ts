import type { Card, Column, ConversationEvent, PriceChart } from '../../agents/vocabulary.ts';
import { formatCount } from '../../desk/format.ts';
import { instant, timeIn } from '../../desk/time.ts';
import { withoutUnshown } from '../unshown.ts';

/** Two decimals in groups; what is less than the second of them, such as a gamma, by its first two digits. */
const figure = (value: number): string => (value !== 0 && Math.abs(value) < 0.01 ? `${value < 0 ? '−' : ''}${Math.abs(value).toPrecision(2)}` : formatCount(value));
const cell = (value: string | number | null | undefined): string => (value === null || value === undefined ? '—' : typeof value === 'number' ? figure(value) : value);

export function renderTable(title: string, columns: readonly Column[], rows: readonly Record<string, string | number | null>[]): string[] {
  const heads = columns.map((column) => (column.unit ? `${column.title} (${column.unit})` : column.title));
  const texts = rows.map((row) => columns.map((column) => cell(row[column.key])));
  const widths = heads.map((head, i) => Math.max(head.length, ...texts.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string => row.map((text, i) => (columns[i]?.align === 'right' ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0))).join('  ').trimEnd();
  return [title, line(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...texts.map(line)].filter((text) => text !== '');
}

function renderCard(card: Card): string[] {
  // Between the yes and what comes of it there is nothing new to read.
  if (!card.confirmation && !card.outcome && (card.state === 'PENDING' || card.state === 'APPROVED')) return [];
  const number = card.cardNumber === null ? '' : `card ${card.cardNumber}`;
  const head = `┌ ${number}${card.account ? ` · ${card.account}` : ''} · ${card.world}`;
  if (card.outcome) return [`${head}`, `│ ${card.headline}`, `└ ${card.outcome}`];
  const gates = `${card.gates.passed} passed${card.gates.warnings ? `, ${card.gates.warnings} ${card.gates.warnings === 1 ? 'warning' : 'warnings'}` : ''}${card.gates.blocks ? `, ${card.gates.blocks} blocked` : ''}`;
  return [
    head, `│ ${card.headline}`, ...(card.worstLoss ? [`│ ${card.worstLoss}`] : []),
    ...card.why.map((why, i) => `│ ${i === 0 ? 'Why:' : '    '} (${i + 1}) ${why.text}${why.evidenceId ? ` [${why.evidenceKind}]` : ''}`),
    ...card.against.map((text, i) => `│ ${i === 0 ? 'Against:' : '        '} ${text}`), `│ Gates: ${gates}.`, ...card.counterfactuals.map((text) => `│ ${text}`),
    card.confirmation ? `└ Good until ${timeIn(instant(card.confirmation.expiresAt), 'Asia/Kolkata')}${card.confirmation.driftPercent === null ? '' : ` or until the price moves ${card.confirmation.driftPercent.toFixed(2)} %`}. [Confirm: /approve ${card.cardNumber}] [Reject: /reject ${card.cardNumber}] ${card.choices.map((choice) => `[${choice.label}: ${choice.command}]`).join(' ')}`.trimEnd() : `└ ${card.state.toLowerCase()}`,
  ];
}

/** An event as lines of text. Pure, so that what a terminal shows can be tested. */
export const renderEvent = (event: ConversationEvent): string[] => linesOf(event).map((line) => withoutUnshown(line));

function linesOf(event: ConversationEvent): string[] {
  switch (event.type) {
    case 'reply': return [...event.text.split('\n').filter((line) => line !== ''), ...(event.note ? [`(${event.note})`] : []), ...(event.choices?.length ? [event.choices.map((choice) => (choice.label === choice.command ? `[${choice.label}]` : `[${choice.label}: ${choice.command}]`)).join(' ')] : [])];
    case 'table': return renderTable(event.title, event.columns, event.rows);
    case 'card': return renderCard(event.card);
    case 'chart': {
      if (event.chart.payoff) return payoffLines(event.chart.payoff);
      const closes = event.chart.bars.map((bar) => bar.close);
      return [`${event.chart.symbol}: ${sparkline(closes)} ${closes.length > 0 ? `${Math.min(...closes).toFixed(2)}–${Math.max(...closes).toFixed(2)}` : 'no bars'}`];
    }
    case 'file': return [`As a PDF: ${event.file.command}`];
    case 'timeline': return [event.subject, ...event.entries.map((entry) => `  ${entry.at}  ${entry.text}`)];
    case 'error': return [event.message];
    case 'confirm': case 'delta': case 'progress': case 'end': return [];
  }
}

/** A payoff as one line of blocks, with its ends and where it turns. */
function payoffLines({ title, points, breakEvens }: NonNullable<PriceChart['payoff']>): string[] {
  const every = Math.max(1, Math.floor(points.length / 60));
  const ends = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0].map((price) => price.toFixed(0));
  return [`${title}: ${ends[0]} ${sparkline(points.filter((_, i) => i % every === 0).map(([, profit]) => profit))} ${ends[1]}`, ...(breakEvens.length > 0 ? [`breaks even at ${breakEvens.map((price) => price.toFixed(1)).join(' and ')}`] : [])];
}

const blocks = '▁▂▃▄▅▆▇█';
function sparkline(values: readonly number[]): string {
  const shown = values.slice(-60);
  const low = Math.min(...shown);
  const range = Math.max(...shown) - low;
  return shown.map((value) => blocks[range === 0 ? 0 : Math.min(7, Math.floor(((value - low) / range) * 8))]).join('');
}
