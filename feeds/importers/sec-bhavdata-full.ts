import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';

/** NSE `sec_bhavdata_full`: one day, with delivery; fields are padded with spaces. */
export const secBhavdataFull = barCsvImporter({
  kind: 'sec_bhavdata_full', source: 'nse-sec-bhavdata-full',
  required: ['SYMBOL', 'SERIES', 'DATE1', 'PREV_CLOSE', 'OPEN_PRICE', 'HIGH_PRICE', 'LOW_PRICE', 'CLOSE_PRICE', 'TTL_TRD_QNTY'],
  columns: {
    symbol: 'SYMBOL', date: 'DATE1', open: 'OPEN_PRICE', high: 'HIGH_PRICE', low: 'LOW_PRICE', close: 'CLOSE_PRICE', volume: 'TTL_TRD_QNTY',
    previousClose: 'PREV_CLOSE', trades: 'NO_OF_TRADES', deliveryQuantity: 'DELIV_QTY',
  },
  series: { column: 'SERIES', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
