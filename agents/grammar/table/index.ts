import { frameWords } from '../frames.ts';
import { anchorsOf, needsOf, parsePattern, wordsOf, type PatternNode } from '../pattern.ts';
import { moodWords } from '../moods.ts';
import { listedWords } from '../vocabulary.ts';
import { cards } from './cards.ts';
import { controls } from './controls.ts';
import { desk } from './desk.ts';
import type { PhraseEntry } from './entry.ts';
import { events } from './events.ts';
import { hypotheticals } from './hypotheticals.ts';
import { macros } from './macros.ts';
import { market } from './market.ts';
import { money } from './money.ts';
import { options } from './options.ts';
import { orders } from './orders.ts';
import { performance } from './performance.ts';
import { portfolio } from './portfolio.ts';
import { records } from './records.ts';
import { safety } from './safety.ts';
import { statistics } from './statistics.ts';
import { taxes } from './taxes.ts';
import { topicWords } from './topics.ts';

export const table: readonly PhraseEntry[] = [...cards, ...orders, ...controls, ...safety, ...hypotheticals, ...statistics, ...records, ...events, ...options, ...taxes, ...portfolio, ...performance, ...market, ...money, ...desk];

/** A compiled phrase. `at` is its place in the table: the earlier wins between equals. */
export interface CompiledPattern { entry: PhraseEntry; node: PatternNode; at: number; /** A sentence without one of each of these cannot match. */ needs: readonly ReadonlySet<string>[] }
/** Patterns by a word that they cannot do without, and the few that have none. */
interface PatternIndex { byWord: ReadonlyMap<string, readonly CompiledPattern[]>; always: readonly CompiledPattern[]; words: ReadonlySet<string> }

function indexed(): PatternIndex {
  const byWord = new Map<string, CompiledPattern[]>();
  const always: CompiledPattern[] = [];
  const words = new Set<string>();
  for (const [at, entry] of table.entries()) {
    for (const source of entry.phrases) {
      const node = parsePattern(source, macros);
      const compiled = { entry, node, at, needs: needsOf(node) };
      const anchors = anchorsOf(node);
      if (!anchors) always.push(compiled);
      for (const word of anchors ?? []) byWord.set(word, [...(byWord.get(word) ?? []), compiled]);
      for (const word of wordsOf(compiled.node)) words.add(word);
    }
  }
  return { byWord, always, words };
}
const index = indexed();

/** Patterns that could match a sentence of these words, each once. */
export function candidates(words: Iterable<string>): Set<CompiledPattern> {
  const found = new Set(index.always);
  const said = new Set(words);
  const canMatch = ({ needs }: CompiledPattern): boolean => needs.every((need) => (need.size < said.size ? [...need].some((word) => said.has(word)) : [...said].some((word) => need.has(word))));
  for (const word of said) for (const compiled of index.byWord.get(word) ?? []) if (!found.has(compiled) && canMatch(compiled)) found.add(compiled);
  return found;
}

/** Every word that the table knows: these are words, never unknown symbols, and typing slips are mended towards them. */
export const grammarWords: ReadonlySet<string> = new Set([
  ...index.words, ...listedWords, ...topicWords, ...moodWords, ...frameWords,
]);
