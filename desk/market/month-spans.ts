import { plusDays, tradingDate, type TradingDate } from '../time.ts';
import { wordTable } from './word-table.ts';

/** Names and spans of months, for dates that somebody said. */
export type Span = { from: TradingDate; to: TradingDate };
export const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const short: Record<string, string> = wordTable({ sept: 'sep', tues: 'tue', wednes: 'wed', thur: 'thu', thurs: 'thu' });
export const indexOf = (names: string[], word: string): number => {
  const cut = short[word] ?? word;
  return cut.length < 3 ? -1 : names.findIndex((name) => name === cut || name.slice(0, 3) === cut);
};
export const monthOf = (word: string): number => indexOf(months, word) + 1;
export const iso = (year: number, month: number, day: number): TradingDate | null => {
  try { return tradingDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`); } catch { return null; }
};
const known = (date: TradingDate | null): TradingDate => { if (!date) throw new RangeError('no such day of the month'); return date; };
export const yearOf = (date: TradingDate): number => Number(date.slice(0, 4));
export const monthNumber = (date: TradingDate): number => Number(date.slice(5, 7));
export const firstOf = (year: number, month: number): TradingDate => known(iso(year + Math.floor((month - 1) / 12), ((month - 1) % 12 + 12) % 12 + 1, 1));
export const spanOfMonths = (year: number, month: number, count: number): { from: TradingDate; to: TradingDate } =>
  ({ from: firstOf(year, month), to: plusDays(firstOf(year, month + count), -1) });
export const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);
