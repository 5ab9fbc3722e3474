import { amountAt } from '../grammar/amounts.ts';
import { wordTable } from '../../desk/market/word-table.ts';

const wordsOf = (text: string): string[] => text.toLowerCase().replace(/[–—]/g, ' to ').replace(/(\d)\s*-\s*(\d)/g, '$1 to $2').replace(/[^\w₹$%.,/+-]+/g, ' ').replace(/[.,]+(\s|$)/g, '$1').split(/\s+/).filter((word) => word !== '');
const smallWords: Record<string, number> = wordTable({ a: 1, an: 1, one: 1, single: 1 });

/** Amounts in the order in which they stand; each with the word behind it. */
export function amountsIn(text: string): { value: number; unit: 'plain' | 'money' | 'percent' | 'fraction'; scaled: boolean; next: string }[] {
  const words = wordsOf(text);
  const found: ReturnType<typeof amountsIn> = [];
  for (let at = 0; at < words.length;) {
    const read = amountAt(words, at);
    if (!read) { at += 1; continue; }
    at += read.length;
    found.push({ value: Number(read.amount.value), unit: read.amount.unit, scaled: read.amount.scaled, next: words[at] ?? '' });
  }
  return found;
}

/** A single percentage: `0.5 %`, `half a percent`, or a bare number. */
export function percentIn(text: string): number | null {
  if (/\bhalf (?:a |of (?:a )?|one )?per ?cent|\bhalf a ?%/.test(text.toLowerCase())) return 0.5;
  if (/\b(?:one|a|single) per ?cent\b/.test(text.toLowerCase())) return 1;
  const amounts = amountsIn(text);
  const marked = amounts.find((amount) => amount.unit === 'percent') ?? (amounts.length === 1 && amounts[0]?.unit === 'plain' && !amounts[0].scaled ? amounts[0] : undefined);
  return marked?.value ?? null;
}

const unitDays: Record<string, number> = wordTable({ day: 1, days: 1, session: 1, sessions: 1, week: 5, weeks: 5, month: 21, months: 21, quarter: 63, quarters: 63, year: 252, years: 252 });
/** Spans in sessions: `2 to 20 days`, `two weeks`, `a month`. A bare first number takes the unit of the second. */
export function sessionsIn(text: string): number[] {
  const words = wordsOf(text);
  const counts: { count: number; unit: number | null }[] = [];
  for (let at = 0; at < words.length;) {
    const read = amountAt(words, at);
    const word = words[at] ?? '';
    const single = smallWords[word];
    if (read?.amount.unit === 'plain') { at += read.length; counts.push({ count: Number(read.amount.value), unit: unitDays[words[at] ?? ''] ?? null }); }
    else { if (single !== undefined && unitDays[words[at + 1] ?? '']) counts.push({ count: single, unit: unitDays[words[at + 1] ?? ''] ?? null }); at += 1; }
  }
  const unit = counts.findLast((each) => each.unit !== null)?.unit;
  return unit == null ? [] : counts.map((each) => Math.round(each.count * (each.unit ?? unit)));
}
export const monthsIn = (text: string): number | null => {
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    const read = amountAt(words, at);
    const count = read?.amount.unit === 'plain' ? Number(read.amount.value) : smallWords[words[at] ?? ''];
    const unit = words[at + (read?.length ?? 1)] ?? '';
    // "a month" is how often, not how long.
    if (count === undefined || (read === null && /^months?$/.test(unit))) continue;
    if (/^months?$/.test(unit)) return Math.round(count);
    if (/^years?$/.test(unit)) return Math.round(count * 12);
  }
  return null;
};
export const namesIn = (text: string): string[] => {
  const plain = text.trim().replace(/^(?:never|no|not|nothing (?:from|in)|avoid|ban|exclude|please)\s+/i, '').replace(/[.]+$/, '');
  if (/^(?:none|no|nothing|nil|no bans?|n\/a|-)?$/i.test(plain)) return [];
  return [...new Set(plain.split(/,|;|\band\b|\bor\b|&(?=\s)/i).map((name) => name.trim().replace(/^(?:no|the)\s+/i, '')).filter((name) => name !== ''))];
};
