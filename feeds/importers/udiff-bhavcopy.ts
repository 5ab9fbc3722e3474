import type { Sniff } from './define.ts';
import { barCsvImporter, EQUITY_SERIES } from './bar-csv.ts';

/** What the first row of a UDiFF file says under a column. BSE's files have the same columns and another `Src`. */
export const udiffOf = ({ header, lines }: Sniff, column: string): string => ((lines[1] ?? '').split(',')[header.indexOf(column)] ?? '').trim();

/** NSE cash-market bhavcopy in the common (UDiFF) layout that replaced the old one in July 2024. */
export const udiffBhavcopy = barCsvImporter({
  kind: 'udiff_cm_bhavcopy', source: 'nse-udiff-bhavcopy',
  required: ['TRADDT', 'SGMT', 'TCKRSYMB', 'SCTYSRS', 'OPNPRIC', 'HGHPRIC', 'LWPRIC', 'CLSPRIC', 'TTLTRADGVOL'],
  also: (head) => udiffOf(head, 'SGMT') === 'CM' && udiffOf(head, 'SRC') !== 'BSE',
  columns: {
    symbol: 'TCKRSYMB', date: 'TRADDT', open: 'OPNPRIC', high: 'HGHPRIC', low: 'LWPRIC', close: 'CLSPRIC', volume: 'TTLTRADGVOL',
    previousClose: 'PRVSCLSGPRIC', trades: 'TTLNBOFTXSEXCTD', deliveryQuantity: '',
  },
  series: { column: 'SCTYSRS', loads: EQUITY_SERIES, otherwise: 'nse_debt_and_fund_series' },
});
