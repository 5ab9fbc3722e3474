import { withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import { matchPattern, parsePattern } from './pattern.ts';
import type { Sentence } from './sentence.ts';
import { isMention, matchable } from './slots.ts';
import { macros } from './table/macros.ts';

/** Sentences that mean more than one thing, or lack one: what to ask. `$name` stands for a captured slot. */
const doubts: { phrases: string[]; question: string; choices: [label: string, command: string][] }[] = [
  { phrases: ['stop (it|now|this|that|please)*'], question: 'Stop what?', choices: [['This reply', '/forget'], ['New entries', '/pause'], ['Everything: trip the kill switch', 'kill']] },
  { phrases: ['{card}'], question: 'Card $card: what about it?', choices: [['Show it', '/card $card'], ['Approve it', '/approve $card'], ['Reject it', '/reject $card']] },
  { phrases: ['(cancel|pull|kill) (my|the|that|this|last)* (order|orders)'], question: 'Which order?', choices: [['Show open orders', '/orders'], ['Cancel all of them', '/cancelall']] },
  { phrases: ['(take|book|lock in|lock) (some|my|the)* (profit|profits|gains) (on|in|from|of|off)* {symbol:known}', '(take|book) {symbol:known} (profit|profits|gains)'], question: 'How much of $symbol?', choices: [['Half', 'sell half of $symbol'], ['All', 'sell all $symbol']] },
  { phrases: ['(take|book|lock in) (some|my|the)* (profit|profits|gains)'], question: 'On which position? Write for example: sell half of INFY.', choices: [['Show positions', '/positions']] },
  { phrases: ['(cut|halve|reduce|trim|slash|sell|bring down) (my|the|our)* (exposure|position|holding|stake)? (in|to|of)? (it|that|this|that one|this one) (in|by|to)? {_:part}', 'halve (it|that|this|my (exposure|position|holding|stake) (in|to) (it|that|this))'], question: 'Of which position? Write for example: sell half of INFY.', choices: [['Show positions', '/positions']] },
  { phrases: ['(cut|reduce|lower|bring down) (my|the|our|some)* (risk|exposure|losses|loss|positions)'], question: 'How?', choices: [['Show the limits', '/limits'], ['Ways to hedge', '/hedge'], ['Pause new entries', '/pause'], ['Leave every position', '/flatten']] },
  { phrases: ['(add|get|take|put) (in)? {symbol:known}'], question: 'Add $symbol to what?', choices: [['Watch it', '/watch $symbol'], ['A trade idea in it', '/idea $symbol']] },
  { phrases: ['(sell|trim|reduce) (some|more|a few|a little|a bit|a couple of|part)* (of)? (my|the)? {symbol:known}', '(trim|reduce|cut|lighten) (my|the)? {symbol:known} (position)?'], question: 'How much of $symbol?', choices: [['Half', 'sell half of $symbol'], ['A quarter', 'sell a quarter of $symbol'], ['All', 'sell all $symbol']] },
  { phrases: ['(set|change|make|raise|lower|reduce|cut|increase|keep) (the|my)? (risk per trade|per trade risk|risk) (to|at)? {value:decimal}'], question: '$value percent of equity?', choices: [['$value %', 'set risk per trade to $value%']] },
];
const compiled = doubts.map((doubt) => ({ ...doubt, nodes: doubt.phrases.map((phrase) => parsePattern(phrase, macros)) }));

/** The question for a sentence that is in doubt as a whole; null when it is not one of these. */
export function inDoubt(sentence: Sentence, { context }: Utterance): Understanding | null {
  const terms = matchable(withoutCourtesy(sentence.terms).terms, { sentence, context });
  for (const { nodes, question, choices } of compiled) {
    for (const node of nodes) {
      const match = matchPattern(node, terms, { from: 0, whole: true });
      if (!match) continue;
      const written = (text: string): string => text.replace(/\$(\w+)/g, (_, name: string) => said(match.captures[name]));
      return ask(written(question), choices.map(([label, command]) => ({ label: written(label), command: written(command) })));
    }
  }
  return null;
}
const said = (value: unknown): string => (isMention(value) ? (value.resolution.kind === 'one' ? value.resolution.symbol : value.said) : String(value));
