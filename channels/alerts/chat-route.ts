import type { Database } from '../../db/client.ts';
import { privateRoomsOf } from '../../db/stores/chat-rooms.ts';
import { queueOutbound } from '../../db/stores/outbound.ts';
import { listPeople, rightsOf } from '../../db/stores/people.ts';
import type { Zone } from '../../desk/time.ts';
import type { QueuedMessage } from '../chats/room-feed.ts';
import { bold, line } from '../chats/rich-text.ts';
import { type AlertRoute, DeliveryFailure } from './route.ts';
import { bodyOf, headingOf } from './words.ts';

/** Puts alerts into the own chats of everybody who is linked there: the desk's for all, an account's for those who may see it. */
export function chatRoute({ database, bot, zone, queued }: { database: Database; bot: 'telegram' | 'discord'; zone: Zone; queued: () => void }): AlertRoute {
  return {
    name: bot,
    async deliver({ alerts, round, digest }) {
      const people = await listPeople(database.orm);
      const rooms = (await privateRoomsOf(database.orm, people.map(({ id }) => id))).filter((room) => room.bot === bot);
      if (rooms.length === 0) throw new DeliveryFailure(`nobody is linked on ${bot}`, { again: false });
      let told = 0;
      for (const room of rooms) {
        const sees = new Set((await rightsOf(database.orm, room.personId)).filter(({ canView }) => canView).map(({ accountId }) => accountId));
        const theirs = alerts.filter(({ accountId }) => accountId === null || sees.has(accountId));
        if (theirs.length === 0) continue;
        const message: QueuedMessage = { subject: null, lines: [line(bold(headingOf({ alerts: theirs, round, digest }))), ...bodyOf({ alerts: theirs, digest, zone }).map((text) => line(text))], buttons: [] };
        // The key tells a repeat of this delivery from another round of it.
        await queueOutbound(database.orm, { bot, chat: room.chat, key: `alert:${theirs.map(({ id }) => id).join('+').slice(0, 400)}:${round}:${digest}`, subject: null, body: JSON.stringify(message) });
        told += 1;
      }
      if (told === 0) throw new DeliveryFailure(`nobody who may see it is linked on ${bot}`, { again: false });
      queued();
    },
  };
}
