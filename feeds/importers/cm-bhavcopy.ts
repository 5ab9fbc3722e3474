import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';

/** NSE cash-market bhavcopy as published until July 2024 (`cmDDMMMYYYYbhav.csv`). */
export const cmBhavcopy = barCsvImporter({
  kind: 'cm_bhavcopy', source: 'nse-cm-bhavcopy',
  required: ['SYMBOL', 'SERIES', 'OPEN', 'HIGH', 'LOW', 'CLOSE', 'PREVCLOSE', 'TOTTRDQTY', 'TIMESTAMP'],
  columns: {
    symbol: 'SYMBOL', date: 'TIMESTAMP', open: 'OPEN', high: 'HIGH', low: 'LOW', close: 'CLOSE', volume: 'TOTTRDQTY',
    previousClose: 'PREVCLOSE', trades: 'TOTALTRADES', deliveryQuantity: '',
  },
  series: { column: 'SERIES', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
