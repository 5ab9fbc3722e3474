import type { QueryGroup } from './query-words.ts';

const stem = (word: string): string => word.replace(/ies$/, 'y').replace(/(?:ing|ed|es|s)$/, '').replace(/e$/, '');
const stemsOf = (text: string): string[] => (text.toLowerCase().replace(/[’']s\b/g, '').match(/[\p{L}\p{N}&]+/gu) ?? []).map((word) => (word.length > 4 ? stem(word) : word.replace(/(?<=[^s])s$/, '')));

/** What a query asks for and a text does not say in any of its wordings; words that nearly every filing says are not missed. */
export function missingWords(groups: readonly QueryGroup[], text: string): string[] {
  const said = ` ${stemsOf(text).join(' ')} `;
  return groups.filter(({ common, phrases }) => !common && !phrases.some((phrase) => said.includes(` ${stemsOf(phrase).join(' ')} `))).map(({ phrases }) => phrases[0] ?? '');
}
