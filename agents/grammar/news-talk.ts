import { lift, withoutCourtesy } from './adjuncts.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import { isNegated } from './moods.ts';
import { soundsLikeCommand, soundsLikeOrder } from './near-orders.ts';
import type { Sentence, Term } from './sentence.ts';
import { settle } from './settle.ts';
import { mentionOf } from './slots.ts';
import { isLight } from './suggestions.ts';
import { governmentWords, newsAskers, newsEventPhrases, newsEvents, newsInstitutions, newsNouns, notNewsTalk, policyWords, tellingVerbs } from './table/news-words.ts';

type Said = Extract<Understanding, { kind: 'intent' }>;

/** A question that says it wants news: "news about electric vehicles", "search for green hydrogen", "what did the RBI say about the repo rate". */
export function newsTalk(sentence: Sentence, utterance: Utterance): Said | null {
  const terms = openTerms(sentence);
  if (!terms || counts(terms)) return null;
  const [first, second] = terms;
  const search = first?.text === 'search' || (first?.text === 'latest' && (second?.text === 'on' || second?.text === 'about'));
  const about = terms.findIndex((term) => term.text === 'about' || term.text === 'on' || term.text === 'regarding');
  const told = about > 0 && terms.slice(0, about).some(isInstitution) && terms.slice(0, about).some((term) => tellingVerbs.has(term.text) || actingWords.has(term.text)) && terms.slice(about + 1).some(isTopic);
  return search || told || terms.some((term) => term.is === 'word' && newsNouns.has(term.text)) ? read(terms, sentence, utterance) : null;
}

/** A question about something that happens to companies and that no phrase of the tables is about: "any penalties imposed this month". */
export function eventTalk(sentence: Sentence, utterance: Utterance): Said | null {
  const terms = openTerms(sentence);
  if (!terms || isNegated(sentence) || (terms.some((term) => governmentWords.has(term.text)) && terms.some((term) => tellingVerbs.has(term.text)))) return null;
  const happening = terms.some((term) => term.is === 'word' && newsEvents.test(term.text)) || inEventNames(terms).size > 0;
  return happening ? read(terms, sentence, utterance) : null;
}

/** "Share price before the merger": a price is told by its day, not by what happened then; no story is meant. */
export function priceByEvent(sentence: Sentence): Understanding | null {
  const text = sentence.original.toLowerCase();
  const priced = /\b(?:price|close|closing|rate|quote|bhav)\b.*\b(?:before|prior to|ahead of|pre)[ -](?:the |its |their )?(?:merger|demerger|split|bonus|acquisition|ipo|listing|scam|fraud|deal|crash|covid|lockdown|election|budget|war)\b/.test(text);
  return priced && sentence.terms.some((term) => term.is === 'symbol') && !sentence.terms.some((term) => newsNouns.has(term.text)) ? ask('Which day’s price? I tell a price by its day, not by what happened then: say, for example, “close of RELIANCE on 30 June 2023”.') : null;
}

/** The words without politeness, or null where the talk is of an order, the desk itself, a meaning, a wish or a date to come. */
function openTerms(sentence: Sentence): Term[] | null {
  const { terms } = withoutCourtesy(sentence.terms);
  const foreign = terms.some((term) => term.is === 'account' || (term.is === 'word' && notNewsTalk.has(term.text)) || (term.is === 'amount' && term.amount.unit !== 'plain'));
  const meaning = terms[0]?.text === 'what' && terms[1]?.text === 'is' && (terms[2]?.text === 'a' || terms[2]?.text === 'an');
  return foreign || meaning || soundsLikeCommand(sentence) || soundsLikeOrder(sentence) ? null : terms;
}

/** "How many filings", "first news on": a number or a day is wanted, not the news. */
const counts = (terms: readonly Term[]): boolean => { const [first, second, ...rest] = terms; return (first?.text === 'how' && second?.text === 'many') || ((first?.text === 'number' || first?.text === 'count') && second?.text === 'of') || [second, ...rest].some((term) => term?.text === 'count' || term?.text === 'per') || terms.slice(0, 4).some((term) => firstOnes.has(term.text)); };
const firstOnes: ReadonlySet<string> = new Set(['first', 'earliest', 'oldest']);
/** What an institution does about something, or puts out on it: "what did SEBI do about", "any SEBI circular on". */
const actingWords: ReadonlySet<string> = new Set('do did done doing act acted order orders ordered rule ruled decide decided circular circulars notification framework rules regulation regulations norms issue issued'.split(' '));
const isInstitution = (term: Term): boolean => newsInstitutions.has(term.text);
/** Part of what is looked for, not of the asking. A name that could be several companies is looked for as it is written. */
const isTopic = (term: Term): boolean => term.is === 'period' ? false : term.is !== 'word' || (!isLight(term.text) && !newsAskers.has(term.text) && !newsNouns.has(term.text) && !tellingVerbs.has(term.text));
/** Words of an event's name, though they be light by themselves: "open offer", "stock split". */
function inEventNames(terms: readonly Term[]): ReadonlySet<Term> {
  let at = 0;
  const placed = terms.map((term) => { const from = at; at += term.text.length + 1; return { term, from, to: at - 1 }; });
  const spans = [...terms.map(({ text }) => text).join(' ').matchAll(newsEventPhrases)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  return new Set(placed.filter(({ from, to }) => spans.some((span) => from >= span.from && to <= span.to)).map(({ term }) => term));
}
const named = (term: Term): boolean => term.is === 'symbol' && term.resolution.kind === 'one';
const written = (term: Term): string => term.raw.replace(/['’]s$/, '');

/** One company named for certain, the words that are left, and the time. Null where the tables read as much, or know better what to ask. */
function read(open: readonly Term[], sentence: Sentence, utterance: Utterance): Said | null {
  const { terms, period } = lift(open, { account: false, period: true });
  const events = inEventNames(terms);
  const topic = terms.filter((term) => isTopic(term) || events.has(term));
  const companies = topic.filter(named);
  const [company] = companies.length === 1 ? companies : [];
  const words = topic.filter((term) => term !== company);
  if (words.length === 0 && (!company || !period)) return null;
  if (!company && words.length > 0 && words.every((term) => isInstitution(term) || governmentWords.has(term.text) || policyWords.has(term.text))) return null;
  const [only] = words;
  if (!company && words.length === 1 && only && mayBeCompany(only, sentence)) return null;
  const mention = company?.is === 'symbol' ? mentionOf(company) : null;
  const settled = settle({
    entry: { kind: 'news', takes: ['period'] }, lifted: period ? { period } : {}, original: utterance.text, context: utterance.context, marketDate: utterance.marketDate,
    captures: { ...(mention ? { symbol: mention } : {}), ...(words.length > 0 ? { query: words.map(written).join(' ').slice(0, 400) } : {}) },
  });
  return settled && 'intent' in settled ? { kind: 'intent', intent: settled.intent, confidence: words.length === 0 ? 'exact' : 'pattern', explicit: settled.assumed.length === 0, assumed: settled.assumed } : null;
}

/** A single name that is several companies, or is near one: that is asked about rather than looked for. */
function mayBeCompany(term: Term, { resolver }: Sentence): boolean {
  if (term.is === 'symbol') return true;
  if (term.is !== 'word') return false;
  const found = newsEvents.test(term.text) ? null : resolver.resolve(term.raw);
  return found?.kind === 'ambiguous' || (found?.kind === 'unknown' && found.near.length > 0);
}
