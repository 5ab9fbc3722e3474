import type { SymbolName } from '../../desk/market/types.ts';
import type { Company } from './companies.ts';
import { type GoneShare, isCommon, type NameIndex } from './name-index.ts';
import { nameWords } from './normalise-name.ts';

/** `one` is certain. Several companies answer to an `ambiguous` name; an `unknown` one has at most look-alikes. */
export type Resolution =
  | { kind: 'one'; symbol: SymbolName }
  | { kind: 'ambiguous'; candidates: SymbolName[] }
  | { kind: 'unknown'; near: SymbolName[]; /** The name of a company that is not listed here, and what became of its share where it left. */ elsewhere?: GoneShare | 'not listed' };

/** A look-alike this similar counts as meant, if the next one is this much worse. */
const SIMILAR_ENOUGH = 0.84;
const MARGIN = 0.06;
const WORD_ALIKE = 0.65;
const WORTH_SHOWING = 0.6;
const SHORTEST_FUZZY = 5;
const SHOWN = 5;

/** What a person means by a name given on its own: a symbol in any case, a registered or usual name, a beginning, a misspelling. */
export function resolveName(index: NameIndex, name: string): Resolution {
  const typed = name.trim().toUpperCase().replace(/^(NSE|BSE):\s*|\.(NS|BO)$/g, '');
  const words = nameWords(name);
  const entry = index.entries.get(words.join(' '));
  const exact = index.bySymbol.get(typed);
  // A name that people use ("Vi") stands before a symbol that happens to be spelt so.
  if (exact && entry?.kind !== 'alias') return { kind: 'one', symbol: exact.symbol };
  // `HDFC Ltd` is the share HDFC, however many names begin with these letters.
  const bare = /^(\S+) (?:LTD|LIMITED)\.?$/.exec(typed)?.[1];
  const titled = bare === undefined || entry?.kind === 'alias' ? undefined : index.bySymbol.get(bare);
  if (titled) return { kind: 'one', symbol: titled.symbol };
  const spaced = index.bySymbol.get(typed.replace(/\s+/g, '')) ?? index.bySymbol.get(typed.replace(/\s+/g, '-'));
  if (spaced && !entry) return { kind: 'one', symbol: spaced.symbol };
  if (words.length === 0) return { kind: 'unknown', near: [] };
  if (entry?.kind === 'other body') {
    if (!entry.absent) return { kind: 'unknown', near: [] };
    const { near, gone } = entry.absent;
    // `HDFC` may mean any that begin so, `HDFC Ltd` is the one that is gone.
    if (near.length > 1 && words.length === 1 && !/\b(?:ltd|limited)\b/i.test(name)) return { kind: 'ambiguous', candidates: [...near].sort() };
    return { kind: 'unknown', near, elsewhere: gone ?? 'not listed' };
  }
  const answer = entry && among(entry.companies);
  // `coal` begins one company's name only and is still no name for it.
  if (answer?.kind === 'one' && entry?.kind === 'prefix' && words.length === 1 && isCommon(words)) return { kind: 'unknown', near: [answer.symbol] };
  if (answer) return answer;
  return byLikeness(index, words.join(' '));
}

function among(companies: readonly Company[]): Resolution {
  const symbols = [...new Set(companies.map(({ symbol }) => symbol))].sort();
  const [only] = symbols;
  return symbols.length === 1 && only !== undefined ? { kind: 'one', symbol: only } : { kind: 'ambiguous', candidates: symbols };
}

function byLikeness(index: NameIndex, typed: string): Resolution {
  const best = new Map<SymbolName, number>();
  const consider = (key: string, companies: readonly Company[]): void => {
    if (companies.length !== 1) return;
    if (Math.abs(key.length - typed.length) > Math.max(key.length, typed.length) * (1 - WORTH_SHOWING)) return;
    const score = wordwiseAlike(typed, key) ? likeness(typed, key) : 0;
    for (const { symbol } of companies) if (score >= WORTH_SHOWING && score > (best.get(symbol) ?? 0)) best.set(symbol, score);
  };
  for (const [key, entry] of index.entries) if (entry.kind !== 'other body') consider(key, entry.companies);
  for (const [symbol, company] of index.bySymbol) consider(symbol.toLowerCase(), [company]);
  const ranked = [...best].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const [first, second] = ranked;
  if (first && typed.length >= SHORTEST_FUZZY && first[1] >= SIMILAR_ENOUGH) {
    if (first[1] - (second?.[1] ?? 0) >= MARGIN) return { kind: 'one', symbol: first[0] };
    return { kind: 'ambiguous', candidates: ranked.filter(([, score]) => first[1] - score < MARGIN).slice(0, SHOWN).map(([symbol]) => symbol) };
  }
  return { kind: 'unknown', near: ranked.slice(0, SHOWN).map(([symbol]) => symbol) };
}

/** `Pan Electronics` is not `LG Electronics`: every word must be like its counterpart, as far as both have as many. */
function wordwiseAlike(a: string, b: string): boolean {
  const [left, right] = [a.split(' '), b.split(' ')];
  return left.length !== right.length || left.every((word, i) => likeness(word, right[i] ?? '') >= WORD_ALIKE);
}

/** 1 − (edits, neighbours swapped counting one) / (longer length): optimal string alignment distance. */
export function likeness(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(substituted, (row[j] as number) + 1, (next[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] as number) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - (row[b.length] as number) / longer;
}
