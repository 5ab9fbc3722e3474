import { readDate } from './read-date.ts';

const SLASHED = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(.*)$/;
const DAY_MS = 86_400_000;

/** The same day written day first: `02/24/2025` → `24/02/2025`, `5/1/2026` → `05/01/2026`. */
const turned = (text: string, monthFirst: boolean): string => {
  const match = SLASHED.exec(text.trim());
  if (!match) return text;
  const [, first = '', mark = '', second = '', year = '', rest = ''] = match;
  const [day, month] = monthFirst ? [second, first] : [first, second];
  return `${day.padStart(2, '0')}${mark}${month.padStart(2, '0')}${mark}${year}${rest}`;
};

/** Days between neighbours, in the middle of all; null when one of the texts is no date so. */
function middleStep(texts: readonly string[], monthFirst: boolean): number | null {
  const days = texts.map((text) => readDate(turned(text, monthFirst).slice(0, 10)));
  if (days.some((day) => day === null)) return null;
  const times = days.map((day) => Date.parse(day as string));
  const steps = times.slice(1).map((time, i) => Math.abs(time - (times[i] as number)) / DAY_MS).sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/**
 * Dates with slashes are day first, as in India, unless a file's own say otherwise: `02/24/2025` has no other reading, and the neighbours
 * `02/03/2025`, `02/04/2025` are a day apart in one order and a month in the other. Gives what makes each text readable day first.
 */
export function readableDates(texts: readonly string[]): (text: string) => string {
  const slashed = texts.filter((text) => SLASHED.test(text.trim()));
  const [dayFirst, monthFirst] = [middleStep(slashed, false), middleStep(slashed, true)];
  const american = slashed.length > 0 && monthFirst !== null && (dayFirst === null || (dayFirst > 20 && monthFirst < dayFirst / 3));
  return (text) => turned(text, american);
}
