import type { SpokenAmount } from './amounts.ts';
import type { TradingDate } from '../../desk/time.ts';
import { soundsLikeQuestion } from './near-orders.ts';
import type { Sentence, Term } from './sentence.ts';
import { around, frames, settingNames, verbEndings, type FrameName } from './table/frames.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/** What a figure is there for, as the words beside it say; `null`: they do not. */
type Role = 'quantity' | 'limit' | 'stop' | 'target' | 'card' | null;
interface Figure { amount: SpokenAmount; text: string; role: Role; lots: boolean; worth: boolean }
/** A sentence every word of which a frame explains. */
interface Parts { figures: Figure[]; symbols: string[]; accounts: { name: string; from: boolean; to: boolean }[]; words: ReadonlySet<string>; settings: string[]; breakeven: boolean }

type Class = 'verb' | 'noun' | 'around';
const phrasesOf = (list: string): string[] => (list === '' ? [] : list.split('|'));
const lexicons = new Map(Object.entries(frames).map(([name, { verbs, nouns = '', also = '' }]) => {
  const lexicon = new Map<string, Set<Class>>();
  const add = (list: string, as: Class): void => { for (const phrase of phrasesOf(list)) lexicon.set(phrase, (lexicon.get(phrase) ?? new Set()).add(as)); };
  add(around, 'around'); add(also, 'around'); add(nouns, 'noun'); add(verbs, 'verb');
  if (nouns === 'SETTING') add(Object.keys(settingNames).join('|'), 'noun');
  return [name as FrameName, lexicon];
}));
const longest = Math.max(...[...lexicons.values()].flatMap((lexicon) => [...lexicon.keys()].map((phrase) => phrase.split(' ').length)));
/** Every word of the frames, so that none is taken for a name or a slip of another. */
export const frameWords: readonly string[] = [...lexicons.values()].flatMap((lexicon) => [...lexicon.keys()]).flatMap((phrase) => phrase.split(' ')).concat('tak');

const limitMarks = new Set(['at', 'limit', 'limit price', 'limit at', 'at limit', 'no more than', 'at no more than', 'not more than', 'at not more than', 'max', 'maximum', 'at most', 'at max', 'upto', 'up to', 'price', 'for no more than', 'with price', 'with limit', 'with a limit of', 'with limit of', 'with price of', 'with a price of', 'at price', 'at a price of', 'at price of', 'at the price of', 'at a limit of']);
const marks: Readonly<Record<string, Role>> = wordTable({ stop: 'stop', stops: 'stop', target: 'target', targets: 'target', card: 'card', proposal: 'card' });
const links = new Set(['at', 'to', 'of', 'as', 'is', 'down', 'up', 'back', 'price', 'level', 'the', 'number', 'a']);
const unitWords = new Set(['share', 'shares', 'quantity', 'units', 'unit', 'nos', 'pieces', 'piece', 'stocks']);

/** The places from `at` that the longest phrase of the lexicon takes, and what it is there. */
function phraseAt(terms: readonly Term[], at: number, lexicon: ReadonlyMap<string, ReadonlySet<Class>>): { phrase: string; classes: ReadonlySet<Class>; length: number } | null {
  for (let length = Math.min(longest, terms.length - at); length > 0; length -= 1) {
    const run = terms.slice(at, at + length);
    if (!run.every((term) => term.is === 'word')) continue;
    const phrase = run.map((term) => term.text).join(' ');
    const classes = lexicon.get(phrase);
    if (classes) return { phrase, classes, length };
  }
  return null;
}
const textAt = (terms: readonly Term[], at: number): string => { const term = terms[at]; return term?.is === 'word' ? term.text : ''; };

/** What the words in front of a figure, or right behind it, say that it is. */
function roleAt(terms: readonly Term[], at: number): { role: Role; behind: number } {
  const after = textAt(terms, at + 1);
  if (after === 'or' && ['better', 'lower', 'less', 'below', 'cheaper', 'higher'].includes(textAt(terms, at + 2))) return { role: 'limit', behind: 2 };
  const another = terms[at + 2]?.is === 'amount';
  if (unitWords.has(after)) return { role: 'quantity', behind: 1 };
  for (let back = at - 1; back >= 0 && back >= at - 4; back -= 1) {
    const role = marks[textAt(terms, back)];
    if (role) return { role, behind: 0 };
    if (!links.has(textAt(terms, back))) break;
  }
  for (const length of [5, 4, 3, 2, 1]) if (at >= length && limitMarks.has(Array.from({ length }, (_, k) => textAt(terms, at - length + k)).join(' '))) return { role: 'limit', behind: 0 };
  if (marks[after] && !another && marks[after] !== 'card') return { role: marks[after] ?? null, behind: 0 };
  return (after === 'at' || after === 'tak') && !another ? { role: 'limit', behind: 1 } : { role: null, behind: 0 };
}

const severalClauses: ReadonlySet<FrameName> = new Set<FrameName>(['kill', 'modify', 'reject']);
function partsOf({ original, terms }: Sentence, name: FrameName, marketDate: TradingDate): Parts | null {
  const lexicon = lexicons.get(name);
  if (!lexicon) return null;
  const found = new Set<Class>();
  const words = new Set<string>();
  const parts: Parts = { figures: [], symbols: [], accounts: [], words, settings: [], breakeven: false };
  let verbBefore = false;
  let clauses = 0;
  let clause = -1;
  for (let at = 0; at < terms.length;) {
    const term = terms[at];
    if (!term) break;
    const wasVerb = verbBefore;
    verbBefore = false;
    if (term.is === 'amount') {
      const { role, behind } = roleAt(terms, at);
      parts.figures.push({ amount: term.amount, text: term.text, role, lots: /^lots?$/.test(textAt(terms, at + 1)), worth: textAt(terms, at + 1) === 'worth' || textAt(terms, at - 1) === 'worth' });
      at += 1 + behind;
    } else if (term.is === 'symbol') {
      if (term.resolution.kind === 'unknown') return null;
      parts.symbols.push(original.slice(term.start, term.end));
      at += 1;
    } else if (term.is === 'account') {
      if (term.account === '*') return null;
      const [before, after] = [textAt(terms, at - 1) === 'the' || textAt(terms, at - 1) === 'my' ? textAt(terms, at - 2) : textAt(terms, at - 1), textAt(terms, textAt(terms, at + 1) === 'account' ? at + 2 : at + 1)];
      // "SIP mein se": out of it.
      const drawn = after === 'in' && textAt(terms, at + (textAt(terms, at + 1) === 'account' ? 3 : 2)) === 'se';
      parts.accounts.push({ name: term.account, from: before === 'from' || before === 'of' || after === 'se' || drawn, to: ['to', 'into', 'in'].includes(before) || (after === 'in' && !drawn) });
      at += 1;
    } else if (term.is === 'period') {
      if (term.period.from !== marketDate || term.period.to !== marketDate) return null;
      at += 1;
    } else if (term.is === 'word') {
      // "Nahi" alone is a no, but beside a verb it turns that round.
      if (/^(?:nahi|nahin|nhi|mat)$/i.test(term.raw)) return null;
      if ((term.text === 'cost' || term.text === 'breakeven' || term.text === 'entry') && name === 'modify') { parts.breakeven = true; at += 1; continue; }
      // "With a stop at 3800 and a target of 4000" goes on with the order; "and" before anything else begins a second request.
      if ((term.text === 'and' || term.text === 'with') && [1, 2].some((next) => marks[textAt(terms, at + next)] !== undefined)) { at += 1; continue; }
      if (name !== 'modify' && marks[term.text] && marks[term.text] !== 'card' && terms.slice(at + 1, at + 4).some((next) => next.is === 'amount') && (name === 'buy' || name === 'sell')) { at += 1; continue; }
      if (limitMarks.has(term.text) && (name === 'buy' || name === 'sell' || name === 'exit') && terms[at + 1]?.is === 'amount') { at += 1; continue; }
      const capped = limitCapAt(terms, at);
      if (capped > 0 && (name === 'buy' || name === 'sell')) { at += capped; continue; }
      if (wasVerb && verbEndings.has(term.text)) { at += 1; continue; }
      const phrase = phraseAt(terms, at, lexicon);
      if (!phrase) return null;
      for (const each of phrase.classes) found.add(each);
      for (const word of phrase.phrase.split(' ')) words.add(word);
      if (settingNames[phrase.phrase] !== undefined && name === 'setting') parts.settings.push(settingNames[phrase.phrase] ?? '');
      verbBefore = phrase.classes.has('verb') && !phrase.classes.has('around');
      // "I'm done with Infy, sell everything": what is done on both sides of a comma may be two things.
      if (verbBefore && !severalClauses.has(name)) { const here = (original.slice(0, term.start).match(/[,;.!]\s/g) ?? []).length; if (here !== clause) { clauses += 1; clause = here; } if (clauses > 1) return null; }
      at += phrase.length;
    } else return null;
  }
  const frame = frames[name];
  return (found.has('verb') || frame.verbless) && (found.has('noun') || frame.nouns === undefined) ? parts : null;
}
/** "At no more than 430": how many words say so. */
const limitCapAt = (terms: readonly Term[], at: number): number => [5, 4, 3, 2].find((length) => terms[at + length]?.is === 'amount' && limitMarks.has(Array.from({ length }, (_, k) => textAt(terms, at + k)).join(' '))) ?? 0;

const one = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
const inAccount = ({ accounts }: Parts): string | null => (accounts.length === 0 ? '' : accounts.length === 1 ? ` in ${accounts[0]?.name}` : null);
const sumOf = (figure: Figure | undefined): string | undefined => (figure && (figure.amount.unit === 'money' || figure.amount.unit === 'plain') ? figure.amount.value : undefined);
/** Nobody gives a price in thousands or lakhs. */
const plainPrice = (figure: Figure | undefined): string | undefined => (figure?.amount.unit === 'plain' && figure.amount.scaled ? undefined : sumOf(figure));
const money = (figure: Figure | undefined): string | undefined => { const value = sumOf(figure); return value === undefined ? undefined : `₹${value}`; };
/** Limit, stop and target behind an order; null where a figure has no place. */
function termsOf({ figures }: Parts): string | null {
  const of = (role: Role): Figure[] => figures.filter((figure) => figure.role === role);
  const written = (['limit', 'stop', 'target'] as const).map((role) => (of(role).length === 0 ? '' : plainPrice(one(of(role))) === undefined ? null : ` ${role === 'limit' ? 'at' : role} ${plainPrice(one(of(role)))}`));
  return written.includes(null) || of('card').length > 0 ? null : written.join('');
}
/** How much, as the tables write it: shares, lots, money, or a part of what is held. */
function quantityOf({ figures, words }: Parts, side: 'buy' | 'sell'): string | null {
  if (words.has('halve') && side === 'sell') return figures.some(({ role }) => role === 'quantity' || role === null) ? null : 'half of';
  const figure = one(figures.filter(({ role }) => role === 'quantity' || role === null));
  if (!figure) return null;
  const { value, unit, scaled } = figure.amount;
  if (unit === 'fraction') return side === 'sell' ? `${figure.text} of` : null;
  if (unit === 'percent') return side === 'sell' ? `${value}% of` : null;
  if (unit === 'money' || figure.worth) return `₹${value} of`;
  if (!/^[1-9]\d*$/.test(value)) return null;
  if (figure.lots) return `${value} lots of`;
  return figure.role === 'quantity' || !scaled ? value : null;
}
function order(parts: Parts, side: 'buy' | 'sell'): string | null {
  const [symbol, quantity, terms, account] = [one(parts.symbols), quantityOf(parts, side), termsOf(parts), inAccount(parts)];
  return symbol === undefined || quantity === null || terms === null || account === null ? null : `${side} ${quantity} ${symbol}${terms}${account}`;
}

const removing = 'remove delete strike hata hatao nikal nikalo nikaal lose kick scrub pull yank rid'.split(' ');
const adding = 'add include jodo rakh rakho daal dal daalo dalo put pop stick throw chuck place bung toss slap shove keep'.split(' ');
const writers: Readonly<Record<FrameName, (parts: Parts) => string | null>> = {
  buy: (parts) => order(parts, 'buy'),
  sell: (parts) => order(parts, 'sell'),
  exit: (parts) => {
    const [symbol, terms, account] = [one(parts.symbols), termsOf(parts), inAccount(parts)];
    return symbol === undefined || account === null || terms === null || parts.figures.some(({ role }) => role !== 'limit') ? null : `exit ${symbol}${terms}${account}`;
  },
  modify: (parts) => {
    const [symbol, account] = [one(parts.symbols), inAccount(parts)];
    const of = (role: Role): Figure[] => parts.figures.filter((figure) => figure.role === role);
    const about = (['stop', 'target'] as const).filter((role) => parts.words.has(role) || parts.words.has(`${role}s`));
    // "Drop it down to 3650": the figure belongs to the one thing spoken of.
    const loose = one(parts.figures.filter(({ role }) => role === null || role === 'limit'));
    const alone = one(about);
    const stop = plainPrice(one(of('stop')) ?? (alone === 'stop' ? loose : undefined)) ?? (parts.breakeven && alone === 'stop' ? 'breakeven' : undefined);
    const target = plainPrice(one(of('target')) ?? (alone === 'target' ? loose : undefined));
    const placed = (stop !== undefined && stop !== 'breakeven' ? 1 : 0) + (target === undefined ? 0 : 1);
    return symbol === undefined || account === null || (stop === undefined && target === undefined) || placed !== parts.figures.length ? null : `${symbol}${stop === undefined ? '' : ` stop ${stop}`}${target === undefined ? '' : ` target ${target}`}${account}`;
  },
  cancel: (parts) => {
    const account = inAccount(parts);
    if (account === null || parts.figures.length > 0 || parts.symbols.length > 1) return null;
    const [symbol] = parts.symbols;
    if (symbol !== undefined) return `cancel the ${symbol} order${account}`;
    return ['all', 'everything', 'every', 'saare', 'sare'].some((word) => parts.words.has(word)) ? `cancel all orders${account}` : null;
  },
  deposit: (parts) => { const [amount, account] = [money(one(parts.figures)), one(parts.accounts)]; return parts.symbols.length > 0 || amount === undefined || !account || account.from ? null : `deposit ${amount} in ${account.name}`; },
  withdraw: (parts) => { const [amount, account] = [money(one(parts.figures)), one(parts.accounts)]; return parts.symbols.length > 0 || amount === undefined || !account || (account.to && !account.from && !parts.words.has('withdraw')) ? null : `withdraw ${amount} from ${account.name}`; },
  transfer: (parts) => {
    const amount = money(one(parts.figures));
    const [from, to] = [one(parts.accounts.filter((account) => account.from && !account.to)), one(parts.accounts.filter((account) => account.to && !account.from))];
    if (amount === undefined || parts.symbols.length > 0 || parts.accounts.length !== 2) return null;
    const [source, goal] = [from ?? parts.accounts.find((account) => account !== to), to ?? parts.accounts.find((account) => account !== from)];
    return (from ?? to) && source && goal && source.name !== goal.name ? `transfer ${amount} from ${source.name} to ${goal.name}` : null;
  },
  watch: ({ words, symbols, figures, accounts }) => {
    if (symbols.length === 0 || figures.length > 0 || accounts.length > 0) return null;
    const off = removing.some((word) => words.has(word)) || ['from', 'off', 'out', 'se'].some((word) => words.has(word));
    const on = adding.some((word) => words.has(word)) || (['on', 'to', 'onto', 'into', 'in'].some((word) => words.has(word)) && !off);
    return off === on ? null : off ? `remove ${symbols.join(' and ')} from the watchlist` : `add ${symbols.join(' and ')} to my watchlist`;
  },
  pause: (parts) => (parts.figures.length + parts.symbols.length > 0 || inAccount(parts) === null ? null : `pause new entries${inAccount(parts)}`),
  resume: (parts) => (parts.figures.length + parts.symbols.length > 0 || inAccount(parts) === null ? null : `resume trading${inAccount(parts)}`),
  setting: (parts) => {
    const [figure, account, setting] = [one(parts.figures), inAccount(parts), one([...new Set(parts.settings)])];
    return !figure || account === null || setting === undefined || parts.symbols.length > 0 || figure.amount.unit === 'money' || figure.amount.unit === 'fraction' ? null : `set ${setting} to ${figure.amount.value}${figure.amount.unit === 'percent' ? '%' : ''}${account}`;
  },
  closeAll: (parts) => (parts.figures.length + parts.symbols.length > 0 || inAccount(parts) === null || !['all', 'everything', 'whole', 'entire', 'every', 'lot', 'poora', 'pura', 'book', 'portfolio', 'flat', 'cash'].some((word) => parts.words.has(word)) ? null : `close all positions${inAccount(parts)}`),
  amend: ({ figures, symbols, accounts }) => {
    const [card, quantity] = [one(figures.filter(({ role }) => role === 'card')), one(figures.filter(({ role }) => role === 'quantity' || role === null))];
    const whole = (figure: Figure | undefined): boolean => figure?.amount.unit === 'plain' && /^[1-9]\d*$/.test(figure.amount.value);
    return figures.length === 2 && symbols.length + accounts.length === 0 && card && quantity && whole(card) && whole(quantity) ? `change card ${card.amount.value} to ${quantity.amount.value} shares` : null;
  },
  kill: (parts) => {
    const said = (...words: string[]): boolean => words.some((word) => parts.words.has(word));
    const meant = (said('kill') && said('everything', 'all', 'switch', 'trading')) || (said('shut') && said('down')) || (said('pull') && said('plug')) || (said('hit', 'press', 'trip', 'throw', 'flip', 'slam', 'pull') && said('switch', 'button')) || (said('emergency') && said('stop')) || (said('emergency') && said('everything', 'all') && said('band', 'stop'));
    return !meant || parts.figures.length + parts.symbols.length > 0 || inAccount(parts) === null ? null : `hit the kill switch${inAccount(parts)}`;
  },
  approve: (parts) => cardDecided(parts, 'approve'),
  reject: (parts) => cardDecided(parts, 'reject'),
};
function cardDecided({ figures, symbols, accounts }: Parts, verb: string): string | null {
  const card = one(figures);
  return card?.amount.unit === 'plain' && /^[1-9]\d*$/.test(card.amount.value) && symbols.length + accounts.length === 0 ? `${verb} card ${card.amount.value}` : null;
}

/**
 * A command put together of a frame's words in any order, as the tables write it; null where a word is left over, a figure has no place,
 * it asks, or two frames read it differently.
 */
export function commandOf(sentence: Sentence, marketDate: TradingDate): string | null {
  // "Do not like the look of card 12" begins no question.
  if (soundsLikeQuestion(sentence) && !(sentence.terms[0]?.text === 'do' && sentence.terms[1]?.text === 'not' && !sentence.question)) return null;
  const written = new Set((Object.keys(frames) as FrameName[]).flatMap((name) => { const parts = partsOf(sentence, name, marketDate); const text = parts ? writers[name](parts) : null; return text === null ? [] : [text]; }));
  return written.size === 1 ? [...written][0] ?? null : null;
}
