import type { SymbolName } from '../../desk/market/types.ts';
import { BROKERS, NEEDS_CONTEXT } from './aliases.ts';
import type { Company } from './companies.ts';
import { isCommon, type Entry, type NameIndex } from './name-index.ts';
import { nameWords } from './normalise-name.ts';

export interface LinkedText {
  symbols: SymbolName[];
  /** Names of companies that could not be linked: several candidates, or none. */
  unlinked: { name: string; candidates: SymbolName[] }[];
  /** All of them in the order of the text, as printed; `symbol` is null where the name is not linked. */
  mentions: { name: string; symbol: SymbolName | null }[];
}

interface Token {
  word: string;
  /** As printed, without punctuation around it. */
  raw: string;
  capital: boolean;
  /** `Ltd`, `Limited` stood right after it. */
  company: boolean;
  /** A comma or the like follows: names do not run over it. */
  ends: boolean;
}

const COMPANY_CONTEXT: ReadonlySet<string> = new Set(['share', 'shares', 'stock', 'stocks', 'scrip', 'q1', 'q2', 'q3', 'q4', 'results', 'profit', 'pat', 'net', 'ipo', 'group']);
const LONGEST_RUN = 7;
/** A name that goes on with one of these is another company's: `NIIT Technologies`, `Blue Star Infotech`, `State Bank of Travancore`. */
const GOES_ON: ReadonlySet<string> = new Set([
  'of', 'infotech', 'technologies', 'infrastructure', 'capital', 'finance', 'securities', 'power', 'communications', 'ventures', 'holdings', 'bank', 'insurance', 'motors', 'chemicals', 'industries',
  'pharmaceuticals', 'energy', 'cement', 'cements', 'realty', 'textiles', 'media', 'entertainment', 'mutual', 'films', 'telecom', 'naval', 'general',
]);

/**
 * Finds the companies that a text speaks of. Only what is certain is linked; a beginning that several companies share and a
 * `… Ltd` that nobody knows come back as unlinked. A single plain word is a company's name only in capitals as a ticker
 * or with `Ltd`, `shares` and the like beside it.
 */
export function linkText(index: NameIndex, text: string): LinkedText {
  const tokens = tokenise(text);
  const letters = text.replace(/[^A-Za-z]/g, '');
  const shouting = letters.length > 12 && letters.replace(/[^A-Z]/g, '').length > letters.length * 0.7;
  const symbols = new Set<SymbolName>();
  const unlinked = new Map<string, SymbolName[]>();
  const mentions = new Map<string, SymbolName | null>();

  // Where the capitalised words that nothing has claimed began; `Ltd` after them makes them a company that nobody knows.
  let nameStart = 0;
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i] as Token;
    const found = longestRun(index, tokens, i, shouting);
    if (found?.company && BROKERS.has(found.company.symbol) && i + found.length === tokens.length && speaks(text, tokens[i - 1], found.length)) break;
    if (found) {
      if (found.company) symbols.add(found.company.symbol);
      else if (found.candidates.length > 0) unlinked.set(found.name, found.candidates);
      if (found.company || found.candidates.length > 0) mentions.set(found.name, found.company?.symbol ?? null);
      i += found.length;
      nameStart = i;
      continue;
    }
    if (token.capital && token.company) {
      const name = tokens.slice(Math.max(nameStart, i - LONGEST_RUN), i + 1).map(({ raw }) => raw).join(' ');
      unlinked.set(name, []);
      mentions.set(name, null);
    }
    i += 1;
    if (!token.capital || token.company || token.ends) nameStart = i;
  }
  return { symbols: [...symbols], unlinked: [...unlinked].map(([name, candidates]) => ({ name, candidates })), mentions: [...mentions].map(([name, symbol]) => ({ name, symbol })) };
}

/** Whether the name of `length` words that ends the text is whose words it gives: all of what is behind its last colon, or behind `says`. */
function speaks(text: string, before: Token | undefined, length: number): boolean {
  const behindColon = /:\s+([^:]+)$/.exec(text)?.[1];
  return before?.word === 'says' || (behindColon !== undefined && tokenise(behindColon).length === length);
}

interface Run { length: number; name: string; company: Company | null; candidates: SymbolName[] }

function longestRun(index: NameIndex, tokens: readonly Token[], at: number, shouting: boolean): Run | null {
  const first = tokens[at] as Token;
  let reach = 1;
  while (reach < LONGEST_RUN && at + reach < tokens.length && !tokens[at + reach - 1]?.ends) reach += 1;
  for (let length = reach; length >= 1; length--) {
    const run = tokens.slice(at, at + length);
    const entry = index.entries.get(run.map(({ word }) => word).join(' '));
    const name = run.map(({ raw }) => raw).join(' ');
    if (entry?.kind === 'other body') {
      if (entry.absent && !/^\p{Lu}/u.test(first.raw)) continue;
      return { length, name, company: null, candidates: entry.absent?.near ?? [] };
    }
    if (length === 1) {
      const ticker = index.bySymbol.get(first.raw);
      const printed = index.bySymbol.get(first.raw.toUpperCase());
      if (!entry && printed && first.raw.length >= 4 && first.capital && !isCommon([first.word]) && standsAlone(tokens, at, 1)) return { length, name, company: printed, candidates: [] };
      if (ticker && isTicker(first, tokens[at + 1], shouting) && !(entry?.kind === 'alias' && entry.companies[0] !== ticker)) return { length, name, company: ticker, candidates: [] };
    }
    if (!entry || !saysCompany({ entry, tokens, at, length, shouting })) continue;
    const [only, ...others] = entry.companies;
    if (only && others.length === 0) return { length, name, company: only, candidates: [] };
    return { length, name, company: null, candidates: [...new Set(entry.companies.map(({ symbol }) => symbol))].sort() };
  }
  return null;
}

function isTicker(token: Token, next: Token | undefined, shouting: boolean): boolean {
  if (shouting || token.raw !== token.raw.toUpperCase() || !/[A-Z]/.test(token.raw)) return false;
  if (token.raw.length < 3 || NEEDS_CONTEXT.has(token.raw)) return token.company || (next !== undefined && COMPANY_CONTEXT.has(next.word));
  return true;
}

/** Whether a run of words that is in the index means the company here. */
function saysCompany({ entry, tokens, at, length, shouting }: { entry: Exclude<Entry, { kind: 'other body' }>; tokens: readonly Token[]; at: number; length: number; shouting: boolean }): boolean {
  const run = tokens.slice(at, at + length);
  const words = run.map(({ word }) => word);
  const [first, last] = [run[0] as Token, run.at(-1) as Token];
  // `Axis bank`: the plain words of a name may be small, its own word may not.
  const capitals = shouting || (first.capital && run.every(({ capital, word }) => capital || (entry.kind !== 'prefix' && isCommon([word])) || /^(of|and|&|\d.*)$/.test(word)));
  if (!capitals) return false;
  const next = tokens[at + length];
  if (!last.ends && !last.company && next && GOES_ON.has(next.word) && (next.capital || next.word === 'of')) return false;
  const inContext = isInContext(last, next);
  if (length === 1 && NEEDS_CONTEXT.has(first.raw.toUpperCase()) && entry.kind !== 'alias') return inContext;
  if (entry.kind === 'alias') return length > 1 || last.raw.length > 2 || inContext;
  if (isCommon(words)) {
    if (entry.kind !== 'full') return false;
    if (shouting || length === 1) return length >= 3 || (inContext && !shouting);
    return length >= 3 || inContext || entry.companies.length === 1;
  }
  if (entry.kind === 'full' || length > 1) return words.join('').length > 2;
  return words[0] !== undefined && words[0].length > 3 && (inContext || standsAlone(tokens, at, length));
}

const isInContext = (last: Token, next: Token | undefined): boolean => last.company || (!last.ends && next !== undefined && COMPANY_CONTEXT.has(next.word));

/**
 * No capitalised word touches the run: `Nitin Raheja` and `Prateek Agarwal` are people, `Chennai Metro` a place, whatever
 * company's name begins so. In a headline that capitalises everything this cannot be told, so the run does not stand alone.
 */
function standsAlone(tokens: readonly Token[], at: number, length: number): boolean {
  const [before, last, after] = [tokens[at - 1], tokens[at + length - 1], tokens[at + length]];
  const touchesBefore = before?.capital === true && !before.ends;
  const touchesAfter = after?.capital === true && last?.ends !== true && !COMPANY_CONTEXT.has(after.word);
  return !touchesBefore && !touchesAfter;
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const chunk of text.split(/\s+/)) {
    const raw = chunk.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    const previous = tokens.at(-1);
    if (/^(ltd|limited|pvt|inc|plc|corp|corpn|corporation|company|co)$/i.test(raw)) {
      if (previous) { previous.company = true; previous.ends ||= /[,;:|!?]$/.test(chunk); }
      continue;
    }
    const words = /^[A-Z0-9]+([&-][A-Z0-9]+)+$/.test(raw) ? [raw.toLowerCase().replaceAll('-', ' ')].flatMap((each) => each.split(' ')) : nameWords(chunk);
    const stem = raw.replace(/[’']s?$/i, '').replace(/[’']s\b/gi, '');
    for (const [i, word] of words.entries()) {
      tokens.push({
        word, raw: words.length === 1 ? stem : word.toUpperCase() === stem ? stem : (stem.split(/[-/]/)[i] ?? word),
        capital: /^[\p{Lu}\p{N}]/u.test(words.length === 1 ? raw : (stem.split(/[-/]/)[i] ?? raw)), company: false, ends: i === words.length - 1 && /[,;:|!?)]$/.test(chunk),
      });
    }
    if (words.length === 0 && previous && /[,;:|!?)–-]$/.test(chunk)) previous.ends = true;
  }
  return joinLetters(tokens);
}

/** `G R Infraprojects`: single letters in a row are one word, as in the index. */
function joinLetters(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const previous = joined.at(-1);
    const letters = /^[a-z]$/.test(token.word) && previous !== undefined && /^[a-z]+$/.test(previous.word) && previous.raw.replace(/ /g, '').length === previous.word.length && previous.raw.split(' ').every((part) => part.length === 1) && !previous.ends;
    if (!letters || !previous) { joined.push({ ...token }); continue; }
    Object.assign(previous, { word: previous.word + token.word, raw: `${previous.raw} ${token.raw}`, company: token.company, ends: token.ends });
  }
  return joined;
}
