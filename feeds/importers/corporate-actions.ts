import { EQUITY_SERIES } from './bar-csv.ts';
import { refused, type ImportContext, type ParsedRow } from './define.ts';
import { jsonImporter, rawOf, textOf, type JsonRecord } from './json-records.ts';
import { readActionTerms } from './corporate-action-terms.ts';
import { readBelievableDate, readMoment, startOfDay } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** One action under the names of the fields in the JSON. */
export function corporateActionRow(record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const series = textOf(record, 'series');
  // The interest of a company's bond goes by the company's symbol.
  if (series !== '' && !EQUITY_SERIES.has(series)) return { line, notLoaded: 'pr_debt_and_fund_corporate_actions' };
  const symbol = textOf(record, 'symbol');
  if (!NSE_SYMBOL.test(symbol)) return refused(line, `symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
  const ex = readBelievableDate(textOf(record, 'exDate'), 'exDate', context.today);
  if ('reason' in ex) return refused(line, ex.reason, rawOf(record));
  const subject = textOf(record, 'subject');
  if (subject === '') return refused(line, 'subject is empty.', rawOf(record));
  const faceValue = Number(textOf(record, 'faceVal'));
  const terms = readActionTerms(subject, faceValue > 0 ? faceValue : null);
  if ('reason' in terms) return refused(line, terms.reason, rawOf(record));
  const surely = startOfDay(ex.date);
  const broadcast = readMoment(textOf(record, 'caBroadcastDate'));
  return { line, records: [{ type: 'corporate_action', action: { symbol, exDate: ex.date, subject, ...terms, basis: 'published', knownAt: broadcast && broadcast < surely ? broadcast : surely }, source: 'nse-corporate-actions' }] };
}

/**
 * NSE corporate actions. The broadcast time is often empty; an action is public before its ex-date's session opens,
 * since the exchange sets that day's base price with it, so the midnight before is when it is surely known.
 */
export const corporateActions = jsonImporter({
  kind: 'corporate_actions', keys: ['symbol', 'subject', 'exDate', 'recDate'],
  open: ({ context }) => (record, line) => corporateActionRow(record, line, context),
});
