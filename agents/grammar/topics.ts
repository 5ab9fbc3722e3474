import { ask, type Understanding, type Utterance } from './context.ts';
import { lift, withoutCourtesy, type Lifted } from './adjuncts.ts';
import { attach, isCard, isCount, isIndex, leftOut } from './attach.ts';
import type { Intent, IntentKind } from './intents.ts';
import { moodsOf, unanswered } from './moods.ts';
import type { Sentence, Term } from './sentence.ts';
import { soundsLikeQuestion } from './near-orders.ts';
import { settle } from './settle.ts';
import { readSlash, slashFor } from './slash.ts';
import { matchable } from './slots.ts';
import { isLight } from './suggestions.ts';
import { isEveryday } from './symbols.ts';
import { grammarWords } from './table/index.ts';
import { topics, topicWords } from './table/topics.ts';

/** "refuse", "refused", "refuses" and "refusing" are one word here. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const singular = word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  const bare = singular.replace(/(?<=...)(ing|ed)$/, '').replace(/([^aeiouls])\1$/, '$1').replace(/e$/, '');
  return bare.length >= 2 ? bare : word;
}

interface Condition { none: boolean; any: ReadonlySet<string> }
interface Line { decisive: boolean; conditions: Condition[] }
const compiled = topics.map((topic) => ({
  topic,
  lines: topic.about.map((line): Line => ({ decisive: line.startsWith('!'), conditions: line.replace(/^!/, '').split(/\s*\+\s*|\s+(?=-)/).map((part): Condition => ({ none: part.startsWith('-'), any: new Set(part.replace(/^-/, '').split('|').map((word) => (word.startsWith('@') ? word : stem(word)))) })) })),
}));

/** Words that any topic of a kind is about. */
const kindWords = new Map([...Map.groupBy(compiled, ({ topic }) => topic.kind)].map(([kind, list]) => [kind, new Set(list.flatMap(({ lines }) => lines.flatMap(({ conditions }) => conditions.flatMap(({ none, any }) => (none ? [] : [...any])))))]));
/** Words that say where a question looks rather than what it asks; they tell half as much. */
const scopes = new Set('portfolio holding book position trade account market card day order stock share desk money time right go read going thing anything everything something'.split(' ').map(stem));
const topical = new Set(topicWords.map(stem));
const weightOf = (term: Term): number => {
  if (term.is === 'symbol') return isIndex(term) ? 0.5 : 1;
  if (term.is !== 'word') return term.is === 'account' || term.is === 'period' ? 0 : 1;
  if (term.text === 'many') return 1;
  const root = stem(term.text);
  if (isLight(term.text)) return 0;
  if (scopes.has(root)) return 0.5;
  // A word that no topic is about says little by itself; a word that nobody knows may be what matters.
  return topical.has(root) ? 1 : isEveryday(term.text) || grammarWords.has(term.text) ? 0.4 : 0.8;
};
/** A light word that a topic asks for tells a little, and only among topics. */
const aLittle = 0.2;
const leastTold = 0.5;
const leastCovered = 0.55;
const leastCoveredDecisive = 0.3;
const decision = 0.5;
const periodTells = 0.5;
/** Closer than this, two topics tell equally. */
const margin = 0.3;

interface Reading { intent: Intent; told: number; leftOut: string[]; /** Words that say something to which this reading has no answer. */ doubts: string[] }

/** Reads a question by its topic. Two topics that tell equally are asked about; too little told is not read at all. */
export function byTopic(sentence: Sentence, utterance: Utterance): Understanding | null {
  const plain = withoutCourtesy(sentence.terms).terms;
  const lifted = lift(plain, { account: true, period: true });
  const { terms, ...adjuncts } = lifted;
  const weights = terms.map(weightOf);
  const isToday = adjuncts.period?.day === true && adjuncts.period.to === utterance.marketDate;
  const asks = opensAsQuestion(sentence, terms[0]);
  const named = adjuncts.period && !isToday ? periodTells : 0;
  const total = weights.reduce((sum, weight) => sum + weight, named);
  const frame = { sentence, context: utterance.context };
  const view = matchable(terms, frame);
  const tags = terms.map((term, place) => tagsOf(terms, term, place, { view, frame }));
  const index = tagIndex(tags, new Set([...(adjuncts.account ? ['@account'] : []), ...(adjuncts.period ? ['@period', ...(isToday ? ['@today', 'today'] : [])] : [])]));
  const moods = moodsOf(terms, sentence);
  const found: Reading[] = [];
  let doubt: Understanding | null = null;
  let doubtTold = 0;
  for (const { topic, lines } of compiled) {
    if (!asks && editable.has(topic.kind)) continue;
    const line = best(lines, index, weights);
    if (!line) continue;
    const { places, decisive } = line;
    const attached = attach(topic.kind, terms, { sentence, utterance });
    for (const place of attached.places) places.add(place);
    const dated = topic.takes?.some((slot) => slot === 'period' || slot === 'date') ? named : 0;
    const told = [...places].reduce((sum, place) => sum + Math.max(weights[place] ?? 0, aLittle), dated + (decisive ? decision : 0));
    // Words that other lines of the same kind are about are understood as well.
    const kin = terms.reduce((sum, term, place) => (!wholly.has(topic.kind) && !places.has(place) && term.is === 'word' && kindWords.get(topic.kind)?.has(stem(term.text)) ? sum + (weights[place] ?? 0) : sum), 0);
    const covered = ([...places].reduce((sum, place) => sum + (weights[place] ?? 0), dated) + kin) / Math.max(total, 0.5);
    // A figure that the topic has no use for changes what is meant: "limit the risk to 0.25 %" is no question about limits.
    if (terms.some((term, place) => term.is === 'amount' && !places.has(place) && !isCount(terms, place))) continue;
    // So does a sector: the win rate in banks is not the win rate.
    if ((topic.kind === 'performance' || topic.kind === 'scenario') && terms.some((term, place) => term.is === 'sector' && !places.has(place))) continue;
    // So does a name: "what did SEBI do about Adani" is not what SEBI said last.
    if (wholly.has(topic.kind) && terms.some((term, place) => !places.has(place) && isNameLike(term))) continue;
    if (told < leastTold || (covered < (decisive ? leastCoveredDecisive : leastCovered) && total > 0)) continue;
    const entry = { kind: topic.kind, ...(topic.with ? { with: topic.with } : {}), ...(topic.takes ? { takes: topic.takes } : {}), ...(topic.fills ? { fills: topic.fills } : {}), ...(topic.ahead ? { ahead: true } : {}), ...(topic.verbatim ? { verbatim: topic.verbatim } : {}) };
    const request = { entry, captures: attached.captures, original: utterance.text, context: utterance.context, marketDate: utterance.marketDate };
    const reading = settle({ ...request, lifted: adjuncts }) ?? (adjuncts.account !== undefined && adjuncts.period ? settle({ ...request, lifted: { period: adjuncts.period } }) ?? settle({ ...request, lifted: { account: adjuncts.account } }) : null) ?? settle({ ...request, lifted: {} });
    if (!reading) continue;
    if ('asks' in reading) { if (attached.places.length > 0 && told > doubtTold) { doubt = reading.asks; doubtTold = told; } continue; }
    const companies = terms.filter((term, place) => term.is === 'symbol' && !places.has(place) && !isIndex(term));
    // What another topic is about, and this one leaves out: "earnings window" is no question about earnings. Of a price every word counts: support levels are none.
    const others = decisive ? [] : terms.filter((term, place) => term.is === 'word' && !places.has(place) && (weights[place] === 1 || (topic.kind === 'quote' && (weights[place] ?? 0) > 0)) && !kindWords.get(topic.kind)?.has(stem(term.text)));
    const doubts = [...unanswered(moods, reading.intent.kind, places).filter(({ said }) => said.toLowerCase() !== 'most' || !kindWords.get(topic.kind)?.has('most')).map(({ said }) => said), ...companies.map(({ raw }) => raw), ...terms.flatMap((term, place) => (term.is === 'period' && !places.has(place) ? [term.raw] : [])), ...others.map(({ raw }) => raw)];
    found.push({ intent: reading.intent, told, leftOut: leftOut(isToday ? withoutPeriod(adjuncts) : adjuncts, reading.intent), doubts });
  }
  const most = Math.max(0, ...found.map(({ told }) => told));
  if (doubt && doubtTold > most) return doubt;
  const near = found.filter(({ told }) => most - told < margin);
  const certain = near.filter(({ doubts }) => doubts.length === 0);
  const equal = certain.length > 0 ? certain : near;
  const [first] = equal;
  if (!first) return null;
  if (new Set(equal.map(({ intent }) => intent.kind)).size > 1) {
    const commands = new Set(equal.flatMap(({ intent }) => slashFor(intent) ?? []));
    return doubted(ask('Which of these?', [...commands].filter((command) => readSlash(command, utterance).kind === 'intent').slice(0, 4).map((command) => ({ label: command, command }))));
  }
  // The same question with and without a detail: the detailed one.
  const detailed = equal.toSorted((a, b) => Object.keys(b.intent).length - Object.keys(a.intent).length)[0] ?? first;
  const command = slashFor(detailed.intent);
  if (detailed.leftOut.length > 0) return doubted(ask(`That question has no use for ${detailed.leftOut.join(' and ')}. Which did you mean?`, command ? [{ label: command, command }] : []));
  const [doubtful] = detailed.doubts;
  if (doubtful === undefined) return { kind: 'intent', intent: detailed.intent, confidence: 'pattern', explicit: false, assumed: [byWhatItIsAbout] };
  if (command === null || readSlash(command, utterance).kind !== 'intent') return null;
  const offered = ask(`I did not understand what "${doubtful}" asks here. Did you mean this?`, [{ label: command, command }]);
  // What is told, wished or only the case if something else is, is nobody's question.
  return moods.some(({ mood }) => !asksBesides.has(mood)) ? offered : doubted(offered);
}
const asksBesides: ReadonlySet<string> = new Set(['who', 'when', 'why', 'qualifier']);
/** What a reading by topic says of itself: whatever explains the whole sentence goes before it. */
export const byWhatItIsAbout = 'read from what it is about';
const doubted = (asked: Understanding): Understanding => (asked.kind === 'ask' ? { ...asked, doubted: true } : asked);

/** What people also tell the desk to change. */
const editable: ReadonlySet<IntentKind> = new Set<IntentKind>(['watchlist_show', 'mandate_show', 'orders', 'cards', 'card', 'accounts', 'switches', 'funding_plan', 'treasury', 'cash', 'limits', 'position', 'holdings', 'settings', 'market_hours']);
/** "Stick TCS on the watchlist" is no question about the watchlist: an opening word that nothing explains is taken for a verb. */
const opensAsQuestion = (sentence: Sentence, first: Term | undefined): boolean =>
  sentence.question || first?.is !== 'word' || isLight(first.text) || topical.has(stem(first.text)) || scopes.has(stem(first.text)) || soundsLikeQuestion(sentence);

/** Questions whose answer would be of the whole market or of everybody where a name was not understood. */
export const wholly: ReadonlySet<IntentKind> = new Set<IntentKind>(['policy', 'flows', 'deals', 'filings_count', 'movers', 'breadth', 'regime']);
const withoutPeriod = ({ period: _, ...others }: Omit<Lifted, 'terms'>): Omit<Lifted, 'terms'> => others;
export const isNameLike = (term: Term): boolean => (term.is === 'symbol' && !isIndex(term)) || term.is === 'sector' || (term.is === 'word' && (term.mended !== undefined || (!grammarWords.has(term.text) && !isEveryday(term.text) && !topical.has(stem(term.text)))));

function tagsOf(terms: readonly Term[], term: Term, place: number, { view, frame }: { view: ReturnType<typeof matchable>; frame: Parameters<typeof matchable>[1] }): ReadonlySet<string> {
  const tags = new Set<string>();
  if (term.is === 'word' || term.is === 'sector') for (const word of term.text.split(' ')) tags.add(stem(word));
  if (term.is !== 'word') tags.add(`@${term.is}`);
  if (term.is === 'word' && ['it', 'its'].includes(term.text) && frame.context.lastSymbol !== undefined) tags.add('@symbol');
  if (isCard(terms, place)) tags.add('@card');
  for (const slot of ['indicator', 'structure', 'fall'] as const) if (view.slotAt(slot, place).length > 0) tags.add(`@${slot}`);
  return tags;
}
/** Where each tag of the sentence stands, and the tags of what was lifted out of it. */
interface TagIndex { places: ReadonlyMap<string, readonly number[]>; lifted: ReadonlySet<string> }
const tagIndex = (tags: readonly ReadonlySet<string>[], lifted: ReadonlySet<string>): TagIndex => {
  const places = new Map<string, number[]>();
  for (const [place, set] of tags.entries()) for (const tag of set) places.set(tag, [...(places.get(tag) ?? []), place]);
  return { places, lifted };
};
/** The places of a sentence at which one of these words stands, in order. */
function placesOf(any: ReadonlySet<string>, { places }: TagIndex): number[] {
  const at = new Set<number>();
  for (const [tag, where] of places) if (any.has(tag)) for (const place of where) at.add(place);
  return [...at].sort((a, b) => a - b);
}

/** The places that the best line of a topic rests on, or null when none holds. */
function best(lines: readonly Line[], index: TagIndex, weights: readonly number[]): { places: Set<number>; decisive: boolean } | null {
  let chosen: { places: Set<number>; decisive: boolean } | null = null;
  let chosenTold = -1;
  for (const { decisive, conditions } of lines) {
    const places = new Set<number>();
    const holds = conditions.every(({ none, any }) => {
      const at = placesOf(any, index);
      const lifted = [...index.lifted].some((tag) => any.has(tag));
      if (none) return at.length === 0 && !lifted;
      const free = at.find((place) => !places.has(place));
      if (free !== undefined) for (const place of at) places.add(place);
      return free !== undefined || lifted;
    });
    if (!holds) continue;
    const told = [...places].reduce((sum, place) => sum + Math.max(weights[place] ?? 0, aLittle), decisive ? decision : 0);
    if (told > chosenTold) { chosen = { places, decisive }; chosenTold = told; }
  }
  return chosen;
}

