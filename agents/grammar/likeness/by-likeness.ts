import { lift, withoutCourtesy } from '../adjuncts.ts';
import { attach, isCount, isIndex, leftOut, slotsOf } from '../attach.ts';
import { ask, type Understanding, type Utterance } from '../context.ts';
import type { Intent, IntentKind } from '../intents.ts';
import { moodsOf, unanswered, type MoodFound } from '../moods.ts';
import { changesSomething } from '../routes.ts';
import type { Sentence, Term } from '../sentence.ts';
import { settle } from '../settle.ts';
import { slashFor } from '../slash.ts';
import { matchable } from '../slots.ts';
import { table } from '../table/index.ts';
import { topics } from '../table/topics.ts';
import { isNameLike, wholly } from '../topics.ts';
import { besides } from './besides.ts';
import { figuresOf } from './figures.ts';

/** A label as slots. `quote field=last`. */
export function slotsOfLabel(label: string): { kind: IntentKind; gives: Record<string, unknown> } {
  const [kind = '', ...slots] = label.split(' ');
  return { kind: kind as IntentKind, gives: Object.fromEntries(slots.map((slot) => { const [name = '', value = ''] = slot.split('='); return [name, value === 'true' ? true : value]; })) };
}

/** What nobody can be read to want from likeness alone: a search for words that only this sentence has. */
const byWordsAlone: ReadonlySet<string> = new Set(['ask', 'fund_nav', 'history_search', 'sql']);
/** Taken from what was spoken of last where nothing is named. */
const fills: Partial<Record<IntentKind, readonly ('symbol' | 'card')[]>> = { why: ['card', 'symbol'], why_not_bigger: ['card'], explain_block: ['card'], card: ['card'], audit_story: ['card'] };
const ahead: ReadonlySet<IntentKind> = new Set<IntentKind>(['calendar', 'option_chain', 'option_strategy', 'market_hours']);
/** Questions that wording answers; the likeness has heard it. */
const heard: ReadonlySet<MoodFound['mood']> = new Set(['who', 'when', 'why', 'qualifier']);

/** Of a likeness so sure, what is denied in the sentence is part of what it is like: "money that is not invested". */
const denied = 0.8;

/** Of a likeness so sure, a word that nobody said before is filler, unless a name is missing that it may be. */
const filler = 1;
const namedThings = ['symbol', 'underlying', 'sector', 'index'] as const;

export const byLikenessAssumed = 'read by its likeness to other questions';
/** A reading of a question by what it is like, and what of it is in doubt: names, figures and moods without a place in it. */
export interface LikeReading { intent: Intent; doubts: string[] }

/** Accounts, stretches and days that the tables have a use for with this wording; where they do not know it, with any wording of the kind. */
function takenBy(kind: IntentKind, gives: Readonly<Record<string, unknown>>): ('account' | 'period' | 'date')[] {
  const ofKind = [...table, ...topics].filter((entry) => entry.kind === kind);
  const same = ofKind.filter((entry) => Object.entries(gives).every(([slot, value]) => entry.with?.[slot] === value));
  return [...new Set((same.length > 0 ? same : ofKind).flatMap((entry) => entry.takes ?? []))];
}

/** The sentence as a question of this label, or null when it cannot be one: something is missing, or it would change something. */
export function readAs(label: string, sentence: Sentence, { utterance, margin, isKnown }: { utterance: Utterance; /** Of the likeness. */ margin: number; /** Whether a word is one that the sentences of the fit have. */ isKnown: (word: string) => boolean }): LikeReading | { asks: Understanding } | null {
  const { kind, gives } = slotsOfLabel(label);
  if (byWordsAlone.has(kind) || changesSomething(kind)) return null;
  const names = slotsOf.get(kind);
  if (!names) return null;
  const { terms, ...adjuncts } = lift(withoutCourtesy(sentence.terms).terms, { account: true, period: true });
  const isToday = adjuncts.period?.day === true && adjuncts.period.to === utterance.marketDate;
  const attached = attach(kind, terms, { sentence, utterance });
  const more = figuresOf(kind, terms, { sentence, context: utterance.context, gives, taken: attached.places, named: attached.captures });
  const places = new Set(more.places);
  const captures = { ...attached.captures, ...more.captures };
  const unlisted = terms.findIndex((term, place) => !places.has(place) && term.is === 'word' && isNewName(term, isKnown));
  // A share must be named, and a word that nobody lists stands where it could be: it is asked about by name.
  const needed = names.has('symbol') ? 'symbol' : names.has('underlying') ? 'underlying' : null;
  const mention = needed && captures[needed] === undefined && unlisted >= 0 ? matchable(terms, { sentence, context: utterance.context }).slotAt('symbol', unlisted)[0]?.value : undefined;
  const takes = takenBy(kind, gives);
  const entry = { kind, with: { ...gives, ...besides(kind, terms, gives) }, takes, ...(fills[kind] ? { fills: fills[kind] } : {}), ...(ahead.has(kind) || gives.ahead === true ? { ahead: true } : {}) };
  const request = { entry, original: utterance.text, context: utterance.context, marketDate: utterance.marketDate };
  const lifted = isToday && !takes.includes('period') && !takes.includes('date') ? { ...(adjuncts.account === undefined ? {} : { account: adjuncts.account }) } : adjuncts;
  let reading = settle({ ...request, captures, lifted });
  if (needed && mention !== undefined && (!reading || 'asks' in reading)) reading = settle({ ...request, captures: { ...captures, [needed]: mention }, lifted });
  if (!reading || 'asks' in reading) return reading;
  const moods = unanswered(moodsOf(terms, sentence), kind).filter(({ mood }) => !heard.has(mood) && !(mood === 'denial' && margin >= denied));
  const may = namedThings.filter((slot) => names.has(slot));
  const settledOn = kind !== 'compare' && (may.length === 0 || may.some((slot) => captures[slot] !== undefined));
  // Who decided on a card is a name that no list has.
  const known = wholly.has(kind) || kind === 'cards' ? () => false : settledOn && margin >= filler ? () => true : isKnown;
  const unplaced = terms.filter((term, place) => !places.has(place) && isUnplaced(term, { kind, terms, place, isKnown: known }));
  return { intent: reading.intent, doubts: [...moods.map(({ said }) => said), ...unplaced.map(({ raw }) => raw), ...leftOut(lifted, reading.intent)] };
}

/** Names and figures that the reading has no use for, and words that no sentence of the fit has: each may be what matters. */
function isUnplaced(term: Term, { kind, terms, place, isKnown }: { kind: IntentKind; terms: readonly Term[]; place: number; isKnown: (word: string) => boolean }): boolean {
  if (term.is === 'symbol') return !isIndex(term);
  if (term.is === 'amount') return !isCount(terms, place) && !isIdle(kind, term);
  // "30d" is a stretch that has no place; "cash in tac" is of an account that nobody has.
  return term.is !== 'word' || /\d/.test(term.text) || isNewName(term, wherein.has(terms[place - 1]?.text ?? '') ? () => false : isKnown);
}
/** A figure of no consequence: "ek lot", the 95 % of a value at risk, the 70 % that come true seventy times of a hundred. */
const isIdle = (kind: IntentKind, { amount, raw }: Extract<Term, { is: 'amount' }>): boolean =>
  (amount.value === '1' && !/\d/.test(raw)) || (kind === 'reliability' && amount.unit === 'percent') || (kind === 'risk_metrics' && amount.unit === 'percent' && amount.value === '95');

const wherein: ReadonlySet<string> = new Set(['in', 'for', 'from', 'of', 'on']);
const isNewName = (term: Term, isKnown: (word: string) => boolean): boolean => term.is === 'word' && term.mended === undefined && isNameLike(term) && !isKnown(term.text);

/** "Cash in tac": of an account that nobody has, where none was heard; as it was said. */
export function unknownPlace({ terms }: Sentence, intent: Intent, isKnown: (word: string) => boolean): string | null {
  if (!slotsOf.get(intent.kind)?.has('account') || (intent as { account?: string }).account !== undefined) return null;
  return terms.find((term, place) => wherein.has(terms[place - 1]?.text ?? '') && isNewName(term, isKnown))?.raw ?? null;
}

/** The question asked back about a doubtful reading, with the reading one press away. */
export function offered({ intent, doubts }: LikeReading): Understanding | null {
  const command = slashFor(intent);
  const [doubt] = doubts;
  return command === null || doubt === undefined ? null : ask(`I did not understand what "${doubt}" asks here. Did you mean this?`, [{ label: command, command }]);
}
