import { type TradingDate, tradingDate } from '../../desk/time.ts';
import { changesSomething } from '../grammar/routes.ts';
import type { Understanding } from '../grammar/context.ts';
import { interpretIntake } from './interpret.ts';
import { type IntakeAnswers, type IntakeTopic, intakeTopics } from './questions.ts';
import { namesIn } from './read-answers.ts';

/** An interview as a thread keeps it: plain JSON, so that it goes on after a restart where it stood. */
export interface Interview {
  account: string; answers: IntakeAnswers;
  /** Left to the profile of the objective. */
  skipped: IntakeTopic[];
  /** Null: all is answered and was proposed. */
  asking: IntakeTopic | null;
  /** Left for now; nothing that is said is taken as an answer until it is taken up again. */
  parked: boolean;
  /** Its question is the last thing that the desk said here: a bare yes or no means it. */
  lastSaid: boolean;
}
/** What a name may mean when something is banned. */
export interface BanNames { isCompany(name: string): boolean; isSector(name: string): boolean }

export const newInterview = (account: string): Interview => ({ account, answers: {}, skipped: [], asking: intakeTopics[0], parked: false, lastSaid: true });

/** The cash that is kept is a part of a funding plan: without one there is nothing to ask. */
const needless = (topic: IntakeTopic, skipped: readonly IntakeTopic[]): boolean => topic === 'buffer' && skipped.includes('money');
export function topicAfter(topic: IntakeTopic, { skipped }: Pick<Interview, 'skipped'>): IntakeTopic | null {
  const next = intakeTopics[intakeTopics.indexOf(topic) + 1] ?? null;
  return next !== null && needless(next, skipped) ? topicAfter(next, { skipped }) : next;
}
export function topicBefore(topic: IntakeTopic, { skipped }: Pick<Interview, 'skipped'>): IntakeTopic {
  const before = intakeTopics[Math.max(0, intakeTopics.indexOf(topic) - 1)] ?? topic;
  return before !== topic && needless(before, skipped) ? topicBefore(before, { skipped }) : before;
}

const anyDay: TradingDate = tradingDate('2024-06-03');
/** Why an answer cannot be used; null where it can. */
export function problemWith(topic: IntakeTopic, text: string, names: BanNames): string | null {
  if (topic === 'never') {
    const unknown = namesIn(text).filter((name) => !names.isCompany(name) && !names.isSector(name));
    return unknown.length === 0 ? null : `I know no company or sector “${unknown[0] ?? ''}”. Name another, or say “none”.`;
  }
  const { unclear } = interpretIntake({ answers: { [topic]: text }, today: anyDay, strategies: ['any'], symbolOf: () => null });
  return unclear.length === 0 ? null : reasons[topic];
}
const reasons: Record<Exclude<IntakeTopic, 'never'>, string> = {
  objective: 'That is none of the three. Say “most gain”, “balanced” or “least risk”.', risk: 'That is no percentage that a mandate may have. Say one such as “half a percent”; five percent is the most.',
  horizon: 'I hear no span of time in that. Say one such as “two to four weeks”; about a year and a half is the longest.', money: 'I hear no amount in that. Say how much and how often, or “skip” to leave the funding plan as it is.',
  buffer: 'That is no percentage from none to ninety. Say one, or “skip”.', concentration: 'I hear neither a number of positions nor a share of a sector that a mandate may have. Say both, or “skip”.', results: 'Say “no”, “yes”, or within how many days not.',
};

export type Meaning = 'answer' | 'skip' | 'back' | 'leave' | 'other';
const skips = /^(?:please )?(?:skip|skip (?:it|this|that|this one)|next|next question|default|the default|your choice|you choose|as usual|no idea|(?:i )?(?:do not|don['’]?t) know|not sure|pass|no preference)[.!]*$/i;
/** What the button under a question says: it means that question alone, however often and late it is pressed. */
export const skipCommand = (topic: IntakeTopic): string => `skip the question on ${topic}`;
/** The question that such a button stood under; null where the words are no such button's. */
export const skippedBy = (text: string): IntakeTopic | null => intakeTopics.find((topic) => skipCommand(topic) === text.trim().toLowerCase()) ?? null;
const backs = /^(?:go )?back[.!]*$|^(?:the )?previous(?: question| one)?[.!]*$|^(?:change|correct) (?:my |the )?(?:last|previous) (?:answer|one)[.!]*$/i;
const leaves = /^(?:later|not now|quit|leave|leave it|(?:stop|end|leave|pause|cancel|quit|park) (?:the|this) (?:interview|questions|intake))[.!]*$/i;
const asks = /\?\s*$|^(?:what|which|who|when|where|why|how|should|could|can|would|is|are|do|does|did|show|list|tell)\b/i;

/**
 * What somebody who is being interviewed means. Exact commands and questions of the desk stay what they are; a bare yes or no is an answer
 * unless a card has been shown since the question and waits for it.
 */
export function meaningOf({ text, understanding, interview, cardWaits, names }: { text: string; understanding: Understanding; interview: Interview; cardWaits: boolean; names: BanNames }): Meaning {
  const { asking } = interview;
  if (interview.parked || asking === null) return 'other';
  const said = text.trim();
  if (skips.test(said) || skippedBy(said) === asking) return 'skip';
  if (backs.test(said)) return 'back';
  const intent = understanding.kind === 'intent' ? understanding.intent : null;
  if (leaves.test(said) || intent?.kind === 'cancel_turn') return 'leave';
  if (said.startsWith('/') || intent?.kind === 'intake') return 'other';
  const usable = problemWith(asking, said, names) === null;
  if (intent?.kind === 'yes' || intent?.kind === 'no') return interview.lastSaid || !cardWaits ? 'answer' : 'other';
  const exact = understanding.kind === 'intent' && understanding.confidence === 'exact';
  if (asking === 'never' && usable && namesIn(said).length > 0 && !(exact && intent && changesSomething(intent.kind))) return 'answer';
  if ((exact && intent?.kind !== 'amend_proposal') || asks.test(said)) return 'other';
  return usable || understanding.kind === 'unknown' ? 'answer' : 'other';
}
