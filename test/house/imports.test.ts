import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { violationsBelow } from '../../scripts/import-rules/check-tree.ts';
import { violationsIn } from '../../scripts/import-rules/violations.ts';

const messages = (path: string, source: string): string[] => violationsIn(path, source).map(({ message }) => message);

describe('the import rules', () => {
  it('hold over the whole tree', () => {
    const { files, violations } = violationsBelow(fileURLToPath(new URL('../..', import.meta.url)));
    expect(files).toBeGreaterThan(50);
    expect(violations.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual([]);
  });

  it.each([
    ['desk/gates/x.ts', "import { db } from '../../db/client.ts'", 'desk may not import db'],
    ['desk/gates/x.ts', "import type { Tool } from '../../tools/define.ts'", 'desk may not import tools'],
    ['desk/gates/x.ts', "import { log } from '../../ops/log.ts'", 'desk may not import ops'],
    ['desk/gates/x.ts', "import { readFileSync } from 'node:fs'", 'desk imports only itself'],
    ['desk/gates/x.ts', "import { randomUUID } from 'node:crypto'", 'not randomUUID'],
    ['desk/gates/x.ts', "const later = await import('../../graph/turn.ts')", 'desk may not import graph'],
    ['desk/gates/x.ts', "export { client } from '../../db/client.ts'", 'desk may not import db'],
    ['desk/gates/x.ts', "export type Row = import('../../db/schema.ts').Row", 'desk may not import db'],
    ['tools/x.ts', "import { supervisor } from '../agents/supervisor.ts'", 'tools may not import agents'],
    ['agents/x.ts', "export * from '../graph/turn.ts'", 'agents may not import graph'],
    ['graph/x.ts', "import '../channels/web/server.ts'", 'graph may not import channels'],
    ['channels/x.ts', "import { nightly } from '../jobs/nightly.ts'", 'channels may not import jobs'],
    ['feeds/x.ts', "import { size } from '../desk/allocation/size.ts'", 'feeds may import types only from desk/allocation/size.ts'],
    ['feeds/x.ts', "import type { Store } from '../db/stores/facts.ts'", 'feeds may not import db'],
    ['brokers/x.ts', "import { liquidity } from '../desk/gates/liquidity.ts'", 'brokers may import types only'],
    ['db/x.ts', "import { priceOf } from '../desk/options/black-scholes.ts'", 'db may import types only'],
    ['db/x.ts', "import { sniff } from '../feeds/sniff.ts'", 'db may import types only from feeds/sniff.ts'],
    ['ops/x.ts', "import { pool } from '../db/client.ts'", 'ops may not import db'],
    ['channels/web/app/x.tsx', "import { turn } from '../../../graph/turn.ts'", 'page may import types only'],
    ['channels/web/app/x.tsx', "import type { Store } from '../../../db/stores/facts.ts'", 'page may not import db'],
    ['channels/x.ts', "import { openDesk } from '../start/open-desk.ts'", 'channels may not import start'],
    ['tools/x.ts', "import { main } from '../test/helpers/desk.ts'", 'tools may not import test'],
    ['desk/x.ts', "import { thing } from '../library/thing.ts'", 'lies in no room'],
  ])('refuse in %s: %s', (path, source, expected) => {
    expect(messages(path, source)).toEqual([expect.stringContaining(expected)]);
  });

  it.each([
    ['desk/x.ts', "import { z } from 'zod'; import Big from 'big.js'; import { createHash } from 'node:crypto'; import { at } from './time.ts'"],
    ['feeds/x.ts', "import { at } from '../desk/time.ts'; import type { Clearance } from '../desk/actions/clearance.ts'; import { sessions } from '../desk/market/calendar.ts'"],
    ['feeds/x.ts', "import { type Clearance, type Other } from '../desk/actions/clearance.ts'"],
    ['brokers/x.ts', "import { chargesFor } from '../desk/execution/charges.ts'; import type { BrokerSubmits } from './define.ts'"],
    ['db/x.ts', "import pg from 'pg'; import { canonicalJson } from '../desk/canonical.ts'; import type { FeedRecord } from '../feeds/define.ts'"],
    ['channels/x.ts', "import { turn } from '../graph/turn.ts'; import { log } from '../ops/log.ts'; import { at } from '../desk/time.ts'"],
    ['jobs/x.ts', "import { web } from '../channels/web/server.ts'"],
    ['test/x.ts', "import { db } from '../db/client.ts'; Math.random()"],
    ['channels/web/app/x.tsx', "import type { Card } from '../../vocabulary.ts'; import { Chat } from './chat.tsx'; fetch('/api')"],
  ])('allow in %s: %s', (path, source) => {
    expect(messages(path, source)).toEqual([]);
  });
});

describe('what a room may reach unasked', () => {
  it.each([
    ['Date.now()', 'wall clock'], ['new Date()', 'wall clock'], ['Date()', 'wall clock'], ['performance.now()', 'stopwatch'],
    ['Math.random()', 'randomness'], ['crypto.randomUUID()', 'randomness'],
    ['setTimeout(() => undefined, 5)', 'timer'], ['globalThis.setTimeout(run, 5)', 'timer'], ["import { setTimeout as sleep } from 'node:timers/promises'", 'timer'],
    ["fetch('http://localhost')", 'network'], ["new WebSocket('ws://localhost')", 'network'],
    ['process.env.HOME', 'environment'], ['process.exit(1)', 'process'],
  ])('is nothing at all for the desk: %s', (source, kind) => {
    expect(messages('desk/x.ts', source)).toContainEqual(expect.stringContaining(`desk has no ${kind} of its own`));
  });

  it('leaves dates with an argument and names that only look alike to the desk', () => {
    expect(messages('desk/x.ts', 'new Date(at); order.fetch(); clock.now(); const process = 1; const timer = { setTimeout: 1 };')).toEqual([]);
  });

  it('leaves the wall clock to operations', () => {
    expect(messages('ops/clock.ts', 'Date.now()')).toEqual([]);
    for (const room of ['db', 'feeds', 'brokers', 'tools', 'agents', 'graph', 'channels', 'jobs']) expect(messages(`${room}/x.ts`, 'Date.now()'), room).toHaveLength(1);
    expect(messages('main.ts', 'new Date()')).toHaveLength(1);
  });

  it('lets no room but operations read the environment', () => {
    for (const room of ['db', 'feeds', 'brokers', 'tools', 'agents', 'graph', 'channels', 'jobs']) expect(messages(`${room}/x.ts`, 'process.env.HOME'), room).toHaveLength(1);
  });
});

describe('SQL', () => {
  it.each([
    "await pool.query('select 1 from fills')", 'await client.query(`update orders set status = 1`)', "await db.callAs('parapet_gate', 'insert into clearances values ($1)', [])",
    'await orm.execute(sql`delete from fills`)', "import pg from 'pg'", "import { eq } from 'drizzle-orm'",
  ])('is written in db alone: %s', (source) => {
    expect(messages('graph/x.ts', source).length).toBeGreaterThan(0);
    expect(messages('db/x.ts', source)).toEqual([]);
  });

  it('is not seen in sentences and in types', () => {
    expect(messages('tools/x.ts', "rows.query('selected rows'); say('select a card'); pattern.exec('select'); import type { Pool } from 'pg'")).toEqual([]);
  });
});

describe('submitting to a broker', () => {
  const source = "import type { BrokerSubmits } from '../brokers/define.ts'; export let held: BrokerSubmits;";
  it('is named only where it is made, handed on and held', () => {
    expect(messages('main.ts', source.replace('../', './'))).toEqual([]);
    for (const path of ['start/brokers.ts', 'brokers/paper.ts', 'graph/executor.ts', 'graph/execution/send.ts']) expect(messages(path, source), path).toEqual([]);
    for (const path of ['tools/x.ts', 'agents/x.ts', 'graph/turn.ts', 'channels/x.ts', 'jobs/x.ts', 'cli.ts']) {
      expect(messages(path, source), path).toContainEqual(expect.stringContaining("executor's alone"));
    }
  });
});
