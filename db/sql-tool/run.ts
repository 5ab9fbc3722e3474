import pg from 'pg';
import type { Instant, Zone } from '../../desk/time.ts';
import type { Database } from '../client.ts';
import { EngineStopped } from '../embedded/engine.ts';
import type { GuardedStatement } from './guard.ts';
import { longestSeries } from './allowed.ts';
import { longestSeriesIn, planLines, type PlanNode } from './plan.ts';
import { SqlFailed, SqlRefused } from './refusal.ts';

/** Who asks, and as of when. `marks`: last prices by symbol where the moment is the market's now. */
export interface SqlAsker { personId: string; accountIds: readonly string[]; asOf: Instant; live: boolean; zone: Zone; marks: Readonly<Record<string, number>> }
export interface SqlLimits {
  maxRows: number; maxBytes: number;
  /** The server ends the statement after it; half a second later, and embedded alone, so does the desk. */
  statementMs: number; lockMs: number;
  /** Of the planner's estimate, in its own units. */
  maxCost: number;
  /** Embedded, where no server keeps the memory apart: by how much the process may grow while the statement runs. */
  maxGrowthBytes: number;
}
export const sqlLimits: SqlLimits = { maxRows: 1000, maxBytes: 4_000_000, statementMs: 10_000, lockMs: 200, maxCost: 5e7, maxGrowthBytes: 700_000_000 };

export interface SqlAnswer { columns: { name: string; type: string }[]; rows: unknown[][]; truncated: boolean }

interface Wire { connection: { stream: NodeJS.EventEmitter & { destroy(error?: Error): void } } }
const watchEveryMs = 50;

/**
 * Runs a guarded statement: in a transaction that writes down who asks, turns read-only and steps down to the role `parapet_sql`; over the
 * extended protocol, which takes one statement and no more; through a cursor, so that no more rows are read than are wanted. Ends in a
 * rollback, whatever happens. @throws SqlRefused for a cap or a right, SqlFailed for what PostgreSQL says against the statement
 */
export async function runSql(database: Database, { statement, asker, limits = sqlLimits }: { statement: GuardedStatement; asker: SqlAsker; limits?: SqlLimits }): Promise<SqlAnswer> {
  return database.withSqlSession(async ({ client, overdue }) => {
    let ended: SqlRefused | null = null;
    const end = (refusal: SqlRefused, running = true): void => { if (!ended) { ended = refusal; if (running) overdue(); } };
    let bytes = 0;
    const { stream } = (client as unknown as Wire).connection;
    // The embedded engine answers in one piece, so there is nothing left to end when the first byte is seen.
    const count = (chunk: Buffer): void => { bytes += chunk.length; if (bytes > limits.maxBytes) end(new SqlRefused('bytes', `the answer is larger than ${limits.maxBytes / 1e6} MB`), database.kind === 'server'); };
    const from = performance.now();
    const residentBefore = process.memoryUsage.rss();
    const watch = setInterval(() => {
      if (performance.now() - from > limits.statementMs + (database.kind === 'server' ? 500 : 0)) end(tooLong(limits));
      else if (database.kind === 'embedded' && process.memoryUsage.rss() - residentBefore > limits.maxGrowthBytes) end(new SqlRefused('memory', 'the statement needs too much memory'));
    }, watchEveryMs);
    stream.on('data', count);
    try {
      const answer = await withinTransaction(client, { statement, asker, limits });
      if (ended) throw ended as SqlRefused;
      return answer;
    } catch (error) { throw ended ?? understood(error, limits); } finally {
      clearInterval(watch);
      stream.removeListener('data', count);
    }
  });
}

async function withinTransaction(client: pg.PoolClient, { statement, asker, limits }: { statement: GuardedStatement; asker: SqlAsker; limits: SqlLimits }): Promise<SqlAnswer> {
  const extended = (text: string): Promise<pg.QueryArrayResult<unknown[]>> => client.query({ text, rowMode: 'array', queryMode: 'extended', types: asText } as pg.QueryArrayConfig) as Promise<pg.QueryArrayResult<unknown[]>>;
  await client.query('begin');
  await client.query('set local role parapet_ask');
  await client.query('select core.sql_ask($1, $2::uuid[], $3, $4, $5, $6)', [asker.personId, [...asker.accountIds], asker.asOf, asker.live, asker.zone, JSON.stringify(asker.marks)]);
  await client.query('set transaction read only');
  await client.query(`set local statement_timeout = ${limits.statementMs}; set local lock_timeout = ${limits.lockMs}; set local idle_in_transaction_session_timeout = 10000; set local work_mem = '16MB'; set local max_parallel_workers_per_gather = 0; set local time zone '${asker.zone}'; set local search_path = desk; set local role parapet_sql`);
  const [planned] = (await extended(`explain (format json) ${statement.text}`)).rows;
  const plan = (JSON.parse(String(planned?.[0])) as { Plan: PlanNode }[])[0]?.Plan;
  if (!plan) throw new SqlRefused('statement_kind', 'only what has a plan is run');
  if (statement.kind === 'explain') return { columns: [{ name: 'QUERY PLAN', type: 'text' }], rows: planLines(plan).map((line) => [line]), truncated: false };
  if (plan['Total Cost'] > limits.maxCost) throw new SqlRefused('too_expensive', 'the statement would read too much: narrow it by symbol, account or date');
  if (longestSeriesIn(plan) > longestSeries) throw new SqlRefused('too_expensive', `a series has at most ${longestSeries} steps`);
  await extended(`declare answer no scroll cursor for ${statement.text}`);
  const found = await extended(`fetch forward ${limits.maxRows + 1} from answer`);
  const columns = found.fields.map((field) => ({ name: field.name, type: typeNames.get(field.dataTypeID) ?? 'text' }));
  const reads = found.fields.map((field) => readers.get(field.dataTypeID) ?? String);
  return { columns, rows: found.rows.slice(0, limits.maxRows).map((row) => row.map((value, place) => (value === null ? null : (reads[place] ?? String)(String(value))))), truncated: found.rows.length > limits.maxRows };
}

/** Values come as PostgreSQL writes them; JavaScript dates and long numbers would change them. */
const asText = { getTypeParser: () => (value: string) => value };
const { builtins } = pg.types;
const number = (value: string): number | string => { const read = Number(value); return Number.isFinite(read) && (!Number.isInteger(read) || Number.isSafeInteger(read)) ? read : value; };
const moment = (value: string): string => { const read = new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')); return Number.isNaN(read.getTime()) ? value : read.toISOString(); };
/** Left as text where it is nested deeper than can be written out again, or names characters that no text of the desk's may hold. */
const json = (value: string): unknown => (isDeep(value) || /\\u(?:0000|d[89a-f])/i.test(value) ? value : JSON.parse(value));
const deepestJson = 100;
function isDeep(value: string): boolean {
  let depth = 0;
  for (const character of value) if (character === '[' || character === '{') { depth += 1; if (depth > deepestJson) return true; } else if (character === ']' || character === '}') depth -= 1;
  return false;
}
const readers = new Map<number, (value: string) => unknown>([
  ...[builtins.INT2, builtins.INT4, builtins.INT8, builtins.NUMERIC, builtins.FLOAT4, builtins.FLOAT8].map((type): [number, (value: string) => unknown] => [type, number]),
  [builtins.BOOL, (value) => value === 't'], [builtins.JSON, json], [builtins.JSONB, json], [builtins.TIMESTAMPTZ, moment],
]);
const typeNames = new Map<number, string>([
  [builtins.INT2, 'smallint'], [builtins.INT4, 'integer'], [builtins.INT8, 'bigint'], [builtins.NUMERIC, 'numeric'], [builtins.FLOAT4, 'real'], [builtins.FLOAT8, 'double precision'], [builtins.BOOL, 'boolean'], [builtins.TEXT, 'text'], [builtins.VARCHAR, 'text'],
  [builtins.DATE, 'date'], [builtins.TIMESTAMP, 'timestamp'], [builtins.TIMESTAMPTZ, 'timestamptz'], [builtins.TIME, 'time'], [builtins.INTERVAL, 'interval'], [builtins.UUID, 'uuid'], [builtins.JSON, 'json'], [builtins.JSONB, 'jsonb'],
]);

const tooLong = (limits: SqlLimits): SqlRefused => new SqlRefused('time', `the statement took longer than ${limits.statementMs / 1000} s`);
/** Refusals by what PostgreSQL answered: rights, time-outs, memory; everything else is about the statement. */
function understood(error: unknown, limits: SqlLimits): unknown {
  if (error instanceof SqlRefused) return error;
  if (error instanceof EngineStopped) return new SqlRefused('memory', 'the statement is nested too deeply, or too large, for the embedded database, which had to be started again');
  const { code, message } = error as { code?: string; message?: string };
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return error;
  if (code === '57014') return tooLong(limits);
  if (code === '42501' || code === '25006') return new SqlRefused('privileges', `PostgreSQL refused: ${message ?? code}`);
  // A limit of the program is one on memory, but for the null character, which no text holds.
  if (code === '53200' || (code === '54000' && message !== 'null character not permitted') || code === '54001' || code === '53400') return new SqlRefused('memory', 'the statement needs too much memory');
  if (code === '55P03') return new SqlRefused('time', 'the statement waited too long for a lock');
  return new SqlFailed(code, message ?? code);
}
