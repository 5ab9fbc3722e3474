import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openEmbedded, openServer } from '../../db/client.ts';

const addresses = new WeakMap<Database, { url: string; appUrl: string }>();
/** The same server database once more, as a second process would open it; null for an embedded one, which has one process only. */
export function openAgain(database: Database): Database | null {
  const address = addresses.get(database);
  return address ? openServer(address) : null;
}

/** A fresh migrated database of whichever kind this run is about; `close` also removes it. */
export async function openTestDatabase(): Promise<Database> {
  const template = inject('databaseTemplate');
  if (template.kind === 'embedded') {
    const bytes = readFileSync(template.path);
    return openEmbedded({ directory: null, template: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  }
  const name = `parapet_test_${randomUUID().replaceAll('-', '')}`;
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: template.url });
    await client.connect();
    try { await client.query(statement); } finally { await client.end(); }
  };
  await administer(`create database ${name} template ${template.name}`);
  const url = new URL(template.url);
  url.pathname = `/${name}`;
  // As on a real server: the desk works through a login that owns nothing.
  const appUrl = new URL(url);
  appUrl.username = 'parapet_test';
  appUrl.password = 'parapet_test';
  const database = openServer({ url: url.toString(), appUrl: appUrl.toString() });
  await database.provideLogins();
  const opened = { ...database, close: async () => { await database.close(); await administer(`drop database ${name} with (force)`); } };
  addresses.set(opened, { url: url.toString(), appUrl: appUrl.toString() });
  return opened;
}
