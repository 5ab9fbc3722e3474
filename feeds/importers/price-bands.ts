import type { FeedRecord } from '../define.ts';
import { EQUITY_SERIES } from './bar-csv.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { dateInName } from './read-date.ts';
import { readDecimal } from './read-number.ts';
import { NSE_SYMBOL, undatedFromToday } from './symbol-record.ts';

/** NSE `sec_list`: each security's price band of the day in per cent of the previous close, and its surveillance stage. */
export const priceBands = csvImporter({
  kind: 'price_bands', columns: ['SYMBOL', 'SERIES', 'SECURITY NAME', 'BAND', 'REMARKS'],
  open({ head, context, column }) {
    const [symbolAt, seriesAt, bandAt, remarksAt] = ['SYMBOL', 'SERIES', 'BAND', 'REMARKS'].map(column) as [number, number, number, number];
    const { validFrom, knownAt, source } = undatedFromToday(dateInName(head.name), 'nse-price-bands', context.today);
    const seen = new Set<string>();
    return (fields, line, raw) => {
      // A warrant or a partly paid share goes by its company's symbol and has a band of its own.
      if (!EQUITY_SERIES.has((fields[seriesAt] ?? '').trim())) return { line, notLoaded: 'nse_debt_and_fund_series' };
      const symbol = fields[symbolAt]?.trim() ?? '';
      const band = fields[bandAt]?.trim() ?? '';
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `Symbol is not a symbol: "${symbol.slice(0, 40)}".`, raw);
      const none = /^no band$/i.test(band);
      const percent = readDecimal(band);
      if (!none && !(percent > 0 && percent <= 100)) return refused(line, `Band is not a percentage: "${band.slice(0, 40)}".`, raw);
      if (seen.has(symbol)) return refused(line, `Symbol repeats ${symbol}, already read in this file.`, raw);
      seen.add(symbol);
      const remark = fields[remarksAt]?.trim() ?? '';
      const records: FeedRecord[] = [{ type: 'trading_rule', rule: { symbol, rule: 'PRICE_BAND_PERCENT', validFrom, value: none ? 'NONE' : String(percent) }, knownAt, source }];
      if (remark !== '' && remark !== '-') records.push({ type: 'trading_rule', rule: { symbol, rule: 'SURVEILLANCE', validFrom, value: remark }, knownAt, source });
      return { line, records };
    };
  },
});
