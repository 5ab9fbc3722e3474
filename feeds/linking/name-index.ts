import type { SymbolName } from '../../desk/market/types.ts';
import { absentCompanies } from './absent-companies.ts';
import { OTHER_BODIES } from './aliases.ts';
import { COMMON_WORDS } from './common-words.ts';
import type { Company } from './companies.ts';
import { nameWords } from './normalise-name.ts';

/** What a run of words stands for. `full`: a registered name or a curated alias; `prefix`: the only name that begins so. */
export type Entry = { kind: 'full' | 'alias' | 'prefix'; companies: Company[] } | { kind: 'other body'; /** A company that is not listed here: the listed ones that may be meant, and what became of it. */ absent?: { near: SymbolName[]; gone: GoneShare | null } };
/** A share that left the exchange, with its last session and the share that took its place. */
export interface GoneShare { symbol: SymbolName; lastSession: string; into: SymbolName | null }

export interface NameIndex {
  /** Words joined by one space → entry. */
  entries: ReadonlyMap<string, Entry>;
  bySymbol: ReadonlyMap<string, Company>;
  longest: number;
}

/** Longer runs decide over shorter ones, aliases over names, names over beginnings of names. */
export function indexNames(companies: readonly Company[]): NameIndex {
  const full = new Map<string, Set<Company>>();
  const alias = new Map<string, Set<Company>>();
  const prefix = new Map<string, Set<Company>>();
  const bySymbol = new Map<string, Company>();
  const put = (map: Map<string, Set<Company>>, words: readonly string[], company: Company): void => {
    if (words.length === 0) return;
    const key = words.join(' ');
    const set = map.get(key) ?? new Set();
    set.add(company);
    map.set(key, set);
  };
  for (const company of companies) {
    for (const symbol of company.symbols) bySymbol.set(symbol.toUpperCase(), company);
    for (const name of company.aliases) put(alias, nameWords(name), company);
    for (const name of company.names) {
      const words = nameWords(name);
      put(full, words, company);
      const short = withoutCountry(words);
      // `General Insurance` is left of a name whose country alone made it one.
      if (short.length < words.length) put(isCommon(short) ? prefix : full, short, company);
      for (let length = 1; length < words.length; length++) put(prefix, words.slice(0, length), company);
    }
  }
  const entries = new Map<string, Entry>();
  for (const [key, set] of prefix) entries.set(key, { kind: 'prefix', companies: [...set] });
  for (const [key, set] of full) entries.set(key, { kind: 'full', companies: [...set] });
  for (const [key, set] of alias) entries.set(key, { kind: 'alias', companies: [...set] });
  for (const name of OTHER_BODIES) {
    const key = nameWords(name).join(' ');
    if (entries.get(key)?.kind !== 'full') entries.set(key, { kind: 'other body' });
  }
  for (const { symbol, name, into, lastSession } of absentCompanies(new Set(companies.flatMap(({ symbols }) => symbols)))) {
    const key = nameWords(name).join(' ');
    const entry = entries.get(key);
    if (entry && entry.kind !== 'prefix') continue;
    const heir = into === null ? undefined : bySymbol.get(into);
    const near = [...new Set([...(heir ? [heir.symbol] : []), ...(entry?.kind === 'prefix' ? entry.companies.map((company) => company.symbol) : [])])];
    entries.set(key, { kind: 'other body', absent: { near, gone: lastSession === null ? null : { symbol, lastSession, into } } });
  }
  return { entries, bySymbol, longest: Math.max(1, ...[...entries.keys()].map((key) => key.split(' ').length)) };
}

/** `Power Grid of India` is also `Power Grid`; a single word that is left says too little. */
function withoutCountry(words: string[]): string[] {
  const cut = words.at(-1) === 'india' ? words.slice(0, words.at(-2) === 'of' ? -2 : -1) : words;
  return cut.length >= 2 ? cut : words;
}

export const isCommon = (words: readonly string[]): boolean => words.every((word) => COMMON_WORDS.has(word) || word === '&' || word === 'and');
