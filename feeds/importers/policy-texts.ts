import { at, plusDays } from '../../desk/time.ts';
import { refused, SourceError, type ImportContext, type LoadingImporter, type ParsedRow, type Sniff, type Source } from './define.ts';
import { elementText, pageText } from './markup.ts';
import { looksOfficial, policyRecord } from './policy-words.ts';
import { prAnnouncements } from './pr-announcements.ts';
import { dateInName, readBelievableDate } from './read-date.ts';
import { readText } from './sniff.ts';
import { splitCsv } from './split-csv.ts';

const document = (read: (text: string, head: Sniff, context: ImportContext) => ParsedRow): LoadingImporter['rows'] => async function* rows(source: Source, head: Sniff, context: ImportContext) {
  try {
    yield [read(await readText(source, head.encoding), head, context)];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    yield [refused(1, error.message, '')];
  }
};
const start = (head: Sniff): string => head.lines.join('\n').slice(0, 4_000);
/** Prose, not a table: long lines, or lines without separators. */
const isProse = (head: Sniff): boolean => head.form === 'text' && (head.header.length < 3 || (head.lines[0] ?? '').length > 200);

/** Press releases, minutes and circulars as plain text. */
export const policyTexts: LoadingImporter = {
  kind: 'policy_texts', loads: true,
  // A day's announcements of the exchange quote releases and are many documents in one.
  recognise: (head) => isProse(head) && looksOfficial(start(head)) && !prAnnouncements.recognise(head),
  rows: document((text, head, context) => {
    const record = policyRecord({ text, name: head.name, context });
    return 'reason' in record ? refused(1, record.reason, text) : { line: 1, records: [record] };
  }),
};

/** The same as a page of the institution's site. Any other page is an error page in place of a download. */
export const policyPages: LoadingImporter = {
  kind: 'policy_pages', loads: true,
  recognise: (head) => head.form === 'html' && looksOfficial(`${elementText(head.lines.join('\n'), 'title')}\n${pageText(head.lines.join('\n'))}`),
  rows: document((html, head, context) => {
    const text = pageText(html);
    const title = elementText(html, 'h1') || elementText(html, 'h2') || elementText(html, 'title').replace(/^\s*(federal reserve board|fed|sebi|rbi)\s*[|–-]+\s*(?=\S)/i, '').replace(/\s*[|–-]\s*(press information bureau|sebi|rbi|reserve bank of india|federal reserve).*$/i, '');
    const record = policyRecord({ text: `${elementText(html, 'title')}\n${text}`, ...(title ? { title } : {}), name: head.name, context });
    return 'reason' in record ? refused(1, record.reason, text) : { line: 1, records: [record] };
  }),
};

/** Before December 2004 minutes came out after the next meeting, at the latest 60 days on; since then three weeks after the decision. */
const FOMC_CHANGE = '2004-12-14';

/** FOMC minutes taken apart into sentences (`,sentence`); the name holds the meeting's last day. */
export const fomcMinutes: LoadingImporter = {
  kind: 'fomc_minutes', loads: true,
  recognise: (head) => head.form === 'text' && head.header.length === 2 && head.header[0] === '' && head.header[1] === 'SENTENCE',
  rows: document((csv, head, context) => {
    const date = dateInName(head.name);
    if (!date) return refused(1, 'The name holds no date of the meeting.', head.name);
    const read = readBelievableDate(date, 'The date in the name', context.today);
    if ('reason' in read) return refused(1, read.reason, head.name);
    const text = csv.split(/\r?\n(?=\d+,)/).slice(1).map((row) => splitCsv(row.trim())[1] ?? '').filter((sentence) => sentence !== '').join('\n');
    if (text === '') return refused(1, 'The file holds no sentences.', head.name);
    const knownAt = at(plusDays(date, date >= FOMC_CHANGE ? 22 : 60), '23:59:59', 'America/New_York');
    return { line: 1, records: [{ type: 'policy_text', knownAt, source: 'fed-texts', policy: {
      institution: 'FED', kind: 'MINUTES', text, event: { source: 'Federal Reserve', title: `Minutes of the Federal Open Market Committee meeting of ${date}`, body: text.slice(0, 5_000), eventType: 'POLICY', priority: 'MEDIUM', symbols: [], unlinkedNames: [], happenedAt: at(date, '23:59:59', 'America/New_York'), knownAt },
    } }] };
  }),
};
