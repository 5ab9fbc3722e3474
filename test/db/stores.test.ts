import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { appendAudit, auditEntries } from '../../db/stores/audit.ts';
import { dailySeries } from '../../db/stores/bars.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { allSymbols, firstTrades } from '../../db/stores/reference.ts';
import { writeDailyBars } from '../../db/stores/write-daily-bars.ts';
import { sha256 } from '../../desk/canonical.ts';
import { decimal } from '../../desk/decimal.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

const bar = (symbol: string, date: string, close: number) => ({
  bar: { symbol, date: tradingDate(date), open: close, high: close + 1, low: close - 1, close, volume: 1000 },
  knownAt: instant(`${date}T10:00:00Z`), source: 'test',
});

describe('daily bars', () => {
  it('says what was new, what changed and what was there already', async () => {
    expect(await writeDailyBars(database.orm, [bar('AAA', '2024-01-01', 10), bar('AAA', '2024-01-02', 11)])).toEqual({ accepted: 2, updated: 0, duplicate: 0 });
    expect(await writeDailyBars(database.orm, [bar('AAA', '2024-01-02', 12), bar('AAA', '2024-01-01', 10)])).toEqual({ accepted: 0, updated: 1, duplicate: 1 });
  });

  it('never shows a bar before it was known', async () => {
    const series = await dailySeries(database.orm, { asOf: instant('2024-01-02T09:59:59Z'), sessions: 10 });
    expect(series.get('AAA')?.map((each) => each.date)).toEqual(['2024-01-01']);
    const later = await dailySeries(database.orm, { asOf: instant('2024-01-02T10:00:00Z'), sessions: 10 });
    expect(later.get('AAA')?.map((each) => each.close)).toEqual([10, 12]);
  });
});

describe('symbols', () => {
  it('adds what a second source knows and erases nothing', async () => {
    const record = { symbol: 'AAA', exchange: 'NSE' as const, name: 'Aaa Ltd', kind: 'EQUITY' as const, lotSize: 1, tickSize: decimal('0.05'), aliases: [] };
    const write = (symbol: object, source: string) => writeFacts(database.orm, [{ type: 'symbol', symbol: { ...record, ...symbol }, knownAt: instant('2024-01-01T00:00:00Z'), source }], instant('2024-01-01T00:00:00Z'));
    expect((await write({ sector: 'Energy' }, 'constituents')).accepted).toBe(1);
    expect((await write({ name: 'Aaa Limited', isin: 'INE000A01001' }, 'master')).updated).toBe(1);
    expect((await write({ name: 'Aaa Limited', isin: 'INE000A01001' }, 'master')).duplicate).toBe(1);
    expect(await allSymbols(database.orm)).toMatchObject([{ sector: 'Energy', isin: 'INE000A01001', name: 'Aaa Limited', aliases: ['Aaa Limited', 'Aaa Ltd'] }]);
  });

  it('tells the first price of a share that traded before it was listed, and of no other', async () => {
    const listed = (symbol: string, listedOn: string) => ({ type: 'symbol' as const, symbol: { symbol, exchange: 'NSE' as const, name: symbol, kind: 'EQUITY' as const, lotSize: 1, tickSize: decimal('0.05'), aliases: [], listedOn: tradingDate(listedOn) }, knownAt: instant('2024-01-01T00:00:00Z'), source: 'master' });
    await writeFacts(database.orm, [listed('EARLY', '2024-02-01'), listed('SAME', '2024-01-01'), listed('NEVER', '2024-01-01')], instant('2024-01-01T00:00:00Z'));
    await writeDailyBars(database.orm, [bar('EARLY', '2024-01-02', 10), bar('EARLY', '2024-01-01', 10), bar('SAME', '2024-01-01', 10)]);
    expect([...(await firstTrades(database.orm))]).toEqual([['EARLY', '2024-01-01']]);
  });
});

describe('audit', () => {
  it('chains every entry to the one before it by the hash of exactly what is stored', async () => {
    for (const value of [1, 2, 3]) await appendAudit(database.orm, { kind: 'test', subject: 's', actor: 'a', payload: { value } });
    const entries = await auditEntries(database.orm, { after: 0, limit: 10 });
    let previous = '0'.repeat(64);
    for (const entry of entries) {
      expect(entry.previousHash).toBe(previous);
      expect(entry.hash).toBe(sha256([previous, entry.sequence, entry.at, entry.kind, entry.subject, entry.actor, entry.payload].join('\n')));
      previous = entry.hash;
    }
    expect(entries).toHaveLength(3);
  });

  it.each(["update core.audit_log set kind = 'x'", 'delete from core.audit_log', 'truncate core.audit_log', "insert into core.audit_log values (9,'','','','','','','')"])('refuses the application: %s', async (statement) => {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses even the owner, except by taking the trigger away', async () => {
    await expect(database.asOwner((client) => client.query('delete from core.audit_log'))).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps one chain when many append at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => appendAudit(database.orm, { kind: 'race', subject: 's', actor: 'a', payload: { i } })));
    const entries = await auditEntries(database.orm, { after: 0, limit: 100 });
    expect(new Set(entries.map((entry) => entry.previousHash)).size).toBe(entries.length);
    expect(entries.map((entry) => entry.sequence)).toEqual(entries.map((_, i) => i + 1));
  });
});

describe('connections', () => {
  it('refuses a second connection inside a transaction instead of waiting for itself', async () => {
    await expect(database.transaction(() => appendAudit(database.orm, { kind: 'x', subject: 's', actor: 'a', payload: {} }))).rejects.toMatchObject({ cause: { message: expect.stringMatching(/a transaction is open/) } });
  });
});

describe('errors', () => {
  it('leave the connection usable, whatever kind they are', async () => {
    for (const [text, values] of [['selec 1', []], ['select $1::int / 0', [1]], ['select nonsense', []], ['selec', undefined]] as const) {
      await expect(values ? database.pool.query(text, [...values]) : database.pool.query(text)).rejects.toThrow();
      expect((await database.pool.query('select 41 + $1::int as n', [1])).rows).toEqual([{ n: 42 }]);
    }
  });
});
