import { refused, type ImportContext, type ParsedRow } from './define.ts';
import { typeEvent } from './event-type.ts';
import { jsonImporter, rawOf, textOf, type JsonRecord } from './json-records.ts';
import { readBelievableDate, readMoment } from './read-date.ts';
import { dateIn } from '../../desk/time.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** One announcement under the names of the fields in the JSON. */
export function announcementRow(record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const symbol = textOf(record, 'symbol');
  const category = textOf(record, 'desc');
  const company = textOf(record, 'sm_name') || symbol;
  if (!NSE_SYMBOL.test(symbol)) return refused(line, `symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
  const happenedAt = readMoment(textOf(record, 'an_dt'));
  if (!happenedAt) return refused(line, `an_dt is not a moment: "${textOf(record, 'an_dt').slice(0, 40)}".`, rawOf(record));
  const believable = readBelievableDate(dateIn(happenedAt, 'Asia/Kolkata'), 'an_dt', context.today);
  if ('reason' in believable) return refused(line, believable.reason, rawOf(record));
  if (category === '') return refused(line, 'desc is empty.', rawOf(record));
  const disseminated = readMoment(textOf(record, 'exchdisstime'));
  const body = textOf(record, 'attchmntText');
  const artifactUrl = textOf(record, 'attchmntFile');
  return {
    line,
    records: [{
      type: 'event',
      event: {
        source: 'nse-announcements', title: `${company}: ${category}`, body, ...typeEvent({ title: category, body }),
        ...(artifactUrl ? { artifactUrl } : {}), symbols: [symbol], unlinkedNames: [],
        happenedAt, knownAt: disseminated && disseminated > happenedAt ? disseminated : happenedAt,
      },
    }],
  };
}

/**
 * NSE corporate announcements. A filing happened when the company sent it (`an_dt`) and is known when the exchange
 * disseminated it (`exchdisstime`), a few seconds later; older records have the first only.
 */
export const announcements = jsonImporter({
  kind: 'announcements', keys: ['symbol', 'desc', 'an_dt', 'attchmntText', 'attchmntFile'],
  open: ({ context }) => (record, line) => announcementRow(record, line, context),
});
