import { movesOf } from './moves.ts';

/** A company (or other subject) that a text speaks of, as printed there; `symbol` is null where it is no share that the desk knows for certain. */
export interface Mention { name: string; symbol: string | null }

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const amount = /(?:rs\.?|₹|\$|usd|inr|re\.?)\s*\d[\d,.]*(?:\s*(?:cr|crores?|mn|bn|tn|million|billion|trillion|lakhs?)\b)?/g;
const percentage = /\d[\d,.]*\s*(?:%|per ?cent\b|pct\b|pc\b)/g;
/** Words of a headline, with figures as kinds (`#%`, `#rs`, `#`), the subject as `@me` and other companies as `@ot`. */
function wordsOf(text: string, subject: string | null, others: readonly string[]): string[] {
  let marked = text;
  for (const name of [...others, ...(subject === null ? [] : [subject])].sort((a, b) => b.length - a.length)) {
    if (name !== '') marked = marked.replace(new RegExp(`(?<![\\w@])${escaped(name)}(?!\\w)`, 'gi'), name === subject ? ' @me ' : ' @ot ');
  }
  return marked.toLowerCase().replace(/’/g, "'").replace(percentage, ' #% ').replace(amount, ' #rs ').replace(/\d[\d,.]*/g, ' # ').match(/@me|@ot|#%|#rs|#|[a-z&][a-z'&-]*|[?!:;]/g) ?? [];
}

/** Beside several companies, this many words on either side speak of the subject. */
const near = 4;
const mostWords = 60;
/** `rises`, `rising` and `rise` share a stem, so that a form that was seldom seen speaks by the others. */
const stemOf = (word: string): string => (word.length > 5 ? word.replace(/(?:ing|ments?|ed|es|s)$/, '') : word.replace(/s$/, ''));

/**
 * What the stance of a headline towards its subject is read from: each word, its stem (`~`), each pair of neighbours, what moves which way (`=`, `movesOf`), and,
 * where other companies are named, the words beside the subject with the side they stand on (`L:`, `R:`). Each term once.
 */
export function headlineTerms({ text, subject, others }: { text: string; subject: string | null; others: readonly string[] }): string[] {
  const words = wordsOf(text, subject, others).slice(0, mostWords);
  const terms = new Set<string>();
  for (const [i, word] of words.entries()) {
    terms.add(word);
    if (word.length > 3 && /^[a-z]+$/.test(word)) terms.add(`~${stemOf(word)}`);
    if (i > 0) terms.add(`${words[i - 1]} ${word}`);
  }
  for (const move of movesOf(words)) terms.add(move);
  const at = words.indexOf('@me');
  if (at >= 0 && others.length > 0) for (let i = Math.max(0, at - near); i <= Math.min(words.length - 1, at + near); i += 1) if (i !== at) terms.add(`${i < at ? 'L' : 'R'}:${words[i]}`);
  return [...terms];
}
