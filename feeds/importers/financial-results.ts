import { refused } from './define.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { readMoment } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/**
 * NSE financial-results filings, as earnings events. They happen when they are filed, which may be a year after the
 * period's end, and are known at the exchange's dissemination. The figures are in the attached XBRL, not here.
 */
export const financialResults = jsonImporter({
  kind: 'financial_results', keys: ['symbol', 'relatingTo', 'financialYear', 'broadCastDate', 'toDate'],
  open() {
    return (record, line) => {
      const symbol = textOf(record, 'symbol');
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
      const happenedAt = readMoment(textOf(record, 'broadCastDate'));
      if (!happenedAt) return refused(line, `broadCastDate is not a moment: "${textOf(record, 'broadCastDate').slice(0, 40)}".`, rawOf(record));
      const disseminated = readMoment(textOf(record, 'exchdisstime'));
      const company = textOf(record, 'companyName') || textOf(record, 'comp') || symbol;
      const period = `${textOf(record, 'relatingTo')}, ${textOf(record, 'fromDate')} to ${textOf(record, 'toDate')}`;
      const xbrl = textOf(record, 'xbrl');
      return {
        line,
        records: [{
          type: 'event',
          event: {
            source: 'nse-financial-results', title: `${company}: financial results, ${period}`,
            body: `${[textOf(record, 'period'), textOf(record, 'consolidated'), textOf(record, 'audited')].filter(Boolean).join(', ')}; financial year ${textOf(record, 'financialYear')}; filed ${textOf(record, 'filingDate')}.`,
            eventType: 'EARNINGS', priority: 'HIGH', ...(/\.(xml|pdf)$/i.test(xbrl) ? { artifactUrl: xbrl } : {}),
            symbols: [symbol], unlinkedNames: [], happenedAt, knownAt: disseminated && disseminated > happenedAt ? disseminated : happenedAt,
          },
        }],
      };
    };
  },
});
