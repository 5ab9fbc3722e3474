import type { EventRecord } from '../../desk/market/types.ts';
import { at, plusDays, type Instant, type TradingDate, type Zone } from '../../desk/time.ts';
import type { FeedRecord, Institution } from '../define.ts';
import type { ImportContext } from './define.ts';
import { readBelievableDate, readDate } from './read-date.ts';

const HEAD_CHARACTERS = 4_000;
/** What people search in; the whole text is kept beside it. */
const BODY_CHARACTERS = 5_000;
const ZONES: Readonly<Record<Institution, Zone>> = { RBI: 'Asia/Kolkata', SEBI: 'Asia/Kolkata', PIB: 'Asia/Kolkata', FED: 'America/New_York' };
const SIGNS: readonly [Institution, RegExp][] = [
  ['PIB', /press information bureau|posted on\s*:.{0,60}by pib/i], ['SEBI', /securities and exchange board of india|\bSEBI\b/i], ['RBI', /reserve bank of india|monetary policy committee \(mpc\)|भारतीय र/i], ['FED', /federal open market committee|federal reserve (board|system|press release|issues)|\bFOMC\b|board of governors/i],
];
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';
const WRITTEN = new RegExp(`\\b(${MONTH}\\.?\\s+\\d{1,2},?\\s+\\d{4}|\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH},?\\s+\\d{4})\\b`, 'i');
const POSTED = new RegExp(`posted on\\s*:?\\s*(\\d{1,2}\\s+${MONTH}\\s+\\d{4})\\s+(\\d{1,2}):(\\d{2})\\s*([AP]M)`, 'i');
const AT_TIME = /for release at (\d{1,2}):(\d{2}) ([ap])\.?m\.?,?\s+E[SD]T/i;
const MEETING = new RegExp(`(?:Meeting,?|was held (?:on|from|during)?)\\s+(${MONTH})\\s+(\\d{1,2})(?:\\s*(?:,|and|to|-|–|—)\\s*(?:(${MONTH})\\s+)?(\\d{1,2}))?(?:\\s*and\\s*\\d{1,2})?\\s*,\\s*(\\d{4})`, 'i');

/** Whose text it is by its first words; null when it is nobody's that the desk follows. */
export const institutionOf = (text: string): Institution | null => SIGNS.map(([institution, sign]) => ({ institution, at: text.slice(0, HEAD_CHARACTERS).search(sign) })).filter(({ at: place }) => place >= 0).sort((a, b) => a.at - b.at)[0]?.institution ?? null;
/** True for a text that an institution put out as such: a release, minutes, a circular, an order. */
export const looksOfficial = (text: string): boolean => institutionOf(text) !== null && /press release|minutes of|(first|\w+th|\w+nd|\w+rd) meeting of the monetary policy committee|circular|adjudication order|posted on|for (immediate )?release|monetary policy statement/i.test(text.slice(0, HEAD_CHARACTERS));

/** Longest that minutes took after the meeting's last day: the fourteenth day by law, and up to three more over holidays. */
const MINUTES_AFTER_DAYS = 17;
const MEETING_DAYS = 3;

/**
 * The record of an official text. A release is known at the time that it carries, or at the end of the day that it is
 * dated. Minutes happened at the meeting; undated ones are known once the law's fourteen days, and holidays, are over.
 */
export function policyRecord({ text, title, name, context, url }: { text: string; title?: string; name: string; context: ImportContext; url?: string }): FeedRecord | { reason: string } {
  const institution = institutionOf(text);
  if (!institution) return { reason: 'The text names none of RBI, SEBI, PIB and the Fed.' };
  const zone = ZONES[institution];
  const minutes = minutesOf(text, name);
  const released = releaseOf(text.slice(0, HEAD_CHARACTERS), zone);
  const knownAt = released ?? (minutes ? endOf(plusDays(minutes.last ?? plusDays(minutes.first, MEETING_DAYS - 1), MINUTES_AFTER_DAYS), zone) : null);
  if (!knownAt) return { reason: 'The text carries no date of release.' };
  const believable = readBelievableDate(knownAt.slice(0, 10), 'The date of release', context.today);
  if ('reason' in believable) return believable;
  const named = minutes ? `Minutes of the Monetary Policy Committee meeting of ${minutes.first}` : (title ?? titleIn(text));
  if (named === '') return { reason: 'The text has no title.' };
  const event: EventRecord = {
    source: institution === 'FED' ? 'Federal Reserve' : institution, ...(url ? { sourceUrl: url } : {}), title: named.slice(0, 300), body: text.slice(0, BODY_CHARACTERS), eventType: 'POLICY', priority: 'MEDIUM', symbols: [], unlinkedNames: [],
    happenedAt: minutes ? endOf(minutes.first, zone) : knownAt, knownAt,
  };
  return { type: 'policy_text', policy: { institution, kind: minutes ? 'MINUTES' : 'PRESS_RELEASE', event, text }, knownAt, source: `${institution.toLowerCase()}-texts` };
}

const endOf = (date: TradingDate, zone: Zone): Instant => at(date, '23:59:59', zone);

/** First and last day of the meeting that the text is the minutes of; a file named after its first day helps where the text lost it. */
function minutesOf(text: string, name: string): { first: TradingDate; last: TradingDate | null } | null {
  const head = text.slice(0, HEAD_CHARACTERS).replace(/\s+/g, ' ');
  if (!/minutes of the monetary policy committee|meeting of the monetary policy committee \(mpc\)/i.test(head)) return null;
  const [, month, day, lastMonth, lastDay, year] = MEETING.exec(head) ?? [];
  if (month && day && year) {
    const first = readDate(`${day}-${month.slice(0, 3)}-${year}`);
    if (first) return { first, last: lastDay ? readDate(`${lastDay}-${(lastMonth ?? month).slice(0, 3)}-${year}`) : null };
  }
  const inName = /(\d{2})-(\d{2})-(\d{4})/.exec(name);
  const first = inName ? readDate(`${inName[1]}/${inName[2]}/${inName[3]}`) : null;
  return first ? { first, last: null } : null;
}

/** When a text says it was released: to the minute where it says so. Dates inside a sentence about something else are not the release's. */
function releaseOf(head: string, zone: Zone): Instant | null {
  const posted = POSTED.exec(head);
  if (posted) {
    const date = readDate((posted[1] ?? '').replace(/\s+/g, '-'));
    const hour = (Number(posted[2]) % 12) + (posted[4]?.toUpperCase() === 'PM' ? 12 : 0);
    if (date) return at(date, `${String(hour).padStart(2, '0')}:${posted[3]}`, zone);
  }
  for (const line of head.split('\n').slice(0, 60)) {
    const written = WRITTEN.exec(line);
    // A line of its own, or one that calls itself the date: a release's date stands apart.
    if (!written?.[1] || !(line.trim().length <= 45 || /^\s*(date|dated|release date|for (?:immediate )?release)\b/i.test(line))) continue;
    const date = readDate(written[1].replace(/(\d)(st|nd|rd|th)/, '$1').replace(/\./g, '').replace(/^(\d{1,2})\s+/, '$1-').replace(/^(\d{1,2}-[A-Za-z]+),?\s+/, '$1-').trim());
    if (!date) continue;
    const [, hour, minute, half] = AT_TIME.exec(head) ?? [];
    return hour && minute && zone === ZONES.FED ? at(date, `${String((Number(hour) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0')}:${minute}`, zone) : endOf(date, zone);
  }
  return null;
}

/** What a circular calls its subject; else the first line that reads like a title: some words, no boilerplate of the letterhead. */
const titleIn = (text: string): string => /^\s*sub(?:ject)?\s*[:.–-]+\s*(\S.{8,})$/im.exec(text.slice(0, HEAD_CHARACTERS))?.[1]?.trim() ?? text.split('\n').map((line) => line.trim()).find((line) => line.length >= 15 && line.length <= 300 && line.split(' ').length >= 3 && !/website|e-?mail|phone|department of communication|press release$|reserve bank of india$|securities and exchange board of india$|_{5}|^(date|posted on|for (immediate )?release)|fort, mumbai|central office/i.test(line) && !(WRITTEN.test(line) && line.length < 45)) ?? '';
