import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';

/** NSE cash-market bhavcopy in the common (UDiFF) layout that replaced the old one in July 2024. */
export const udiffBhavcopy = barCsvImporter({
  kind: 'udiff_cm_bhavcopy', source: 'nse-udiff-bhavcopy',
  required: ['TRADDT', 'SGMT', 'TCKRSYMB', 'SCTYSRS', 'OPNPRIC', 'HGHPRIC', 'LWPRIC', 'CLSPRIC', 'TTLTRADGVOL'],
  also: ({ header, lines }) => (lines[1] ?? '').split(',')[header.indexOf('SGMT')] === 'CM',
  columns: {
    symbol: 'TCKRSYMB', date: 'TRADDT', open: 'OPNPRIC', high: 'HGHPRIC', low: 'LWPRIC', close: 'CLSPRIC', volume: 'TTLTRADGVOL',
    previousClose: 'PRVSCLSGPRIC', trades: 'TTLNBOFTXSEXCTD', deliveryQuantity: '',
  },
  series: { column: 'SCTYSRS', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
