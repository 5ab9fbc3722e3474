import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { dateInName } from './read-date.ts';
import { indexInName } from './index-names.ts';
import { backfilledFrom, equity, ISIN, NSE_SYMBOL, undatedFromToday } from './symbol-record.ts';

/**
 * An index's constituents with their industry (NIFTY 500, NIFTY Total Market). The industry column is the index
 * provider's macro sector, so it fills `sector`, once in the symbol and once as a dated rule: sectors change.
 * The list's date comes from its name, the file itself has none; see `backfilledFrom` for lists without one. Which index it lists is told by
 * its name, too: who belongs to one changes, so a list without a date holds from the day of the import (`undatedFromToday`).
 */
export const indexConstituents = csvImporter({
  kind: 'index_constituents', columns: ['COMPANY NAME', 'INDUSTRY', 'SYMBOL', 'SERIES', 'ISIN CODE'],
  open({ head, column, context }) {
    const [nameAt, industryAt, symbolAt, seriesAt, isinAt] = ['COMPANY NAME', 'INDUSTRY', 'SYMBOL', 'SERIES', 'ISIN CODE'].map(column) as [number, number, number, number, number];
    const { validFrom, knownAt, source } = backfilledFrom(dateInName(head.name), 'nse-index-constituents');
    const index = indexInName(head.name);
    const membership = undatedFromToday(dateInName(head.name), 'nse-index-constituents', context.today);
    const seen = new Set<string>();
    return (fields, line, raw) => {
      const symbol = fields[symbolAt]?.trim() ?? '';
      const name = fields[nameAt]?.trim() ?? '';
      const sector = fields[industryAt]?.trim() ?? '';
      const isin = fields[isinAt]?.trim() ?? '';
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `Symbol is not a symbol: "${symbol.slice(0, 40)}".`, raw);
      if (isin.startsWith('DUM')) return refused(line, `Symbol ${symbol} is the index provider's placeholder (ISIN ${isin}), not a listed share.`, raw);
      if (!ISIN.test(isin)) return refused(line, `ISIN Code is not an ISIN: "${isin.slice(0, 40)}".`, raw);
      if (sector === '') return refused(line, 'Industry is empty.', raw);
      if (name === '') return refused(line, 'Company Name is empty.', raw);
      if (seen.has(symbol)) return refused(line, `Symbol repeats ${symbol}, already read in this file.`, raw);
      seen.add(symbol);
      return {
        line,
        records: [
          { type: 'symbol', symbol: equity({ symbol, name, isin, sector, series: fields[seriesAt]?.trim() ?? 'EQ' }), knownAt, source },
          { type: 'trading_rule', rule: { symbol, rule: 'SECTOR', validFrom, value: sector }, knownAt, source },
          ...(index === null ? [] : [{ type: 'index_member' as const, member: { index, listedOn: membership.validFrom, symbol }, knownAt: membership.knownAt, source: membership.source }]),
        ],
      };
    };
  },
});
