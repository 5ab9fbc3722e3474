import { noticeDeadline } from './board-meetings.ts';
import { refused } from './define.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { readBelievableDate } from './read-date.ts';

/** BSE's results calendar. It names companies, not NSE symbols: a name that is not certainly one symbol is refused. */
export const bseResultCalendar = jsonImporter({
  kind: 'bse_result_calendar', links: true, keys: ['scrip_Code', 'Long_Name', 'meeting_date'],
  open({ context }) {
    return (record, line) => {
      const meeting = readBelievableDate(textOf(record, 'meeting_date'), 'meeting_date', context.today);
      if ('reason' in meeting) return refused(line, meeting.reason, rawOf(record));
      const name = textOf(record, 'Long_Name');
      const resolved = context.linker?.resolve(name);
      if (resolved?.kind !== 'one') return refused(line, `Long_Name "${name.slice(0, 60)}" is not certainly one NSE symbol; import the symbol list first.`, rawOf(record));
      return { line, records: [{ type: 'scheduled_event', event: { symbol: resolved.symbol, date: meeting.date, kind: 'RESULTS', purpose: 'Results (BSE calendar)', knownAt: noticeDeadline({ meeting: meeting.date, kind: 'RESULTS', today: context.today }) }, source: 'bse-result-calendar' }] };
    };
  },
});
