import { withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import type { Intent } from './intents.ts';
import type { Sentence } from './sentence.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/** Intents that only this reading gives. */
export const listTalkKinds: readonly Intent['kind'][] = ['rotation_take'];

const ordinals: Record<string, number> = wordTable({ first: 1, second: 2, third: 3, fourth: 4, fifth: 5, '1st': 1, '2nd': 2, '3rd': 3, '4th': 4, '5th': 5, one: 1, two: 2, three: 3, four: 4, five: 5, top: 1, best: 1 });
const which = '(?:the )?(?:(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|top|best)(?: one| pair| rotation| swap| name| stock)?|(?:number |no |pair |rotation |#)(\\d{1,2}|one|two|three|four|five))';
const take = new RegExp(`^(?:do|take|go with|go ahead with|propose|make|carry out|execute|i(?: will| would)? take|let us do) ${which}$`);
const watch = new RegExp(`^(?:watch|track|follow|add|put|keep an eye on) ${which}(?: (?:to|on) (?:my|the|our)? ?watchlist)?$`);
const entry = new RegExp(`^(?:then|now|and|do|propose)* ?(?:the )?(?:entry|buy|buying side)(?: of ${which})?$`);

/** "Watch the second" after a list of shares, "do the first" after a list of pairs. An order of its own may follow, so it is read from these words alone. */
export function nthOfList(sentence: Sentence, utterance: Utterance): Understanding | null {
  return utterance.context.lastIntent?.kind === 'discovery' ? watched(sentence, utterance) : pairTaken(sentence, utterance);
}

function watched(sentence: Sentence, { context: { lastListed = [] } }: Utterance): Understanding | null {
  const { terms, asked } = withoutCourtesy(sentence.terms);
  if (terms.some((term) => term.is !== 'word' && term.is !== 'amount')) return null;
  const said = watch.exec(terms.map((term) => term.text).join(' '));
  const word = said?.[1] ?? said?.[2];
  if (word === undefined) return null;
  const symbol = lastListed[(ordinals[word] ?? Number(word)) - 1];
  if (symbol === undefined) return ask(`The list has ${lastListed.length === 0 ? 'nothing' : 'no such line'}.`, [{ label: 'Show it again', command: '/discovery' }]);
  if (asked || sentence.question) return ask('Shall it be watched?', [{ label: `Watch ${symbol}`, command: `watch ${symbol}` }]);
  return { kind: 'intent', intent: { kind: 'watchlist_edit', add: [symbol], remove: [] }, confidence: 'exact', explicit: false, assumed: [`${word} is ${symbol}`] };
}

function pairTaken(sentence: Sentence, { context }: Utterance): Understanding | null {
  if (context.lastIntent?.kind !== 'rotation' && context.lastIntent?.kind !== 'rotation_take') return null;
  const { terms, asked } = withoutCourtesy(sentence.terms);
  if (terms.some((term) => term.is !== 'word' && term.is !== 'amount')) return null;
  const text = terms.map((term) => term.text).join(' ');
  const exit = take.exec(text);
  const second = exit ? null : entry.exec(text);
  const said = exit ?? second;
  if (!said) return null;
  const word = said[1] ?? said[2];
  const number = word === undefined ? (context.lastIntent.kind === 'rotation_take' ? context.lastIntent.number : 1) : (ordinals[word] ?? Number(word));
  if (asked || sentence.question || terms.some((term) => term.is === 'word' && term.mended !== undefined)) return ask('A question orders nothing. Shall it be drawn up?', [{ label: `Do number ${number}`, command: `do number ${number}` }]);
  return { kind: 'intent', intent: { kind: 'rotation_take', number, step: exit ? 'EXIT' : 'ENTRY' }, confidence: 'exact', explicit: false, assumed: [] };
}
