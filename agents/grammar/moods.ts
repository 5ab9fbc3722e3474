import type { IntentKind } from './intents.ts';
import { fallingWords, risingWords } from './vocabulary.ts';
import type { Sentence, Term } from './sentence.ts';

/**
 * What a sentence says besides its subject: a condition, a denial, a wish, what somebody else said or did, who, when, why, a second
 * request. A reading that has no answer to that has not understood the sentence, however many of its nouns it explains.
 */
type Mood = 'condition' | 'trigger' | 'denial' | 'wish' | 'statement' | 'hearsay' | 'who' | 'when' | 'why' | 'qualifier' | 'second';
export interface MoodFound { mood: Mood; places: number[]; said: string }

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const conditions = words('if unless until till once provided assuming suppose supposing agar whenever lest');
/** What a price may do before something is to be done: "if it falls a bit, buy me ten". */
const triggers = new Set([...risingWords, ...fallingWords, ...words('hits reaches touches crosses breaks calms settles holds recovers dips opens closes goes')]);
const denials = words('not never no nobody none neither nor without hardly stop');
const wishes = words('kaash kash shayad wish hope regret hopefully sorry');
const tellers = words('he she they somebody someone nobody everyone everybody people he\'s she\'s they\'re');
const kin = words('wife husband brother sister father mother dad mum mom son daughter friend broker boss uncle aunt cousin neighbour neighbor colleague adviser advisor accountant banker bhaiya papa mummy dost');
const saying = words('say says said told tells telling thinks think thought read heard claims claimed reckons suggests suggested advised insists bola bole kehta kehte');
/** What one says of oneself when it is told, not asked: "I sold", "I had", "I was going to". */
const told = words('sold bought had was were thought said felt regret exited missed lost made paid took went used');
/** Begins a request to change something; said later in a sentence, after "and", it is a second one. */
const changing = words('pause resume close cancel kill stop halt raise lower move set change confirm reject remove add switch put delete increase reduce ban approve transfer send take buy sell exit short purchase dump trim flatten withdraw deposit pull scrap drop release start open rename hata hatao');
/** Words that change what is measured: a close is not the previous one, a sector's move not the best of them. */
const qualifiers = words('previous prev almost nearly average mean median best worst biggest largest smallest max maximum minimum highest lowest least most ever good bad accha bekar double');
const adverbs = words('have had just already only really never also even once almost nearly then recently finally');
/** What a request may begin with after "I" or "we". */
const wanting = words('want need would like wish am are can could should may might will shall must');
const asking = words('what how which who when why where whether any');
const auxiliaries = words('is are was were do does did has have had can could will would should shall may might am');

/** Intents that answer each of these; a phrase or a topic that names the word itself answers it too. */
const answered: Readonly<Record<Exclude<Mood, 'wish' | 'statement' | 'hearsay' | 'qualifier' | 'second'>, ReadonlySet<IntentKind>>> = {
  condition: new Set<IntentKind>(['scenario', 'trade_check', 'option_what_if', 'option_hedge', 'option_strategy', 'hedge', 'risk_metrics', 'event_window', 'trading_days', 'market_hours']),
  trigger: new Set<IntentKind>(['scenario', 'option_what_if', 'option_hedge', 'hedge', 'risk_metrics']),
  denial: new Set<IntentKind>(['why_not_bigger', 'explain_block', 'trade_check', 'feeds_health', 'sql', 'audit_verify', 'discovery', 'quarantine', 'jobs', 'orders', 'no', 'reject', 'cancel_turn', 'feedback', 'screen']),
  who: new Set<IntentKind>(['people_show', 'deals', 'flows', 'audit_story', 'decision', 'calendar', 'movers', 'compare', 'screen', 'sector_moves', 'index_members', 'news', 'activity', 'corporate_actions', 'policy', 'watchlist_show']),
  when: new Set<IntentKind>(['calendar', 'funding_plan', 'market_hours', 'corporate_actions', 'symbol_facts', 'fills', 'event_window', 'audit_story', 'decision', 'jobs', 'history_search', 'report', 'policy', 'price_stat', 'position', 'news', 'deals', 'feeds_health', 'option_chain', 'evals_show', 'sql', 'orders', 'activity', 'alerts', 'trading_days', 'movers']),
  why: new Set<IntentKind>(['why', 'why_not_bigger', 'explain_block', 'news', 'switches', 'audit_story', 'decision', 'option_margin', 'feeds_health', 'quarantine', 'regime', 'reliability']),
};

/** Moods that a topic or phrase answers by naming the word itself: "who blocks", "why not bigger". */
const asked: ReadonlySet<Mood> = new Set<Mood>(['who', 'when', 'why', 'denial', 'qualifier']);

const wordAt = (terms: readonly Term[], place: number): string => { const term = terms[place]; return term?.is === 'word' ? term.text : ''; };

/** Every mood of a sentence, with where it is said. `question`: it ends in a question mark. */
export function moodsOf(terms: readonly Term[], { question }: Pick<Sentence, 'question'>): MoodFound[] {
  const found: MoodFound[] = [];
  const add = (mood: Mood, ...places: number[]): void => { found.push({ mood, places, said: places.map((place) => terms[place]?.raw ?? '').join(' ') }); };
  const first = wordAt(terms, 0);
  for (let place = 0; place < terms.length; place += 1) {
    const word = wordAt(terms, place);
    if (word === '') continue;
    const before = wordAt(terms, place - 1);
    // "Until what hour" asks for an hour.
    if (conditions.has(word) && !['what', 'when', 'now'].includes(wordAt(terms, place + 1))) add(terms.slice(place).some((term) => term.is === 'word' && triggers.has(term.text)) ? 'trigger' : 'condition', place);
    // "Isn't the market open?" denies nothing.
    if (denials.has(word) && !(word === 'not' && place <= 1 && auxiliaries.has(first)) && !(word === 'stop' && (place > 0 || question))) add('denial', place);
    if (wishes.has(word)) add('wish', place);
    if (kin.has(word) && (before === 'my' || before === 'his' || before === 'her' || before === 'our')) add('hearsay', place);
    if (tellers.has(word) && (saying.has(wordAt(terms, place + 1)) || told.has(wordAt(terms, place + 1)) || place === 0)) add('hearsay', place);
    if (['who', 'whom', 'whose', 'anyone', 'anybody', 'someone', 'somebody'].includes(word)) add('who', place);
    if (qualifiers.has(word) && before !== 'how' && before !== 'any') add('qualifier', place);
    if (word === 'when') add('when', place);
    if (word === 'why' || (word === 'how' && wordAt(terms, place + 1) === 'come')) add('why', place);
    // "Call and put walls" asks for no second thing.
    if (changing.has(word) && (before === 'and' || before === 'then') && place > 1 && !(word === 'put' && /^calls?$/.test(wordAt(terms, place - 2)))) add('second', place);
  }
  // "Pausing would be a mistake" is an opinion.
  if (!question && first.endsWith('ing') && ['would', 'will', 'is', 'was', 'could', 'might', 'seems'].includes(wordAt(terms, 1))) add('statement', 1);
  // "I sold my TCS", "I have already sold": told, not asked. "I have sold" after "have I" is a question and begins otherwise.
  if (!question && (first === 'i' || first === 'we')) {
    let at = 1;
    while (adverbs.has(wordAt(terms, at))) at += 1;
    const asks = terms.some((term) => term.is === 'word' && asking.has(term.text));
    if (told.has(wordAt(terms, at)) || wordAt(terms, 1) === 'had' || (!asks && !wanting.has(wordAt(terms, 1)))) add('statement', at);
  }
  return found;
}

/** Of these moods, the ones that a reading as `kind` leaves without an answer; `places` are the words that it rests on. */
export function unanswered(moods: readonly MoodFound[], kind: IntentKind, places: ReadonlySet<number> = new Set()): MoodFound[] {
  return moods.filter(({ mood, places: at }) => {
    if (asked.has(mood) && at.some((place) => places.has(place))) return false;
    const kinds = mood in answered ? answered[mood as keyof typeof answered] : null;
    return !kinds?.has(kind);
  });
}

/** Every word that a mood is told by: the grammar knows them, so that none is taken for a slip of another. */
export const moodWords: readonly string[] = [conditions, denials, wishes, tellers, kin, saying, told, qualifiers, adverbs].flatMap((set) => [...set]);

export const isNegated = ({ terms }: Pick<Sentence, 'terms'>): boolean => terms.some((term) => term.is === 'word' && denials.has(term.text));
