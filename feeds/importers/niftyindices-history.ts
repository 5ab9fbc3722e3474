import { createBarReader, type BarColumns } from './daily-bars.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { indexNamed } from './indices.ts';

const COLUMNS: BarColumns = {
  symbol: 'Index Name', date: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: '', previousClose: '', trades: '', deliveryQuantity: '',
};

/** Index history as niftyindices.com offers it: quoted, `29 Dec 2023`, newest first within a year. An index has no volume: 0. */
export const niftyindicesHistory = csvImporter({
  kind: 'niftyindices_history', columns: ['INDEX NAME', 'DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE'],
  open({ context, column }) {
    const read = createBarReader({ columns: COLUMNS, source: 'niftyindices', today: context.today });
    const introduced = new Set<string>();
    const [name, date, open, high, low, close] = ['INDEX NAME', 'DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE'].map(column) as [number, number, number, number, number, number];
    return (fields, line, raw) => {
      const known = indexNamed(fields[name] ?? '');
      if (!known) return refused(line, `Index Name is not an index the desk follows: "${(fields[name] ?? '').slice(0, 40)}".`, raw);
      const record = read({ symbol: known.symbol, date: fields[date] ?? '', open: fields[open] ?? '', high: fields[high] ?? '', low: fields[low] ?? '', close: fields[close] ?? '' });
      if (typeof record === 'string') return refused(line, record, raw);
      if (introduced.has(known.symbol) || record.type !== 'daily_bar') return { line, records: [record] };
      introduced.add(known.symbol);
      return { line, records: [record, { type: 'symbol', symbol: known, knownAt: record.knownAt, source: 'niftyindices' }] };
    };
  },
});
