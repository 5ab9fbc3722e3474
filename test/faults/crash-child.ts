/**
 * A desk that presses a button and dies at the crossing that it was told. A crossing is a statement to the database (the
 * paper broker's book lies behind the same seam, so a broker call is several of them) or a write to a file.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import pg from 'pg';

const writeTrace = fs.writeFileSync;
const { CRASH_FOLDER = '', CRASH_URL = '', CRASH_SCENARIO = '', CRASH_AT = '0', CRASH_WHEN = 'before', CRASH_TRACE = '' } = process.env;
const crossings: string[] = [];
let armed = false;
/** Called at each crossing; what it returns is called when the crossing is over. */
function cross(what: string): () => void {
  if (!armed) return () => undefined;
  crossings.push(what.replaceAll(/\s+/g, ' ').slice(0, 120));
  const here = crossings.length === Number(CRASH_AT);
  const die = (): void => { process.kill(process.pid, 'SIGKILL'); };
  if (here && CRASH_WHEN === 'before') die();
  return () => { if (here && CRASH_WHEN === 'after') die(); };
}

type Query = (...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const query = prototype.query;
prototype.query = function crossing(this: unknown, ...args: unknown[]): unknown {
  const [first] = args;
  const over = cross(typeof first === 'string' ? first : String((first as { text?: string } | null)?.text ?? 'statement'));
  const last = args.at(-1);
  if (typeof last === 'function') return query.apply(this, [...args.slice(0, -1), (...results: unknown[]) => { over(); (last as Query)(...results); }]);
  const result = query.apply(this, args);
  return result instanceof Promise ? result.then((value: unknown) => { over(); return value; }) : result;
};
for (const name of ['writeFileSync', 'appendFileSync', 'renameSync', 'linkSync', 'rmSync', 'writeSync', 'mkdirSync'] as const) {
  const original = fs[name] as Query;
  (fs as unknown as Record<string, Query>)[name] = (...args) => { const over = cross(`file ${name}`); const result = original(...args); over(); return result; };
}
syncBuiltinESMExports();

const { advance, ask, openCrashDesk, openHomeDatabase, press, turnsOf } = await import('./crash-home.ts');
const home = { folder: CRASH_FOLDER, url: CRASH_URL === '' ? null : CRASH_URL };
const desk = await openCrashDesk(home, await openHomeDatabase(home));
const scenario = CRASH_SCENARIO === 'flatten' || CRASH_SCENARIO === 'structure' ? CRASH_SCENARIO : 'entry';
const confirmationId = await ask(desk, scenario);
armed = true;
await press(desk, confirmationId);
await advance(desk, 2);
for (let turn = 1; turn < turnsOf(scenario); turn += 1) await advance(desk, 1);
armed = false;
writeTrace(CRASH_TRACE, `${crossings.join('\n')}\n`);
await desk.close();
process.exit(0);
