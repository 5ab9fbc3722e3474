import { announcementRow } from './announcements.ts';
import { boardMeetingRow, calendarEntryRow } from './board-meetings.ts';
import { corporateActionRow } from './corporate-actions.ts';
import { csvImporter } from './csv-importer.ts';
import type { ImportContext, LoadingImporter, ParsedRow, Sniff } from './define.ts';
import type { JsonRecord } from './json-records.ts';

/** A table that NSE's page offers for download: the columns are the fields of its JSON, and the same reader reads both. */
function downloaded({ kind, columns, fields, also, read }: {
  kind: string; columns: readonly string[]; also?: (head: Sniff) => boolean;
  /** Field of the JSON → column of the table. */
  fields: Readonly<Record<string, string>>;
  read(record: JsonRecord, line: number, context: ImportContext): ParsedRow;
}): LoadingImporter {
  return csvImporter({
    kind, columns, ...(also ? { also } : {}),
    open({ context, column }) {
      const at = Object.entries(fields).map(([field, name]): [string, number] => [field, column(name)]);
      return (row, line) => read(Object.fromEntries(at.map(([field, i]) => [field, row[i] ?? ''])), line, context);
    },
  });
}

/** `CF-CA-equities-….csv`. */
export const corporateActionsCsv = downloaded({
  kind: 'corporate_actions_csv', columns: ['SYMBOL', 'SERIES', 'PURPOSE', 'EX-DATE', 'RECORD DATE'],
  fields: { symbol: 'SYMBOL', series: 'SERIES', subject: 'PURPOSE', exDate: 'EX-DATE' }, read: corporateActionRow,
});

/** `CF-AN-equities-….csv`. */
export const announcementsCsv = downloaded({
  kind: 'announcements_csv', columns: ['SYMBOL', 'COMPANY NAME', 'SUBJECT', 'DETAILS', 'BROADCAST DATE/TIME'],
  fields: { symbol: 'SYMBOL', sm_name: 'COMPANY NAME', desc: 'SUBJECT', attchmntText: 'DETAILS', an_dt: 'BROADCAST DATE/TIME', exchdisstime: 'DISSEMINATION', attchmntFile: 'ATTACHMENT' }, read: announcementRow,
});

/** `CF-Board-Meetings-equities-….csv`. */
export const boardMeetingsCsv = downloaded({
  kind: 'board_meetings_csv', columns: ['SYMBOL', 'COMPANY NAME', 'PURPOSE', 'MEETING DATE', 'BROADCAST DATE/TIME'],
  fields: { symbol: 'SYMBOL', bm_symbol: 'SYMBOL', bm_purpose: 'PURPOSE', bm_desc: 'DETAILS', bm_date: 'MEETING DATE', bm_timestamp: 'BROADCAST DATE/TIME' }, read: boardMeetingRow,
});

/** `CF-Event-equities-….csv`, the calendar of events. */
export const eventCalendarCsv = downloaded({
  kind: 'event_calendar_csv', columns: ['SYMBOL', 'COMPANY', 'PURPOSE', 'DETAILS', 'DATE'],
  fields: { symbol: 'SYMBOL', purpose: 'PURPOSE', bm_desc: 'DETAILS', date: 'DATE' }, read: calendarEntryRow,
});
