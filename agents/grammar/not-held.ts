import { withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import type { Sentence } from './sentence.ts';

/** Markets whose prices traders ask for and that no source of the desk tells: how they are said, and what they are. */
const markets: readonly [said: RegExp, name: string][] = [
  [/\bsensex\b|\bbse 30\b/, 'the Sensex'], [/\bbankex\b/, 'the Bankex'], [/\b(?:gift|sgx) ?nifty\b/, 'Gift Nifty'], [/\b(?:dow(?: jones)?|djia)\b/, 'the Dow Jones'], [/\bnasdaq\b/, 'the Nasdaq'], [/\bs&p(?: ?500)?\b/, 'the S&P 500'], [/\bnikkei\b/, 'the Nikkei'], [/\bhang seng\b/, 'the Hang Seng'], [/\bftse\b/, 'the FTSE'],
  [/\b(?:gold|sona)\b/, 'gold'], [/\b(?:silver|chandi)\b/, 'silver'], [/\b(?:brent|wti|crude(?: oil)?)\b/, 'crude oil'], [/\bnatural gas\b/, 'natural gas'], [/\bcopper\b/, 'copper'],
  [/\b(?:usd ?\/? ?inr|dollar rupee|rupee dollar|dollar index|dxy|usdinr|dollar|rupee)\b/, 'currencies'], [/\b(?:bitcoin|btc|ethereum|crypto|dogecoin)\b/, 'crypto'], [/\b(?:g ?sec|10 ?(?:year|yr) (?:bond|yield|gsec|g sec))\b|\bbond yields?\b/, 'bonds'],
];
/** What accounts and registers of a company tell: no source of the desk does. */
const fundamental = /\b(?:p\/?e(?: ratio)?|price to (?:earnings|book)|p\/?b ratio|market cap(?:italisation|italization)?|m ?cap|eps|book value|dividend yield|roe|roce|debt to equity|promoter (?:holding|stake)|shareholding pattern|ceo|cfo|chairman|managing director)\b/;
/** "PE" for price to earnings; small and behind a price or a name it is Hindi for "at", beside a strike a put. */
const earningsMultiple = /(?<!\d\s*)\bPE\b(?!\s*\d)|(?:'s|\bthe|\bits|\bka|\bki|\btrailing|\bforward) pe\b(?!\s*\d)|\bpe (?:of|for)\b/;
const priced = /\b(?:price|prices|rate|rates|bhav|close|closed|closing|level|quote|trading|ltp|cmp|spot|value|yield|return|returns|high|low|how much|kahan|band|up|down|today|now|yesterday|at)\b/;
/** Talk that is of something else: an order, a plan, a share's business, or news. */
const other = /\b(?:news|headline|headlines|why|hedge|loan|loans|buy|sell|idea|ideas|set|limit|move|transfer|deposit|stocks?|shares?|companies|sector|beat|account|accounts|my|our|we|portfolio|did i|do i|search|about|impact|affect)\b/;

const plainly = (original: string): string => original.toLowerCase().replace(/[?!.,]+/g, ' ').replace(/\s+/g, ' ').trim();

/** A question for what accounts and registers of a company tell: said so, before the name alone is read as its price. */
export function accountsAsked(sentence: Sentence, { text: raw }: Pick<Utterance, 'text'>): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const text = plainly(sentence.original);
  if (terms.length > 8 || !terms.some((term) => term.is === 'symbol') || terms.some((term) => term.is === 'account') || other.test(text)) return null;
  const refused = (said: string): Understanding => ask(`I do not hold that (${said}): of a company I know prices, filings and headlines, corporate actions and deals, not its accounts or who runs it.`);
  if (/[a-z]/.test(raw) && earningsMultiple.test(raw) && !/\b(?:call|put|ce|strike|option|oi|iv|premium|expiry)s?\b/i.test(raw)) return refused('PE');
  const told = fundamental.exec(text);
  return told && !/\bpe\b\s*\d|\d\s*pe\b|\bpe (?:kul|total|kitn[aei]|kya|mera|mere|meri|maine|humne|abhi|aaj)\b|\b(?:kitn[aei]|kahan|kis|bhav|bhaav|price|rate|level) pe\b|\bat\b|\b(?:resign|appoint|step|quit|said|say)/.test(text) ? refused(told[0]) : null;
}

/** A question for the price of something that the desk has no source of: said so, with what it does hold. */
export function notHeld(sentence: Sentence, { resolver }: Pick<Utterance, 'resolver'>): Understanding | null {
  const { terms } = withoutCourtesy(sentence.terms);
  if (terms.some((term) => term.is === 'account')) return null;
  const text = plainly(sentence.original);
  if (other.test(text)) return null;
  if (terms.some((term) => term.is === 'symbol' || term.is === 'sector')) return null;
  const market = markets.find(([said]) => said.test(text));
  if (!market || resolver.resolve(market[0].exec(text)?.[0] ?? '').kind === 'one') return null;
  const [, name] = market;
  const alone = terms.length <= 2;
  return alone || priced.test(text) ? ask(`I hold no prices of ${name}: no source of them is loaded. I hold daily prices of NSE shares, ETFs and indices such as the Nifty.`) : null;
}
