/**
 * A desk that presses a button and dies at the crossing that it was told. A crossing is a statement to the database (the
 * paper broker's book lies behind the same seam, so a broker call is several of them) or a write to a file. It is lasting
 * where what the next desk finds differs before and after it: a commit of something written, a write outside a transaction.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import pg from 'pg';

const writeTrace = fs.writeFileSync;
const { CRASH_FOLDER = '', CRASH_URL = '', CRASH_SCENARIO = '', CRASH_AT = '0', CRASH_WHEN = 'before', CRASH_AMONG = 'all', CRASH_TRACE = '' } = process.env;
const crossings: string[] = [];
let [armed, passed] = [false, 0];
type Over = (rowCount?: number | null) => void;
/**
 * Called at each crossing; what it returns is called when the crossing is over. `lasting` null: it lasts if it has changed a
 * row, which only its result tells, so nobody can die just before it among the lasting ones.
 */
function cross(what: string, lasting: boolean | null): Over {
  if (!armed) return () => undefined;
  const text = what.replaceAll(/\s+/g, ' ').trim().slice(0, 120);
  const index = crossings.push(`${lasting ? '*' : ' '} ${text}`) - 1;
  const die = (): void => { process.kill(process.pid, 'SIGKILL'); };
  const counts = (): boolean => { passed += 1; return passed === Number(CRASH_AT); };
  let here = (CRASH_AMONG === 'all' || lasting === true) && counts();
  if (here && CRASH_WHEN === 'before') die();
  return (rowCount = 1) => {
    if (lasting === null && rowCount !== 0) {
      crossings[index] = `* ${text}`;
      here ||= CRASH_AMONG === 'lasting' && counts();
    }
    if (here && CRASH_WHEN === 'after') die();
  };
}

type Query = (...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const query = prototype.query;
const inTransaction = new WeakSet<object>();
/** Outside a transaction: whether it writes; null where that depends on whether it meets a row. A select that calls a function of the desk's counts as one that does. */
function writes(text: string): boolean | null {
  if (/^\s*(insert|update|delete)\b/i.test(text)) return null;
  return !/^\s*(select|set|show|listen|begin|commit|rollback)\b/i.test(text) || /^\s*select\s+(core|paper)\.\w+\s*\(/i.test(text);
}
prototype.query = function crossing(this: object, ...args: unknown[]): unknown {
  const [first] = args;
  const text = typeof first === 'string' ? first : String((first as { text?: string } | null)?.text ?? 'statement');
  if (/^\s*begin\b/i.test(text)) inTransaction.add(this);
  const ends = /^\s*(commit|rollback)\b/i.test(text);
  const outside = !inTransaction.has(this);
  if (ends) inTransaction.delete(this);
  const last = args.at(-1);
  if (typeof last === 'function') {
    const over = cross(text, outside && writes(text));
    return query.apply(this, [...args.slice(0, -1), (...results: unknown[]) => { over((results[1] as { rowCount?: number | null } | undefined)?.rowCount); (last as Query)(...results); }]);
  }
  const run = (lasting: boolean | null): unknown => {
    const over = cross(text, lasting);
    const result = query.apply(this, args);
    return result instanceof Promise ? result.then((value: unknown) => { over((value as { rowCount?: number | null } | undefined)?.rowCount); return value; }) : result;
  };
  if (!armed || !/^\s*commit\b/i.test(text)) return run(outside && writes(text));
  // PostgreSQL itself says whether the transaction has written anything.
  return (query.call(this, 'select pg_current_xact_id_if_assigned() is not null as wrote') as Promise<{ rows: { wrote: boolean }[] }>).then(({ rows }) => run(rows[0]?.wrote ?? true));
};
for (const name of ['writeFileSync', 'appendFileSync', 'renameSync', 'linkSync', 'rmSync', 'writeSync', 'mkdirSync'] as const) {
  const original = fs[name] as Query;
  (fs as unknown as Record<string, Query>)[name] = (...args) => { const over = cross(`file ${name}`, true); const result = original(...args); over(); return result; };
}
syncBuiltinESMExports();

const { advance, ask, openCrashDesk, openHomeDatabase, press, scenarios, turnsOf } = await import('./crash-home.ts');
const home = { folder: CRASH_FOLDER, url: CRASH_URL === '' ? null : CRASH_URL };
const desk = await openCrashDesk(home, await openHomeDatabase(home));
const scenario = scenarios.find((each) => each === CRASH_SCENARIO) ?? 'entry';
const confirmationId = await ask(desk, scenario);
armed = true;
await press(desk, confirmationId);
await advance(desk, 2);
for (let turn = 1; turn < turnsOf(scenario); turn += 1) await advance(desk, 1);
armed = false;
writeTrace(CRASH_TRACE, `${crossings.join('\n')}\n`);
await desk.close();
process.exit(0);
