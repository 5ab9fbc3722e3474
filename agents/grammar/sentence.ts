import { amountAt, parseFigure, type SpokenAmount } from './amounts.ts';
import type { ConversationContext, Utterance } from './context.ts';
import { periodAt, type SpokenPeriod } from '../../desk/market/spoken-periods.ts';
import { mended, withVowels } from './spelling.ts';
import { indexNameAt } from './index-names.ts';
import { isEveryday, type Resolution, type SymbolResolver } from './symbols.ts';
import { grammarWords } from './table/index.ts';
import { sectorAt, sectorFollows, singularSectorAt } from './vocabulary.ts';
import { spellOut, splitWords, type Word } from './words.ts';

/** A piece of a sentence after names, figures and dates have been recognised. `start`/`end` are offsets in what was typed. */
export type Term = { text: string; raw: string; start: number; end: number } & (
  | { is: 'word'; mended?: string }
  | { is: 'amount'; amount: SpokenAmount }
  | { is: 'period'; period: SpokenPeriod }
  | { is: 'account'; account: string }
  | { is: 'sector'; sector: string }
  | { is: 'symbol'; resolution: Resolution }
);
export interface Sentence {
  original: string;
  terms: Term[];
  question: boolean;
  /** Typed in capitals throughout, so that capitals say nothing about what is a ticker. */
  shouted: boolean;
  resolver: SymbolResolver;
}

export function readSentence({ text, context, resolver, calendar, marketDate }: Utterance): Sentence {
  const words = spellOut(splitWords(text));
  const letters = text.replace(/[^A-Za-z]/g, '');
  const shouted = letters.length > 6 && letters === letters.toUpperCase() && words.length > 2;
  const texts = words.map((word) => word.text);
  const terms: Term[] = [];
  for (let at = 0; at < words.length;) {
    const account = accountAt(texts, at, context);
    const period = account ? null : periodAt(texts, at, { calendar, marketDate });
    const named = account || period ? null : indexNameAt(texts, at, resolver) ?? (isOptionRight(texts, at) ? null : symbolAt(words, at, { resolver, shouted }));
    const amount = account || period || named ? null : amountAt(texts, at);
    const sector = account || period || named || amount ? null : isSectorIt(words, at, shouted) ? { sector: 'IT', length: 1 } : sectorAt(texts, at) ?? singularSectorAt(texts, at);
    const length = account?.length ?? period?.length ?? named?.length ?? amount?.length ?? sector?.length ?? 1;
    const place = placed(words.slice(at, at + length), text);
    if (account) terms.push({ ...place, is: 'account', account: account.account });
    else if (period) terms.push({ ...place, is: 'period', period: period.period });
    else if (named) terms.push({ ...place, is: 'symbol', resolution: named.resolution });
    else if (amount) terms.push({ ...place, is: 'amount', amount: amount.amount });
    else if (sector) terms.push({ ...place, is: 'sector', sector: sector.sector });
    else terms.push(wordTerm(place));
    at += length;
  }
  return { original: text, terms, question: /\?\s*$/.test(text), shouted, resolver };
}

function placed(words: readonly Word[], original: string): { text: string; raw: string; start: number; end: number } {
  const start = words[0]?.start ?? 0;
  const end = words.at(-1)?.end ?? start;
  return { text: words.map((word) => word.text).join(' '), raw: original.slice(start, end), start, end };
}
function wordTerm(place: { text: string; raw: string; start: number; end: number }): Term {
  const right = grammarWords.has(place.text) || isEveryday(place.text) ? null : /^[a-z]{2,}in$/.test(place.text) && grammarWords.has(`${place.text}g`) ? `${place.text}g` : mended(place.text, grammarWords) ?? withVowels(place.text, grammarWords);
  return right ? { ...place, text: right, is: 'word', mended: place.text } : { ...place, is: 'word' };
}

/** Names that people give an account: as it is, in two words, hyphenated, and its aliases. */
const accountForms = (account: ConversationContext['accounts'][number]): string[] => [
  account.name, account.name.replace(/([a-z])([A-Z])/g, '$1 $2'), account.name.replace(/([a-z])([A-Z])/g, '$1-$2'), ...(account.aliases ?? []),
].map((form) => form.toLowerCase());
const everyAccount = [['all', 'accounts'], ['all', 'the', 'accounts'], ['all', 'my', 'accounts'], ['every', 'account'], ['each', 'account'], ['both', 'accounts'], ['across', 'accounts'], ['across', 'all', 'accounts']];

function accountAt(words: readonly string[], at: number, context: ConversationContext): { account: string; length: number } | null {
  const every = everyAccount.find((form) => form.every((word, k) => words[at + k] === word));
  if (every) return { account: '*', length: every.length };
  let best: { account: string; length: number } | null = null;
  for (const account of context.accounts) {
    for (const form of accountForms(account)) {
      const parts = form.split(' ');
      if (parts.length > (best?.length ?? 0) && parts.every((part, k) => words[at + k] === part)) best = { account: account.name, length: parts.length };
    }
  }
  return best;
}

const isSectorIt = (words: readonly Word[], at: number, shouted: boolean): boolean => {
  const word = words[at];
  return word?.text === 'it' && ((word.raw === 'IT' && !shouted) || (words[at - 1]?.text === 'in' && marketNouns.has(words[at - 2]?.text ?? '')) || sectorFollows.has(words[at + 1]?.text ?? '') || (/^(?:stock|share|name)$/.test(words[at + 1]?.text ?? '') && /^(?:which|what|best|worst|top|biggest|strongest|weakest|any)$/.test(words[at - 1]?.text ?? '')));
};

/** "24600 ce", "ce 24600": a call or put beside its strike, though a share be listed under these letters. */
const isOptionRight = (texts: readonly string[], at: number): boolean => (texts[at] === 'ce' || texts[at] === 'pe') && (/^\d{2,6}(?:\.\d+)?$/.test(texts[at - 1] ?? '') || /^\d{2,6}(?:\.\d+)?$/.test(texts[at + 1] ?? ''));

/** "Top losers in it": what moves is in a sector, not in a share. */
const marketNouns = new Set('losers loser gainers gainer movers stocks shares names performers laggards'.split(' '));
/** Everyday words that stand within names: "IDFC First Bank", "Ujjivan Small Finance". What nobody is called is read without them. */
const innerWords = new Set(['first', 'small']);
const joins = new Set(['of', 'and', '&', 'the']);
/** Everyday words that begin or continue companies' names; alone they stay words. */
const businessWords = new Set('bank banks state india indian oil power steel gold star sun global supreme prime finance financial life insurance motors auto tech media energy grid consumer industries page total metal cement paints pharma union central capital great royal general international national united standard coal tower water gas foods sugar'.split(' '));
/** Names of companies that begin with an everyday word which may not begin a name by itself. */
const everydayNames: ReadonlySet<string> = new Set(['yes bank', 'vodafone idea', 'can fin', 'max healthcare', 'max financial', 'just dial', 'five star', 'home first', 'fine organic', 'clean science', 'one97 communications', 'new india', 'go fashion', 'go digit']);
const isName = (word: Word): boolean => !grammarWords.has(word.text) && !parseFigure(word.text) && !isEveryday(word.text) && /^[a-z0-9&][a-z0-9&.'-]*[a-z][a-z0-9&.'-]*$/.test(word.text);

const isTicker = (raw: string, resolver: SymbolResolver): boolean => { const found = resolver.resolve(raw); return found.kind === 'one' && found.symbol === raw.toUpperCase(); };

/** The longest run of words from here that names a company or symbol; everyday words alone only when typed as a ticker. */
function symbolAt(words: readonly Word[], at: number, { resolver, shouted }: { resolver: SymbolResolver; shouted: boolean }): { resolution: Resolution; length: number } | null {
  const first = words[at];
  if (!first || !/[a-z]/.test(first.text)) return null;
  const mayContinue = (word: Word): boolean => isName(word) || businessWords.has(word.text) || joins.has(word.text) || innerWords.has(word.text);
  let longest = 1;
  if (isName(first) || businessWords.has(first.text)) {
    // "infy and tcs" are two; "mahindra and mahindra" is one, since "mahindra" alone is not.
    const alone = isName(first) && joins.has(words[at + 1]?.text ?? '') && isTicker(first.raw, resolver);
    if (!alone) for (let next = words[at + longest]; next && longest < 4 && mayContinue(next); next = words[at + longest]) longest += 1;
  }
  for (let length = longest; length >= 2; length -= 1) {
    const run = words.slice(at, at + length);
    if (joins.has(run.at(-1)?.text ?? '')) continue;
    const resolution = resolver.resolve(run.map((word) => word.raw).join(' '));
    if (resolution.kind !== 'unknown' || resolution.elsewhere !== undefined) return { resolution, length };
  }
  const opening = `${first.text} ${words[at + 1]?.text ?? ''}`;
  if (longest === 1 && everydayNames.has(opening)) {
    const resolution = resolver.resolve(words.slice(at, at + 2).map((word) => word.raw).join(' '));
    if (resolution.kind === 'one') return { resolution, length: 2 };
  }
  const typedAsTicker = !shouted && first.raw.length >= 2 && first.raw === first.raw.toUpperCase() && !/^\d/.test(first.raw) && first.raw.toLowerCase() === first.text;
  if (!isName(first) && !typedAsTicker) return null;
  const resolution = resolver.resolve(first.raw);
  // A word of the grammar in capitals is a ticker only by its exact name: "BUY TCS" has one symbol.
  if (!isName(first)) return resolution.kind === 'one' && resolution.symbol === first.raw ? { resolution, length: 1 } : null;
  return resolution.kind === 'unknown' && resolution.elsewhere === undefined ? null : { resolution, length: 1 };
}
