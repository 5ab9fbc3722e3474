import type { Term } from './sentence.ts';

/** What a structure should gain by. */
export type OptionView = 'UP' | 'DOWN' | 'STILL' | 'MOVING';

const views: readonly [OptionView, RegExp][] = [
  ['STILL', /\b(neutral|range-?bound|range bound|sideways|side ways|flat|quiet|calm|non-?directional|nowhere|stays? (?:put|still|here)|theta)\b/],
  ['MOVING', /\b(either way|big (?:move|swing)|large move|breakout|break out|long (?:vol|volatility)|volatile|explosive)\b/],
  ['UP', /\b(bull(?:ish)?|upside|up ?move|going up|goes up|will rise|rally|upward)\b/],
  ['DOWN', /\b(bear(?:ish)?|downside|down ?move|going down|goes down|will fall|fall|crash|downward)\b/],
];
const structureWord = /\b(structures?|options?|spreads?)\b/;
const strategyWord = /\b(strateg(?:y|ies)|plays?|trades?)\b/;
const viewWord = /\b(view|outlook|bias|stance)\b/;
/** Asks what is, not what to do about it. */
const factQuestion = /^(is|are|was|were|does|do|did|why|how (?:bullish|bearish|volatile))\b/;
const before = /(?:\b(?:risk(?:ing)?|los(?:e|ing)|loss(?: of)?|at most|up to|under|within|below|not more than|no more than|less than|max(?:imum)?)|<=?)\s*(?:of\s+|is\s+|to\s+)?$/;
const after = /^\s*(?:at (?:risk|most)|max(?:imum)?(?: loss| risk)?|risk|of risk|loss)\b/;

/** "a bullish view on NIFTY", "rangebound option structure": the view, where a structure is what is asked for. */
export function viewSaid(text: string): OptionView | null {
  if (factQuestion.test(text) || !(structureWord.test(text) || (strategyWord.test(text) && viewWord.test(text)))) return null;
  return views.find(([, words]) => words.test(text))?.[0] ?? null;
}

/** "with at most 20,000 at risk", "risking 10k": the most that may be lost, in currency. */
export function riskSaid(original: string, terms: readonly Term[]): number | null {
  for (const term of terms) {
    if (term.is !== 'amount' || (term.amount.unit !== 'money' && term.amount.unit !== 'plain')) continue;
    if (before.test(original.slice(0, term.start).toLowerCase()) || after.test(original.slice(term.end).toLowerCase())) return Number(term.amount.value);
  }
  return null;
}
