import { EQUITY_SERIES } from './bar-csv.ts';
import { readActionTerms } from './corporate-action-terms.ts';
import { csvImporter } from './csv-importer.ts';
import { refused } from './define.ts';
import { dateInName, endOfDay, readBelievableDate, startOfDay } from './read-date.ts';

/** Corporate actions in a PR bundle: those ahead and those just past, repeated every day, once a series. */
export const prCorporateActions = csvImporter({
  kind: 'pr_corporate_actions', columns: ['SERIES', 'SYMBOL', 'SECURITY', 'RECORD_DT', 'EX_DT', 'PURPOSE'],
  open({ head, context, column }) {
    const dated = readBelievableDate(dateInName(head.name) ?? '', 'The date in the file name', context.today);
    if ('reason' in dated) return dated;
    const published = endOfDay(dated.date);
    const [seriesAt, symbolAt, exAt, purposeAt] = ['SERIES', 'SYMBOL', 'EX_DT', 'PURPOSE'].map(column) as [number, number, number, number];
    return (fields, line, raw) => {
      if (!EQUITY_SERIES.has((fields[seriesAt] ?? '').trim())) return { line, notLoaded: 'pr_debt_and_fund_corporate_actions' };
      const ex = readBelievableDate(fields[exAt] ?? '', 'EX_DT', context.today);
      if ('reason' in ex) return refused(line, ex.reason, raw);
      const subject = (fields[purposeAt] ?? '').trim();
      if (subject === '') return refused(line, 'PURPOSE is empty.', raw);
      const terms = readActionTerms(subject);
      if ('reason' in terms) return refused(line, terms.reason, raw);
      // Whatever the bundle's evening, an action was public before its own ex-date's session.
      const surely = startOfDay(ex.date);
      return { line, records: [{ type: 'corporate_action', action: { symbol: (fields[symbolAt] ?? '').trim(), exDate: ex.date, subject, ...terms, basis: 'published', knownAt: published < surely ? published : surely }, source: 'nse-pr-corporate-actions' }] };
    };
  },
});
