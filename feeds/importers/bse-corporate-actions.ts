import { refused } from './define.ts';
import { readActionTerms } from './corporate-action-terms.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { readBelievableDate, readDate, startOfDay } from './read-date.ts';

/** BSE's corporate actions name the company, not its NSE symbol; a name that is not certainly one company's is refused. Known at the start of the no-delivery period, at the latest on the ex-date's midnight. */
export const bseCorporateActions = jsonImporter({
  kind: 'bse_corporate_actions', keys: ['scrip_code', 'Ex_date', 'Purpose', 'long_name'], links: true,
  open({ context }) {
    return (record, line) => {
      const company = textOf(record, 'long_name');
      const resolved = context.linker?.resolve(company);
      if (resolved?.kind !== 'one') return refused(line, `The company is not certainly one of NSE: "${company.slice(0, 60)}".`, rawOf(record));
      const ex = readBelievableDate(textOf(record, 'exdate') || textOf(record, 'Ex_date'), 'Ex_date', context.today);
      if ('reason' in ex) return refused(line, ex.reason, rawOf(record));
      const subject = textOf(record, 'Purpose');
      if (subject === '') return refused(line, 'Purpose is empty.', rawOf(record));
      const terms = readActionTerms(subject);
      if ('reason' in terms) return refused(line, terms.reason, rawOf(record));
      const told = readDate(textOf(record, 'ND_START_DATE'));
      const surely = startOfDay(ex.date);
      return { line, records: [{ type: 'corporate_action', action: { symbol: resolved.symbol, exDate: ex.date, subject, ...terms, basis: 'published', knownAt: told && startOfDay(told) < surely ? startOfDay(told) : surely }, source: 'bse-corporate-actions' }] };
    };
  },
});
