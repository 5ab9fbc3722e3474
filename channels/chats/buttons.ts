import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { buttonById, storeButton } from '../../db/stores/chat-buttons.ts';
import type { Executor } from '../../db/client.ts';
import type { Press } from './outgoing.ts';

/**
 * Buttons carry an opaque id and a tag over it and the chat they were sent to, 31 characters in all; what they mean stays
 * in the database. Whoever invents an id, or takes a button to another chat, has no tag for it.
 */
export interface Buttons {
  /** Stores what a press means and gives the button's id. */
  keep(tx: Executor, input: { chat: string; press: Press }): Promise<string>;
  data(input: { id: string; chat: string }): string;
  /** Null: not one of ours, or not from this chat. */
  read(input: { data: string; chat: string }): Promise<Press | null>;
}

const shape = /^p1\.([\w-]{16})\.([\w-]{11})$/;

/** `secret` never leaves the desk; `newId` gives 96 random bits as 16 URL-safe characters. */
export function createButtons({ database, bot, secret, newId }: { database: Database; bot: string; secret: string; newId: () => string }): Buttons {
  const key = createHmac('sha256', secret).update('parapet buttons').digest();
  const tagOf = (id: string, chat: string): string => createHmac('sha256', key).update(`${bot}\n${chat}\n${id}`).digest('base64url').slice(0, 11);
  return {
    async keep(tx, { chat, press }) {
      const id = newId();
      await storeButton(tx, { id, bot, chat, body: JSON.stringify(press) });
      return id;
    },
    data: ({ id, chat }) => `p1.${id}.${tagOf(id, chat)}`,
    async read({ data, chat }) {
      const [, id, tag] = shape.exec(data) ?? [];
      if (id === undefined || tag === undefined || !timingSafeEqual(Buffer.from(tag), Buffer.from(tagOf(id, chat)))) return null;
      const found = await buttonById(database.orm, { id, bot });
      return found && found.chat === chat ? (JSON.parse(found.body) as Press) : null;
    },
  };
}
