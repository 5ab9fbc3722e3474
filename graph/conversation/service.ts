import { editAsked } from '../../agents/grammar/edit-command.ts';
import type { ConversationEvent, Inbound } from '../../agents/vocabulary.ts';
import type { Database } from '../../db/client.ts';
import { actionById } from '../../db/stores/actions.ts';
import { listActions } from '../../db/stores/actions.ts';
import { confirmationById, confirmationOf } from '../../db/stores/confirmations.ts';
import { threadSees, threadsShowing } from '../../db/stores/card-views.ts';
import { privateRoomsOf, threadsUsedLast } from '../../db/stores/chat-rooms.ts';
import { openThread, retitle, threadById, type ThreadRow, threadsOf, unfinishedTurns } from '../../db/stores/conversation.ts';
import { personById, type PersonRow } from '../../db/stores/people.ts';
import { isUuid, uuidv7 } from '../../db/uuid.ts';
import type { Instant, Zone } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import type { ActionWorker } from '../action/worker.ts';
import { ConversationRefusal, type ConversationService, type PersonEvent } from '../conversation-service.ts';
import { ground } from '../turn/figures.ts';
import { renderCard } from '../turn/render-card.ts';
import type { DeskTurns } from './desk-turns.ts';
import { editedMessage } from './edits.ts';
import { press } from './press.ts';
import type { ThreadLog } from './thread-log.ts';

const titleLength = 80;
interface Running { turn: string; threadId: string; stop: AbortController }
export interface Conversation extends ConversationService {
  /** An action changed: its card is shown anew in the thread that it came from. */
  actionChanged(actionId: string): Promise<void>;
  /** Answers turns that a crash cut short. */
  resumeUnfinished(): Promise<void>;
  /** Waits until nothing is being answered. */
  idle(): Promise<void>;
}
type Views = Pick<ConversationService, 'deskState' | 'subscribeDesk' | 'cardStory' | 'evidence'>;

export function createConversation({ database, market, log, turns, worker, wallNow, zone, views, onError }: {
  database: Database; market: MarketView; log: ThreadLog; turns: DeskTurns; worker: ActionWorker; wallNow: () => Instant; zone: Zone; views: Views; onError: (error: unknown) => void;
}): Conversation {
  const queues = new Map<string, Promise<void>>();
  const running = new Map<string, Running>();
  /** The card last shown of each action, so that a change without a difference is not shown again. */
  const shown = new Map<string, string>();
  const newId = (): string => uuidv7(Date.parse(wallNow()));

  const theirs = (thread: ThreadRow | null, personId: string): ThreadRow => {
    if (!thread || thread.personId !== personId) throw new ConversationRefusal('NOT_FOUND', 'There is no such conversation.');
    return thread;
  };
  const mayUse = async (threadId: string, personId: string): Promise<ThreadRow> => theirs(isUuid(threadId) ? await threadById(database.orm, threadId) : null, personId);

  /** One message of a thread at a time: two at once queue, they don't interleave. */
  const enqueue = (threadId: string, work: () => Promise<void>): Promise<void> => {
    const next = (queues.get(threadId) ?? Promise.resolve()).then(work).catch(onError);
    queues.set(threadId, next);
    void next.then(() => { if (queues.get(threadId) === next) queues.delete(threadId); });
    return next;
  };

  const answerPress = async (input: { threadId: string; turn: string; person: PersonRow; channel: string; confirmationId: string; choice: 'confirm' | 'reject'; reason: string | null }): Promise<void> => {
    const answer = await press({ database, worker, zone }, input);
    const { text, figures } = ground(answer.text, []);
    await log.tell(input.threadId, { turn: input.turn, type: 'reply', text, figures, agent: 'Desk', ...(answer.choices ? { choices: answer.choices } : {}) });
    if (answer.actionId) await showCard(answer.actionId, { threadId: input.threadId, turn: input.turn });
  };

  async function showCard(actionId: string, where: { threadId: string; turn: string }): Promise<void> {
    const card = await renderCard({ executor: database.orm, market, actionId });
    if (!card) return;
    const key = JSON.stringify([card.state, card.outcome, card.confirmation?.id ?? null, card.gates]);
    if (shown.get(`${where.threadId}:${actionId}`) === key) return;
    shown.set(`${where.threadId}:${actionId}`, key);
    await log.tell(where.threadId, { turn: where.turn, type: 'card', card });
  }

  const process = async (input: { threadId: string; turn: string; person: PersonRow; channel: string; inbound: Inbound; /** Why it is answered with this sentence and nothing else. */ refused?: string | null }): Promise<void> => {
    const { threadId, turn, person, channel, inbound } = input;
    const stop = new AbortController();
    running.set(turn, { turn, threadId, stop });
    const tell = (event: ConversationEvent): Promise<void> => log.tell(threadId, event);
    try {
      if (input.refused) await tell({ turn, type: 'reply', text: input.refused, figures: [], agent: 'Desk' });
      else if ('press' in inbound) await answerPress({ threadId, turn, person, channel, confirmationId: inbound.press, choice: inbound.choice, reason: inbound.reason ?? null });
      else await turns.run({ threadId, turn, person, channel, text: inbound.message, signal: stop.signal, ...(inbound.account ? { account: inbound.account } : {}), ...(inbound.asOf ? { asOf: inbound.asOf } : {}), ...(inbound.replaces ? { replaces: inbound.replaces } : {}) });
    } catch (error) {
      if (stop.signal.aborted) await tell({ turn, type: 'reply', text: 'Stopped.', figures: [], agent: 'Desk' });
      else { onError(error); await tell({ turn, type: 'error', code: 'INTERNAL', message: 'Something went wrong with that message. Nothing was sent to a broker by it; say it again or say it another way.' }); }
    } finally {
      running.delete(turn);
      await tell({ turn, type: 'end' });
    }
  };

  return {
    ...views,
    async openThread({ channel, externalId, person }) {
      const thread = await database.transaction((tx) => openThread(tx, { id: newId(), channel, externalId, personId: person.id, title: 'New conversation' }));
      if (thread.personId !== person.id) throw new ConversationRefusal('NOT_ALLOWED', 'That conversation is somebody else’s.');
      return { threadId: thread.id };
    },
    async threads(person) {
      return (await threadsOf(database.orm, person.id)).map(({ id, title, channel, updatedAt }) => ({ threadId: id, title, channel, updatedAt }));
    },
    async history({ threadId, person, afterSequence, beforeSequence, limit }) {
      await mayUse(threadId, person.id);
      return log.history({ threadId, limit, ...(afterSequence === undefined ? {} : { afterSequence }), ...(beforeSequence === undefined ? {} : { beforeSequence }) });
    },
    async say({ threadId, person, clientMessageId: sentAs, inbound: sent }) {
      if (!isUuid(threadId)) theirs(null, person.id);
      const [clientMessageId, inbound] = [storable(sentAs), Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value])) as unknown as Inbound];
      const [found, row] = await database.together((executor) => [threadById(executor, threadId), personById(executor, person.id)]);
      const thread = theirs(found, person.id);
      if (!row) throw new ConversationRefusal('NOT_ALLOWED', 'You are not known here.');
      const turn = newId();
      const edits = 'message' in inbound && (inbound.replaces !== undefined || editAsked(inbound.message) !== null) ? inbound : null;
      let was = 'New conversation';
      let refused: string | null = null;
      const event = edits ? async (): Promise<PersonEvent> => {
        const edited = await editedMessage(database.orm, { threadId, personId: person.id, turn, message: edits.message, ...(edits.replaces === undefined ? {} : { replaces: edits.replaces }) });
        if (!ConversationRefusal.isInstance(edited)) { was = edited.was.slice(0, titleLength); return edited.event; }
        // A message that says by itself that it is an edit stands in the thread, with why it is none; otherwise nothing was said.
        if (edits.replaces !== undefined) throw edited;
        refused = edited.message;
        return { type: 'said', turn, text: edits.message };
      } : await personEvent(database, turn, inbound);
      const said = await log.said({ threadId, turn, personId: person.id, clientMessageId, event });
      if (said.duplicate) return { turn: said.turn, duplicate: true };
      if (said.event.type === 'said' && thread.title === was) await retitle(database.orm, threadId, said.event.text.slice(0, titleLength));
      const put: Inbound = edits && said.event.type === 'said' ? { ...edits, message: said.event.text, ...(said.event.replaces ? { replaces: said.event.replaces } : {}) } : inbound;
      void enqueue(threadId, () => process({ threadId, turn, person: row, channel: thread.channel, inbound: put, refused }));
      return { turn, duplicate: false };
    },
    subscribe: (threadId, listener) => log.subscribe(threadId, listener),
    async cancel({ threadId, turn, person }) {
      await mayUse(threadId, person.id);
      const found = running.get(turn);
      if (found?.threadId === threadId) found.stop.abort();
    },
    async actionChanged(actionId) {
      const stored = await actionById(database.orm, actionId);
      if (!stored) return;
      // While the action's own turn is still talking, it shows the card itself.
      const talking = stored.turn !== null && running.has(stored.turn);
      const showing = (await threadsShowing(database.orm, actionId)).filter(({ threadId }) => !talking || threadId !== stored.threadId);
      const unasked = new Set<string>();
      const places = new Map(showing.map(({ threadId, turn }) => [threadId, turn]));
      if (stored.threadId && stored.turn && !talking) { if (places.has(stored.threadId) || (await threadSees(database.orm, { threadId: stored.threadId, accountId: stored.accountId }))) places.set(stored.threadId, places.get(stored.threadId) ?? stored.turn); }
      // What the desk drew up by itself comes to the people who may answer it, in their own chats and where they talked last on its screens.
      else if (!stored.threadId && stored.state === 'awaiting_confirmation') {
        const question = await confirmationOf(database.orm, actionId);
        const { eligible = [] } = question ?? {};
        for (const { threadId } of [...(await privateRoomsOf(database.orm, eligible)), ...(stored.proposer.kind === 'desk' ? await threadsUsedLast(database.orm, eligible) : [])]) if (!places.has(threadId)) { places.set(threadId, newId()); unasked.add(threadId); }
      }
      for (const [threadId, turn] of places) {
        await showCard(actionId, { threadId, turn });
        if (unasked.has(threadId)) await log.tell(threadId, { turn, type: 'end' });
      }
    },
    async resumeUnfinished() {
      for (const { threadId, turn, personId, said } of await unfinishedTurns(database.orm)) {
        const [person, thread] = [await personById(database.orm, personId), await threadById(database.orm, threadId)];
        if (!person || !thread) continue;
        const event = JSON.parse(said) as PersonEvent;
        // What the turn had proposed before it was cut short is shown; it is not proposed again.
        const proposed = (await listActions(database.orm, { threadId, limit: 50 })).filter((action) => action.turn === turn);
        await enqueue(threadId, async () => {
          for (const action of proposed) await showCard(action.id, { threadId, turn });
          if (proposed.length > 0) await log.tell(threadId, { turn, type: 'end' });
          else await process({ threadId, turn, person, channel: thread.channel, inbound: event.type === 'said' ? { message: event.text, ...(event.replaces ? { replaces: event.replaces } : {}) } : { press: event.confirmationId, choice: event.choice } });
        });
      }
    },
    async idle() { while (queues.size > 0) await Promise.all(queues.values()); },
  };
}

/** Half a character or a null one is held by no column; once stored, the conversation could not be read again. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', ' ');

async function personEvent(database: Database, turn: string, inbound: Inbound): Promise<PersonEvent> {
  if (!('press' in inbound)) return { type: 'said', turn, text: inbound.message };
  const confirmation = await confirmationById(database.orm, inbound.press);
  return { type: 'pressed', turn, confirmationId: inbound.press, actionId: confirmation?.actionId ?? null, choice: inbound.choice, text: inbound.choice === 'confirm' ? 'Confirm' : `Reject${inbound.reason ? `: ${inbound.reason}` : ''}` };
}

