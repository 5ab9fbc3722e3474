import type { ThreadMemory } from '../../agents/answers/define.ts';
import type { Draft } from '../../agents/define.ts';
import type { Intent } from '../../agents/grammar/intents.ts';
import type { Database } from '../../db/client.ts';
import { threadsShowing } from '../../db/stores/card-views.ts';
import { cardByNumber, cardOfAction } from '../../db/stores/cards.ts';
import { confirmationOf, pendingConfirmations, type StoredConfirmation } from '../../db/stores/confirmations.ts';
import { bindFreeTextYes, type Waiting, whichOne } from '../../desk/actions/free-text-yes.ts';
import type { Instant } from '../../desk/time.ts';
import { plainDraft } from '../turn/figures.ts';
import type { PressInput } from './press.ts';
import type { TurnInput } from './desk-turns.ts';

/** Questions that wait, each with whether its card stands in this conversation. */
export function withWhereShown(database: Database, { threadId, pending }: { threadId: string; pending: readonly StoredConfirmation[] }): Promise<(StoredConfirmation & { shownHere: boolean })[]> {
  return Promise.all(pending.map(async (each) => ({ ...each, shownHere: each.threadId === threadId || (await threadsShowing(database.orm, each.actionId)).some((showing) => showing.threadId === threadId) })));
}

/** An answer to a card that was read out of other words than an answer has: it decides nothing, and is offered in the words that do. Null: it is no answer. */
export function answerInOtherWords(intent: Intent): Draft | null {
  if (intent.kind !== 'approve' && intent.kind !== 'reject' && intent.kind !== 'yes' && intent.kind !== 'no') return null;
  const word = intent.kind === 'approve' || intent.kind === 'yes' ? 'approve' : 'reject';
  const command = intent.card === undefined ? intent.kind : `/${word} ${intent.card}`;
  return plainDraft('A card is answered by its button or in so many words. Is this meant?', { choices: [{ label: intent.card === undefined ? intent.kind : `${word} card ${intent.card}`, command }] });
}

/**
 * A yes or no in words. "/approve 12" names its card; a bare "yes" binds only when exactly one question of this thread is open
 * for this person and it is the last thing shown here, otherwise the desk asks which. Null: the sentence is no answer.
 */
export async function answerByWord({ intent, database, input, memory, press, now }: {
  intent: Intent; database: Database; input: TurnInput; memory: ThreadMemory; press: (input: PressInput) => Promise<Draft & { actionId: string | null }>; now: Instant;
}): Promise<Draft | null> {
  if (intent.kind !== 'approve' && intent.kind !== 'reject' && intent.kind !== 'yes' && intent.kind !== 'no') return null;
  const choice = intent.kind === 'approve' || intent.kind === 'yes' ? 'confirm' : 'reject';
  const reason = 'reason' in intent && intent.reason !== undefined ? intent.reason : null;
  const answer = async (confirmationId: string): Promise<Draft> => {
    const { actionId, ...draft } = await press({ confirmationId, choice, reason, person: input.person, channel: input.channel });
    return actionId ? { ...draft, parts: [...draft.parts, { type: 'card', actionId }] } : draft;
  };
  if (intent.card !== undefined) {
    const card = await cardByNumber(database.orm, intent.card);
    const question = card ? await confirmationOf(database.orm, card.actionId) : null;
    return question ? answer(question.id) : plainDraft(`There is no question open on card {{said:${intent.card}}}.`);
  }
  const pending: Waiting[] = await Promise.all((await withWhereShown(database, { threadId: input.threadId, pending: await pendingConfirmations(database.orm, { personId: input.person.id }) })).map(async (each) => {
    const card = await cardOfAction(database.orm, each.actionId);
    return { confirmationId: each.id, label: `card ${card?.number ?? '?'} (${card?.symbol ? `${card.direction === 'LONG' ? 'BUY ' : ''}${card.symbol}` : (card?.strategy ?? 'action').replaceAll('_', ' ')})`, shownHere: each.shownHere, expiresAt: each.expiresAt };
  }));
  const last = memory.lastActionId && !memory.editedActionIds?.includes(memory.lastActionId) ? await confirmationOf(database.orm, memory.lastActionId) : null;
  const bound = bindFreeTextYes({ pending, lastShown: last?.id ?? null, now });
  if (bound.kind === 'bound') return answer(bound.confirmationId);
  if (bound.kind === 'none') return plainDraft('Nothing is waiting for an answer.');
  const numbers = bound.among.map(({ label }) => label.match(/card (\d+)/)?.[1] ?? '');
  return plainDraft(whichOne(bound.among), { choices: numbers.filter(Boolean).map((number) => ({ label: number, command: `/${choice === 'confirm' ? 'approve' : 'reject'} ${number}` })) });
}
