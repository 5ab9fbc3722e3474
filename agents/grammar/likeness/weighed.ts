import { ask, type AskChoice, type Understanding, type Utterance } from '../context.ts';
import type { Intent } from '../intents.ts';
import { changesSomething } from '../routes.ts';
import { soundsLikeCommand } from '../near-orders.ts';
import { readSentence } from '../sentence.ts';
import { slashFor } from '../slash.ts';
import { isLight } from '../suggestions.ts';
import { byLikenessAssumed, offered, readAs, slotsOfLabel, unknownPlace } from './by-likeness.ts';
import { guess } from './guess.ts';
import { offeredChange } from './offered-change.ts';
import type { Weights } from './weights.ts';

/** Which way of reading a sentence came to something: talk that goes on from what was said or has rules of its own, a whole sentence of the tables, one in other words, what is near an order, the topic, or none. */
export type Way = 'talk' | 'sentence' | 'words' | 'near' | 'topic' | 'nothing';
export interface Read { way: Way; understanding: Understanding }

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

/** What the rules read, weighed by what the sentence is like. Only questions are read by likeness; whatever changes something stays with the rules. */
export function weighed({ way, understanding }: Read, utterance: Utterance, { weights, reads }: { weights: Weights; /** What the rules read a command as. */ reads: (command: string) => Intent | null }): Understanding {
  if (way === 'talk') return understanding;
  const sentence = readSentence(utterance);
  // Words that are in every sentence are like everything.
  if (sentence.terms.every((term) => term.is === 'word' && isLight(term.text))) return understanding;
  const { label, next, margin } = guess(sentence, weights);
  const { kind, gives } = slotsOfLabel(label);
  if (changesSomething(kind)) {
    const doubted = way === 'topic' && understanding.kind === 'intent' && margin >= toss ? understanding.intent : null;
    if (margin < request || !(doubted || asksNothingYet(understanding, way))) return doubted ? between(doubted, null) : understanding;
    return offeredChange(kind, sentence, { utterance, reads }) ?? (doubted ? between(doubted, null) : understanding);
  }
  if (soundsLikeCommand(sentence)) return understanding;
  // Questions over the book have a grammar of their own, which is asked after this one.
  if (kind === 'sql') return understanding;
  const like = (): Intent | Understanding | null => {
    const reading = readAs(label, sentence, { utterance, margin, isKnown: (word) => weights.features.has(word) });
    return reading === null ? null : 'asks' in reading ? reading.asks : reading.doubts.length > 1 ? null : reading.doubts.length === 1 ? offered(reading) : reading.intent;
  };
  if (understanding.kind === 'intent') {
    const { intent } = understanding;
    if (changesSomething(intent.kind) || intent.kind === 'sql' || (way === 'sentence' && understanding.confidence === 'exact')) return understanding;
    if (agrees(intent, { kind, gives })) {
      const fuller = way === 'topic' && margin >= sure ? like() : null;
      const nowhere = way === 'topic' ? unknownPlace(sentence, intent, (word) => weights.features.has(word)) : null;
      if (nowhere !== null) return offered({ intent, doubts: [nowhere] }) ?? understanding;
      return isIntent(fuller) && holds(fuller, intent) ? asRead(fuller) : understanding;
    }
    if (way !== 'topic' ? margin < overrules : margin < toss && agrees(intent, slotsOfLabel(next))) return understanding;
    const other = like();
    if (way === 'topic' && margin >= against && other && 'kind' in other && other.kind !== 'ask' && other.kind !== 'unknown' && other.kind !== 'intent') return asRead(other);
    return between(intent, other);
  }
  if (way === 'sentence' || way === 'words') return understanding;
  if (margin < offer) return understanding;
  const other = like();
  if (other === null) return understanding;
  if (isIntent(other)) {
    if (margin >= sure) return asRead(other);
    const command = slashFor(other);
    return command === null || understanding.kind === 'ask' ? understanding : { ...understanding, didYouMean: [command, ...understanding.didYouMean.filter((each) => each !== command)].slice(0, 3) };
  }
  return margin >= sure && understanding.kind === 'unknown' ? other : understanding;
}

/** Not understood, or asked about without anything to press. */
const asksNothingYet = (understanding: Understanding, way: Way): boolean => understanding.kind === 'unknown' || (understanding.kind === 'ask' && understanding.choices.length === 0 && way === 'near');
const isIntent = (read: Intent | Understanding | null): read is Intent => read !== null && !['ask', 'unknown', 'intent'].includes(read.kind);
const asRead = (intent: Intent): Understanding => ({ kind: 'intent', intent, confidence: 'pattern', explicit: false, assumed: [byLikenessAssumed] });

/** The same question, and nothing in it that the other says otherwise. */
function agrees(intent: Intent, { kind, gives }: { kind: string; gives: Readonly<Record<string, unknown>> }): boolean {
  return intent.kind === kind && Object.entries(gives).every(([slot, value]) => (intent as Record<string, unknown>)[slot] === value);
}

/** Whether all that one reading says is said by the other. */
const holds = (whole: Intent, part: Intent): boolean => Object.entries(part).every(([slot, value]) => JSON.stringify((whole as Record<string, unknown>)[slot]) === JSON.stringify(value));

/** Two readings of one sentence are asked about, each one press away. */
function between(first: Intent, other: Intent | Understanding | null): Understanding {
  const commands = [first, ...(isIntent(other) ? [other] : [])].flatMap((intent) => slashFor(intent) ?? []);
  const choices = [...new Set(commands)].map((command): AskChoice => ({ label: command, command }));
  return ask(choices.length > 1 ? 'Which of these?' : 'Did you mean this?', choices);
}
