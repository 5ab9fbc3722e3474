import type { Database, Tx } from '../../db/client.ts';
import { advanceRoom, type ChatRoom, openRoom, roomsOf } from '../../db/stores/chat-rooms.ts';
import { messagesAfter, type StoredMessage, turnOf } from '../../db/stores/conversation.ts';
import { queueOutbound } from '../../db/stores/outbound.ts';
import type { ConversationService, StoredEvent } from '../conversation-service.ts';
import type { ConversationEvent } from '../vocabulary.ts';
import type { Buttons } from './buttons.ts';
import type { Button, Outgoing } from './outgoing.ts';

const pageSize = 200;

/** Where a message goes, and what keeps it from being queued twice. `home`: the chat in which its buttons are pressed, where that is another. */
export interface Placed { chat: string; key: string; message: Outgoing; home?: string; /** Everybody in the chat may read it. */ open?: boolean }
/** A queued message: what `send` gets. Buttons carry ids, their meaning is in the database. */
export type QueuedMessage = Omit<Outgoing, 'buttons'> & { home?: string; open?: boolean; buttons: (Pick<Button, 'label' | 'style'> & { id: string; /** Known before the press: a rejection may be asked for its reason. */ asksReason: boolean })[] };

export interface RoomFeed {
  /** Shows a thread in a chat from now on. */
  open(input: { threadId: string; chat: string; kind: ChatRoom['kind'] }): Promise<void>;
  /** Takes up all rooms where they stood. */
  start(): Promise<void>;
  /** Waits until everything that is stored is queued. */
  idle(): Promise<void>;
  stop(): void;
}

/**
 * Follows every thread that is shown in a chat of one bot and puts what the desk says there into the outbound queue: each
 * event once, in order, with the room's mark moved in the same transaction. What was said while the desk was down follows at the start.
 * A room whose `wholeTurns` is set is shown turn by turn, so that a turn can be judged as a whole before any of it is shown.
 */
export function createRoomFeed({ database, service, bot, buttons, place, wholeTurns, onLive, queued, onFailure }: {
  database: Database; service: Pick<ConversationService, 'subscribe'>; bot: string; buttons: Buttons;
  /** The messages that these events of one turn become. Events keep their sequence in the thread. */
  place: (input: { room: ChatRoom; turn: string; events: { sequence: number; event: ConversationEvent }[]; said: { clientMessageId: string | null } | null }) => Promise<Placed[]>;
  wholeTurns: (room: ChatRoom) => boolean;
  /** Progress and the like, which is not kept. */
  onLive: (room: ChatRoom, event: ConversationEvent) => void;
  queued: () => void;
  onFailure: (error: unknown) => void;
}): RoomFeed {
  const open = new Map<string, { room: ChatRoom; stop: () => void; working: Promise<void>; asked: boolean }>();

  const queueAll = async (tx: Tx, placed: readonly Placed[]): Promise<void> => {
    for (const { chat, key, message, home, open } of placed) {
      const kept: QueuedMessage['buttons'] = [];
      for (const { label, style, press } of message.buttons) kept.push({ label, style, id: await buttons.keep(tx, { chat: home ?? chat, press }), asksReason: press.kind === 'answer' && press.choice === 'reject' });
      await queueOutbound(tx, { bot, chat, key, subject: message.subject, body: JSON.stringify({ ...message, buttons: kept, ...(home === undefined ? {} : { home }), ...(open === undefined ? {} : { open }) } satisfies QueuedMessage) });
    }
  };

  const eventOf = (message: StoredMessage): ConversationEvent => JSON.parse(message.event) as ConversationEvent;
  /** Everything stored after the room's mark, as far as it may be shown now. */
  const pump = async (room: ChatRoom): Promise<void> => {
    for (;;) {
      const stored = await messagesAfter(database.orm, { threadId: room.threadId, after: room.queuedSequence, limit: pageSize });
      const groups: StoredMessage[][] = [];
      for (const message of stored) {
        const last = groups.at(-1);
        if (last?.[0] && last[0].turn === message.turn && wholeTurns(room)) last.push(message);
        else groups.push([message]);
      }
      let moved = false;
      for (const group of groups) {
        const [first] = group;
        const end = group.at(-1);
        if (!first || !end) continue;
        const desk = group.filter(({ author }) => author === 'desk').map((message) => ({ sequence: message.sequence, event: eventOf(message) }));
        const about = await turnOf(database.orm, { threadId: room.threadId, turn: first.turn });
        if (wholeTurns(room) && end === stored.at(-1) && about.byPerson && !about.ended && stored.length < pageSize) break;
        const placed = desk.length === 0 ? [] : await place({ room, turn: first.turn, events: desk, said: about.byPerson ? { clientMessageId: about.clientMessageId } : null });
        const won = await database.transaction(async (tx) => {
          if (!(await advanceRoom(tx, { threadId: room.threadId, from: room.queuedSequence, to: end.sequence }))) return false;
          await queueAll(tx, placed);
          return true;
        });
        // The room is gone (an ended link), or somebody else moved its mark and follows it now.
        if (!won) { if (open.get(room.threadId)?.room === room) forget(room.threadId); return; }
        room.queuedSequence = end.sequence;
        moved = true;
        if (placed.length > 0) queued();
      }
      if (!moved || stored.length < pageSize) return;
    }
  };
  const forget = (threadId: string): void => { open.get(threadId)?.stop(); open.delete(threadId); };
  const nudge = (threadId: string): void => {
    const entry = open.get(threadId);
    if (!entry || entry.asked) return;
    entry.asked = true;
    entry.working = entry.working.then(async () => { entry.asked = false; if (open.get(threadId) === entry) await pump(entry.room); }).catch(onFailure);
  };
  const follow = (room: ChatRoom): void => {
    if (open.has(room.threadId)) return;
    const stop = service.subscribe(room.threadId, (stored: StoredEvent) => {
      if (stored.sequence > 0) nudge(room.threadId);
      else if (stored.author === 'desk') onLive(room, stored.event);
    });
    open.set(room.threadId, { room, stop, working: Promise.resolve(), asked: false });
    nudge(room.threadId);
  };
  return {
    async open({ threadId, chat, kind }) {
      const room = await openRoom(database.orm, { threadId, bot, chat, kind });
      // A room that was closed and opened again starts at a mark of its own.
      if (open.has(threadId) && open.get(threadId)?.room.queuedSequence !== room.queuedSequence) forget(threadId);
      follow(room);
    },
    async start() { for (const room of await roomsOf(database.orm, bot)) follow(room); },
    async idle() {
      for (;;) {
        const all = [...open.values()];
        await Promise.all(all.map(({ working }) => working));
        if (all.every(({ asked }) => !asked) && all.length === open.size) return;
      }
    },
    stop() { for (const threadId of [...open.keys()]) forget(threadId); },
  };
}
