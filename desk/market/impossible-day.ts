import { monthOf, months } from './month-spans.ts';

/** A day that no calendar has, as it was said: "30 February 2024", "31/04/2024"; null where every date in the text exists. */
export function impossibleDay(text: string): string | null {
  const exists = (day: number, month: number, year: number | undefined): boolean => day >= 1 && day <= new Date(Date.UTC(year ?? 2024, month, 0)).getUTCDate();
  for (const [said, day, name, year] of text.toLowerCase().matchAll(/\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\b(?:[\s,-]+(20\d\d)\b)?/g)) {
    const month = monthOf(name ?? '');
    if (month > 0 && months[month - 1] !== undefined && (name === months[month - 1] || (name ?? '').length <= 4) && Number(day) <= 31 && !exists(Number(day), month, year ? Number(year) : undefined)) return said.trim();
  }
  for (const [said, year, month, day] of text.matchAll(/\b(20\d\d)-(\d{2})-(\d{2})\b/g)) if (Number(month) < 1 || Number(month) > 12 || !exists(Number(day), Number(month), Number(year))) return said;
  return null;
}
