import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openEmbedded } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { type GuardedStatement, guardStatement, loadGuard } from '../../db/sql-tool/guard.ts';
import { SqlFailed, SqlRefused } from '../../db/sql-tool/refusal.ts';
import { runSql, type SqlAsker, sqlLimits } from '../../db/sql-tool/run.ts';
import { sha256 } from '../../desk/canonical.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { hostile } from '../tools/sql/hostile.ts';
import { canary, openSqlWorld, type SqlWorld } from '../tools/sql/world.ts';

/** Each layer of the sql tool on its own: the ones before it are left out, and it has to hold. */
let desk: SqlWorld;
let asker: SqlAsker;
beforeAll(async () => {
  await loadGuard();
  desk = await openSqlWorld();
  asker = { personId: desk.owner.id, accountIds: (await desk.owned()).viewableAccountIds, asOf: desk.market.now(), live: true, zone: desk.market.zone, marks: {} };
});
afterAll(() => desk.close());

const unguarded = (text: string): GuardedStatement => ({ kind: 'query', text, views: [], outsideText: false });
const outcome = async (text: string): Promise<string> => {
  try { return JSON.stringify(await runSql(desk.database, { statement: unguarded(text), asker })); } catch (error) {
    if (error instanceof SqlRefused || error instanceof SqlFailed) return 'refused';
    throw error;
  }
};
/** Everything that the desk keeps, in one figure. */
const fingerprint = async (): Promise<string> => desk.database.asOwner(async (client) => {
  const tables = (await client.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('core', 'paper', 'graph', 'public') order by 1")).rows;
  const parts: string[] = [];
  for (const { name } of tables) parts.push(`${name} ${(await client.query<{ mark: string }>(`select count(*) || ':' || coalesce(sum(hashtext(t::text)), 0) as mark from ${name} t`)).rows[0]?.mark}`);
  const shape = (await client.query<{ mark: string }>("select string_agg(relname || relkind::text || coalesce(relacl::text, ''), ',' order by oid) as mark from pg_class where relnamespace in ('core'::regnamespace, 'desk'::regnamespace, 'public'::regnamespace)")).rows[0]?.mark ?? '';
  return sha256([...parts, shape].join('\n'));
});
/** A session as the tool's transaction leaves it to a statement, but without the parts that are not being tried. */
async function asRole<T>(work: (client: pg.PoolClient) => Promise<T>, { readOnly = true } = {}): Promise<T> {
  return desk.database.withSqlSession(async ({ client }) => {
    await client.query('begin');
    await client.query('set local role parapet_ask');
    await client.query('select core.sql_ask($1, $2::uuid[], $3, true, $4, $5)', [asker.personId, [...asker.accountIds], asker.asOf, asker.zone, '{}']);
    if (readOnly) await client.query('set transaction read only');
    await client.query('set local role parapet_sql');
    return work(client);
  });
}
const refusal = { code: expect.stringMatching(/^(42501|25006|42P01|42883|3F000|0A000|42704|55000)$/) };

describe('without the guard', { timeout: 240_000 }, () => {
  it('no hostile statement changes anything or shows a stranger’s row or a hash', async () => {
    const before = await fingerprint();
    // What is no syntax of PostgreSQL's, or of its later versions, is the parser's matter.
    for (const statement of Object.entries(hostile).flatMap(([family, statements]) => (family === 'more syntax' ? [] : statements))) {
      // A series without end is the deadline's matter, not the role's.
      if (/sha256\(|generate_series\((1, 1e12|-2000000000|1, 100000000)/.test(statement)) continue;
      const seen = await outcome(statement);
      expect(seen, statement.slice(0, 200)).not.toContain(canary);
      expect(seen, statement.slice(0, 200)).not.toMatch(/[0-9a-f]{64}/);
    }
    expect(await fingerprint()).toBe(before);
    expect(await outcome('select count(*) from desk.accounts')).toContain('[[3]]');
  });
  it.each(['select * from pg_catalog.pg_class', 'select * from pg_proc', 'select * from pg_roles', 'select * from information_schema.tables', 'select * from pg_settings', 'select * from pg_stat_activity', 'select prosrc from pg_proc', "select current_setting('data_directory')", "select pg_get_viewdef('desk.orders'::regclass)", 'select version()', "select has_table_privilege('core.people', 'select')", "select obj_description(1, 'pg_class')", 'select pg_backend_pid()'])('the role sees nothing of the catalogue: %s', async (statement) => {
    expect(await outcome(statement)).toBe('refused');
  });
  it.each(["select set_config('role', 'parapet_app', true)", 'select pg_sleep(0.01)', 'select pg_advisory_lock(1)', "select pg_notify('a', 'b')", "select query_to_xml('select 1', true, true, '')", "select lo_from_bytea(0, 'x')", "select repeat('x', 10)", "select ts_stat('select 1')", "select core.wall_now()", "select nextval('core.trade_cards_number_seq')"])('the role may not run what reaches past rows: %s', async (statement) => {
    expect(await outcome(statement)).toBe('refused');
  });
  it('takes attribute notation for no call, since there is nothing to call', async () => {
    expect(await outcome('select a.pg_sleep from desk.accounts a')).toBe('refused');
  });
});

describe('without a read-only transaction', () => {
  it.each(["update core.people set name = 'x'", 'delete from core.orders', 'insert into core.watchlist select * from core.watchlist', 'truncate core.fills', 'create table core.x (a int)', 'create table desk.x (a int)', 'create temp table x (a int)', 'create function desk.f() returns int language sql as $$ select 1 $$', "do $$ begin perform 1; end $$", 'insert into core.sql_readers select * from core.sql_readers', "update core.sql_readers set accounts = '{}'", 'update desk.clock set zone = zone', 'delete from desk.orders', 'grant parapet_app to parapet_sql', 'alter role parapet_sql superuser', 'drop view desk.orders', "comment on view desk.orders is 'x'", 'copy core.people to stdout', 'lock table core.orders', 'select * from core.people'])('the role still refuses: %s', async (statement) => {
    await asRole(async (client) => { await expect(client.query(statement)).rejects.toMatchObject(refusal); }, { readOnly: false });
  });
  it('the reader’s row is written once: whoever may write it may not write it again, nor after the transaction turned read-only', async () => {
    const again = 'select core.sql_ask($1, $2::uuid[], now(), true, $3, $4)';
    const values = [desk.strangerId, [desk.strangersAccount], 'Asia/Kolkata', '{}'];
    await asRole(async (client) => { await expect(client.query(again, values)).rejects.toMatchObject(refusal); });
    await asRole(async (client) => { await client.query('set local role parapet_ask'); await expect(client.query(again, values)).rejects.toMatchObject({ code: '23505' }); }, { readOnly: false });
    await asRole(async (client) => { await client.query('set local role parapet_ask'); await expect(client.query(again, values)).rejects.toMatchObject({ code: '25006' }); });
    await asRole(async (client) => { await expect(client.query('set transaction read write')).rejects.toMatchObject({ code: '25001' }); });
  });
});

describe('without the reader’s row', () => {
  it('every view is empty', async () => {
    await desk.database.withSqlSession(async ({ client }) => {
      await client.query('begin');
      await client.query('set local role parapet_sql');
      for (const view of ['clock', 'accounts', 'positions', 'trades', 'orders', 'fills', 'events', 'prices_daily', 'pnl_daily', 'trade_cards', 'instruments', 'option_chain']) expect((await client.query(`select count(*)::int as n from desk.${view}`)).rows, view).toEqual([{ n: 0 }]);
    });
  });
  it('a row that was committed by mistake counts for nobody', async () => {
    await desk.database.asOwner((client) => client.query("insert into core.sql_readers values (pg_current_xact_id(), $1, $2, now(), true, 'UTC', '{}')", [desk.strangerId, [desk.strangersAccount]]));
    expect(await outcome('select name from desk.accounts')).not.toContain(canary);
    await desk.database.asOwner((client) => client.query('delete from core.sql_readers'));
  });
});

describe('the protocol', () => {
  it.each(['select 1; select 2', 'commit; delete from core.orders', 'rollback; set role postgres'])('takes one statement: %s', async (text) => {
    await asRole(async (client) => { await expect(client.query({ text, queryMode: 'extended' } as pg.QueryConfig)).rejects.toMatchObject({ code: '42601' }); });
  });
});

describe('the caps', { timeout: 60_000 }, () => {
  const endless = 'with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r';
  /** Ending an embedded engine needs a directory to come back to. */
  async function onDisk(work: (database: Database) => Promise<void>): Promise<void> {
    if (desk.database.kind === 'server') { const database = await openTestDatabase(); try { await work(database); } finally { await database.close(); } return; }
    const directory = mkdtempSync(join(tmpdir(), 'parapet-sql-'));
    const database = await openEmbedded({ directory });
    try { await prepareDatabase(database); await work(database); } finally { await database.close(); rmSync(directory, { recursive: true, force: true }); }
  }
  const ask = (database: Database, text: string, limits: Partial<typeof sqlLimits>) => runSql(database, { statement: guardStatement(text), asker, limits: { ...sqlLimits, ...limits } });

  it('end a statement at its deadline, and everything that was committed is still there', async () => {
    await onDisk(async (database) => {
      await database.pool.query("insert into core.watchlist (symbol, added_by, added_at) values ('KEPT', 'test', now())");
      await expect(ask(database, endless, { statementMs: 300 })).rejects.toMatchObject({ rule: 'time' });
      const others = await Promise.all([database.pool.query('select symbol from core.watchlist'), ask(database, 'select 1', {}), database.pool.query('select current_user as role')]);
      expect([others[0].rows, others[1].rows, others[2].rows]).toEqual([[{ symbol: 'KEPT' }], [[1]], [{ role: 'parapet_app' }]]);
      await expect(ask(database, endless, { statementMs: 300 })).rejects.toMatchObject({ rule: 'time' });
      expect((await ask(database, 'select 2', {})).rows).toEqual([[2]]);
    });
  });
  it('end a statement that runs the engine out of its stack, and the next one is answered as before', async () => {
    const nested = "replace(replace('aaaaaaaaaa', 'a', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'), 'b', repeat)";
    const text = `select (${nested.replace('repeat', `'${'['.repeat(400)}'`)})::json`;
    await onDisk(async (database) => {
      await database.pool.query("insert into core.watchlist (symbol, added_by, added_at) values ('KEPT', 'test', now())");
      await expect(ask(database, text, {})).rejects.toMatchObject({ rule: 'memory' });
      expect((await ask(database, 'select 4', {})).rows).toEqual([[4]]);
      expect((await database.pool.query('select symbol, current_user as role from core.watchlist')).rows).toEqual([{ symbol: 'KEPT', role: 'parapet_app' }]);
    });
  });
  it('end an answer that grows too large', async () => {
    await onDisk(async (database) => {
      await expect(ask(database, "select md5(n::text) from generate_series(1, 1000) n", { maxBytes: 20_000 })).rejects.toMatchObject({ rule: 'bytes' });
      await expect(ask(database, "select string_agg(md5(n::text), '') from generate_series(1, 5000) n", { maxBytes: 20_000 })).rejects.toMatchObject({ rule: 'bytes' });
      expect((await ask(database, 'select 3', {})).rows).toEqual([[3]]);
    });
  });
  it('refuse what the planner expects to be too much before it runs', async () => {
    await expect(ask(desk.database, 'select count(*) from generate_series(1, 90000) a, generate_series(1, 90000) b', {})).rejects.toMatchObject({ rule: 'too_expensive' });
  });
  it('count the steps of a series whose bounds are worked out', async () => {
    await expect(ask(desk.database, 'select count(*) from generate_series(1, 1000 * 1000)', {})).rejects.toMatchObject({ rule: 'too_expensive' });
  });
  it('say of a plan no size of what lies behind the views', async () => {
    const { rows } = await ask(desk.database, 'explain select * from desk.fills', {});
    expect(rows[0]).toEqual([expect.stringMatching(/^about 10*\d* rows at a cost of about [\d,]+$/)]);
    expect(rows.slice(1).join(' ')).not.toMatch(/\d/);
  });
  it('leave JSON as text that nobody could write out again', async () => {
    const deep = `${'['.repeat(900)}${']'.repeat(900)}`;
    expect((await ask(desk.database, `select '${deep}'::json, '"\\u0000"'::json, '"\\ud800"'::json, '[[1]]'::json`, {})).rows).toEqual([[deep, '"\\u0000"', '"\\ud800"', [[1]]]]);
  });
  it('read no more rows than are wanted', async () => {
    const answer = await ask(desk.database, 'select n from generate_series(1, 50000) n', { maxRows: 7 });
    expect([answer.rows.length, answer.truncated]).toEqual([7, true]);
  });
});
