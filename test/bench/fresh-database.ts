import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** An empty database of its own on the server at `url`; `drop` takes it away again. */
export async function freshDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `parapet_bench_${randomUUID().replaceAll('-', '')}`;
  const administer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try { await client.query(statement); } finally { await client.end(); }
  };
  await administer(`create database ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return { url: address.toString(), drop: () => administer(`drop database ${name} with (force)`) };
}
