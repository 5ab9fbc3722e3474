import { barCsvImporter } from './bar-csv.ts';
import { createBarReader, type BarColumns } from './daily-bars.ts';
import { csvImporter } from './csv-importer.ts';
import { refused, type LoadingImporter, type ParsedRow } from './define.ts';
import { indexNamed } from './indices.ts';
import { isBlank } from './read-number.ts';

/** An importer of tables in which every row names its index. What is done with an index that the desk does not follow, each says. */
function indexTable({ kind, source, columns, others }: {
  kind: string; source: string; columns: BarColumns; others(name: string, line: number, raw: string): ParsedRow;
}): LoadingImporter {
  return csvImporter({
    kind, columns: [columns.symbol, columns.date, columns.open, columns.high, columns.low, columns.close].map((name) => name.toUpperCase()),
    open({ context, column }) {
      const read = createBarReader({ columns, source, today: context.today });
      const introduced = new Set<string>();
      const [name, date, open, high, low, close] = [columns.symbol, columns.date, columns.open, columns.high, columns.low, columns.close].map(column) as [number, number, number, number, number, number];
      const volume = columns.volume === '' ? -1 : column(columns.volume);
      return (fields, line, raw) => {
        const known = indexNamed(fields[name] ?? '');
        if (!known) return others(fields[name] ?? '', line, raw);
        const record = read({
          symbol: known.symbol, date: fields[date] ?? '', open: fields[open] ?? '', high: fields[high] ?? '', low: fields[low] ?? '', close: fields[close] ?? '',
          volume: isBlank(fields[volume] ?? '') ? undefined : fields[volume],
        });
        if (typeof record === 'string') return refused(line, record, raw);
        if (introduced.has(known.symbol) || record.type !== 'daily_bar') return { line, records: [record] };
        introduced.add(known.symbol);
        return { line, records: [record, { type: 'symbol', symbol: known, knownAt: record.knownAt, source }] };
      };
    },
  });
}

/** Index history as niftyindices.com offers it: quoted, `29 Dec 2023`, newest first within a year. An index has no volume: 0. */
export const niftyindicesHistory = indexTable({
  kind: 'niftyindices_history', source: 'niftyindices',
  columns: { symbol: 'Index Name', date: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: '', previousClose: '', trades: '', deliveryQuantity: '' },
  others: (name, line, raw) => refused(line, `Index Name is not an index the desk follows: "${name.slice(0, 40)}".`, raw),
});

/** NSE's report of a day's closes of all its indices (`ind_close_all_26032025.csv`), of which the desk follows a few. The volume is that of the members. */
export const nseIndexCloses = indexTable({
  kind: 'nse_index_closes', source: 'nse-index-closes',
  columns: { symbol: 'Index Name', date: 'Index Date', open: 'Open Index Value', high: 'High Index Value', low: 'Low Index Value', close: 'Closing Index Value', volume: 'Volume', previousClose: '', trades: '', deliveryQuantity: '' },
  others: (_name, line) => ({ line, notLoaded: 'other_indices' }),
});

/** `NIFTY 50-24-01-2024-to-24-02-2024.csv`, `NIFTY BANK_Historical_PR_01012020to31012020.csv`: the index is what stands in front. */
function indexInName(name: string): string | { reason: string } {
  const printed = name.replace(/\.csv$/i, '').replace(/[-_ ]*\d{2}-\d{2}-\d{4}.*$|_Historical.*$/i, '').replaceAll('_', ' ').trim();
  return indexNamed(printed)?.symbol ?? { reason: `The file has no column of indices and its name is none that the desk follows: "${printed.slice(0, 40)}".` };
}

/** One index's history as NSE's page offers it, with the shares of its members that changed hands; the index stands in the file's name alone. */
export const nseIndexDownload = barCsvImporter({
  kind: 'nse_index_download', source: 'nse-index-history', required: ['DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'SHARES TRADED'],
  also: ({ header }) => !header.includes('INDEX NAME') && !header.includes('SYMBOL'), symbolOf: ({ name }) => indexInName(name),
  columns: { symbol: 'symbol', date: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: 'Shares Traded', previousClose: '', trades: '', deliveryQuantity: '' },
});
