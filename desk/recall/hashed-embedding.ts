/**
 * Vectors without a model: words, their neighbours and pieces of them, hashed into a fixed number of places with a sign, each
 * place the square root of its count, scaled to length 1. Nearness is likeness of wording, spelling mistakes included; it knows no synonyms.
 */
export const HASHED_MODEL = 'hashed-lexical-1';
export const HASHED_DIMENSION = 256;

const fillers = new Set('a an and are as at be by for from has have in into is it its of on or over said says that the this to under was were will with'.split(' '));
const weights = { word: 1, frequent: 0.04, pair: 0.4, piece: 0.7 };
const mostWords = 220;

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
/** Cuts what English words are bent by, so that `wins`, `winning` and `win` meet. */
const stem = (word: string): string => (word.length > 5 ? word.replace(/(?:ings?|ments?|ations?|edly|ed|es|s)$/, '') : word.length > 3 ? word.replace(/s$/, '') : word);

/** Words that nearly every filing holds: they count little. */
const frequent = new Set('announcement announced board company crore exchange india informed limited lakh ltd meeting nse bse rs share shares stock update'.split(' ').map(stem));

export function hashedEmbedding(text: string): Float32Array {
  const words = (text.toLowerCase().replace(/[’']s\b/g, '').replace(/buy[ -]back/g, 'buyback').match(/[a-z0-9]+/g) ?? []).filter((word) => !fillers.has(word)).slice(0, mostWords).map(stem);
  const sums = new Float64Array(HASHED_DIMENSION);
  const add = (term: string, weight: number): void => {
    const hash = hashOf(term);
    const place = hash % HASHED_DIMENSION;
    sums[place] = (sums[place] ?? 0) + ((hash >>> 16) & 1 ? weight : -weight);
  };
  for (const [i, word] of words.entries()) {
    const weight = frequent.has(word) ? weights.frequent : weights.word;
    add(word, weight);
    if (i > 0) add(`${words[i - 1]} ${word}`, weights.pair * weight);
    const marked = `<${word}>`;
    const pieces = Math.max(1, marked.length - 3);
    if (word.length > 4) for (let at = 0; at < pieces; at += 1) add(`~${marked.slice(at, at + 4)}`, (weights.piece * weight) / Math.sqrt(pieces));
  }
  const vector = Float32Array.from(sums, (sum) => Math.sign(sum) * Math.sqrt(Math.abs(sum)));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}
