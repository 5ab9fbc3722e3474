import { csvImporter } from './csv-importer.ts';
import { createBarReader, type BarColumns } from './daily-bars.ts';
import { indexNamed } from './indices.ts';
import { isBlank, ungrouped } from './read-number.ts';
import { refused, type LoadingImporter, type ParsedRow, type Sniff } from './define.ts';

export interface SeriesColumn { column: string; loads: ReadonlySet<string>; otherwise: string }
/** Equity series of the NSE cash market; bonds, debentures and fund units trade in others. */
export const EQUITY_SERIES: ReadonlySet<string> = new Set(['EQ', 'BE', 'BZ', 'SM', 'ST', 'SZ', 'RR', 'IV']);

/** An importer of daily bars whose columns carry other names: the whole difference between the exchange's bar files. */
export function barCsvImporter({ kind, source, columns, required, series, symbolOf, clean, also, dates }: {
  kind: string; source: string;
  /** Header names; `''` for what the file has not. */
  columns: BarColumns;
  required: readonly string[];
  series?: SeriesColumn;
  /** For files without a symbol column: the symbol, or why there is none; empty to read the column after all. */
  symbolOf?: (head: Sniff) => string | { reason: string };
  clean?: (value: number) => number;
  also?: (head: Sniff) => boolean;
  /** How this file's dates become readable, where their order must be found out first. */
  dates?: (head: Sniff) => (text: string) => string;
}): LoadingImporter {
  return csvImporter({
    kind, columns: required, ...(also ? { also } : {}),
    open({ head, context, column }) {
      const fixed = symbolOf?.(head);
      if (typeof fixed === 'object') return fixed;
      const read = createBarReader({ columns, source, today: context.today, ...(clean ? { clean } : {}) });
      const position = (name: string): number => (name === '' ? -1 : column(name));
      const [symbol, date, open, high, low, close] = [columns.symbol, columns.date, columns.open, columns.high, columns.low, columns.close].map(position) as [number, number, number, number, number, number];
      const [volume, previousClose, trades, delivery] = [columns.volume, columns.previousClose, columns.trades, columns.deliveryQuantity].map(position) as [number, number, number, number];
      const dated = dates?.(head);
      let index = fixed ? indexNamed(fixed) : undefined;
      // An index has no volume of its own, and some downloads print none.
      const isIndex = index !== undefined;
      const seriesAt = series ? position(series.column) : -1;
      return (fields, line, raw): ParsedRow => {
        // Only a quoted field can hold a comma.
        if (raw.indexOf('"') !== -1) for (let i = 0; i < fields.length; i++) fields[i] = ungrouped(fields[i] ?? '');
        if (series && seriesAt >= 0 && !series.loads.has((fields[seriesAt] ?? '').trim())) return { line, notLoaded: series.otherwise };
        const record = read({
          symbol: fixed || (fields[symbol] ?? ''), date: dated ? dated(fields[date] ?? '') : (fields[date] ?? ''),
          open: fields[open] ?? '', high: fields[high] ?? '', low: fields[low] ?? '', close: fields[close] ?? '',
          volume: volume < 0 || (isIndex && isBlank(fields[volume] ?? '')) ? undefined : fields[volume], previousClose: previousClose < 0 ? undefined : fields[previousClose],
          trades: trades < 0 ? undefined : fields[trades], deliveryQuantity: delivery < 0 ? undefined : fields[delivery],
        });
        if (typeof record === 'string') return refused(line, record, raw);
        const records = [record];
        if (index && record.type === 'daily_bar') {
          // No list names the indices: their first bar brings the symbol along.
          records.push({ type: 'symbol', symbol: index, knownAt: record.knownAt, source });
          index = undefined;
        }
        return { line, records };
      };
    },
  });
}
