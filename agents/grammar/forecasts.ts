import { withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding } from './context.ts';
import type { Sentence } from './sentence.ts';

const moves = '(?:go(?:ing)? (?:up|down|higher|lower)|rise|rising|fall|falling|crash|crashing|rally|recover|bounce|bounce back|correct|jump|drop|climb|tank|move up|move down|open (?:higher|lower|up|down|green|red|positive|negative|gap up|gap down)|close (?:higher|lower|up|down|green|red|positive|negative)|be (?:up|down|green|red|higher|lower|positive|negative)|(?:hit|reach|cross|touch|break|double|trade at) ?(?:[\\d,.]+k?)?)';
/** A market to come, asked for as if somebody knew it. */
const forecasts: readonly RegExp[] = [
  new RegExp(`^(?:will|would|is|are|can|could|may|shall|when will|how (?:far|high|low|much) (?:will|can|could)) .+? (?:going to |likely to |about to |set to |expected to )?${moves}\\b`),
  /^(?:what|where|how) (?:will|would|is|are|do you think|do you see|do you expect) .+? (?:do|be|go|open|close|trade|perform|end|move|end up|headed|heading|going to (?:do|be|go|open|close))\b.*\b(?:tomorrow|next (?:week|month|year|quarter|session)|kal|by (?:month|year) end|this year)\b/,
  /^(?:predict|forecast|prediction|predictions|forecasts?)\b/, /\b(?:prediction|predictions|forecasts?)(?: for .+| tomorrow)?$/, /\bprice target\b/, /\btarget (?:for )?(?:tomorrow|next (?:week|month|year))\b/,
  /\b(?:upar|neeche|niche) (?:jayega|jaayega|jaega|jayegi|jaayegi|aayega)\b/, /\b(?:badhega|girega|chadhega|badhegi|giregi)\b/,
];
/** What is of the person's own things, an event to come, an imagined move or news. */
const other = /\b(?:my|our|mine|i|we|stop|stops|order|orders|card|trade|position|if|suppose|what if|dividend|bonus|split|results?|expir\w*|holiday|open (?:on|tomorrow|today)|news|headlines?|said|says|analysts?|rbi|fed|rates?|iv|vol|volatility|set|desk|account|cap)\b/;

/** A question for prices to come: the desk tells none, and says what it can tell instead. */
export function askedForecast(sentence: Sentence): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const text = sentence.original.toLowerCase().replace(/[?!.]+$/, '').replace(/\s+/g, ' ').trim();
  const symbols = terms.flatMap((term) => (term.is === 'symbol' && term.resolution.kind === 'one' ? [term.resolution.symbol] : []));
  const [symbol] = symbols;
  if (other.test(text) || terms.length > 12 || (symbol === undefined && !/\b(?:market|markets|stocks?|shares?)\b/.test(text)) || !forecasts.some((said) => said.test(text))) return null;
  if (symbol === undefined) return ask('I do not forecast the market. I can tell what it did and what state it is in.', [{ label: 'How the market is', command: 'how is the market' }, { label: 'Market regime', command: 'what is the market regime' }]);
  return ask(`I do not forecast prices. I can tell what ${symbol} did and what its indicators say, and what move options price in where a chain is stored.`, [
    { label: `${symbol} this month`, command: `${symbol} this month` }, { label: `RSI of ${symbol}`, command: `rsi of ${symbol}` }, { label: `Expected move of ${symbol}`, command: `expected move of ${symbol}` },
  ]);
}
