import { barCsvImporter } from './bar-csv.ts';

/** India VIX history as NSE offers it: byte-order mark, header names with trailing spaces, no symbol and no volume. */
export const indiaVixHistory = barCsvImporter({
  kind: 'india_vix_history', source: 'nse-india-vix',
  required: ['DATE', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'PREV. CLOSE', '% CHANGE'],
  symbolOf: () => 'INDIAVIX',
  columns: { symbol: 'symbol', date: 'Date', open: 'Open', high: 'High', low: 'Low', close: 'Close', volume: '', previousClose: 'Prev. Close', trades: '', deliveryQuantity: '' },
});
