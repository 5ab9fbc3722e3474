import type { TradingDate } from '../../desk/time.ts';
import { refused, type LoadingImporter } from './define.ts';
import { rawOf, textOf, type JsonRecord } from './json-records.ts';
import { readBelievableDate, startOfDay } from './read-date.ts';

/** The exchange's segment code for the cash market; the file lists every segment's holidays side by side. */
const CASH_MARKET = 'CM';

/** NSE holiday list: the cash market's days. Known from 1 January of the year, since it is published in the December before. */
export const holidays: LoadingImporter = {
  kind: 'holidays', loads: true,
  recognise: ({ json }) => json?.root === 'object' && json.keys.includes(CASH_MARKET) && json.recordKeys.includes('tradingDate') && json.recordKeys.includes('weekDay'),
  async* rows(_source, head, { today }) {
    const days = (head.json?.document as Record<string, JsonRecord[]> | undefined)?.[CASH_MARKET] ?? [];
    const seen = new Set<string>();
    yield days.map((day, i) => {
      const line = i + 1;
      const read = readBelievableDate(textOf(day, 'tradingDate'), 'tradingDate', today);
      if ('reason' in read) return refused(line, read.reason, rawOf(day));
      if (seen.has(read.date)) return refused(line, `tradingDate repeats ${read.date}, already read in this file.`, rawOf(day));
      seen.add(read.date);
      return {
        line,
        records: [{
          type: 'calendar_day' as const, day: { exchange: 'NSE' as const, date: read.date, kind: 'HOLIDAY' as const, description: textOf(day, 'description') },
          knownAt: startOfDay(`${read.date.slice(0, 4)}-01-01` as TradingDate), source: 'nse-holidays',
        }],
      };
    });
  },
};
