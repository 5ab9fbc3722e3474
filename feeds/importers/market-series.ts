import type { SeriesPoint } from '../../desk/market/published-facts.ts';
import { plusDays } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { readBelievableDate, startOfDay, endOfDay } from './read-date.ts';
import { isBlank, readDecimal } from './read-number.ts';

const point = (fact: SeriesPoint, knownAt: ReturnType<typeof startOfDay>, source: string): FeedRecord => ({ type: 'series_point', point: fact, knownAt, source });

/** How many shares closed above their 200-day average, in all and by sector. A day is known at its end. Sectors that the file gives nothing for stay away. */
export const marketBreadth = csvImporter({
  kind: 'market_breadth', columns: ['DATE', 'TOTAL_ABOVE_200_SMA'],
  open({ head, context, column }) {
    const dateAt = column('DATE');
    const names = head.lines[0]?.replace(/^\uFEFF/, '').split(',').map((name) => name.trim()) ?? [];
    const seen = new Set<string>();
    return (fields, line, raw) => {
      const read = readBelievableDate(fields[dateAt] ?? '', 'Date', context.today);
      if ('reason' in read) return refused(line, read.reason, raw);
      if (seen.has(read.date)) return refused(line, `Date repeats ${read.date}, already read in this file.`, raw);
      seen.add(read.date);
      const counts = names.flatMap((name, i) => (i === dateAt || name === 'Index_Close' || isBlank(fields[i] ?? '') ? [] : [{ key: name === 'Total_Above_200_SMA' ? '' : name, value: readDecimal(fields[i] ?? '') }]));
      const wrong = counts.find(({ value }) => !Number.isSafeInteger(value) || value < 0);
      if (wrong) return refused(line, `${wrong.key || 'Total_Above_200_SMA'} is not a count.`, raw);
      const total = counts.find(({ key }) => key === '')?.value ?? 0;
      // Before its averages had 200 days the collector printed zeros.
      if (total === 0 && counts.every(({ value }) => value === 0)) return refused(line, 'All counts are 0: nothing was counted, which is not that nothing was above.', raw);
      return { line, records: counts.map(({ key, value }) => point({ series: 'SHARES_ABOVE_200_DAY_AVERAGE', key, date: read.date, value, unit: 'shares' }, endOfDay(read.date), 'breadth-200-sma')) };
    };
  },
});

/** The Fed's primary credit rate: announced the day before it takes effect at the latest; counted as known when it takes effect. */
export const usInterestRates = csvImporter({
  kind: 'us_interest_rates', columns: ['DATE', 'PCREDIT8'],
  open({ context, column }) {
    const [dateAt, rateAt] = [column('DATE'), column('PCREDIT8')];
    return (fields, line, raw) => {
      const read = readBelievableDate(fields[dateAt] ?? '', 'DATE', context.today);
      if ('reason' in read) return refused(line, read.reason, raw);
      const value = readDecimal(fields[rateAt] ?? '');
      if (!(value >= 0 && value < 100)) return refused(line, `PCREDIT8 is not a rate in percent: "${(fields[rateAt] ?? '').slice(0, 40)}".`, raw);
      return { line, records: [point({ series: 'US_PRIMARY_CREDIT_RATE', key: '', date: read.date, value, unit: 'percent' }, startOfDay(plusDays(read.date, 1)), 'us-interest-rate')] };
    };
  },
});
