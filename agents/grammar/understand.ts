import { lift, withoutCourtesy, type Lifted } from './adjuncts.ts';
import { impossibleDay } from '../../desk/market/impossible-day.ts';
import { ask, type Understanding, type Utterance } from './context.ts';
import { carriedOn } from './carried-on.ts';
import { withoutComments } from './comments.ts';
import { finish } from './finish.ts';
import { commandOf } from './frames.ts';
import { compareTalk } from './compare-talk.ts';
import { dealTalk } from './deal-talk.ts';
import { crossTalk } from './cross-talk.ts';
import { fundTalk } from './fund-talk.ts';
import { askedForecast } from './forecasts.ts';
import { followUp } from './follow-ups.ts';
import type { Intent } from './intents.ts';
import { inDoubt } from './doubts.ts';
import { isNegated } from './moods.ts';
import { forbidsChange, nearOrder, putOrLimit, soundsLikeCommand, soundsLikeOrder, soundsLikeQuestion } from './near-orders.ts';
import { eventTalk, newsTalk, priceByEvent } from './news-talk.ts';
import { accountsAsked, notHeld } from './not-held.ts';
import { nthOfList } from './nth-of-list.ts';
import { optionsTalk } from './options-talk.ts';
import { severalConditions } from './several-conditions.ts';
import { matchPattern, type PatternMatch } from './pattern.ts';
import { changesSomething, tradesOrMovesMoney } from './routes.ts';
import { reworded, type Reworded } from './reword.ts';
import { readSentence, type Sentence, type Term } from './sentence.ts';
import { settle, type Settled } from './settle.ts';
import { readSlash, slashFor } from './slash.ts';
import { matchable } from './slots.ts';
import { didYouMean } from './suggestions.ts';
import { remembered } from './symbols.ts';
import { byTopic } from './topics.ts';
import { type Read, weighed } from './likeness/weighed.ts';
import { shippedWeights, type Weights } from './likeness/weights.ts';
import { candidates, type CompiledPattern } from './table/index.ts';

/** Longer messages are pasted text; nobody orders in them, and they are not searched for orders. */
const longestSentence = 300;

const talk = (understanding: Understanding): Read => ({ by: 'talk', understanding });

/**
 * What a person means, without a model: a slash command, a whole sentence of the table, a follow-up, or, for questions only,
 * what it is about or what it is most like. Anything that changes something is read from a whole sentence or not at all; the rest is asked, never guessed.
 */
export function understand(said: Utterance, weights?: Weights): Understanding { return carriedOn(readAlone(said, weights ?? shippedWeights()), said); }

function readAlone(said: Utterance, weights: Weights): Understanding {
  const utterance = { ...said, resolver: remembered(said.resolver) };
  const reads = (command: string): Intent | null => { const said = byRules({ ...utterance, text: command }); return said.kind === 'intent' ? said.intent : null; };
  const understanding = weighed(read(utterance), { utterance, weights, reads });
  if (understanding.kind !== 'ask' || understanding.choices.length === 0) return understanding;
  // What is one press away must be understood when it is pressed.
  const pressed = (command: string): boolean => { const choice = { ...utterance, text: command }; return weighed(read(choice), { utterance: choice, weights, reads }).kind === 'intent'; };
  return { ...understanding, choices: understanding.choices.filter(({ command }) => pressed(command)) };
}

/** By rules alone. */
export function read(utterance: Utterance): Read {
  const text = utterance.text.trim();
  if (text === '') return talk({ kind: 'unknown', didYouMean: [] });
  if (text.startsWith('/')) return talk(readSlash(text, utterance));
  if (text.length > longestSentence || text.includes('\n')) return talk({ kind: 'unknown', didYouMean: ['help'] });
  const impossible = impossibleDay(text);
  if (impossible) return talk(ask(`There is no {{said:${impossible}}}.`));
  const sentence = readSentence(utterance);
  if (sentence.terms.length === 0) return talk({ kind: 'unknown', didYouMean: [] });

  const as = (by: Exclude<Read['by'], 'talk'>, understanding: Understanding): Read => ({ by, understanding, sentence });
  const held = ofHoldings(text, utterance);
  if (held) return talk(held);
  const told = nthOfList(sentence, utterance) ?? optionsTalk(sentence, utterance) ?? fundTalk(sentence, utterance) ?? putOrLimit(text) ?? accountsAsked(sentence, utterance) ?? followUp(sentence, utterance) ?? notHeld(sentence, utterance) ?? askedForecast(sentence) ?? priceByEvent(sentence) ?? newsTalk(sentence, utterance) ?? crossTalk(sentence, utterance) ?? compareTalk(sentence, utterance) ?? dealTalk(sentence, utterance);
  if (told) return talk(told);
  const whole = wholeSentence(sentence, utterance) ?? inDoubt(sentence, utterance);
  if (whole) return as('sentence', whole);
  const conditions = severalConditions(text, utterance, byRules);
  if (conditions) return talk(conditions);
  const command = asCommand(sentence, utterance);
  if (command) return as('words', command);
  const alone = withoutRemarks(text, utterance);
  if (alone) return as('words', alone);
  const twice = askedTwice(text, utterance);
  if (twice) return as('words', twice);
  const other = reworded(text);
  const plainly = other && { ...utterance, text: other.text };
  const plainer = plainly && readSentence(plainly);
  const same = plainer && (optionsTalk(plainer, plainly) ?? wholeSentence(plainer, plainly) ?? inDoubt(plainer, plainly) ?? (/[,;.!]\s/.test(text) ? null : asCommand(plainer, plainly)));
  if (same) return as('words', inOtherWords(same, other));
  const offered = other?.opened ? asOffer(other.text, utterance) : null;
  if (offered) return as('near', offered);
  const order = soundsLikeOrder(sentence) || (plainer !== null && soundsLikeOrder(plainer));
  const near = (): Read => as('near', nearOrder(sentence, (part) => byRules({ ...utterance, text: part })));
  if (forbidsChange(sentence) || (order && !soundsLikeQuestion(sentence))) return near();
  const topic = soundsLikeCommand(sentence) ? null : eventTalk(sentence, utterance) ?? (plainer && !soundsLikeCommand(plainer) ? byTopic(plainer, plainly) : null) ?? byTopic(sentence, utterance);
  if (topic) return as('topic', topic);
  return order && isNegated(sentence) ? near() : as('nothing', { kind: 'unknown', didYouMean: didYouMean(plainer ?? sentence), ...(apart(sentence) ? { apart: true as const } : {}) });
}
const byRules = (said: Utterance): Understanding => read(said).understanding;

/** A question that stands by itself: it names a share and more, and does not begin as a follow-up does. */
const apart = ({ terms }: Sentence): boolean => terms.length > 3 && terms.some((term) => term.is === 'symbol') && terms[0]?.text !== 'and' && !(terms[0]?.text === 'what' && terms[1]?.text === 'about');

/** A whole sentence in other words than were said: never explicit, and no order where it was put as a request. */
function inOtherWords(same: Understanding, { text, opened }: Reworded): Understanding {
  if (same.kind !== 'intent') return same;
  if (opened && changesSomething(same.intent.kind)) { const command = text.replace(/^(?:can you|tell me) |\?$/g, ''); return ask('Shall it be done?', [{ label: command, command }]); }
  return { ...same, confidence: 'pattern', explicit: false, assumed: [...same.assumed, `read as "${text}"`] };
}

/** The request alone, where something is only said beside it. "Infosys is killing me, get me out": of what was spoken of. */
function withoutRemarks(text: string, said: Utterance): Understanding | null {
  const bare = withoutComments(text);
  if (!bare) return null;
  const named = bare.remarks.flatMap((remark) => readSentence({ ...said, text: remark }).terms.flatMap((term) => (term.is === 'symbol' ? [term.resolution] : [])));
  const [only] = named;
  if (named.length > 1 || (only && only.kind !== 'one')) return null;
  const alone = byRules({ ...said, text: bare.request, ...(only ? { context: { ...said.context, lastSymbol: only.symbol } } : {}) });
  // A bare yes or no with a remark may be meant the other way round; a remark about one share and a request about another do not belong together.
  if (alone.kind !== 'intent' || alone.intent.kind === 'yes' || alone.intent.kind === 'no' || (only && !JSON.stringify(alone.intent).includes(`"${only.symbol}"`))) return null;
  return { ...alone, confidence: 'pattern', explicit: false, assumed: [...alone.assumed, `read as "${bare.request}"`] };
}

/** "What is going on with Tata Motors, why is it dropping?": two questions that come to the same are one. Nothing that changes something. */
function askedTwice(text: string, said: Utterance): Understanding | null {
  const [first, second, ...more] = text.split(/(?<=\w)[,;.?!]\s+/);
  if (first === undefined || second === undefined || more.length > 0) return null;
  const one = byRules({ ...said, text: `${first}?` });
  if (one.kind !== 'intent' || changesSomething(one.intent.kind)) return null;
  const named = 'symbol' in one.intent ? one.intent.symbol : undefined;
  const other = byRules({ ...said, text: second, context: named === undefined ? said.context : { ...said.context, lastSymbol: named } });
  if (other.kind !== 'intent' || other.intent.kind !== one.intent.kind) return null;
  const slots = Object.entries({ ...other.intent }).every(([slot, value]) => JSON.stringify((one.intent as Record<string, unknown>)[slot]) === JSON.stringify(value));
  return slots ? { ...one, confidence: 'pattern', explicit: false, assumed: [...one.assumed, `read as "${first}"`] } : null;
}

/** What was asked for politely, one press away. */
function asOffer(text: string, said: Utterance): Understanding | null {
  const plainly = { ...said, text: text.replace(/^(?:can you|tell me) |\?$/g, '') };
  const command = commandOf(readSentence(plainly), said.marketDate);
  const read = command === null ? null : byRules({ ...said, text: command });
  return command !== null && read?.kind === 'intent' && changesSomething(read.intent.kind) ? ask('Shall it be done?', [{ label: command, command }]) : null;
}

/** A command in words and an order that the tables do not list; what was spelt wrong in one that trades is asked about. */
function asCommand(sentence: Sentence, utterance: Utterance): Understanding | null {
  const command = commandOf(sentence, utterance.marketDate);
  const written = command === null ? null : { ...utterance, text: command };
  const read = written && wholeSentence(readSentence(written), written);
  if (command === null || read?.kind !== 'intent') return read;
  const mended = sentence.terms.flatMap((term) => (term.is === 'word' && term.mended !== undefined ? [`"${term.mended}" is ${term.text}`] : []));
  if (mended.length > 0 && tradesOrMovesMoney(read.intent.kind)) return ask(`Not sure of the spelling (${mended.join(', ')}). Is this what you want?`, [{ label: command, command }]);
  return { ...read, confidence: 'pattern', explicit: false, assumed: [...read.assumed, ...mended, `read as "${command}"`] };
}

/** What a reading says that took “of them” for what is held: it stands by itself and goes on from no query. */
export const ofWhatIsHeld = 'of what is held';

const withoutLast = ({ lastIntent: _, ...context }: Utterance['context']): Utterance['context'] => context;
/** "Which of them is down most", "and which made the most", "what did they cost": after what is held. */
function ofHoldings(text: string, said: Utterance): Understanding | null {
  if (said.context.lastIntent?.kind !== 'holdings') return null;
  const named = [text.replace(/\b(?:of|among|in) (?:them|those|these)\b/i, 'of my positions'), text.replace(/^(?:(?:and|but|so) )?(which|what)(?: one)? (?=(?:has|have|is|are|did|was|made|lost)\b)/i, '$1 of my positions '), text.replace(/\b(?:they|those|these|them)\b/i, 'my positions')].filter((each) => each !== text);
  const found = named.map((each) => byRules({ ...said, text: each, context: withoutLast(said.context) })).find((each) => each.kind === 'intent' && each.intent.kind === 'holdings');
  return found?.kind === 'intent' ? { ...found, confidence: 'pattern', explicit: false, assumed: [...found.assumed, ofWhatIsHeld] } : null;
}

interface Variant extends Lifted { asked: boolean }
/** The sentence as it is and with politeness, accounts and dates taken off, in that order. */
function variants(sentence: Sentence): Variant[] {
  const plain = withoutCourtesy(sentence.terms);
  const bases = plain.terms.length === sentence.terms.length ? [{ terms: sentence.terms, asked: false }] : [{ terms: sentence.terms, asked: false }, plain];
  const all: Variant[] = [];
  for (const { terms, asked } of bases) {
    const hasAccount = terms.some((term) => term.is === 'account');
    const hasPeriod = terms.some((term) => term.is === 'period');
    all.push({ terms: [...terms], asked });
    if (hasAccount) all.push({ ...lift(terms, { account: true, period: false }), asked });
    if (hasPeriod) all.push({ ...lift(terms, { account: false, period: true }), asked });
    if (hasAccount && hasPeriod) all.push({ ...lift(terms, { account: true, period: true }), asked });
  }
  // Taking an adjunct off may leave a "please" at an end.
  return all.flatMap((variant) => {
    const again = withoutCourtesy(variant.terms);
    return again.terms.length === variant.terms.length ? [variant] : [variant, { ...variant, terms: again.terms, asked: variant.asked || again.asked }];
  });
}

const settled = (compiled: CompiledPattern, match: PatternMatch, { lifted, utterance }: { lifted: Lifted; utterance: Utterance }): Settled => {
  const { terms: _, ...adjuncts } = lifted;
  return settle({ entry: compiled.entry, captures: match.captures, lifted: adjuncts, original: utterance.text, context: utterance.context, marketDate: utterance.marketDate });
};

function wholeSentence(sentence: Sentence, utterance: Utterance): Understanding | null {
  for (const variant of variants(sentence)) {
    if (variant.terms.length === 0) continue;
    const terms = matchable(variant.terms, { sentence, context: utterance.context });
    const matches = [...candidates(wordsIn(variant.terms))]
      .flatMap((compiled) => { const match = matchPattern(compiled.node, terms, { from: 0, whole: true }); return match ? [{ compiled, match }] : []; })
      .toSorted((a, b) => b.match.words - a.match.words || b.match.slots - a.match.slots || a.compiled.at - b.compiled.at);
    for (const { compiled, match } of matches) {
      const reading = settled(compiled, match, { lifted: variant, utterance });
      if (!reading) continue;
      if ('asks' in reading) return reading.asks;
      if (isUnopened(reading.intent, utterance.text)) continue;
      const asTyped = matchPattern(compiled.node, matchable(variant.terms, { sentence, context: utterance.context, asTyped: true }), { from: 0, whole: true });
      return checked(reading, { sentence, variant, utterance, slips: asTyped === null });
    }
  }
  return null;
}

/** "Kill my pending orders" gives no reason: one is opened by a word or a mark between it and what is done. */
function isUnopened(intent: Intent, text: string): boolean {
  if ((intent.kind !== 'kill' && intent.kind !== 'pause') || intent.reason === undefined) return false;
  if (onCondition.test(intent.reason)) return false;
  const at = text.indexOf(intent.reason);
  return at < 0 || !/\b(?:because|since|due to|reason|as|coz|cos|kyunki|for)\b|[,;:–—-]/i.test(text.slice(0, at));
}
const onCondition = /\b(?:if|unless|until|once|when|whenever|agar|instead of|except)\b/i;
/** A reason that asks for something else as well: "since I'm in a meeting can you summarise my P&L". */
const asksBesides = /\?|\b(?:can|could|will|would) you\b|\b(?:show|tell|give) me\b|\b(?:how|what|which) (?:is|are|did|do|does|was|much|many)\b/i;

/** The last look at a whole sentence: questions, requests and misspelt words are not orders. */
function checked(reading: { intent: Intent; assumed: string[] }, { sentence, variant, utterance, slips }: { sentence: Sentence; variant: Variant; utterance: Utterance; slips: boolean }): Understanding {
  const finished = finish(reading.intent, utterance.context);
  if ('asks' in finished) return finished.asks;
  const { intent } = finished;
  const assumed = [...reading.assumed, ...finished.assumed];
  const mended = sentence.terms.flatMap((term) => (slips && term.is === 'word' && term.mended !== undefined ? [`"${term.mended}" is ${term.text}`] : []));
  // "Kill if it falls further": a condition is no reason.
  if ('reason' in intent && intent.reason !== undefined && !/\b(?:because|since|due to)\b/i.test(utterance.text) && onCondition.test(intent.reason)) {
    const { reason, ...now } = intent;
    const command = now.kind === 'kill' || now.kind === 'pause' ? now.kind : slashFor(now as Intent);
    return ask(`Nothing is done on a condition ({{said:${reason}}}). Shall it be done now?`, command === null ? [] : [{ label: command, command }]);
  }
  if ((intent.kind === 'kill' || intent.kind === 'pause') && intent.reason !== undefined && asksBesides.test(intent.reason)) return ask('More was asked than that. Shall it be done?', [{ label: intent.kind, command: intent.account === undefined ? intent.kind : `${intent.kind} ${intent.account}` }]);
  const trading = tradesOrMovesMoney(intent.kind);
  const doubtful = (trading && (variant.asked || mended.length > 0 || sentence.question)) || (changesSomething(intent.kind) && sentence.question && !variant.asked);
  if (doubtful) {
    const command = plainText(sentence, variant.terms);
    return ask(mended.length > 0 ? `Not sure of the spelling (${mended.join(', ')}). Is this what you want?` : trading ? 'A question orders nothing. Shall it be done?' : 'Shall it be done?', [{ label: command, command }]);
  }
  const exact = mended.length === 0;
  return { kind: 'intent', intent, confidence: exact ? 'exact' : 'pattern', explicit: exact && assumed.length === 0 && !variant.asked, assumed: [...mended, ...assumed] };
}

/** What was said without politeness, question mark and slips: what the person says yes to. */
function plainText({ original, terms }: Sentence, kept: readonly Term[]): string {
  const first = kept[0];
  const from = first ? terms.indexOf(first) : 0;
  return terms.slice(Math.max(0, from)).map((term) => (term.is === 'word' ? term.text : original.slice(term.start, term.end))).join(' ');
}

const wordsIn = (terms: readonly Term[]): string[] => terms.flatMap((term) => (term.is === 'word' || term.is === 'sector' || term.is === 'amount' ? [term.text] : []));
