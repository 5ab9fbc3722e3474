import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';

/** The security-wise price and delivery history that NSE's web page offers: quoted, numbers padded with spaces. */
export const nseQuoteHistory = barCsvImporter({
  kind: 'nse_quote_history', source: 'nse-quote-history',
  required: ['SYMBOL', 'SERIES', 'DATE', 'PREV CLOSE', 'OPEN PRICE', 'HIGH PRICE', 'LOW PRICE', 'CLOSE PRICE', 'TOTAL TRADED QUANTITY'],
  columns: {
    symbol: 'SYMBOL', date: 'DATE', open: 'OPEN PRICE', high: 'HIGH PRICE', low: 'LOW PRICE', close: 'CLOSE PRICE', volume: 'TOTAL TRADED QUANTITY',
    previousClose: 'PREV CLOSE', trades: 'NO. OF TRADES', deliveryQuantity: 'DELIVERABLE QTY',
  },
  series: { column: 'SERIES', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
