import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../../db/sql-tool/catalogue.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { plusMinutes } from '../../../desk/time.ts';
import { portfolioState } from '../../../tools/portfolio-state.ts';
import { sql } from '../../../tools/sql.ts';
import { hostile } from './hostile.ts';
import { legitimate } from './legitimate.ts';
import { canary, openSqlWorld, type SqlWorld } from './world.ts';

let desk: SqlWorld;
let beforeTrades: string;
beforeAll(async () => { desk = await openSqlWorld(); beforeTrades = plusMinutes(desk.market.now(), -600); });
afterAll(() => desk.close());
const rows = async (text: string, more: { asOf?: string; limit?: number } = {}, as = {}) => (await desk.ask(sql, { sql: text, ...more }, as)).rows;
const shared = new URL('../../../../shared/attacks/', import.meta.url);
const sharedLines = (name: string): { id: string; sql: string }[] => readFileSync(new URL(name, shared), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { id: string; sql: string });

describe('hostile statements', () => {
  it.each(Object.entries(hostile))('are refused: %s', async (_family, statements) => {
    for (const statement of statements) expect(await desk.refusal(sql, { sql: statement }), statement.slice(0, 200)).toMatch(/^(SQL_REFUSED|INVALID_INPUT)$/);
  });
  it.skipIf(!existsSync(shared))('of the shared list are refused, or show nothing that the person may not see', async () => {
    for (const { id, sql: statement } of sharedLines('sql_attacks.jsonl')) {
      const refused = await desk.refusal(sql, { sql: statement });
      if (refused === 'no refusal') expect(JSON.stringify(await desk.ask(sql, { sql: statement })), id).not.toContain('CANARY');
      else expect(refused, id).toMatch(/^SQL_(REFUSED|FAILED)$/);
    }
  });
});

describe('ordinary statements', { timeout: 60_000 }, () => {
  it.each(legitimate)('are answered: %s', async (statement) => {
    const answer = await desk.ask(sql, { sql: statement });
    expect(answer.rowCount).toBe(answer.rows.length);
    for (const row of answer.rows) expect(row).toHaveLength(answer.columns.length);
  });
  it.skipIf(!existsSync(shared))('of the shared list are answered', async () => {
    for (const { id, sql: statement } of sharedLines('sql_legit.jsonl')) expect(await desk.refusal(sql, { sql: statement }), id).toBe('no refusal');
  });
});

describe('the views', () => {
  it('have the columns that the catalogue names, and every one a comment', async () => {
    const found = await desk.database.asOwner(async (client) => (await client.query<{ name: string; columns: string[]; comment: string | null }>(`
      select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns, obj_description(c.oid) as comment from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'desk' join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 group by c.oid, c.relname`)).rows);
    expect(new Map(found.map(({ name, columns }) => [name, columns.toSorted()]))).toEqual(new Map(Object.entries(views).map(([name, view]) => [name, Object.keys(view.columns).toSorted()])));
    expect(found.filter(({ comment }) => !comment)).toEqual([]);
  });
  it('say of holdings, cash and equity what portfolio_state says', async () => {
    const state = await desk.ask(portfolioState, {});
    const positions = await rows('select symbol, qty, avg_price, mark, unrealized_pnl, account from positions where closed_at is null order by symbol');
    expect(positions).toEqual(state.positions.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)).map((each) => [each.symbol, each.quantity, expect.closeTo(each.averagePrice, 3), each.last, expect.closeTo((each.pnlMinor ?? NaN) / 100, 1), each.account]));
    expect(await rows('select name, cash, equity from accounts order by name')).toEqual(state.accounts.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((each) => [each.name, (each.cashMinor ?? NaN) / 100, expect.closeTo((each.equityMinor ?? NaN) / 100, 1)]));
  });
  it('count each fill once, and the day’s profit as equity less what was deposited', async () => {
    const [[fills, charges]] = await rows('select count(*), sum(fee) from fills') as [[number, number]];
    expect(fills).toBeGreaterThan(2);
    const result = await rows('select account, sum(realized + unrealized - fees), sum(fees) from pnl_daily group by account order by account') as [string, number, number][];
    const gained = await rows('select name, equity - deposited from accounts order by name') as [string, number][];
    expect(result.map(([name, gain]) => [name, gain])).toEqual(gained.map(([name, gain]) => [name, expect.closeTo(gain, 1)]));
    expect(result.reduce((sum, [, , fees]) => sum + fees, 0)).toBeCloseTo(charges, 2);
  });
  it('show an earlier moment as it was known then', async () => {
    expect(await rows('select count(*) from positions', { asOf: beforeTrades })).toEqual([[0]]);
    expect(await rows('select count(*) from fills', { asOf: beforeTrades })).toEqual([[0]]);
    const [[newest, now]] = await rows('select max(d), (select today from clock) from prices_daily', { asOf: beforeTrades }) as [[string, string]];
    expect(newest < now || newest === now).toBe(true);
    expect(await rows('select count(*) from events where known_at > (select market_now from clock)', { asOf: beforeTrades })).toEqual([[0]]);
  });
  it('show an account to those who may see it and to nobody else', async () => {
    expect(JSON.stringify([await rows('select * from accounts'), await rows('select * from pnl_daily')])).not.toContain(canary);
    const stranger = { personId: desk.strangerId, role: 'trader' as const, viewableAccountIds: [desk.strangersAccount] };
    expect(await rows('select name, cash from accounts', {}, stranger)).toEqual([[canary, 777_777]]);
    expect(await rows('select count(*) from fills', {}, stranger)).toEqual([[0]]);
    // The list that came with the call can only narrow what the database knows of the person's rights.
    expect(await rows('select count(*) from accounts', {}, { viewableAccountIds: [desk.strangersAccount] })).toEqual([[0]]);
    expect(await rows('select count(*) from accounts', {}, { ...stranger, viewableAccountIds: [desk.strangersAccount, await desk.accountId('SIP')] })).toEqual([[1]]);
  });
});

describe('the answer', () => {
  it('has typed columns, times as instants, and is cut where it is long', async () => {
    const answer = await desk.ask(sql, { sql: 'select symbol, d, close, volume from prices_daily order by d, symbol', limit: 3 });
    expect(answer.columns.map(({ type }) => type)).toEqual(['text', 'date', 'numeric', 'bigint']);
    expect([answer.rowCount, answer.truncated, typeof answer.rows[0]?.[2], answer.rows[0]?.[1]]).toEqual([3, true, 'number', expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
    expect(await rows('select market_now from clock')).toEqual([[desk.market.now()]]);
    expect(await rows("select 9007199254740993::bigint, 1.5::numeric, null, true, '{\"a\": 1}'::jsonb")).toEqual([['9007199254740993', 1.5, null, true, { a: 1 }]]);
  });
  it('hints at a line over dates and bars over names', async () => {
    expect((await desk.ask(sql, { sql: "select d, close from prices_daily where symbol = 'NIFTY' order by d limit 5" })).chart).toEqual({ kind: 'line', x: 'd', y: ['close'] });
    expect((await desk.ask(sql, { sql: 'select account, sum(value) as value from positions group by account' })).chart).toEqual({ kind: 'bar', x: 'account', y: ['value'] });
    expect((await desk.ask(sql, { sql: 'select 1' })).chart).toBeUndefined();
  });
  it('says what PostgreSQL has against a statement', async () => {
    expect(await desk.refusal(sql, { sql: 'select 1 / 0' })).toBe('SQL_FAILED');
    expect(await desk.refusal(sql, { sql: 'select name + 1 from accounts' })).toBe('SQL_FAILED');
    expect(await rows('select 1')).toEqual([[1]]);
  });
  it('keeps text from outside away from an agent, which has the person’s figures at hand', async () => {
    expect(await desk.refusal(sql, { sql: 'select title from events' }, { agent: 'portfolio' })).toBe('SQL_REFUSED');
    expect(await desk.refusal(sql, { sql: 'select count(*) from events' }, { agent: 'portfolio' })).toBe('no refusal');
    expect((await desk.ask(sql, { sql: 'select title from events limit 1' })).outsideText).toBe(true);
  });
  it('shows words from outside plain, whether alone or inside a row, and an agent’s made-up ones not at all', async () => {
    const title = '\u202e<b>Your order was confirmed</b> ![x](https://evil.example/p.png) see https://evil.example/login\u0007';
    await desk.database.asOwner((client) => client.query(`insert into core.events (id, fingerprint, source, title, body, event_type, priority, symbols, unlinked_names, happened_at, known_at, ingested_at, processing_status)
      select $1, 'hostile', source, $2, title, event_type, priority, symbols, unlinked_names, happened_at, known_at, ingested_at, 'DONE' from core.events limit 1`, [uuidv7(Date.now()), title]));
    for (const text of ["select title from events where title like '%evil%'", "select to_jsonb(e) from events e where title like '%evil%'", "select array[[t]] from (select title as t from events where title like '%evil%') x"]) {
      const said = JSON.stringify((await desk.ask(sql, { sql: text })).rows);
      expect(said).toContain('Your order was confirmed');
      expect(said, text).not.toMatch(/[<>\u202e\u0007]|https?:|evil\.example\/login|\\u0007/);
    }
    expect(await desk.refusal(sql, { sql: "select 12345 as cash, 'https://evil.example/' as url" }, { agent: 'portfolio' })).toBe('SQL_REFUSED');
    expect(JSON.stringify((await desk.ask(sql, { sql: "select 'https://evil.example/?q=' || name from accounts" }, { agent: 'portfolio' })).rows)).not.toContain('evil.example');
  });
  it('leaves nothing behind: the desk works on as before', async () => {
    await desk.refusal(sql, { sql: 'select 1 / 0' });
    expect((await desk.database.pool.query("select current_user as role, current_setting('timezone') as zone")).rows).toEqual([{ role: 'parapet_app', zone: 'UTC' }]);
    expect(await desk.database.asOwner(async (client) => (await client.query('select count(*)::int as left from core.sql_readers')).rows)).toEqual([{ left: 0 }]);
  });
});
