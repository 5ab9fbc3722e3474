import type { ScheduledEvent } from '../../desk/market/types.ts';
import { refused } from './define.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { readBelievableDate, readMoment } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** A meeting that takes up results is a results date, whatever else is on its agenda. */
export const meetingKind = (purpose: string): ScheduledEvent['kind'] =>
  (/\bresults?\b/i.test(purpose) ? 'RESULTS' : 'BOARD_MEETING');

/** NSE board-meeting notices: the results calendar. Known when the exchange put the notice out (`sysTime`). */
export const boardMeetings = jsonImporter({
  kind: 'board_meetings', keys: ['bm_symbol', 'bm_date', 'bm_purpose', 'bm_timestamp'],
  open({ context }) {
    return (record, line) => {
      const symbol = textOf(record, 'bm_symbol');
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `bm_symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
      const meeting = readBelievableDate(textOf(record, 'bm_date'), 'bm_date', context.today);
      if ('reason' in meeting) return refused(line, meeting.reason, rawOf(record));
      const knownAt = readMoment(textOf(record, 'sysTime')) ?? readMoment(textOf(record, 'bm_timestamp'));
      if (!knownAt) return refused(line, `bm_timestamp is not a moment: "${textOf(record, 'bm_timestamp').slice(0, 40)}".`, rawOf(record));
      const purpose = textOf(record, 'bm_purpose') || textOf(record, 'bm_desc');
      return { line, records: [{ type: 'scheduled_event', event: { symbol, date: meeting.date, kind: meetingKind(`${purpose} ${textOf(record, 'bm_desc')}`), purpose, knownAt }, source: 'nse-board-meetings' }] };
    };
  },
});
