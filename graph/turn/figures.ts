import type { Draft, FigureFormat } from '../../agents/define.ts';
import type { Column, Figure } from '../../agents/vocabulary.ts';
import { type Currency, formatChange, formatCount, formatDay, formatMoney, formatPercent, formatPrice } from '../../desk/format.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { RecordedCall } from './tool-calls.ts';

/** The cell at a dotted path (`accounts.0.equityMinor`), or undefined where there is none. */
export function cellAt(value: unknown, path: string): unknown {
  let here: unknown = value;
  for (const part of path === '' ? [] : path.split('.')) {
    if (here === null || typeof here !== 'object') return undefined;
    here = (here as Record<string, unknown>)[part];
  }
  return here;
}

interface Written { text: string; value: number | string; unit: string }

function write(value: unknown, format: FigureFormat, currency: Currency): Written | null {
  if (format === 'text' || format === 'time') return typeof value === 'string' || typeof value === 'number' ? { text: String(value), value, unit: '' } : null;
  if (format === 'date') return typeof value === 'string' ? { text: formatDay(value.slice(0, 10) as TradingDate), value, unit: 'date' } : null;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return null;
  switch (format) {
    case 'money': return { text: formatMoney(number, currency), value: number, unit: `${currency} minor` };
    case 'signed_money': return { text: `${number > 0 ? '+' : ''}${formatMoney(number, currency)}`, value: number, unit: `${currency} minor` };
    case 'price': return { text: formatPrice(number, currency), value: number, unit: currency };
    case 'percent': return { text: formatPercent(number), value: number, unit: '%' };
    case 'signed_percent': return { text: formatChange(number), value: number, unit: '%' };
    case 'quantity': case 'count': return { text: formatCount(number), value: number, unit: format === 'count' ? '' : 'shares' };
    case 'number': return { text: Number.isInteger(number) ? formatCount(number) : number.toFixed(2), value: number, unit: '' };
  }
}

const asOfOf = (output: unknown): string | null => {
  const asOf = cellAt(output, 'asOf');
  return typeof asOf === 'string' ? asOf : null;
};
const currencyOf = (output: unknown): Currency => (cellAt(output, 'currency') === 'USD' ? 'USD' : 'INR');
const reference = /\{\{([^{}|]+?)(?:\|([a-z_]+))?\}\}/g;

export interface Grounded { text: string; figures: Figure[]; removed: number }

/**
 * Fills the references of a draft from the turn's tool results. `{{c1.path|format}}` becomes the cell's value with its unit;
 * `{{said:50}}` is the person's own figure. A reference that leads nowhere becomes "unknown" and is counted.
 */
export function ground(text: string, calls: readonly RecordedCall[]): Grounded {
  const figures: Figure[] = [];
  let removed = 0;
  const filled = text.replace(reference, (_whole, target: string, format: string | undefined) => {
    if (target.startsWith('said:')) {
      const value = target.slice(5);
      figures.push({ text: value, value, unit: '', asOf: null, tool: 'person', call: '', path: '' });
      return value;
    }
    const [call = '', ...rest] = target.split('.');
    const found = calls.find((each) => each.call === call);
    const output = found?.result.ok ? found.result.output : undefined;
    const path = rest.join('.');
    const written = output === undefined ? null : write(cellAt(output, path), (format ?? 'text') as FigureFormat, currencyOf(output));
    if (!found || !written) { removed += 1; return 'unknown'; }
    // Names and other words are filled in the same way, but only what is a figure is listed as one.
    if (/\d/.test(written.text)) figures.push({ text: written.text, value: written.value, unit: written.unit, asOf: asOfOf(output), tool: found.name, call, path });
    return written.text;
  });
  return { text: filled, figures, removed };
}

/** Digits in a text that are no reference: what a model wrote by itself. Dates and card numbers it may repeat. */
export function strayFigures(text: string): string[] {
  const without = text.replace(reference, '');
  return [...without.matchAll(/(?<![\w.])[₹$]?\d[\d,]*(?:\.\d+)?\s?%?/g)].map((match) => match[0].trim());
}

/** A number as a table shows it: percentages to the hundredth, others without what floating point leaves behind their twelfth digit. */
const shownNumber = (cell: number, unit: string | undefined): number => (unit === '%' && Math.abs(cell) < 1e12 ? Number(cell.toFixed(2)) : Number(cell.toPrecision(12)));

/** The rows of a table part, by reference: what stands in the tool's result, nothing else. */
export function tableRows(part: { call: string; path: string; columns: Column[] }, calls: readonly RecordedCall[]): Record<string, string | number | null>[] {
  const found = calls.find((each) => each.call === part.call);
  const list = found?.result.ok ? cellAt(found.result.output, part.path) : undefined;
  if (!Array.isArray(list)) return [];
  return list.map((row: unknown) => Object.fromEntries(part.columns.map(({ key, unit }) => {
    const cell = cellAt(row, key);
    return [key, typeof cell === 'number' ? (Number.isSafeInteger(cell) ? cell : shownNumber(cell, unit)) : typeof cell === 'string' ? cell : cell === null || cell === undefined ? null : String(cell)];
  })));
}

export const plainDraft = (text: string, more: Partial<Draft> = {}): Draft => ({ text, parts: [], ...more });
