import { ask, type Understanding, type Utterance } from './context.ts';
import type { IntentOf } from './intents.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle, settledAsSaid } from './settle.ts';

/** Words that only talk of a fund's value has. */
const valued = /\bnav\b|\bnet asset value\b/;
const ofFunds = /\bmutual funds?\b|\bamfi\b/;
/** A kind of scheme or plan beside the word fund: "HDFC Small Cap Fund direct". */
const schemed = /\b(?:(?:flexi|small|mid|large|multi) ?cap|elss|liquid|overnight|index|debt|hybrid|balanced|value|bluechip|blue chip|tax saver|contra|focused|gilt|arbitrage)\b.*\bfund\b|\bfund\b.*\b(?:direct|regular|growth|idcw)\b|\b(?:direct|regular) (?:plan|growth)\b|\b(?:(?:flexi|small|mid|large|multi) ?cap|elss|blue ?chip) (?:fund )?(?:direct|regular|growth|idcw)\b/;
/** One's own money, the desk's accounts, orders, news: other talk. */
const other = /\b(?:my|our|i|we|sip|account|accounts|buy|sell|invest|deposit|withdraw|transfer|news|headlines?|why|stocks?|shares?|flows?|fii|dii|bought|sold|buying|selling|holdings?|hedge|who)\b/;
const changing = new Set('return returns returned change changed rise rose risen gain gained fall fell fallen lose lost grown grew perform performed performance do done did doing fare fared up down moved move'.split(' '));
/** What is around a fund's name in a question for its value. */
const asking = new Set('nav navs net asset value the of for what was is whats show me tell give get find how much has have had did do its it please on as at in over during since from between by and price latest current last today now amfi mutual scheme number code per unit s fund\'s change return returns returned changed rise rose risen gain gained fall fell fallen lose lost grown grew perform performed performance done doing fare fared up down moved move percent ? . , :'.split(' '));
/** Within a name these belong to it: "Tax Saver Fund of Funds". */
const inner = new Set(['of', 'and', 'fund', 'the']);

/** A question for a mutual fund's net asset value or what it returned; the words left over are the fund's name. */
export function fundTalk(sentence: Sentence, utterance: Utterance): Understanding | null {
  const text = sentence.original.toLowerCase().replace(/[?!.,:]+/g, ' ').replace(/\s+/g, ' ').trim();
  const last = utterance.context.lastIntent?.kind === 'fund_nav' ? utterance.context.lastIntent : null;
  const periods = sentence.terms.flatMap((term) => (term.is === 'period' ? [term.period] : []));
  const rest = sentence.terms.filter((term) => term.is !== 'period');
  const words = trimmed(rest);
  const changes = rest.some((term) => changing.has(term.text));
  const valueAsked = /\bnav\b|\bnet asset value\b|\bvalue\b|\bprice\b/.test(text);
  if (last && words.length === 0 && rest.every((term) => asking.has(term.text) || term.text === 'what' || term.text === 'about') && (periods.length > 0 || changes || valueAsked)) return read({ fund: last.fund, changes: changes || (last.measure === 'CHANGE' && !valueAsked), periods, before: last.period }, sentence, utterance);
  if (other.test(text) || !(valued.test(text) || ((ofFunds.test(text) || schemed.test(text)) && (valueAsked || changes))) || sentence.terms.some((term) => term.is === 'account')) return null;
  if (periods.length > 1) return null;
  if (words.length === 0) return valueAsked ? ask('Of which mutual fund? Say its name, or its AMFI number.') : null;
  const [first, end] = [words[0], words.at(-1)];
  return first && end ? read({ fund: sentence.original.slice(first.start, end.end), changes: changes && !valued.test(text), periods, before: undefined }, sentence, utterance) : null;
}

/** The name without what is said around it: asking words at either end, and what belongs to no name within. */
function trimmed(terms: readonly Term[]): readonly Term[] {
  const isName = (term: Term): boolean => term.is !== 'word' || !(asking.has(term.text) || term.text === 'fund' || term.text === 'funds');
  const from = terms.findIndex(isName);
  if (from < 0) return [];
  const to = terms.findLastIndex((term) => isName(term));
  // A period or an asking word in the middle ends the name: "nav of X on 3 June was what".
  const cut = terms.slice(from, to + 1).findIndex((term) => term.is === 'word' && asking.has(term.text) && !inner.has(term.text) && term.text !== 'value');
  return cut < 0 ? terms.slice(from, to + 1) : terms.slice(from, from + cut);
}

function read({ fund, changes, periods: [period], before }: { fund: string; changes: boolean; periods: readonly (Sentence['terms'][number] & { is: 'period' })['period'][]; before: IntentOf<'fund_nav'>['period'] }, sentence: Sentence, { context, marketDate }: Utterance): Understanding | null {
  const captures = { fund, ...(changes ? { measure: 'CHANGE' } : {}), ...(period ? { period } : before ? { period: before } : {}) };
  const settled = settle({ entry: { kind: 'fund_nav', takes: ['period'] }, captures, lifted: {}, original: sentence.original, context, marketDate });
  return settledAsSaid(settled);
}
