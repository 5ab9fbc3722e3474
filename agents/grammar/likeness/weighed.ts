import { ask, type AskChoice, type Understanding, type Utterance } from '../context.ts';
import type { Intent } from '../intents.ts';
import { changesSomething } from '../routes.ts';
import { soundsLikeCommand } from '../near-orders.ts';
import type { Sentence } from '../sentence.ts';
import { slashFor } from '../slash.ts';
import { isLight } from '../suggestions.ts';
import { byLikenessAssumed, offered, readAs, slotsOfLabel, unknownPlace } from './by-likeness.ts';
import { guess, type Guess } from './guess.ts';
import { offeredChange } from './offered-change.ts';
import type { Weights } from './weights.ts';

/**
 * What the rules made of something that was said. `by`: talk that goes on from what was said or has rules of its own (it stands), a whole sentence
 * of the tables, one in other words, what is near an order, the topic, or nothing.
 */
export type Read = { by: 'talk'; understanding: Understanding } | { by: 'sentence' | 'words' | 'near' | 'topic' | 'nothing'; understanding: Understanding; sentence: Sentence };
type Weighable = Exclude<Read, { by: 'talk' }>;

/**
 * Margins of likeness, measured on sentences that neither the rules nor the weights had seen (docs/decisions/questions-by-likeness.md):
 * from `sure` on a likeness alone is right in 95 of 100; from `against` on it is right more often than a topic that says otherwise,
 * from `overrules` on more often than a sentence of the tables in other words; below `offer` it is not worth a question.
 */
const sure = 0.45;
const against = 0.3;
const overrules = 0.8;
const offer = 0.2;
/** From here on what is like a request is put as one and asked about. */
const request = 0.3;
/** Nearer than this, the second best is as good. */
const toss = 0.2;

interface Weighing { utterance: Utterance; weights: Weights; /** What the rules read a command as. */ reads: (command: string) => Intent | null }

/** What the rules read, weighed by what the sentence is like. Only questions are read by likeness; whatever changes something stays with the rules. */
export function weighed(read: Read, weighing: Weighing): Understanding {
  if (read.by === 'talk') return read.understanding;
  const { understanding, sentence } = read;
  // Words that are in every sentence are like everything.
  if (sentence.terms.every((term) => term.is === 'word' && isLight(term.text))) return understanding;
  const found = guess(sentence, weighing.weights);
  const { kind } = slotsOfLabel(found.label);
  if (changesSomething(kind)) return likeRequest(read, found, weighing);
  // Questions over the book have a grammar of their own, which is asked after this one.
  if (soundsLikeCommand(sentence) || kind === 'sql') return understanding;
  if (understanding.kind === 'intent') return besideReading(read, understanding, { found, weighing });
  return read.by === 'sentence' || read.by === 'words' ? understanding : instead(read, found, weighing);
}

/** The question that a sentence is most like: with every name and figure in its place, or what has to be asked first; null where it is none. */
type Like = { intent: Intent } | { asks: Understanding } | null;
function like({ sentence }: Weighable, { label, margin }: Guess, { utterance, weights }: Weighing): Like {
  const reading = readAs(label, sentence, { utterance, margin, isKnown: (word) => weights.features.has(word) });
  if (reading === null || 'asks' in reading) return reading;
  if (reading.doubts.length === 0) return { intent: reading.intent };
  const asks = reading.doubts.length === 1 ? offered(reading) : null;
  return asks && { asks };
}

/** Like something that would change the desk: put as a plain command where nothing else was understood; a topic that says otherwise is asked about. */
function likeRequest({ by, understanding, sentence }: Weighable, { label, margin }: Guess, { utterance, reads }: Weighing): Understanding {
  const topic = by === 'topic' && understanding.kind === 'intent' && margin >= toss ? understanding.intent : null;
  const open = topic !== null || understanding.kind === 'unknown' || (by === 'near' && understanding.kind === 'ask' && understanding.choices.length === 0);
  const command = open && margin >= request ? offeredChange(slotsOfLabel(label).kind, sentence, { utterance, reads }) : null;
  return command ?? (topic ? between(topic, null) : understanding);
}

/** A reading by the rules, and what the sentence is like: the same, or one of them, or both asked about. */
function besideReading(read: Weighable, understanding: Understanding & { kind: 'intent' }, { found, weighing }: { found: Guess; weighing: Weighing }): Understanding {
  const { intent } = understanding;
  const [topic, { margin }] = [read.by === 'topic', found];
  if (changesSomething(intent.kind) || intent.kind === 'sql' || (read.by === 'sentence' && understanding.confidence === 'exact')) return understanding;
  if (agrees(intent, found.label)) {
    if (!topic) return understanding;
    const nowhere = unknownPlace(read.sentence, intent, (word) => weighing.weights.features.has(word));
    if (nowhere !== null) return offered({ intent, doubts: [nowhere] }) ?? understanding;
    const fuller = margin >= sure ? like(read, found, weighing) : null;
    return fuller && 'intent' in fuller && holds(fuller.intent, intent) ? asRead(fuller.intent) : understanding;
  }
  if (topic ? margin < toss && agrees(intent, found.next) : margin < overrules) return understanding;
  const other = like(read, found, weighing);
  return topic && margin >= against && other && 'intent' in other ? asRead(other.intent) : between(intent, other);
}

/** Where the rules understood nothing. */
function instead(read: Weighable, found: Guess, weighing: Weighing): Understanding {
  const { understanding } = read;
  const other = found.margin < offer ? null : like(read, found, weighing);
  if (other === null) return understanding;
  if ('asks' in other) return found.margin >= sure && understanding.kind === 'unknown' ? other.asks : understanding;
  if (found.margin >= sure) return asRead(other.intent);
  const command = understanding.kind === 'unknown' ? slashFor(other.intent) : null;
  return command === null || understanding.kind !== 'unknown' ? understanding : { ...understanding, didYouMean: [command, ...understanding.didYouMean.filter((each) => each !== command)].slice(0, 3) };
}

const asRead = (intent: Intent): Understanding => ({ kind: 'intent', intent, confidence: 'pattern', explicit: false, assumed: [byLikenessAssumed] });

/** The same question, and nothing in it that the label says otherwise. */
function agrees(intent: Intent, label: string): boolean {
  const { kind, gives } = slotsOfLabel(label);
  return intent.kind === kind && Object.entries(gives).every(([slot, value]) => (intent as Record<string, unknown>)[slot] === value);
}

/** Whether all that one reading says is said by the other. */
const holds = (whole: Intent, part: Intent): boolean => Object.entries(part).every(([slot, value]) => JSON.stringify((whole as Record<string, unknown>)[slot]) === JSON.stringify(value));

/** Two readings of one sentence are asked about, each one press away. */
function between(first: Intent, other: Like): Understanding {
  const commands = [first, ...(other && 'intent' in other ? [other.intent] : [])].flatMap((intent) => slashFor(intent) ?? []);
  const choices = [...new Set(commands)].map((command): AskChoice => ({ label: command, command }));
  return ask(choices.length > 1 ? 'Which of these?' : 'Did you mean this?', choices);
}
