import { meetingKind } from './board-meetings.ts';
import { refused } from './define.ts';
import { prTextImporter } from './pr-entries.ts';
import { endOfDay, readBelievableDate } from './read-date.ts';

const PURPOSE_LIMIT = 500;

/** Board-meeting notices of the day: `09-DEC-2020 : Dividend To consider dividend`. */
export const prBoardMeetings = prTextImporter({
  kind: 'pr_board_meetings', firstLine: /^COMPANY NAME\s+SYMBOL\s+: BM DATE/,
  read({ line, company, symbol, text }, bundleDate, { today }) {
    const [dateText = '', ...rest] = text.split(' : ');
    const raw = `${company}    ${symbol} : ${text}`;
    const meeting = readBelievableDate(dateText, 'BM DATE', today);
    if ('reason' in meeting) return refused(line, meeting.reason, raw);
    const purpose = rest.join(' : ').trim();
    if (purpose === '') return refused(line, 'BM PURPOSE is empty.', raw);
    return { line, records: [{ type: 'scheduled_event', event: { symbol, date: meeting.date, kind: meetingKind(purpose), purpose: purpose.slice(0, PURPOSE_LIMIT), knownAt: endOfDay(bundleDate) }, source: 'nse-pr-board-meetings' }] };
  },
});
