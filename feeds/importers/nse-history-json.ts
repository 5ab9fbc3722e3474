import { createBarReader, type BarColumns, type BarFields } from './daily-bars.ts';
import { refused, type LoadingImporter } from './define.ts';
import { indexNamed } from './indices.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';

/** An importer of one of NSE's JSON price histories; they differ in their keys. */
function historyJson({ kind, source, keys, columns, symbol = (printed) => printed }: {
  kind: string; source: string; keys: readonly string[]; columns: BarColumns; symbol?: (printed: string) => string;
}): LoadingImporter {
  return jsonImporter({
    kind, keys,
    open({ context }) {
      const read = createBarReader({ columns, source, today: context.today });
      return (entry, line) => {
        const optional = (key: string): string | undefined => (key === '' ? undefined : textOf(entry, key));
        const fields: BarFields = {
          symbol: symbol(textOf(entry, columns.symbol)), date: textOf(entry, columns.date), open: textOf(entry, columns.open), high: textOf(entry, columns.high),
          low: textOf(entry, columns.low), close: textOf(entry, columns.close), volume: optional(columns.volume), previousClose: optional(columns.previousClose), trades: optional(columns.trades),
        };
        const record = read(fields);
        return typeof record === 'string' ? refused(line, record, rawOf(entry)) : { line, records: [record] };
      };
    },
  });
}

export const nseEquityHistoryJson = historyJson({
  kind: 'nse_equity_history_json', source: 'nse-quote-history', keys: ['CH_SYMBOL', 'CH_TIMESTAMP', 'CH_OPENING_PRICE', 'CH_TOT_TRADED_QTY'],
  columns: {
    symbol: 'CH_SYMBOL', date: 'CH_TIMESTAMP', open: 'CH_OPENING_PRICE', high: 'CH_TRADE_HIGH_PRICE', low: 'CH_TRADE_LOW_PRICE', close: 'CH_CLOSING_PRICE',
    volume: 'CH_TOT_TRADED_QTY', previousClose: 'CH_PREVIOUS_CLS_PRICE', trades: 'CH_TOTAL_TRADES', deliveryQuantity: '',
  },
});

const INDEX_COLUMNS: BarColumns = {
  symbol: 'EOD_INDEX_NAME', date: 'EOD_TIMESTAMP', open: 'EOD_OPEN_INDEX_VAL', high: 'EOD_HIGH_INDEX_VAL', low: 'EOD_LOW_INDEX_VAL', close: 'EOD_CLOSE_INDEX_VAL',
  volume: '', previousClose: '', trades: '', deliveryQuantity: '',
};
const indexSymbol = (printed: string): string => indexNamed(printed)?.symbol ?? printed;

export const nseIndexHistoryJson = historyJson({
  kind: 'nse_index_history_json', source: 'nse-index-history', keys: ['EOD_INDEX_NAME', 'EOD_OPEN_INDEX_VAL', 'HIT_TRADED_QTY'],
  columns: { ...INDEX_COLUMNS, volume: 'HIT_TRADED_QTY' }, symbol: indexSymbol,
});
export const nseVixHistoryJson = historyJson({
  kind: 'nse_vix_history_json', source: 'nse-india-vix', keys: ['EOD_INDEX_NAME', 'EOD_OPEN_INDEX_VAL', 'EOD_PREV_CLOSE', 'VIX_PTS_CHG'],
  columns: { ...INDEX_COLUMNS, previousClose: 'EOD_PREV_CLOSE' }, symbol: indexSymbol,
});
