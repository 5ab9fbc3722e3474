import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';
import type { LoadingImporter, Sniff } from './define.ts';
import { indexNamed } from './indices.ts';
import { isQuotePage } from './nse-quote-page.ts';
import { readableDates } from './date-order.ts';
import { readDate } from './read-date.ts';
import { printedPrice, readDecimal } from './read-number.ts';
import { splitCsv } from './split-csv.ts';

/** `NIFTYfull.csv`, `RELIANCE.NS.csv`, `TCS_2024-01-01.csv`: the symbol is what is left. Null when nothing symbol-like is. */
export function symbolInName(name: string): string | null {
  const stem = name.replace(/\.(csv|txt)$/i, '').replace(/\.(NS|NSE)$/i, '').replace(/[_-]?\d{4}-\d{2}-\d{2}/g, '').replace(/(full|[_-](daily|nse|1d|day|eod))$/i, '');
  return /^[A-Z0-9][A-Z0-9&-]{0,19}$/.test(stem) ? stem : null;
}

const PRICES = ['OPEN', 'HIGH', 'LOW', 'CLOSE', 'VOLUME'];
const dateColumn = (head: Sniff): string => (head.header.includes('DATE') ? 'DATE' : 'TIMESTAMP');
/** One column of the whole rows that the beginning of the file shows. */
const shown = (head: Sniff, column: string): string[] => head.lines.slice(1, -1).filter((line) => line !== '').map((line) => (splitCsv(line)[head.header.indexOf(column)] ?? '').trim());
const firstDates = (head: Sniff): string[] => (head.lines.length > 2 ? shown(head, dateColumn(head)) : head.lines.slice(1).map((line) => splitCsv(line)[head.header.indexOf(dateColumn(head))] ?? '')).slice(0, 5);
const dates = (head: Sniff): ((text: string) => string) => readableDates(shown(head, dateColumn(head)));
/** A column of times makes them bars within the day, whatever stands under the date. */
const isDaily = (head: Sniff): boolean => !head.header.includes('TIME') && firstDates(head).every((text) => readDate(dates(head)(text)) !== null);
const columns = {
  symbol: 'SYMBOL', date: 'DATE', open: 'OPEN', high: 'HIGH', low: 'LOW', close: 'CLOSE', volume: 'VOLUME', previousClose: '', trades: '', deliveryQuantity: '',
};
const NO_SYMBOL = { reason: 'The file has no SYMBOL column and its name is not a symbol; name it like RELIANCE.csv.' };

/** Daily bars under `Date,Open,High,Low,Close,Volume`. Without a `Symbol` column the file's name is the symbol. */
export const plainOhlcv: LoadingImporter = barCsvImporter({
  kind: 'ohlcv_daily', source: 'ohlcv-csv', required: ['DATE', ...PRICES], clean: printedPrice, dates,
  columns: { ...columns, previousClose: 'PREV CLOSE', trades: 'TRADES', deliveryQuantity: 'DELIVERABLE VOLUME' },
  series: { column: 'SERIES', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
  also: (head) => !head.header.includes('ADJ CLOSE') && !isQuotePage(head) && isDaily(head) && !isRecalculated(head),
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

/** Decimals that an exchange prints of a share's price. */
const PRINTED_DECIMALS = 2;
/** More decimals than the exchange prints, in most of the prices: nobody traded at them, somebody reckoned them. Columns of dividends and splits say the same. */
function isRecalculated(head: Sniff): boolean {
  if (head.header.includes('STOCK SPLITS') || head.header.includes('DIVIDENDS')) return true;
  if (indexOf(head) !== undefined || head.header.includes('SYMBOL')) return false;
  const prices = ['OPEN', 'HIGH', 'LOW', 'CLOSE'].flatMap((column) => shown(head, column).map((text) => printedPrice(readDecimal(text)))).filter((price) => price > 0);
  const fine = prices.filter((price) => Math.abs(price - Number(price.toFixed(PRINTED_DECIMALS))) > 1e-6);
  return fine.length > prices.length / 2;
}
/** Yahoo's table of several shares side by side: names of columns, names of shares, then the dates. */
const isYahooTable = (head: Sniff): boolean => head.form === 'text' && head.header[0] === 'PRICE' && /^Ticker,/.test(head.lines[1] ?? '');

/**
 * Prices of a share that Yahoo recalculated for splits, and in the last column or in all for dividends, so they must not replace
 * printed prices. That holds for shares without a dividend too, where both columns agree.
 */
export const isYahooAdjusted = (head: Sniff): boolean =>
  (isYahoo(head) && !isPrintedIndex(head)) || isYahooTable(head) || (head.form === 'text' && !head.header.includes('ADJ CLOSE') && ['DATE', ...PRICES].every((name) => head.header.includes(name)) && !isQuotePage(head) && isDaily(head) && isRecalculated(head));
