/**
 * `npm run simulate -- --seeds N --database`: days from the seeds are run in memory, and all that was asked of the stores is asked
 * again of a real database with the same clock: embedded, or the server that TEST_DATABASE_URL names. Each answer and each refusal
 * must be the same, and at the end the audit, hash for hash; then what the invariants said of the tables in memory holds there, too.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Database, openEmbedded, openServer } from '../../../db/client.ts';
import { prepareDatabase } from '../../../db/prepare.ts';
import type { SeedReport } from '../run-seed.ts';
import { askAgain } from './ask-again.ts';
import type { Entry, Told } from './recording.ts';

const [uuid, foretold] = [new URL('../../../db/uuid.ts', import.meta.url).href, new URL('./foretold-uuid.ts', import.meta.url).href];
/** The stores make their identities as those in memory made them. */
const foretell = (): unknown => registerHooks({ resolve: (specifier, context, next) => { const found = next(specifier, context); return found.url === uuid && context.parentURL !== foretold ? { ...found, url: foretold } : found; } });

type Opened = { database: Database; remove: () => Promise<void> };
/** A new database each time, with the desk's schema and nothing in it. */
async function opener(): Promise<() => Promise<Opened>> {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) {
    const first = await openEmbedded({ directory: null });
    await prepareDatabase(first);
    const template = await first.dump();
    await first.close();
    return async () => { const database = await openEmbedded({ directory: null, template: template.slice(0) }); return { database, remove: () => database.close() }; };
  }
  const administer = async (statement: string): Promise<void> => { const client = new pg.Client({ connectionString: url }); await client.connect(); try { await client.query(statement); } finally { await client.end(); } };
  const named = (name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  const template = `parapet_simulated_${process.pid}`;
  await administer(`create database ${template}`);
  const first = openServer({ url: named(template), connections: 2 });
  await prepareDatabase(first);
  await first.close();
  let n = 0;
  return async () => {
    const name = `${template}_${++n}`;
    await administer(`create database ${name} template ${template}`);
    const database = openServer({ url: named(name), connections: 3 });
    return { database, remove: async () => { await database.close(); await administer(`drop database ${name} with (force)`); } };
  };
}

/** What is always empty in memory, and a card's number, which is the database's own. */
const notAsked: ReadonlySet<string> = new Set(['bars', 'events', 'cards.cardByNumber', 'reference.coverageOf', 'reference.rulesInForce']);

export async function simulateOnDatabase({ first, count }: { first: number; count: number }): Promise<boolean> {
  foretell();
  const open = await opener();
  const stores = new Map<string, Record<string, unknown>>();
  const load = async (log: readonly Entry[]): Promise<void> => {
    for (const { store } of log.flatMap(({ calls }) => calls)) if (!stores.has(store)) stores.set(store, (await import(`../../../db/stores/${store}.ts`)) as Record<string, unknown>);
  };
  const callOf = ({ store, name }: Told) => (notAsked.has(store) || notAsked.has(`${store}.${name}`) ? null : (stores.get(store)?.[name] as (executor: unknown, ...rest: unknown[]) => Promise<unknown>));
  const here = fileURLToPath(new URL('.', import.meta.url));
  const child = fork(`${here}recording-child.ts`, [], { execArgv: ['--import', `${here}../substitution.ts`], env: { ...process.env, SIMULATION_RECORDED: 'yes' }, serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code]): never => { throw new Error(`the simulating process ended with ${code}`); });
  ended.catch(() => undefined);
  const sum = { asked: 0, refused: 0, orders: 0, fills: 0, audit: 0 };
  let broken = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    child.send(seed);
    const [{ report, log }] = (await Promise.race([once(child, 'message'), ended])) as [{ report: SeedReport; log: Entry[] }];
    for (const key of ['orders', 'fills', 'audit'] as const) sum[key] += report[key];
    const { database, remove } = await open();
    try {
      if (report.violations[0]) throw new Error(`${report.violations[0].invariant}: ${report.violations[0].what}`);
      await load(log);
      const { asked, refused } = await askAgain({ database, log, callOf });
      sum.asked += asked;
      sum.refused += refused;
    } catch (error) { broken += 1; console.log(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n  replay: npm run simulate -- --seeds 1 --seed ${seed} --database`); } finally { await remove(); }
  }
  child.disconnect();
  console.log(`${count} seeds on ${process.env.TEST_DATABASE_URL === undefined ? 'the embedded database' : 'the server'}: ${sum.asked} calls of the stores answered alike, ${sum.refused} of them refused; ${sum.orders} orders, ${sum.fills} fills, ${sum.audit} audit entries; ${broken} broken`);
  return broken === 0;
}
