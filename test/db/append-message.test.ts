import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { appendMessage, messagesAfter, openThread } from '../../db/stores/conversation.ts';
import { addPerson } from '../../db/stores/people.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
const [personId, threadId] = [uuidv7(1), uuidv7(2)];
beforeAll(async () => {
  database = await openTestDatabase();
  await database.ownerTransaction(async (tx) => {
    await addPerson(tx, { id: personId, name: 'Writer', role: 'trader' });
    await openThread(tx, { id: threadId, channel: 'test', externalId: 'one', personId, title: 'one' });
  });
});
afterAll(async () => { await database.close(); });

const said = (clientMessageId: string | null) => ({ threadId, turn: uuidv7(3), author: 'person' as const, personId, clientMessageId, event: '{}' });

it('gives messages that come at once sequences without gaps and twins, and one that comes again the place it had', async () => {
  const ids = Array.from({ length: 120 }, (_, number) => (number % 3 === 0 ? null : `m${number % 40}`));
  const appended = await Promise.all(ids.map((id, number) => (number % 2 === 0 ? appendMessage(database.orm, said(id)) : database.transaction((tx) => appendMessage(tx, said(id))))));
  const fresh = appended.filter(({ duplicate }) => !duplicate).map(({ message }) => message.sequence);
  const different = ids.filter((id) => id === null).length + new Set(ids.filter((id) => id !== null)).size;
  expect(fresh.toSorted((a, b) => a - b)).toEqual(Array.from({ length: different }, (_, at) => at + 1));
  expect((await messagesAfter(database.orm, { threadId, after: 0, limit: 500 })).map(({ sequence }) => sequence)).toEqual(fresh.toSorted((a, b) => a - b));
  for (const { message, duplicate } of appended) if (duplicate) expect(fresh).toContain(message.sequence);
});

it('does not let a message in that is for no thread', async () => {
  await expect(appendMessage(database.orm, { ...said(null), threadId: uuidv7(9) })).rejects.toThrow();
});
