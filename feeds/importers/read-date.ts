import { at, instant, plusDays, tradingDate, type Instant, type TradingDate } from '../../desk/time.ts';
import { wordTable } from '../../desk/market/word-table.ts';

const ZONE = 'Asia/Kolkata';
const MONTHS: Record<string, string> = wordTable({
  JAN: '01', FEB: '02', MAR: '03', APR: '04', MAY: '05', JUN: '06', JUL: '07', AUG: '08', SEP: '09', OCT: '10', NOV: '11', DEC: '12',
});
const SHAPES: readonly { pattern: RegExp; parts: (m: RegExpExecArray) => [string | undefined, string | undefined, string | undefined] }[] = [
  // Collectors that keep time stamps write a day as its midnight.
  { pattern: /^(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/, parts: (m) => [m[1], m[2], m[3]] },
  { pattern: /^(\d{1,2})[-\s]+([A-Za-z]{3})[a-z]*[-,\s]+(\d{4})$/, parts: (m) => [m[3], MONTHS[m[2]?.toUpperCase() ?? ''], m[1]] },
  { pattern: /^(\d{2})[/-](\d{2})[/-](\d{4})$/, parts: (m) => [m[3], m[2], m[1]] },
  { pattern: /^(\d{2})[/-](\d{2})[/-](\d{2})$/, parts: (m) => [`20${m[3]}`, m[2], m[1]] },
  { pattern: /^(\d{1,2})-([A-Za-z]{3})-(\d{2})$/, parts: (m) => [`20${m[3]}`, MONTHS[m[2]?.toUpperCase() ?? ''], m[1]] },
  { pattern: /^([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$/, parts: (m) => [m[3], MONTHS[m[1]?.toUpperCase() ?? ''], m[2]] },
  { pattern: /^(\d{4})(\d{2})(\d{2})$/, parts: (m) => [m[1], m[2], m[3]] },
];

/** Reads `2024-06-03`, `03-Jun-2024`, `3 JUN 2024`, `June 3, 2024`, `03/06/2024` and `03/06/24` (day first), `03-Jun-24` and `20240603`; null for anything else. */
export function readDate(text: string): TradingDate | null {
  const trimmed = text.trim();
  for (const { pattern, parts } of SHAPES) {
    const match = pattern.exec(trimmed);
    if (!match) continue;
    const [year, month, day] = parts(match);
    if (!year || !month || !day) return null;
    try {
      return tradingDate(`${year}-${month}-${day.padStart(2, '0')}`);
    } catch {
      return null;
    }
  }
  return null;
}

/** First and last believable date: nothing before the exchange's first screens, nothing past a published calendar. */
export const EARLIEST = '1990-01-01' as TradingDate;
export const latestDate = (today: TradingDate): TradingDate => plusDays(today, 366);

/** The date, or one sentence that names the column. */
export function readBelievableDate(text: string, column: string, today: TradingDate): { date: TradingDate } | { reason: string } {
  if (text.trim() === '') return { reason: `${column} is empty.` };
  const date = readDate(text);
  if (!date) return { reason: `${column} is not a date: "${text.trim().slice(0, 40)}".` };
  const latest = latestDate(today);
  if (date < EARLIEST || date > latest) return { reason: `${column} ${date} lies outside ${EARLIEST} to ${latest}.` };
  return { date };
}

/**
 * Reads a moment: ISO with or without an offset, `18-Oct-2023 22:11:42`, RFC 822. Without an offset the exchange's
 * zone is meant. Null when there is no time of day or the text is something else.
 */
export function readMoment(text: string): Instant | null {
  // `Jan 05, 2026 10:15 AM` with the day in front.
  const trimmed = text.trim().replace(/^((?:[A-Za-z]{3,9},\s*)?)([A-Za-z]{3,9})\.? (\d{1,2}),? (?=\d{4}\b)/, '$1$3 $2 ');
  const split = /^(.{8,11}?)[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(trimmed);
  const date = readDate(split?.[1] ?? '');
  if (split && date) {
    const [hours, minutes, seconds] = [split[2], split[3], split[4] ?? '00'].map((part) => (part ?? '').padStart(2, '0'));
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    if (!split[5]) return at(date, `${hours}:${minutes}:${seconds}`, ZONE);
    const offset = split[5] === 'Z' ? 'Z' : `${split[5].slice(0, 3)}:${split[5].slice(-2)}`;
    return instant(`${date}T${hours}:${minutes}:${seconds}${offset}`);
  }
  const written = WRITTEN.exec(trimmed);
  if (!written) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '00', half = '', zone = ''] = written;
  const spelled = readDate(`${day}-${month.slice(0, 3)}-${year.length === 2 ? `20${year}` : year}`);
  if (!spelled || (half !== '' && Number(hour) > 12)) return null;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const offset = ZONES[zone.toUpperCase()] ?? zone;
  return readMoment(`${spelled}T${String(hours).padStart(2, '0')}:${minute}:${second}${offset}`);
}

/** RFC 822 and what papers make of it: the day's name written out or left out, a year of two digits, one digit of an hour, half days. */
const WRITTEN = /^(?:[A-Za-z]{3,9},\s*)?(\d{1,2}) ([A-Za-z]{3,9}),? (\d{4}|\d{2}),? (\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\.?)?\s*(GMT|UTC|UT|Z|IST|EST|EDT|BST|[+-]\d{2}:?\d{2})?$/;
/** Zones by name: IST is India's here. */
const ZONES: Readonly<Record<string, string>> = wordTable({ GMT: 'Z', UTC: 'Z', UT: 'Z', Z: 'Z', IST: '+05:30', EST: '-05:00', EDT: '-04:00', BST: '+01:00' });

export const startOfDay = (date: TradingDate): Instant => at(date, '00:00', ZONE);
/** The last second of a day: from then on whatever carries only this date is certainly public. */
export const endOfDay = (date: TradingDate): Instant => at(date, '23:59:59', ZONE);

/** A date written in a file's name: `_2023-01-18`, `24022025`, `20250224`, `011220` (day first), or null. */
export function dateInName(name: string): TradingDate | null {
  const dashed = /(\d{4}-\d{2}-\d{2})/.exec(name);
  if (dashed?.[1]) return readDate(dashed[1]);
  const eight = /(?<!\d)(\d{8})(?!\d)/.exec(name)?.[1];
  if (eight) {
    const yearFirst = readDate(eight);
    return yearFirst && yearFirst >= EARLIEST && yearFirst < '2100' ? yearFirst : readDate(`${eight.slice(0, 2)}/${eight.slice(2, 4)}/${eight.slice(4)}`);
  }
  const six = /(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)/.exec(name);
  return six ? readDate(`${six[1]}/${six[2]}/20${six[3]}`) : null;
}
