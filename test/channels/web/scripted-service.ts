import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ConversationRefusal,
  type ConversationService,
  type DeskState,
  type Person,
  type StoredEvent,
  type ThreadSummary,
} from '../../../channels/conversation-service.ts';
import type { Card, ConversationEvent } from '../../../channels/vocabulary.ts';
import { deskBefore, evidenceByRef, positionAfterFill } from './story-desk.ts';
import { answerTo, answerToPress, storyOfCard12, theCard, type Step } from './story.ts';

interface Thread {
  summary: ThreadSummary;
  ownerId: string;
  externalId: string;
  events: StoredEvent[];
  turnByMessage: Map<string, string>;
  listeners: Set<(stored: StoredEvent) => void>;
  cancelled: Set<string>;
}
export interface ScriptedService extends ConversationService {
  /** Tells the desk's listeners that something changed. */
  nudge(): void;
  /** Resolves when no turn is being answered. */
  settled(): Promise<void>;
  messagesTaken(): number;
}

/** The desk as a scripted story at the network's edge: for the page's own tests and nothing else. */
export function scriptedService(input: { pace?: number; world?: DeskState['world'] } = {}): ScriptedService {
  const pace = input.pace ?? 1;
  const threads = new Map<string, Thread>();
  const deskListeners = new Set<() => void>();
  const running = new Set<Promise<void>>();
  const cards = new Map<string, Card>();
  let approvals: DeskState['approvals'] = [];
  let filled = false;
  let taken = 0;
  const now = (): string => new Date().toISOString();
  const context = { now, marketTime: '2024-06-03T06:12:07.000Z' };

  function threadOf(threadId: string, person: Person): Thread {
    const thread = threads.get(threadId);
    if (!thread || thread.ownerId !== person.id) throw new ConversationRefusal('NOT_FOUND', 'There is no such conversation.');
    return thread;
  }
  type Entry = { clientMessageId?: string } & (
    | { author: 'person'; event: Extract<StoredEvent, { author: 'person' }>['event'] }
    | { author: 'desk'; event: ConversationEvent }
  );
  function append(thread: Thread, entry: Entry): void {
    const liveOnly = entry.event.type === 'delta' || entry.event.type === 'progress';
    const stored: StoredEvent = { sequence: liveOnly ? 0 : thread.events.length + 1, at: now(), ...entry };
    if (!liveOnly) thread.events.push(stored);
    thread.summary.updatedAt = stored.at;
    for (const listener of thread.listeners) listener(stored);
  }
  const nudge = (): void => {
    for (const listener of deskListeners) listener();
  };
  function changeDesk(change: 'card-shown' | 'filled' | 'rejected', threadId: string): void {
    const card = [...cards.values()].find((each) => each.state === 'PENDING');
    approvals = change === 'card-shown' && card ? [{ card, shownAt: now(), threadId }] : [];
    if (change === 'filled') filled = true;
    nudge();
  }
  async function play(thread: Thread, turn: string, steps: Step[]): Promise<void> {
    for (const step of steps) {
      if (step.waitMs) await wait(step.waitMs * pace);
      if (thread.cancelled.has(turn)) {
        append(thread, { author: 'desk', event: { turn, type: 'reply', text: 'Stopped. Nothing was sent.', figures: [], agent: 'desk' } });
        append(thread, { author: 'desk', event: { turn, type: 'end' } });
        return;
      }
      if ('desk' in step) changeDesk(step.desk, thread.summary.threadId);
      else {
        if (step.event.type === 'card') cards.set(step.event.card.actionId, step.event.card);
        append(thread, { author: 'desk', event: { ...step.event, turn } as ConversationEvent });
      }
    }
  }
  const start = (thread: Thread, turn: string, steps: Step[]): void => {
    const playing = play(thread, turn, steps).finally(() => running.delete(playing));
    running.add(playing);
  };

  return {
    nudge,
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    messagesTaken: () => taken,
    openThread: ({ channel, externalId, person }) => {
      const found = [...threads.values()].find(
        (each) => each.ownerId === person.id && each.externalId === externalId && each.summary.channel === channel,
      );
      const threadId = found?.summary.threadId ?? randomUUID();
      if (!found)
        threads.set(threadId, {
          summary: { threadId, title: 'New conversation', channel, updatedAt: now() },
          ownerId: person.id,
          externalId,
          events: [],
          turnByMessage: new Map(),
          listeners: new Set(),
          cancelled: new Set(),
        });
      return Promise.resolve({ threadId });
    },
    threads: (person) =>
      Promise.resolve(
        [...threads.values()]
          .filter(({ ownerId }) => ownerId === person.id)
          .map(({ summary }) => ({ ...summary }))
          .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
      ),
    history: async ({ threadId, person, afterSequence, beforeSequence, limit }) => {
      const { events } = threadOf(threadId, person);
      await wait(1);
      if (afterSequence !== undefined) return events.filter(({ sequence }) => sequence > afterSequence).slice(0, limit);
      return events.filter(({ sequence }) => beforeSequence === undefined || sequence < beforeSequence).slice(-limit);
    },
    say: async ({ threadId, person, clientMessageId, inbound }) => {
      const thread = threadOf(threadId, person);
      const known = thread.turnByMessage.get(clientMessageId);
      if (known !== undefined) return { turn: known, duplicate: true };
      if ('message' in inbound && inbound.message === 'refuse this') throw new ConversationRefusal('INVALID', 'That is refused, and this is why.');
      if ('message' in inbound && inbound.replaces !== undefined) {
        const last = thread.events.findLast(({ event }) => event.type === 'said');
        if (last?.event.turn !== inbound.replaces) throw new ConversationRefusal('INVALID', 'Only your last message can be edited: say the earlier one again.');
      }
      const turn = randomUUID();
      thread.turnByMessage.set(clientMessageId, turn);
      taken += 1;
      if ('press' in inbound) {
        const card = [...cards.values()].find(({ confirmation }) => confirmation?.id === inbound.press);
        if (!card) throw new ConversationRefusal('NOT_FOUND', 'That card was already answered.');
        append(thread, {
          clientMessageId,
          author: 'person',
          event: {
            type: 'pressed',
            turn,
            confirmationId: inbound.press,
            actionId: card.actionId,
            choice: inbound.choice,
            text: `You ${inbound.choice}ed card ${card.cardNumber ?? ''}`,
          },
        });
        start(thread, turn, answerToPress(inbound.choice, card));
      } else {
        if (thread.events.length === 0) thread.summary.title = inbound.message.slice(0, 60);
        append(thread, { clientMessageId, author: 'person', event: { type: 'said', turn, text: inbound.message, ...(inbound.replaces === undefined ? {} : { replaces: inbound.replaces }) } });
        start(thread, turn, answerTo(inbound.message, context));
      }
      return Promise.resolve({ turn, duplicate: false });
    },
    subscribe: (threadId, listener) => {
      const listeners = threads.get(threadId)?.listeners;
      listeners?.add(listener);
      return () => {
        listeners?.delete(listener);
      };
    },
    cancel: async ({ threadId, turn, person }) => {
      threadOf(threadId, person).cancelled.add(turn);
      await wait(1);
    },
    deskState: (person) =>
      Promise.resolve({
        ...deskBefore({ person, wallTime: now(), marketTime: context.marketTime }),
        approvals,
        ...(input.world ? { world: input.world } : {}),
        ...(filled ? positionAfterFill : {}),
      }),
    subscribeDesk: (listener) => {
      deskListeners.add(listener);
      return () => {
        deskListeners.delete(listener);
      };
    },
    cardStory: ({ actionId }) =>
      actionId === theCard(context).actionId || cards.has(actionId)
        ? Promise.resolve({ title: 'Card 12 · BUY 62 COALINDIA', entries: storyOfCard12 })
        : Promise.reject(new ConversationRefusal('NOT_FOUND', 'There is no such trade.')),
    evidence: ({ ref }) => {
      const found = evidenceByRef(ref);
      return found ? Promise.resolve(found) : Promise.reject(new ConversationRefusal('NOT_FOUND', 'There is no such record.'));
    },
  };
}
