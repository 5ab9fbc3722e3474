import { barCsvImporter } from './bar-csv.ts';
import type { LoadingImporter, Sniff } from './define.ts';
import { indexNamed } from './indices.ts';
import { readDate } from './read-date.ts';
import { printedPrice } from './read-number.ts';

/** `NIFTYfull.csv`, `RELIANCE.NS.csv`, `TCS_2024-01-01.csv`: the symbol is what is left. Null when nothing symbol-like is. */
export function symbolInName(name: string): string | null {
  const stem = name.replace(/\.(csv|txt)$/i, '').replace(/\.(NS|NSE)$/i, '').replace(/[_-]?\d{4}-\d{2}-\d{2}/g, '').replace(/(full|[_-](daily|nse|1d|day|eod))$/i, '');
  return /^[A-Z0-9][A-Z0-9&-]{0,19}$/.test(stem) ? stem : null;
}

const PRICES = ['OPEN', 'HIGH', 'LOW', 'CLOSE', 'VOLUME'];
const dateColumn = (head: Sniff): string => (head.header.includes('DATE') ? 'DATE' : 'TIMESTAMP');
const firstDates = (head: Sniff): string[] => head.lines.slice(1, 6).filter((line) => line !== '').map((line) => line.split(',')[head.header.indexOf(dateColumn(head))] ?? '');
const isDaily = (head: Sniff): boolean => firstDates(head).every((text) => readDate(text.replace(/"/g, '')) !== null);
const columns = {
  symbol: 'SYMBOL', date: 'DATE', open: 'OPEN', high: 'HIGH', low: 'LOW', close: 'CLOSE', volume: 'VOLUME', previousClose: '', trades: '', deliveryQuantity: '',
};
const NO_SYMBOL = { reason: 'The file has no SYMBOL column and its name is not a symbol; name it like RELIANCE.csv.' };

/** Daily bars under `Date,Open,High,Low,Close,Volume`. Without a `Symbol` column the file's name is the symbol. */
export const plainOhlcv: LoadingImporter = barCsvImporter({
  kind: 'ohlcv_daily', source: 'ohlcv-csv', required: ['DATE', ...PRICES], columns, clean: printedPrice,
  also: (head) => !head.header.includes('ADJ CLOSE') && isDaily(head),
  symbolOf: (head) => (head.header.includes('SYMBOL') ? '' : (indexNamed(symbolInName(head.name) ?? '')?.symbol ?? symbolInName(head.name) ?? NO_SYMBOL)),
});

const YAHOO = ['DATE', ...PRICES, 'ADJ CLOSE'];
const isYahoo = (head: Sniff): boolean => head.form === 'text' && YAHOO.every((name) => head.header.includes(name)) && isDaily(head);

/** An index, told by the file's name, whose close and adjusted close agree: nothing was recalculated. */
function isPrintedIndex(head: Sniff): boolean {
  const [close, adjusted] = [head.header.indexOf('CLOSE'), head.header.indexOf('ADJ CLOSE')];
  return indexOf(head) !== undefined && head.lines.slice(1, -1).every((line) => { const fields = line.split(','); return Number(fields[close]) === Number(fields[adjusted]); });
}
const indexOf = (head: Sniff) => indexNamed(symbolInName(head.name) ?? '');

/** An index's history from Yahoo Finance. Prices were stored as 32-bit floats; the printed ones are given back. */
export const yahooIndexHistory: LoadingImporter = barCsvImporter({
  kind: 'yahoo_index_history', source: 'yahoo', required: YAHOO, columns: { ...columns, symbol: 'symbol' }, clean: printedPrice,
  also: (head) => isYahoo(head) && isPrintedIndex(head),
  symbolOf: (head) => indexOf(head)?.symbol ?? NO_SYMBOL,
});

/**
 * Yahoo prices of a share: recalculated for splits, and in the last column for dividends, so they must not replace printed
 * prices. That holds for shares without a dividend too, where both columns agree.
 */
export const isYahooAdjusted = (head: Sniff): boolean => isYahoo(head) && !isPrintedIndex(head);
