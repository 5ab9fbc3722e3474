import type { TradingDate } from '../time.ts';
import { fullYear, monthOf, type Span, spanOfMonths, yearOf } from './month-spans.ts';
import { wordTable } from './word-table.ts';

const ordinals: Record<string, number> = wordTable({ first: 1, second: 2, third: 3, fourth: 4, last: 4, '1st': 1, '2nd': 2, '3rd': 3, '4th': 4 });
const before = new Set(['in', 'for', 'of', 'during', 'since', 'last', 'this', 'over']);
/** Results of a quarter come out after it: it is not the stretch to look for them in. */
const published = new Set(['results', 'result', 'earnings', 'numbers', 'figures']);
const quarterOf = (year: number, number: number): Span => spanOfMonths(year, 4 + 3 * (number - 1), 3);

/**
 * A quarter that was named, from the word at `at`: "Q1", "Q4 FY24", "the last quarter of FY24", "second quarter of 2024", "March quarter", "June quarter 2023",
 * "quarter ended March". Alone, or of a financial year, quarters are those of the Indian one, from April; of a calendar year they are its own. Without a
 * year it is the last that has begun, and the label says its days. Null where none is named.
 */
export function quarterAt(words: readonly string[], at: number, marketDate: TradingDate): (Span & { length: number; label: string | null }) | null {
  if (words.some((each) => published.has(each))) return null;
  const word = words[at] ?? '';
  const wordAt = (offset: number): string => words[at + offset] ?? '';
  const ends = (offset: number): number | null => { const found = /^fy(\d{2}|\d{4})$/.exec(wordAt(offset)); return found ? fullYear(Number(found[1])) : null; };
  const calendarYear = (offset: number): number | null => (/^20\d\d$/.test(wordAt(offset)) ? Number(wordAt(offset)) : null);
  const told = (span: Span, length: number): Span & { length: number; label: null } => ({ ...span, length, label: null });
  const lastBegun = (of: (year: number) => Span, length: number): (Span & { length: number; label: string }) | null => {
    const found = [0, -1, -2].map((step) => of(yearOf(marketDate) + step)).find(({ from }) => from <= marketDate);
    return found ? { ...found, length, label: `${words.slice(at, at + length).join(' ')} (${found.from} to ${found.to})` } : null;
  };

  const short = /^q([1-4])$/.exec(word);
  if (short) {
    const number = Number(short[1]);
    const year = ends(1);
    if (year !== null) return told(quarterOf(year - 1, number), 2);
    return before.has(words[at - 1] ?? '') ? lastBegun((each) => quarterOf(each, number), 1) : null;
  }
  const number = ordinals[word];
  if (number !== undefined && wordAt(1) === 'quarter' && wordAt(2) === 'of') {
    const [financial, calendar] = [ends(3), calendarYear(3)];
    if (financial !== null) return told(quarterOf(financial - 1, number), 4);
    return calendar === null ? null : told(spanOfMonths(calendar, 3 * number - 2, 3), 4);
  }
  const ended = word === 'quarter' && ['ended', 'ending'].includes(wordAt(1));
  const month = ended ? monthOf(wordAt(2)) : wordAt(1) === 'quarter' ? monthOf(word) : 0;
  if (month === 0 || month % 3 !== 0) return null;
  const named = ended ? 3 : 2;
  const of = wordAt(named) === 'of' ? 1 : 0;
  const [financial, calendar] = [ends(named + of), calendarYear(named + of)];
  const year = financial === null ? calendar : month === 3 ? financial : financial - 1;
  return year === null ? lastBegun((each) => spanOfMonths(each, month - 2, 3), named) : told(spanOfMonths(year, month - 2, 3), named + of + 1);
}
