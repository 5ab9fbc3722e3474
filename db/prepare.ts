import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type pg from 'pg';
import type { Database } from './client.ts';
import { migrate } from './migrate.ts';

/** Brings a database to this program's schema: migrations, the checkpointer's tables, and the rights on them. */
export async function prepareDatabase(database: Database, onStep?: (text: string) => void): Promise<void> {
  const applied = await migrate(database, onStep);
  await database.provideLogins();
  await database.asOwner(async (client) => {
    // The checkpointer wants a pool; during set-up it gets one that always answers with the owner's connection.
    const lent = new Proxy(client, { get: (target, key) => (key === 'release' ? () => undefined : Reflect.get(target, key, target))});
    const ownerPool = { connect: async () => lent, query: client.query.bind(client) } as unknown as pg.Pool;
    await new PostgresSaver(ownerPool, undefined, { schema: 'graph' }).setup();
    if (applied === 0) return;
    await client.query('select core.bound_all_facts()');
    await client.query('grant select, insert, update, delete on all tables in schema graph to parapet_app');
  });
}
