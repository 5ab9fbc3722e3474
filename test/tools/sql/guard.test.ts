import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { functions } from '../../../db/sql-tool/allowed.ts';
import { views } from '../../../db/sql-tool/catalogue.ts';
import { guardStatement, loadGuard } from '../../../db/sql-tool/guard.ts';
import { SqlRefused } from '../../../db/sql-tool/refusal.ts';
import { endless, hostile } from './hostile.ts';
import { legitimate } from './legitimate.ts';

beforeAll(loadGuard);
const ruleOf = (text: string): string => {
  try { guardStatement(text); return 'none'; } catch (error) { if (error instanceof SqlRefused) return error.rule; throw error; }
};
/** What only the planner can know to be too much. */
const forThePlanner = new Set(['SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b']);
const shared = new URL('../../../../shared/attacks/', import.meta.url);
const sharedLines = (name: string): { id: string; sql: string; category: string }[] => readFileSync(new URL(name, shared), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { id: string; sql: string; category: string });

describe('the guard', () => {
  it.each(Object.entries(hostile))('refuses what %s', (_family, statements) => {
    for (const statement of statements) if (!forThePlanner.has(statement)) expect(ruleOf(statement), statement.slice(0, 200)).not.toBe('none');
  });
  it.each(endless)('refuses what no server ends: %s', (statement) => { expect(ruleOf(statement)).toMatch(/^too_(expensive|complex)$/); });
  it.each(legitimate)('lets through: %s', (statement) => { expect(() => guardStatement(statement)).not.toThrow(); });
  it('is tried with at least 120 hostile and 60 ordinary statements', () => {
    expect(Object.values(hostile).flat().length).toBeGreaterThanOrEqual(120);
    expect(legitimate.length).toBeGreaterThanOrEqual(60);
  });

  it.skipIf(!existsSync(shared))('refuses the shared attacks, but those that can only show what the asking person may see', () => {
    const let_through = sharedLines('sql_attacks.jsonl').filter(({ sql }) => ruleOf(sql) === 'none').map(({ id }) => id);
    // A cross join (the planner's estimate), a power, own accounts, other people's rows (row rights), a quoted text.
    expect(let_through).toEqual(['atk-183', 'atk-192', 'atk-220', 'atk-229', 'atk-230', 'atk-239', 'atk-301']);
  });
  it.skipIf(!existsSync(shared))('lets through every statement of the shared ordinary ones', () => {
    expect(sharedLines('sql_legit.jsonl').filter(({ sql }) => ruleOf(sql) !== 'none')).toEqual([]);
  });

  it('refuses what doubles with each step before it is written out: columns, and readings of a WITH that is planned anew each time', () => {
    const doubled = (how: string, first: string, columns: string): string => `WITH a0 AS ${how} (${first}), ${Array.from({ length: 26 }, (_, index) => `a${index + 1} AS ${how} (SELECT ${columns} FROM a${index} x, a${index} y)`).join(', ')} SELECT count(*) FROM a26`;
    expect([
      doubled('', 'SELECT * FROM desk.orders', '*'), doubled('NOT MATERIALIZED', 'SELECT 1 AS n', 'x.n'), doubled('NOT MATERIALIZED', 'SELECT symbol FROM desk.orders', 'x.symbol'),
      `SELECT ${Array.from({ length: 300 }, () => 'p.*').join(', ')} FROM desk.positions p`, `SELECT count(*) FROM ${Array.from({ length: 120 }, (_, index) => `desk.pnl_daily p${index}`).join(', ')}`,
    ].map(ruleOf)).toEqual(Array.from({ length: 5 }, () => 'too_complex'));
  });

  it('says which rule refused', () => {
    expect([ruleOf('DROP TABLE x'), ruleOf('SELECT 1; SELECT 2'), ruleOf('SELECT * FROM core.people'), ruleOf('SELECT pg_sleep(1)'), ruleOf('SELECT 1 OPERATOR(core.=) 1'), ruleOf("SELECT 'x'::regclass"), ruleOf('SELECT o.row_to_json FROM desk.orders o'), ruleOf('SELECT 1 FOR UPDATE'), ruleOf('SELEC 1')])
      .toEqual(['statement_kind', 'one_statement', 'relation', 'function', 'operator', 'type', 'column', 'construct', 'not_parsed']);
  });
  it('never takes a name outside of its list for a function, a relation or a type, wherever it stands', () => {
    const strange = fc.stringMatching(/^[a-z][a-z_0-9]{3,12}$/).filter((name) => !functions.has(name) && !(name in views));
    const places = fc.constantFrom('SELECT "N"(1)', 'SELECT 1 WHERE "N"(1)', 'SELECT 1 ORDER BY "N"(1)', 'SELECT sum("N"(1)) FROM desk.clock', 'SELECT CASE WHEN true THEN "N"(1) END', 'SELECT (SELECT "N"(1))', 'WITH a AS (SELECT "N"(1)) SELECT * FROM a', 'SELECT 1 LIMIT "N"(1)', 'SELECT 1 FROM desk.clock GROUP BY "N"(1)', 'SELECT 1 FROM desk.clock c JOIN desk.accounts a ON "N"(1)', 'SELECT 1 FROM "N"(1)', 'VALUES ("N"(1))', 'SELECT x."N" FROM desk.orders x', 'SELECT 1 FROM desk."N"', 'SELECT 1::"N"', 'SELECT ARRAY["N"(1)]', 'SELECT 1 IN ("N"(1))', 'SELECT count(*) FILTER (WHERE "N"(1)) FROM desk.clock', 'SELECT max(1) OVER (PARTITION BY "N"(1)) FROM desk.clock', 'SELECT 1 FROM desk.clock WINDOW w AS (ORDER BY "N"(1))', 'SELECT DISTINCT ON ("N"(1)) 1', 'SELECT COALESCE(NULL, "N"(1))', 'SELECT 1 UNION SELECT "N"(1)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "N"(1)) FROM desk.clock', 'SELECT string_agg(zone, zone ORDER BY "N"(1)) FROM desk.clock', 'SELECT 1 = ANY (SELECT "N"(1))', 'SELECT (ARRAY[1])["N"(1)]', 'SELECT sum(1) OVER (ROWS "N"(1) PRECEDING) FROM desk.clock');
    fc.assert(fc.property(strange, places, (name, place) => { expect(ruleOf(place.replace('"N"', `"${name}"`))).not.toBe('none'); }), { numRuns: 400 });
  });
  it('knows whether an answer may hold text from outside', () => {
    const outside = (text: string): boolean => guardStatement(text).outsideText;
    expect(['select title from desk.events', 'select * from desk.events', 'select e from desk.events e', 'select thesis from desk.trade_cards', "select length(body) from desk.events"].map(outside)).toEqual([true, true, true, true, true]);
    expect(['select count(*) from desk.events', 'select symbol from desk.events', 'select * from desk.orders', 'select card_id from desk.trade_cards', 'select s, count(*) from desk.events e cross join lateral unnest(e.symbols) as s group by s', 'select p.a from desk.positions p(a)'].map(outside)).toEqual([false, false, false, false, false, false]);
  });
  it('knows it under any name that a column is given by its place', () => {
    for (const text of ['select c7 from desk.events e(c1, c2, c3, c4, c5, c6, c7)', 'select c7::int from desk.events e(c1, c2, c3, c4, c5, c6, c7)', 'select j.g from (desk.events cross join desk.clock) as j(a, b, c, d, e, f, g)', 'select t9 from desk.trade_cards t(t1, t2, t3, t4, t5, t6, t7, t8, t9)', 'select e from desk.events e', 'select g from generate_series(1, 2) g, desk.events value where value is not null']) expect(guardStatement(text).outsideText, text).toBe(true);
  });
});
