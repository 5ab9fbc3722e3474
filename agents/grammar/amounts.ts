import Big from 'big.js';
import { decimal, type Decimal } from '../../desk/decimal.ts';
import { spokenNumberAt } from './spoken-numbers.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/**
 * A figure that a person gave. `scaled`: written with a multiplier (`12k`, `1.5 lakh`), which nobody does for prices.
 * `unit`: `money` when a currency was named, `plain` when nothing was; percentages as 0.5 for 0.5 %; fractions in (0, 1).
 */
export interface SpokenAmount {
  value: Decimal;
  unit: 'plain' | 'money' | 'percent' | 'fraction';
  currency?: 'INR' | 'USD';
  scaled: boolean;
}

const scales: Record<string, string> = wordTable({
  k: '1000', grand: '1000', thousand: '1000', hazaar: '1000', hazar: '1000', l: '100000', lac: '100000', lacs: '100000', lakh: '100000', lakhs: '100000', lk: '100000',
  cr: '10000000', crs: '10000000', crore: '10000000', crores: '10000000', mn: '1000000', million: '1000000', bn: '1000000000', billion: '1000000000', hundred: '100', sau: '100',
});
/** Multipliers that stand alone as words; a lone `k` or `l` is a letter. */
const scaleWords = new Set(Object.keys(scales).filter((word) => word.length > 1));
const currencies: Record<string, 'INR' | 'USD'> = wordTable({ '₹': 'INR', rs: 'INR', 'rs.': 'INR', inr: 'INR', rupees: 'INR', rupee: 'INR', rupaye: 'INR', $: 'USD', usd: 'USD', dollars: 'USD', dollar: 'USD' });
const percents = new Set(['%', 'percent', 'pct', 'pc', 'percentage']);
const smallNumbers: Record<string, number> = wordTable({
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
});
const fractionWords: { words: string[]; over: [number, number] }[] = [
  { words: ['three', 'quarters'], over: [3, 4] }, { words: ['two', 'thirds'], over: [2, 3] }, { words: ['two', 'third'], over: [2, 3] },
  { words: ['one', 'third'], over: [1, 3] }, { words: ['one', 'quarter'], over: [1, 4] }, { words: ['one', 'half'], over: [1, 2] },
  { words: ['a', 'third'], over: [1, 3] }, { words: ['a', 'quarter'], over: [1, 4] }, { words: ['a', 'half'], over: [1, 2] }, { words: ['a', 'fifth'], over: [1, 5] }, { words: ['a', 'tenth'], over: [1, 10] },
  { words: ['half'], over: [1, 2] }, { words: ['third'], over: [1, 3] }, { words: ['quarter'], over: [1, 4] },
];

const figure = /^(₹|\$|rs\.?|inr)?([+-]?)(\d[\d,]*(?:\.\d+)?|\.\d+)(k|l|lac|lakh|cr|crore|mn|bn|%|bps|percent|rs|\/-)?$/;
/** 1234, 1,234,567 or 1,23,456: a comma anywhere else is a slip, and a slip in an amount is not guessed at. */
const grouped = /^(\d+|\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})*,\d{3})(\.\d+)?$|^\.\d+$/;

/** A single written figure such as `₹2cr`, `1,23,456.50`, `0.5%`, `12k`; null when it is not one. */
export function parseFigure(text: string): SpokenAmount | null {
  const match = figure.exec(text.toLowerCase());
  const digits = match?.[3];
  if (!match || digits === undefined || !grouped.test(digits)) return null;
  const suffix = match[4] ?? '';
  let value = new Big(digits.replaceAll(',', ''));
  if (match[2] === '-') value = value.times(-1);
  const currency = currencies[match[1] ?? ''] ?? (suffix === 'rs' || suffix === '/-' ? 'INR' : undefined);
  if (suffix === 'bps') return currency ? null : { value: decimal(value.div(100).toFixed()), unit: 'percent', scaled: false };
  if (percents.has(suffix)) return currency ? null : { value: decimal(value.toFixed()), unit: 'percent', scaled: false };
  const scale = scales[suffix];
  return {
    value: decimal((scale ? value.times(scale) : value).toFixed()), unit: currency ? 'money' : 'plain',
    ...(currency ? { currency } : {}), scaled: scale !== undefined,
  };
}

/** Reads an amount that starts at `words[at]`, with the number of words it takes; null when none does. */
export function amountAt(words: readonly string[], at: number): { amount: SpokenAmount; length: number } | null {
  const first = words[at];
  if (first === undefined) return null;
  const part = partOfPercent(words, at);
  if (part) return part;
  const fraction = fractionWords.find((entry) => entry.words.every((word, k) => words[at + k] === word));
  if (fraction) return { amount: ofFraction(fraction.over), length: fraction.words.length };
  const written = /^([1-4])\/([2-5])$/.exec(first);
  if (written && Number(written[1]) < Number(written[2])) return { amount: ofFraction([Number(written[1]), Number(written[2])]), length: 1 };

  const prefix = currencies[first];
  const start = prefix ? at + 1 : at;
  const read = numberAt(words, start);
  if (!read) return null;
  let { amount, next } = read;
  for (let scale = scaleAt(words, next); scale; scale = scaleAt(words, next)) {
    amount = { ...amount, value: decimal(new Big(amount.value).times(scale).toFixed()), scaled: true };
    next += 1;
  }
  const after = words[next] ?? '';
  if (amount.unit === 'plain' && !prefix) {
    if (percents.has(after)) return { amount: { ...amount, unit: 'percent' }, length: next + 1 - at };
    if (after === 'bps' || (after === 'basis' && words[next + 1] === 'points')) {
      return { amount: { ...amount, unit: 'percent', value: decimal(new Big(amount.value).div(100).toFixed()) }, length: next + (after === 'bps' ? 1 : 2) - at };
    }
  }
  const suffix = currencies[after];
  const currency = prefix ?? suffix ?? amount.currency;
  if (currency && amount.unit === 'plain') amount = { ...amount, unit: 'money', currency };
  if (suffix) next += 1;
  return { amount, length: next - at };
}

/** "Half a percent", "quarter of a percent", "three quarters of a percent". */
function partOfPercent(words: readonly string[], at: number): { amount: SpokenAmount; length: number } | null {
  const fraction = fractionWords.find((entry) => entry.words.every((word, k) => words[at + k] === word));
  if (!fraction) return null;
  let next = at + fraction.words.length;
  while (words[next] === 'of' || words[next] === 'a') next += 1;
  return percents.has(words[next] ?? '') && words[next] !== '%' ? { amount: { ...ofFraction(fraction.over), unit: 'percent' }, length: next + 1 - at } : null;
}

const ofFraction = ([part, whole]: [number, number]): SpokenAmount => ({ value: decimal(new Big(part).div(whole).round(6).toFixed()), unit: 'fraction', scaled: false });
const scaleAt = (words: readonly string[], at: number): string | undefined => (scaleWords.has(words[at] ?? '') ? scales[words[at] ?? ''] : undefined);

function numberAt(words: readonly string[], at: number): { amount: SpokenAmount; next: number } | null {
  const word = words[at] ?? '';
  const amount = parseFigure(word);
  if (amount) return { amount, next: at + 1 };
  const spoken = spokenNumberAt(words, at);
  if (spoken) return { amount: { value: spoken.value, unit: 'plain', scaled: spoken.scaled }, next: at + spoken.length };
  const tens = smallNumbers[word];
  if (tens !== undefined) {
    const units = tens >= 20 ? smallNumbers[words[at + 1] ?? ''] : undefined;
    const both = units !== undefined && units < 10;
    return { amount: { value: decimal(both ? tens + units : tens), unit: 'plain', scaled: false }, next: at + (both ? 2 : 1) };
  }
  // "a hundred", "one lakh": an article or "one" is a number only in front of a multiplier.
  if ((word === 'a' || word === 'one') && scaleAt(words, at + 1)) return { amount: { value: decimal(1), unit: 'plain', scaled: false }, next: at + 1 };
  return scaleWords.has(word) && word === 'hundred' ? { amount: { value: decimal(1), unit: 'plain', scaled: false }, next: at } : null;
}
