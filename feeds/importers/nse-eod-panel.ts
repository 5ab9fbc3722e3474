import { barCsvImporter } from './bar-csv.ts';

/** Several years of NSE daily bars in one table, unadjusted, with the exchange's previous close and delivery quantity. */
export const nseEodPanel = barCsvImporter({
  kind: 'nse_eod_panel', source: 'nse-eod-panel',
  required: ['DATE', 'SYMBOL', 'PREV_CLOSE', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'TTL_TRD_QNTY'],
  columns: {
    symbol: 'SYMBOL', date: 'DATE', open: 'OPEN', high: 'HIGH', low: 'LOW', close: 'CLOSE', volume: 'TTL_TRD_QNTY',
    previousClose: 'PREV_CLOSE', trades: 'NO_OF_TRADES', deliveryQuantity: 'DELIV_QTY',
  },
});
