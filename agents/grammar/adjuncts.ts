import type { SpokenPeriod } from '../../desk/market/spoken-periods.ts';
import type { Term } from './sentence.ts';

/** "In SIP" and "last month" may stand anywhere in a sentence; taken out, what is left is the phrase itself. */
export interface Lifted { terms: Term[]; account?: string; period?: SpokenPeriod }

const accountBefore = new Set(['in', 'for', 'from', 'of', 'on', 'at', 'across', 'under', 'within', 'inside', 'the', 'my', 'our', 'to']);
const accountAfter = new Set(['account', 'accounts', 'bucket', 'book', 'portfolio']);
const periodBefore = new Set(['in', 'for', 'over', 'during', 'on', 'of', 'as', 'at', 'by', 'till', 'within', 'the', 'from', 'and']);

export function lift(terms: readonly Term[], what: { account: boolean; period: boolean }): Lifted {
  let left = [...terms];
  const lifted: Omit<Lifted, 'terms'> = {};
  if (what.account) {
    const at = left.findIndex((term) => term.is === 'account');
    const term = left[at];
    if (term?.is === 'account') {
      lifted.account = term.account;
      left = without(left, at, { before: accountBefore, after: accountAfter });
    }
  }
  if (what.period) {
    const at = left.findIndex((term) => term.is === 'period');
    const term = left[at];
    if (term?.is === 'period') {
      lifted.period = term.period;
      left = without(left, at, { before: periodBefore, after: new Set() });
    }
  }
  return { terms: left, ...lifted };
}

function without(terms: readonly Term[], at: number, { before, after }: { before: ReadonlySet<string>; after: ReadonlySet<string> }): Term[] {
  let from = at;
  let to = at + 1;
  for (let term = terms[from - 1]; term?.is === 'word' && before.has(term.text) && at - from < 3; term = terms[from - 1]) from -= 1;
  const next = terms[to];
  if (next?.is === 'word' && after.has(next.text)) to += 1;
  return [...terms.slice(0, from), ...terms.slice(to)];
}

const openers: readonly (readonly string[])[] = [
  ['can', 'you'], ['could', 'you'], ['you', 'can'], ['you', 'may'], ['will', 'you'], ['do', 'you', 'know'], ['hey'], ['hi'], ['hello'], ['please'], ['ok'], ['so'], ['and'], ['now'], ['then'], ['just'], ['also'], ['kindly'], ['quickly'], ['parapet'], ['desk'], ['well'], ['um'], ['listen'], ['btw'], ['actually'], ['aur'], ['arre'], ['but'],
  ['i', 'want', 'to', 'know'], ['i', 'want', 'to', 'see'], ['i', 'would', 'like', 'to', 'know'], ['i', 'would', 'like', 'to', 'see'], ['may', 'i', 'know'], ['can', 'i', 'see'], ['can', 'i', 'know'], ['can', 'i', 'get'], ['let', 'me', 'know'], ['let', 'me', 'see'], ['tell', 'me'], ['quick', 'question'], ['any', 'idea'], ['do', 'me', 'a', 'favour', 'and'], ['mujhe'], ['yes', 'and'],
];
/** Asking somebody to do something: polite, but no longer a plain order. */
const asking = new Set(['can you', 'could you', 'will you']);
const closers: readonly (readonly string[])[] = [['please'], ['thanks'], ['show'], ['now'], ['for', 'me'], ['do'], ['then'], ['till', 'now'], ['until', 'now'], ['till', 'date'], ['so', 'far'], ['as', 'of', 'now'], ['right', 'now'], ['quickly'], ['asap'], ['ok'], ['raha'], ['kar']];

/** Takes politeness off both ends. `asked`: it was put as a request ("can you …"). Never takes off everything. */
export function withoutCourtesy(terms: readonly Term[]): { terms: Term[]; asked: boolean } {
  let left = [...terms];
  let asked = false;
  const startsWith = (words: readonly string[]): boolean => words.length < left.length && words.every((word, k) => left[k]?.is === 'word' && left[k]?.text === word);
  const endsWith = (words: readonly string[]): boolean => words.length < left.length && words.every((word, k) => { const term = left[left.length - words.length + k]; return term?.is === 'word' && term.text === word; });
  for (let opener = openers.find(startsWith); opener; opener = openers.find(startsWith)) {
    asked ||= asking.has(opener.join(' '));
    left = left.slice(opener.length);
  }
  for (let closer = closers.find(endsWith); closer; closer = closers.find(endsWith)) left = left.slice(0, -closer.length);
  return { terms: left, asked };
}
