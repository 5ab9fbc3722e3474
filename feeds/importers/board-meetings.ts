import type { ScheduledEvent } from '../../desk/market/types.ts';
import { plusDays, type Instant, type TradingDate } from '../../desk/time.ts';
import { refused, type ImportContext, type ParsedRow } from './define.ts';
import { jsonImporter, rawOf, textOf, type JsonRecord } from './json-records.ts';
import { endOfDay, readBelievableDate, readMoment, startOfDay } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** A meeting that takes up results is a results date, whatever else is on its agenda. */
export const meetingKind = (purpose: string): ScheduledEvent['kind'] =>
  (/\bresults?\b/i.test(purpose) ? 'RESULTS' : 'BOARD_MEETING');

/** One notice under the names of the fields in the JSON. */
export function boardMeetingRow(record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const symbol = textOf(record, 'bm_symbol');
  if (!NSE_SYMBOL.test(symbol)) return refused(line, `bm_symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
  const meeting = readBelievableDate(textOf(record, 'bm_date'), 'bm_date', context.today);
  if ('reason' in meeting) return refused(line, meeting.reason, rawOf(record));
  const knownAt = readMoment(textOf(record, 'sysTime')) ?? readMoment(textOf(record, 'bm_timestamp'));
  if (!knownAt) return refused(line, `bm_timestamp is not a moment: "${textOf(record, 'bm_timestamp').slice(0, 40)}".`, rawOf(record));
  const purpose = textOf(record, 'bm_purpose') || textOf(record, 'bm_desc');
  return { line, records: [{ type: 'scheduled_event', event: { symbol, date: meeting.date, kind: meetingKind(`${purpose} ${textOf(record, 'bm_desc')}`), purpose, knownAt }, source: 'nse-board-meetings' }] };
}

/** NSE board-meeting notices: the results calendar. Known when the exchange put the notice out (`sysTime`). */
export const boardMeetings = jsonImporter({
  kind: 'board_meetings', keys: ['bm_symbol', 'bm_date', 'bm_purpose', 'bm_timestamp'],
  open: ({ context }) => (record, line) => boardMeetingRow(record, line, context),
});

/**
 * A company must give notice of a results meeting at least five days ahead, neither the day of the notice nor that of
 * the meeting counted; since 13 December 2024 two working days, as of any other meeting before (SEBI LODR regulation 29). A calendar does
 * not say when a notice came, so an entry counts as known at the end of the last day on which it could, at the latest on the day on which it was read here.
 */
export function noticeDeadline({ meeting, kind, today }: { meeting: TradingDate; kind: ScheduledEvent['kind']; today: TradingDate }): Instant {
  const deadline = endOfDay(plusDays(meeting, kind === 'RESULTS' && meeting < '2024-12-13' ? -6 : -3));
  const read = startOfDay(today);
  return deadline < read ? deadline : read;
}

/** One entry of NSE's calendar of events, which does not say when the notice came. */
export function calendarEntryRow(record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const symbol = textOf(record, 'symbol');
  if (!NSE_SYMBOL.test(symbol)) return refused(line, `symbol is not a symbol: "${symbol.slice(0, 40)}".`, rawOf(record));
  const meeting = readBelievableDate(textOf(record, 'date'), 'date', context.today);
  if ('reason' in meeting) return refused(line, meeting.reason, rawOf(record));
  const purpose = textOf(record, 'purpose') || textOf(record, 'bm_desc');
  if (purpose === '') return refused(line, 'purpose is empty.', rawOf(record));
  const kind = meetingKind(`${purpose} ${textOf(record, 'bm_desc')}`);
  return { line, records: [{ type: 'scheduled_event', event: { symbol, date: meeting.date, kind, purpose, knownAt: noticeDeadline({ meeting: meeting.date, kind, today: context.today }) }, source: 'nse-event-calendar' }] };
}

/** The same calendar as the page's JSON. */
export const eventCalendar = jsonImporter({
  kind: 'event_calendar', keys: ['symbol', 'company', 'purpose', 'date', 'bm_desc'],
  open: ({ context }) => (record, line) => calendarEntryRow(record, line, context),
});
