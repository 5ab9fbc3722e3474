import { plusDays, type Instant, type TradingDate } from '../../desk/time.ts';
import { refused } from './define.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { endOfDay, readBelievableDate } from './read-date.ts';

/**
 * A company must give notice of a results meeting at least five days ahead, neither the day of the notice nor that of
 * the meeting counted; since 13 December 2024 two working days (SEBI LODR regulation 29). The calendar does not say when
 * a notice came, so an entry counts as known at the end of the last day on which it could.
 */
function noticeDeadline(meeting: TradingDate): Instant {
  return endOfDay(plusDays(meeting, meeting < '2024-12-13' ? -6 : -3));
}

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
      return { line, records: [{ type: 'scheduled_event', event: { symbol: resolved.symbol, date: meeting.date, kind: 'RESULTS', purpose: 'Results (BSE calendar)', knownAt: noticeDeadline(meeting.date) }, source: 'bse-result-calendar' }] };
    };
  },
});
