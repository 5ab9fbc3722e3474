import { cells, choice, many } from '../../agents/answers/wording.ts';
import type { ThreadMemory } from '../../agents/answers/define.ts';
import type { Draft } from '../../agents/define.ts';
import { editAsked } from '../../agents/grammar/edit-command.ts';
import type { Intent } from '../../agents/grammar/intents.ts';
import type { Executor } from '../../db/client.ts';
import { listActions, type StoredAction } from '../../db/stores/actions.ts';
import { cardOfAction } from '../../db/stores/cards.ts';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import { messageOfTurn, messagesByPeople, replacedBy, type StoredMessage, threadById } from '../../db/stores/conversation.ts';
import { isUuid } from '../../db/uuid.ts';
import type { Instant } from '../../desk/time.ts';
import { ConversationRefusal, type PersonEvent } from '../conversation-service.ts';

type Said = Extract<PersonEvent, { type: 'said' }>;
/** A thread's memory as it is stored: beside it, what it was before its last turn, so that an edit of that turn's message begins there. */
export type StoredMemory = ThreadMemory & { before?: { turn: string; memory: ThreadMemory; /** The turn confirmed or rejected a card. */ answered: boolean } };

const messagesBack = 20;
const dead: readonly StoredAction['state'][] = ['blocked', 'rejected', 'expired', 'failed'];
const saidIn = (message: StoredMessage | null | undefined): Said | null => {
  const event = message ? (JSON.parse(message.event) as PersonEvent) : null;
  return event?.type === 'said' ? event : null;
};

/**
 * The message that an edit becomes: its words, and the turn that it replaces. Only a person's last message can be edited, since what came after an
 * earlier one was said on top of it; never one that answered a card, since that answer stands. A refusal is one sentence for the person.
 */
export async function editedMessage(executor: Executor, { threadId, personId, turn, message, replaces }: { threadId: string; personId: string; turn: string; message: string; /** Absent: the message says by itself that it is an edit. */ replaces?: string }): Promise<{ event: Said; was: string } | ConversationRefusal> {
  const asked = editAsked(message) ?? { words: message.trim() };
  const said = (await messagesByPeople(executor, { threadId, limit: messagesBack })).filter((each) => each.personId === personId && saidIn(each));
  const [last, lastOfItsOwn] = [said[0], said.find((each) => editAsked(saidIn(each)?.text ?? '') === null)];
  const target = replaces === undefined ? lastOfItsOwn : isUuid(replaces) ? await messageOfTurn(executor, { threadId, turn: replaces, personId }) : null;
  const was = saidIn(target);
  if (!target || !was) return new ConversationRefusal('NOT_FOUND', replaces === undefined ? 'There is no message of yours here that could be edited.' : 'There is no such message of yours in this conversation.');
  if (target.turn !== last?.turn && target.turn !== lastOfItsOwn?.turn) {
    return new ConversationRefusal('INVALID', said.some((each) => each.replaces === target.turn) ? 'That message was edited already: edit its newer words.' : 'Only your last message can be edited: say the earlier one again.');
  }
  const { before } = ((await threadById(executor, threadId))?.context ?? {}) as StoredMemory;
  if (before?.turn === target.turn && before.answered) return new ConversationRefusal('INVALID', 'Your last message answered a card, and that stands: say what you want now as a message of its own.');
  const text = 'words' in asked ? asked.words : was.text;
  if (text === '') return new ConversationRefusal('INVALID', 'Write it as /edit WORDS, with the new words of your last message.');
  return { event: { type: 'said', turn, text, replaces: target.turn }, was: was.text };
}

/** What the earlier wordings of a message have proposed and what still counts: cards that wait or were carried out. */
export async function proposedBefore(executor: Executor, { threadId, turn }: { threadId: string; turn: string }): Promise<StoredAction[]> {
  const turns = await replacedBy(executor, { threadId, turn });
  return (await listActions(executor, { threadId, limit: 50 })).filter((action) => action.turn !== null && turns.includes(action.turn) && !dead.includes(action.state)).toReversed();
}

/**
 * The memory that an edited message is understood in: as it was before the words that it replaces. Which card was shown last stays as it is, so that "make it 40"
 * changes the card that is there; a bare yes does not mean a card of the earlier wording.
 */
export function memoryBefore({ before, ...now }: StoredMemory, { replaces, earlier }: { replaces: string | undefined; earlier: readonly StoredAction[] }): ThreadMemory {
  if (replaces === undefined) return now;
  const { lastActionId, lastCard, editedActionIds = [] } = now;
  const restored = before?.turn === replaces ? structuredClone(before.memory) : now;
  const waiting = earlier.filter(({ state }) => state === 'awaiting_confirmation').map(({ id }) => id);
  return {
    ...restored, ...(lastActionId === undefined ? {} : { lastActionId }), ...(lastCard === undefined ? {} : { lastCard }), editedActionIds: [...new Set([...editedActionIds, ...waiting])].slice(-messagesBack),
  };
}

/** An edit asks; it answers no card, and it does not change a card by a part of what the earlier wording made of it. Null: it may be answered. */
export function notByEdit(intent: Intent, earlier: readonly StoredAction[]): string | null {
  if (['yes', 'no', 'approve', 'reject'].includes(intent.kind)) return 'An edit answers no card: say it as a message of its own, or press the card’s button.';
  return intent.kind === 'amend_proposal' && intent.scale !== undefined && earlier.some(({ revises }) => revises !== null) ? 'The earlier wording has changed the card already: say the quantity that it should have.' : null;
}

/**
 * Adds to an answer which cards of the earlier wordings wait or stand. `take` puts them among the turn’s results; they are a person’s own, so such an answer is
 * never shown to a group.
 */
export async function withEarlierCards(executor: Executor, answer: Draft, { threadId, turn, now, take }: { threadId: string; turn: string; now: Instant; take(name: string, given: unknown, output: unknown): string }): Promise<Draft> {
  const shown = new Set(answer.parts.flatMap((part) => (part.type === 'card' ? [part.actionId] : [])));
  const cards: { number: number; waits: boolean }[] = [];
  for (const { id, state } of await proposedBefore(executor, { threadId, turn })) {
    const waits = state === 'awaiting_confirmation';
    const question = waits ? await confirmationOf(executor, id) : null;
    if (shown.has(id) || (waits && !(question?.status === 'pending' && question.expiresAt > now))) continue;
    const card = await cardOfAction(executor, id);
    if (card) cards.push({ number: card.number, waits });
  }
  if (cards.length === 0) return answer;
  const cell = cells({ call: take('cards_of_earlier_wording', {}, { cards }) });
  const sentence = (waits: boolean, one: string, several: string): string[] => {
    const numbers = cards.flatMap((card, index) => (card.waits === waits ? [cell(`cards.${index}.number`, 'count')] : []));
    return numbers.length === 0 ? [] : [`${many(numbers.length, 'Card')} ${numbers.join(', ')} of the earlier wording ${many(numbers.length, one, several)}.`];
  };
  return {
    ...answer,
    text: [answer.text, ...sentence(true, 'still waits for an answer', 'still wait for an answer'), ...sentence(false, 'was confirmed, and that stands', 'were confirmed, and that stands')].filter((text) => text.trim() !== '').join('\n'),
    choices: [...(answer.choices ?? []), ...cards.filter(({ waits }) => waits).map(({ number }) => choice(`Card ${number}`, `/card ${number}`))],
  };
}
