import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Executor } from '../../db/client.ts';
import { writeDailyBars } from '../../db/stores/write-daily-bars.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { at, type Instant, instant, plusDays, plusMs, tradingDate } from '../../desk/time.ts';
import { keptHistories } from '../../tools/kept-histories.ts';
import { histories } from '../../tools/symbol-history.ts';
import { openTestDatabase } from '../helpers/database.ts';
import type { TradingCalendar } from '../../desk/market/types.ts';

let database: Database;
const first = tradingDate('2024-01-01');
const today = plusDays(first, 60);
const asOf = at(today, '09:00', 'Asia/Kolkata');
const now = instant('2026-11-20T10:00:00Z');
const calendar = { covers: () => false, session: () => null } as unknown as TradingCalendar;
const bar = (symbol: string, day: number, close: number) => ({
  bar: { symbol, date: plusDays(first, day), open: close, high: close + 1, low: close - 1, close, volume: 1000 + day },
  happenedAt: at(plusDays(first, day), '15:30', 'Asia/Kolkata'), knownAt: at(plusDays(first, day), '15:30', 'Asia/Kolkata'), source: 'test',
});
beforeAll(async () => {
  database = await openTestDatabase();
  // The last of them becomes known in the afternoon of the day that is asked about.
  await writeDailyBars(database.orm, ['AAA', 'BBB'].flatMap((symbol) => Array.from({ length: 61 }, (_, day) => bar(symbol, day, 100 + day))));
});
afterAll(async () => { await database.close(); });

/** How many readings of bars a question takes, and whether it says what reading everything anew says. */
async function asked({ symbols = ['AAA', 'BBB', 'NONE'], at: moment = asOf, clock = now, by = calendar }: { symbols?: string[]; at?: Instant; clock?: Instant; by?: TradingCalendar } = {}): Promise<number> {
  let readings = 0;
  const counting = new Proxy(database.orm as object, { get: (orm, key) => (key === 'execute' ? (statement: never) => { readings += 1; return database.orm.execute(statement); } : Reflect.get(orm, key)) }) as Executor;
  const found = await keptHistories(database, counting, { symbols, asOf: moment, calendar: by, now: clock });
  expect(found).toEqual(await histories(database.orm, { symbols, asOf: moment, calendar: by }));
  // One of them asks what is published of splits, every time.
  return readings - 1;
}

describe('histories that are kept', () => {
  it('are read once, and then only those that were not asked for before', async () => {
    expect(await asked({ symbols: ['AAA', 'NONE'] })).toBe(1);
    expect(await asked({ symbols: ['AAA', 'NONE'] })).toBe(0);
    expect(await asked()).toBe(1);
    expect(await asked({ at: plusMs(asOf, 3_600_000) })).toBe(0);
  });
  it('are read anew when the next bar becomes known, on another day and for an earlier moment', async () => {
    expect(await asked({ at: at(today, '15:29', 'Asia/Kolkata') })).toBe(0);
    expect(await asked({ at: at(today, '15:30', 'Asia/Kolkata') })).toBe(1);
    expect(await asked({ at: at(today, '15:30', 'Asia/Kolkata') })).toBe(0);
    expect(await asked({ at: at(plusDays(today, 1), '09:00', 'Asia/Kolkata') })).toBe(1);
    expect(await asked()).toBe(1);
  });
  it('are read anew when bars were written, a split was published, the calendar is another one or a minute has gone by', async () => {
    expect(await asked()).toBe(0);
    await writeDailyBars(database.orm, [bar('AAA', 30, 500)]);
    expect(await asked()).toBe(1);
    await writeFacts(database.orm, [{ type: 'corporate_action', action: { symbol: 'BBB', exDate: plusDays(first, 40), kind: 'SPLIT', subject: 'Split 1:2', factor: 0.5, basis: 'published', knownAt: at(plusDays(first, 39), '09:00', 'Asia/Kolkata') } as never, source: 'test' } as never], now);
    expect(await asked()).toBe(1);
    expect(await asked({ symbols: ['AAA'] })).toBe(0);
    expect(await asked({ by: { ...calendar } })).toBe(1);
    expect(await asked({ by: calendar })).toBe(1);
    expect(await asked({ clock: plusMs(now, 59_999) })).toBe(0);
    expect(await asked({ clock: plusMs(now, 60_000) })).toBe(1);
  });
});
