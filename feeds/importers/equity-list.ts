import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { readBelievableDate, startOfDay } from './read-date.ts';
import { readDecimal } from './read-number.ts';
import { equity, ISIN, NSE_SYMBOL } from './symbol-record.ts';

/**
 * `EQUITY_L.csv`, NSE's list of shares. It carries no date of its own; each share is known from its listing day.
 * Names are today's, so a share that was renamed since shows its present name in the past (former symbols have their own table).
 */
const COLUMNS = ['SYMBOL', 'NAME OF COMPANY', 'SERIES', 'DATE OF LISTING', 'ISIN NUMBER', 'FACE VALUE'];
/** Three times the longest name that the exchange lists. */
const LONGEST_NAME = 200;
const UNSHOWN = /[\p{Cc}\p{Cf}]/u;
const listOfShares = (kind: string, columns: readonly string[]) => csvImporter({
  kind, columns,
  open({ context, column }) {
    const [symbolAt, nameAt, seriesAt, listedAt, isinAt, faceAt] = columns.map(column) as [number, number, number, number, number, number];
    const seen = new Set<string>();
    return (fields, line, raw) => {
      const symbol = fields[symbolAt]?.trim() ?? '';
      const name = fields[nameAt]?.trim() ?? '';
      const isin = fields[isinAt]?.trim() ?? '';
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `SYMBOL is not a symbol: "${symbol.slice(0, 40)}".`, raw);
      if (name === '') return refused(line, 'NAME OF COMPANY is empty.', raw);
      if (name.length > LONGEST_NAME || UNSHOWN.test(name)) return refused(line, name.length > LONGEST_NAME ? `NAME OF COMPANY is longer than ${LONGEST_NAME} characters.` : 'NAME OF COMPANY holds marks that are not shown.', raw);
      if (!ISIN.test(isin)) return refused(line, `ISIN NUMBER is not an ISIN: "${isin.slice(0, 40)}".`, raw);
      const listed = readBelievableDate(fields[listedAt] ?? '', 'DATE OF LISTING', context.today);
      if ('reason' in listed) return refused(line, listed.reason, raw);
      const faceValue = readDecimal(fields[faceAt] ?? '');
      if (!(faceValue > 0)) return refused(line, `FACE VALUE is not above zero: "${fields[faceAt]?.trim() ?? ''}".`, raw);
      if (seen.has(symbol)) return refused(line, `SYMBOL repeats ${symbol}, already read in this file.`, raw);
      seen.add(symbol);
      return {
        line,
        records: [{
          type: 'symbol', symbol: equity({ symbol, name, isin, series: fields[seriesAt]?.trim() ?? 'EQ', faceValue, listedOn: listed.date }),
          knownAt: startOfDay(listed.date), source: 'nse-equity-list',
        }],
      };
    };
  },
});
export const equityList = listOfShares('equity_list', COLUMNS);
/** `SME_EQUITY_L.csv`, the shares of the exchange's platform for small companies: the same list with underscores. */
export const smeList = listOfShares('sme_equity_list', COLUMNS.map((name) => name.replaceAll(' ', '_')));
