import { suiteNames } from '../../desk/evaluation/suite-names.ts';
import { toNumber, valueMinor, decimalToMinor } from '../../desk/decimal.ts';
import type { SpokenAmount } from './amounts.ts';
import type { ConversationContext } from './context.ts';
import type { Matchable } from './pattern.ts';
import type { Span } from './intents.ts';
import type { Sentence, Term } from './sentence.ts';
import { isEveryday, mayBeTicker, type Resolution } from './symbols.ts';
import { grammarWords } from './table/index.ts';
import { fallingWords, listedAt, risingWords } from './vocabulary.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/** A symbol as it was said, still to be settled: it may be ambiguous, unknown, a pronoun, or an everyday word that is a ticker. */
export interface SymbolMention { mention: 'symbol'; said: string; start: number; end: number; resolution: Resolution; how: 'named' | 'pronoun' | 'everyday' | 'foreign' }
/** A symbol by its name. */
export const mentionOf = ({ raw, start, end, resolution }: Term & { is: 'symbol' }): SymbolMention => ({ mention: 'symbol', said: raw, start, end, resolution, how: 'named' });
export const isMention = (value: unknown): value is SymbolMention => typeof value === 'object' && value !== null && 'mention' in value;

type Fill = { value: unknown; length: number };
type Reader = (terms: readonly Term[], place: number, frame: SlotFrame) => Fill[];
export interface SlotFrame { sentence: Sentence; context: ConversationContext; /** Words with slips are read as they stand, not mended. */ asTyped?: boolean }

const one = (value: unknown): Fill[] => (value === null || value === undefined ? [] : [{ value, length: 1 }]);
const amountAt = (terms: readonly Term[], place: number): SpokenAmount | null => { const term = terms[place]; return term?.is === 'amount' ? term.amount : null; };
const onAmount = (read: (amount: SpokenAmount) => unknown): Reader => (terms, place) => { const amount = amountAt(terms, place); return amount ? one(read(amount)) : []; };
const isWhole = ({ value }: SpokenAmount): boolean => /^[1-9]\d{0,8}$/.test(value);
/** A plain whole number. "20k" is no count of shares: it may be rupees. */
const count = (amount: SpokenAmount): number | null => (amount.unit === 'plain' && !amount.scaled && isWhole(amount) ? Number(amount.value) : null);
const price = (amount: SpokenAmount): string | null =>
  ((amount.unit === 'plain' && !amount.scaled) || amount.unit === 'money') && toNumber(amount.value) > 0 ? amount.value : null;
const minor = (amount: SpokenAmount): number | null => { const value = decimalToMinor(amount.value); return value > 0 && Number.isSafeInteger(value) ? value : null; };
const fraction = (amount: SpokenAmount): number | null => {
  const value = amount.unit === 'fraction' ? Number(amount.value) : amount.unit === 'percent' ? valueMinor(amount.value, 100) / 1_000_000 : 0;
  return value > 0 && value < 1 ? value : null;
};
const isAll = (amount: SpokenAmount): boolean => amount.unit === 'percent' && amount.value === '100';

const pronouns = new Set(['it', 'its', 'that', 'this', 'them', 'same']);
const lots = new Set(['lot', 'lots']);
function symbol(terms: readonly Term[], place: number, { sentence, context }: SlotFrame): Fill[] {
  const term = terms[place];
  if (!term) return [];
  if (term.is === 'symbol') return one(mentionOf(term));
  const at = { said: term.raw, start: term.start, end: term.end, mention: 'symbol' as const };
  if (term.is !== 'word') return [];
  if (pronouns.has(term.text)) {
    return context.lastSymbol ? one({ ...at, resolution: { kind: 'one', symbol: context.lastSymbol, name: context.lastSymbol }, how: 'pronoun' } satisfies SymbolMention) : [];
  }
  const isKnownWord = grammarWords.has(term.text) || isEveryday(term.text);
  if (isKnownWord) {
    // "buy 100 idea": a word that is also a ticker, where only a symbol can stand.
    if (term.mended !== undefined || !mayBeTicker(term.text)) return [];
    const resolution = sentence.resolver.resolve(term.text.toUpperCase());
    return resolution.kind === 'one' && resolution.symbol === term.text.toUpperCase() ? one({ ...at, resolution, how: 'everyday' } satisfies SymbolMention) : [];
  }
  const run = foreignRun(terms, place);
  return run.map((length) => {
    const last = terms[place + length - 1] ?? term;
    const said = sentence.original.slice(term.start, last.end);
    return { value: { mention: 'symbol', said, start: term.start, end: last.end, resolution: sentence.resolver.resolve(said), how: 'foreign' } satisfies SymbolMention, length };
  });
}
/** Lengths, longest first, of the run of words nobody knows that starts here: perhaps a name that is spelt wrong. */
function foreignRun(terms: readonly Term[], place: number): number[] {
  let length = 0;
  for (let term = terms[place]; length < 3 && term?.is === 'word' && /^[a-z0-9&][a-z0-9&.'-]+$/.test(term.text) && !grammarWords.has(term.text) && !isEveryday(term.text); term = terms[place + length]) length += 1;
  return Array.from({ length }, (_, k) => length - k);
}
function symbols(terms: readonly Term[], place: number, frame: SlotFrame): Fill[] {
  const found: SymbolMention[] = [];
  let next = place;
  for (;;) {
    const [fill] = symbol(terms, next, frame);
    if (!fill || !isMention(fill.value)) break;
    found.push(fill.value);
    next += fill.length;
    const joint = terms[next];
    if (joint?.is === 'word' && joint.text === 'and') next += 1;
  }
  return found.length > 0 ? [{ value: found, length: next - place }] : [];
}
function fall(terms: readonly Term[], place: number): Fill[] {
  for (const [direction, amount, length] of [[0, 1, 2], [1, 0, 2], [0, 2, 3], [2, 0, 3]] as const) {
    // "a 5% nifty fall": what falls may stand between.
    if (direction === 2 && !(terms[place + 1]?.is === 'symbol' || terms[place + 1]?.text === 'market')) continue;
    const word = terms[place + direction];
    const figure = amountAt(terms, place + amount);
    if (length === 3 && direction === 0 && !(terms[place + 1]?.text === 'by' || terms[place + 1]?.text === 'another' || terms[place + 1]?.text === 'down')) continue;
    if (word?.is !== 'word' || !figure || figure.unit !== 'percent') continue;
    const sign = risingWords.has(word.text) ? 1 : fallingWords.has(word.text) ? -1 : 0;
    if (sign !== 0) return [{ value: sign * Math.abs(toNumber(figure.value)), length }];
  }
  return [];
}
/** What stands between two names that are compared. */
const betweenCompared = new Set('and or vs versus against with to than v beat beaten outperform outperformed outperforming underperform underperformed better worse do did done doing more less gain gained rise risen fall fallen performed perform fare fared by relative compared'.split(' '));
function compared(terms: readonly Term[], place: number, frame: SlotFrame): Fill[] {
  const found: SymbolMention[] = [];
  let end = place;
  for (let next = place; next < terms.length;) {
    const [fill] = symbol(terms, next, frame);
    // A word that nobody knows is a name only where a comparison leads up to it: "TCS vs ZORBIX", not "TCS penalty".
    const led = terms[next - 1]?.is === 'word';
    if (fill && isMention(fill.value) && (fill.value.how === 'named' || fill.value.how === 'pronoun' || (fill.value.how === 'foreign' && led && found.length > 0))) { found.push(fill.value); next += fill.length; end = next; continue; }
    const joint = terms[next];
    if (found.length === 0 || joint?.is !== 'word' || !betweenCompared.has(joint.text)) break;
    next += 1;
  }
  return found.length > 1 ? [{ value: found, length: end - place }] : [];
}
/** Who dealt, as it was written: words that nobody lists, up to a day, a preposition or a word of the grammar. Held against the names on record. */
export function clientAt(terms: readonly Term[], place: number, { sentence }: SlotFrame): Fill[] {
  const first = terms[place];
  const firm = /^(?:research|capital|securities|fund|funds|trust|bank|partners|ventures|investments?|advisors|mutual|global|llp|ltd|limited|private|pvt|india|management|asset|insurance|finance|financial|trading|sachs|stanley|lynch|and|services|overseas|opportunities)$/;
  const named = (term: Term | undefined): boolean => term !== undefined && (term.is === 'symbol' || (term.is === 'word' && (term.mended !== undefined || (!grammarWords.has(term.text) && !isEveryday(term.text)))));
  if (!first || !named(first)) return [];
  let length = 1;
  while (length < 6 && (named(terms[place + length]) || (terms[place + length]?.is === 'word' && firm.test(terms[place + length]?.text ?? '')))) length += 1;
  return Array.from({ length }, (_, k) => length - k).map((n) => ({ value: sentence.original.slice(first.start, (terms[place + n - 1] ?? first).end), length: n }));
}
/** "5x", "3 times", "twice". */
function times(terms: readonly Term[], place: number): Fill[] {
  const text = terms[place]?.text ?? '';
  const joined = /^(\d{1,2}(?:\.\d+)?)x$/.exec(text)?.[1];
  if (joined !== undefined) return [{ value: Number(joined), length: 1 }];
  if (text === 'twice' || text === 'double') return [{ value: 2, length: 1 }];
  const amount = amountAt(terms, place);
  const after = terms[place + 1]?.text;
  return amount?.unit === 'plain' && !amount.scaled && (after === 'times' || after === 'x') && toNumber(amount.value) > 0 && toNumber(amount.value) <= 100 ? [{ value: toNumber(amount.value), length: 2 }] : [];
}
const spanUnits: Record<string, Span['unit']> = wordTable({ day: 'SESSION', days: 'SESSION', session: 'SESSION', sessions: 'SESSION', week: 'WEEK', weeks: 'WEEK', month: 'MONTH', months: 'MONTH', year: 'YEAR', years: 'YEAR' });
const spokenSpans: Record<string, Span> = wordTable({ yearly: { count: 1, unit: 'YEAR' }, annual: { count: 1, unit: 'YEAR' }, monthly: { count: 1, unit: 'MONTH' }, weekly: { count: 1, unit: 'WEEK' }, lifetime: { count: 1, unit: 'ALL' }, record: { count: 1, unit: 'ALL' }, ever: { count: 1, unit: 'ALL' } });
/** "52 week", "60 trading sessions", "one year", "all time". */
function span(terms: readonly Term[], place: number): Fill[] {
  const words = [terms[place]?.text ?? '', terms[place + 1]?.text ?? '', terms[place + 2]?.text ?? ''] as const;
  if (words[0] === 'all' && words[1] === 'time') return [{ value: { count: 1, unit: 'ALL' }, length: 2 }];
  const joined = /^(\d{1,3})(d|w|m|y)$/.exec(words[0]);
  if (joined) return [{ value: { count: Number(joined[1]), unit: { d: 'SESSION', w: 'WEEK', m: 'MONTH', y: 'YEAR' }[joined[2] ?? 'd'] as Span['unit'] }, length: 1 }];
  if (words[0] === 'year' && (words[1] === 'high' || words[1] === 'low')) return [{ value: { count: 1, unit: 'YEAR' }, length: 1 }];
  const spoken = terms[place]?.is === 'word' ? spokenSpans[words[0]] : undefined;
  if (spoken) return [{ value: spoken, length: 1 }];
  const amount = amountAt(terms, place);
  const n = amount ? count(amount) : words[0] === 'one' || words[0] === 'a' ? 1 : null;
  const trading = words[1] === 'trading' ? 1 : 0;
  const unit = spanUnits[trading ? words[2] : words[1]];
  return n !== null && n <= 2000 && unit ? [{ value: { count: n, unit }, length: 2 + trading }] : [];
}
/** A time of the day, with a colon so that it is no figure: "10:30". */
const clockTime: Reader = (terms, place) => { const found = /^(\d{1,2}):(\d{2})$/.exec(terms[place]?.text ?? ''); return found && Number(found[1]) < 24 && Number(found[2]) < 60 ? one(`${(found[1] ?? '').padStart(2, '0')}:${found[2]}`) : []; };
const shares = onAmount((amount) => { const n = count(amount); return n === null ? null : { kind: 'shares', shares: n }; });
const part = onAmount((amount) => { const f = fraction(amount); return isAll(amount) ? { kind: 'all' } : f === null ? null : { kind: 'fraction', fraction: f }; });
/** Money that is meant as such: a currency was named, or it stands before "worth", or money is "put into" something. */
function worth(terms: readonly Term[], place: number): Fill[] {
  const amount = amountAt(terms, place);
  if (!amount || (amount.unit !== 'money' && amount.unit !== 'plain')) return [];
  const after = terms[place + 1]?.text;
  const before = terms[place - 1]?.text;
  if (amount.unit === 'plain' && after !== 'worth' && before !== 'invest' && before !== 'deploy' && before !== 'put' && before !== 'worth') return [];
  const amountMinor = minor(amount);
  return amountMinor === null ? [] : one({ kind: 'money', amountMinor });
}
const onlyIf = (comparison: 'ABOVE' | 'BELOW'): Reader => onAmount((amount) => { const value = price(amount); return value === null ? null : { comparison, price: value }; });
const textFrom: Reader = (terms, place, { sentence }) => {
  const first = terms[place];
  if (!first) return [];
  return [{ value: sentence.original.slice(first.start).trim().replace(/[.!?]+$/, '').slice(0, 400), length: terms.length - place }];
};

/** "1:5", "5 for 1", "10 into 1": as said, larger or smaller first. */
function ratio(terms: readonly Term[], place: number): Fill[] {
  const inOne = /^(\d{1,4}):(\d{1,4})$/.exec(terms[place]?.text ?? '');
  if (inOne) return one({ first: Number(inOne[1]), second: Number(inOne[2]) });
  const [first, joint] = [amountAt(terms, place), terms[place + 1]?.text ?? ''];
  const joined = joint === 'for' || joint === 'to' || joint === 'into' ? 1 : 0;
  const second = amountAt(terms, place + 1 + joined);
  const [a, b] = [first && count(first), second && count(second)];
  return a && b ? [{ value: { first: a, second: b }, length: 2 + joined }] : [];
}

/** "95.32/4.68", "95.32 and 4.68": what the parent keeps of a cost and what goes over, in percent; "4.68 %": what goes over. */
function costSplit(terms: readonly Term[], place: number): Fill[] {
  const inOne = /^(\d{1,2}(?:\.\d+)?)%?[/:-](\d{1,2}(?:\.\d+)?)%?$/.exec(terms[place]?.raw ?? '');
  if (inOne) return one({ kept: Number(inOne[1]), parted: Number(inOne[2]) });
  const percent = (at: number): number | null => { const amount = amountAt(terms, at); const value = amount && (amount.unit === 'percent' || amount.unit === 'plain') ? toNumber(amount.value) : null; return value !== null && value > 0 && value < 100 ? value : null; };
  const joined = ['/', 'and', 'to', 'by', ':', '-'].includes(terms[place + 1]?.text ?? '') ? 1 : 0;
  const [kept, parted] = [percent(place), percent(place + 1 + joined)];
  if (kept !== null && parted !== null && Math.abs(kept + parted - 100) < 1) return [{ value: { kept, parted }, length: 2 + joined }];
  return kept !== null && amountAt(terms, place)?.unit === 'percent' ? one({ parted: kept }) : [];
}

const ordinals: Record<string, number> = wordTable({ first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, one: 1, two: 2, three: 3, four: 4, five: 5 });
const readers: Record<string, Reader> = {
  symbol, symbols,
  /** A symbol that is certain: for patterns in which a stray word would otherwise look like one. */
  known: (terms, place, frame) => symbol(terms, place, frame).filter(({ value }) => isMention(value) && (value.how === 'named' || value.how === 'pronoun')),
  /** A company by its symbol, or as it was said where none is listed under it yet: what came of a demerger. */
  company: (terms, place, frame) => symbol(terms, place, frame).flatMap(({ value, length }) => (isMention(value) ? [{ value: value.resolution.kind === 'one' ? value.resolution.symbol : value.said, length }] : [])),
  symbolName: symbol, compared, span, client: clientAt, times, time: clockTime,
  account: (terms, place) => { const term = terms[place]; return term?.is === 'account' && term.account !== '*' ? one(term.account) : []; },
  sector: (terms, place) => { const term = terms[place]; return term?.is === 'sector' ? one(term.sector) : []; },
  period: (terms, place) => { const term = terms[place]; return term?.is === 'period' ? one(term.period) : []; },
  date: (terms, place) => { const term = terms[place]; return term?.is === 'period' && term.period.day ? one(term.period) : []; },
  card: onAmount((amount) => { const n = count(amount); return n !== null && n < 1_000_000 ? n : null; }),
  /** Which of a list or a plan: "2", "second", "2nd". */
  ordinal: (terms, place) => { const term = terms[place]; const n = term?.is === 'amount' ? count(term.amount) : ordinals[term?.text ?? ''] ?? Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(term?.text ?? '')?.[1] ?? 0); return n ? one(n) : []; },
  ratio, costSplit, n: onAmount(count), decimal: onAmount((amount) => (amount.unit === 'plain' ? toNumber(amount.value) : null)),
  price: onAmount(price), percent: onAmount((amount) => (amount.unit === 'percent' && toNumber(amount.value) > 0 ? toNumber(amount.value) : null)),
  money: onAmount((amount) => (amount.unit === 'money' || amount.unit === 'plain' ? minor(amount) : null)),
  /** An amount in whole currency, as the limits take it. */
  rupees: onAmount((amount) => { const value = amount.unit === 'money' || amount.unit === 'plain' ? minor(amount) : null; return value === null ? null : value / 100; }),
  /** An amount in crore of whole currency: "3000 crore", "3000 cr"; a plain figure is one of crore. */
  crore: onAmount((amount) => { const value = toNumber(amount.value); const crore = amount.unit === 'money' || amount.scaled ? value / 1e7 : amount.unit === 'plain' ? value : 0; return crore > 0 ? crore : null; }),
  /** Money that says so itself: "add 50000" alone could be shares. */
  funds: onAmount((amount) => (amount.unit === 'money' || amount.scaled ? minor(amount) : null)),
  shares, part, worth, share: onAmount(fraction), above: onlyIf('ABOVE'), below: onlyIf('BELOW'),
  lots: (terms, place) => { const amount = amountAt(terms, place); const n = amount ? count(amount) : null; return n !== null && lots.has(terms[place + 1]?.text ?? '') ? [{ value: { kind: 'lots', lots: n }, length: 2 }] : []; },
  stop: (terms, place, frame) => [...entryPrice(terms, place), ...(readers.price?.(terms, place, frame) ?? [])],
  entry: (terms, place) => entryPrice(terms, place),
  signed: onAmount((amount) => (amount.unit === 'percent' ? toNumber(amount.value) : null)),
  fall, text: textFrom, rest: textFrom,
  reference: (terms, place) => { const term = terms[place]; return term ? one(term.raw.replace(/^#/, '')) : []; },
  suite,
  word: (terms, place) => { const term = terms[place]; return term?.is === 'word' ? one(term.text) : []; },
  indicator: (terms, place) => listedAt('indicator', terms.map((term) => term.text), place),
  structure: (terms, place) => listedAt('structure', terms.map((term) => term.text), place),
  objective: (terms, place) => listedAt('objective', terms.map((term) => term.text), place),
};
/** An evaluation suite by its name in one or more words, as they were typed; any other word is a name that nobody has, and that is said. */
function suite(terms: readonly Term[], place: number): Fill[] {
  const typed = (n: number): string | undefined => { const term = terms[n]; return term?.is === 'word' ? (term.mended ?? term.text) : term?.text; };
  const named = suiteNames.map((name) => name.split('-')).filter((parts) => parts.length > 1 && parts.every((part, n) => typed(place + n) === part)).map((parts) => ({ value: parts.join('-'), length: parts.length }));
  const word = terms[place]?.is === 'word' ? typed(place) : undefined;
  return [...named, ...(word === undefined ? [] : one(word))];
}
function entryPrice(terms: readonly Term[], place: number): Fill[] {
  const words = [terms[place]?.text, terms[place + 1]?.text];
  if (words[0] === 'cost' || words[0] === 'breakeven' || words[0] === 'be') return [{ value: 'ENTRY', length: 1 }];
  if ((words[0] === 'my' || words[0] === 'the') && (words[1] === 'cost' || words[1] === 'entry')) return [{ value: 'ENTRY', length: 2 }];
  return words[0] === 'entry' ? [{ value: 'ENTRY', length: 1 }] : [];
}

/** A run of terms as patterns see it. */
export function matchable(terms: readonly Term[], frame: SlotFrame): Matchable {
  return {
    length: terms.length,
    wordAt: (place) => { const term = terms[place]; if (frame.asTyped && term?.is === 'word' && term.mended !== undefined) return term.mended; return term && (term.is === 'word' || term.is === 'sector' || (term.is === 'amount' && term.amount.unit === 'plain')) ? term.text : null; },
    slotAt(slot, place) {
      const reader = readers[slot];
      if (!reader) throw new RangeError(`no slot reader for {${slot}}`);
      return reader(terms, place, frame);
    },
  };
}
