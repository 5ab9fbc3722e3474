import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openEmbedded, openServer } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { sha256 } from '../../desk/canonical.ts';

declare module 'vitest' {
  interface ProvidedContext { databaseTemplate: { kind: 'embedded'; path: string } | { kind: 'server'; url: string; name: string } }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Names the schema, so that a changed migration never meets an old template. */
function schemaDigest(): string {
  const folder = `${root}db/migrations/`;
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
  return sha256(files.map((name) => readFileSync(folder + name, 'utf8')).join('\n') + readFileSync(`${root}db/prepare.ts`, 'utf8') + readFileSync(`${root}package-lock.json`, 'utf8')).slice(0, 16);
}

async function embeddedTemplate(): Promise<string> {
  const folder = `${root}node_modules/.cache/parapet/`;
  const path = `${folder}template-${schemaDigest()}.tar`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const database = await openEmbedded({ directory: null });
  await prepareDatabase(database);
  writeFileSync(`${path}.part`, Buffer.from(await database.dump()));
  await database.close();
  renameSync(`${path}.part`, path);
  return path;
}

async function serverTemplate(url: string): Promise<string> {
  const name = `parapet_template_${schemaDigest()}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if ((await client.query('select 1 from pg_database where datname = $1', [name])).rowCount) return name;
    await client.query(`create database ${name}_part`);
    const database = openServer({ url: databaseUrl(url, `${name}_part`), connections: 2 });
    await prepareDatabase(database);
    await database.close();
    await client.query(`alter database ${name}_part rename to ${name}`);
    return name;
  } finally { await client.end(); }
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** Builds the migrated database once; every test file starts from a copy of it. */
export default async function setup(project: TestProject): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  project.provide('databaseTemplate', url ? { kind: 'server', url, name: await serverTemplate(url) } : { kind: 'embedded', path: await embeddedTemplate() });
}
