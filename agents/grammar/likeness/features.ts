import type { Sentence, Term } from '../sentence.ts';

const indices = new Set(['NIFTY', 'BANKNIFTY', 'SENSEX', 'FINNIFTY']);
/** A term without what it names: which share, account, day or figure it is says nothing about what is asked. */
function plain(term: Term): string {
  switch (term.is) {
    case 'word': return term.text;
    case 'symbol': return term.resolution.kind === 'one' && indices.has(term.resolution.symbol) ? '@index' : '@symbol';
    case 'account': return term.account === '*' ? '@accounts' : '@account';
    case 'period': return term.period.day ? '@day' : '@period';
    case 'amount': return `@${term.amount.unit}`;
    case 'sector': return '@sector';
  }
}

const letters = 4;
/** The runs of four letters of a word, its ends marked: what a slip of spelling leaves whole. */
function runsOf(word: string): string[] {
  const marked = `<${word}>`;
  return marked.length <= letters ? [`~${marked}`] : Array.from({ length: marked.length - letters + 1 }, (_, at) => `~${marked.slice(at, at + letters)}`);
}

/** What a sentence is compared by: its words and pairs of neighbouring words, and runs of letters (begin with `~`). Each once. */
export function featuresOf({ terms }: Pick<Sentence, 'terms'>): { words: string[]; runs: string[] } {
  const said = terms.map(plain);
  const pairs = said.slice(1).map((word, k) => `${said[k] ?? ''} ${word}`);
  return { words: [...new Set([...said, ...pairs])], runs: [...new Set(said.filter((word) => !word.startsWith('@')).flatMap(runsOf))] };
}
