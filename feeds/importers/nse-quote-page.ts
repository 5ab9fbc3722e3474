import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';
import type { Sniff } from './define.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

const REQUIRED = ['DATE', 'SERIES', 'OPEN', 'HIGH', 'LOW', 'PREV. CLOSE', 'LTP', 'CLOSE', 'VWAP', 'VOLUME'];
export const isQuotePage = (head: Sniff): boolean => head.form === 'text' && REQUIRED.every((name) => head.header.includes(name));

/** `Quote-Equity-M&M-EQ-20-02-2019-to-20-02-2020.csv`, or the symbol alone. */
function symbolInName(name: string): string | { reason: string } {
  const symbol = /^Quote-Equity-(.+?)-[A-Z0-9]{2}-\d{2}-\d{2}-\d{4}/.exec(name)?.[1] ?? name.replace(/\.csv$/i, '');
  return NSE_SYMBOL.test(symbol) ? symbol : { reason: 'The file has no column of symbols and its name holds none; name it like Quote-Equity-RELIANCE-EQ.csv or RELIANCE.csv.' };
}

/** The history under a share's own page at NSE: quoted, grouped numbers, the symbol in the name alone, every series of the share. */
export const nseQuotePage = barCsvImporter({
  kind: 'nse_quote_page', source: 'nse-quote-history', required: REQUIRED, symbolOf: ({ name }) => symbolInName(name),
  columns: { symbol: 'symbol', date: 'DATE', open: 'OPEN', high: 'HIGH', low: 'LOW', close: 'CLOSE', volume: 'VOLUME', previousClose: 'PREV. CLOSE', trades: 'NO OF TRADES', deliveryQuantity: '' },
  series: { column: 'SERIES', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
