import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { copyDailyBars, dailyBarWrites } from '../../db/stores/write-daily-bars.ts';
import { instant, plusDays, tradingDate } from '../../desk/time.ts';
import type { ImportSink } from '../../feeds/importers/import-sink.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import { TODAY } from '../feeds/importers/shared-files.ts';
import { writeFiles } from '../feeds/importers/written-files.ts';
import { openTestDatabase } from '../helpers/database.ts';

const now = instant('2026-11-20T00:00:00Z');
const HEADER = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY';
const sessions = Array.from({ length: 600 }, (_, n) => plusDays(tradingDate('2019-01-01'), n));

interface Row { date: string; symbol: string; previous: string; close: number; volume: number; trades: string; delivered: string }
/** Twelve shares over so many days; `tell` gives the lines of the nth row. */
function panel(days: number, tell: (row: Row, n: number) => string[]): string {
  const lines = sessions.slice(0, days).flatMap((date, day) => Array.from({ length: 12 }, (_, share) => {
    const close = 100 + share + (day % 50) * 0.05;
    return tell({ date, symbol: `S${share}`, previous: (close - 0.05).toFixed(2), close, volume: 1000 + day * 7 + share, trades: '50', delivered: '400' }, day * 12 + share);
  }).flat());
  return `${[HEADER, ...lines].join('\n')}\n`;
}
const written = ({ date, symbol, previous, close, volume, trades, delivered }: Row): string =>
  `${date},${symbol},${previous},${[close, close + 1, close - 1, close].map((price) => price.toFixed(2)).join(',')},${volume},${trades},${delivered}`;

/** What is told first, and what repeats it, revises it, adds to it, brings more, and cannot be read or kept. */
const mixed = (): Record<string, string> => ({
  '1-first.csv': panel(200, (row, n) => (n % 3 === 0 ? [] : [written({ ...row, trades: n % 5 === 0 ? '' : row.trades, previous: n % 7 === 0 ? '-' : row.previous, delivered: n % 11 === 0 ? '' : row.delivered })])),
  '2-second.csv': panel(200, (row, n) => {
    if (n % 97 === 0) return [written(row), written(row)];
    if (n % 89 === 0) return [written({ ...row, close: -1 })];
    if (n % 83 === 0) return [written({ ...row, symbol: `${row.symbol}\u0000` })];
    if (n % 79 === 0) return [`${written(row)},7`];
    if (n === 1200 || n === 1201) return [written({ ...row, trades: '9000000000' })];
    return [written(n % 13 === 0 ? { ...row, volume: row.volume * 2 } : row)];
  }),
});

let databases: Database[] = [];
beforeEach(async () => { databases = [await openTestDatabase(), await openTestDatabase()]; });
afterEach(async () => { for (const database of databases) await database.close(); });

const run = (path: string, sink: ImportSink) => importPath({ path, sink, today: TODAY, clock: () => now });
/** The same import, but each record in a statement of its own. */
function oneByOne(database: Database): ImportSink {
  const sink = createImportSink(database, () => now);
  return {
    ...sink,
    async write(batch, origin, before) {
      const total = { accepted: 0, updated: 0, duplicate: 0 };
      for (const record of batch) {
        const written = await sink.write([record], origin, before);
        // A batch that holds something which cannot be kept is refused as a whole; single records come back to here one at a time.
        if ('unstorable' in written) return written;
        for (const key of ['accepted', 'updated', 'duplicate'] as const) total[key] += written[key];
      }
      return total;
    },
  };
}
/** Every row that an import leaves, whatever it is made of. */
async function rowsOf(database: Database): Promise<Record<string, unknown[]>> {
  const all = async (text: string): Promise<unknown[]> => (await database.pool.query(text)).rows;
  return {
    bars: await all('select b.* from core.bars_daily b order by symbol, date'), quarantine: await all('select file, line, kind, reason, raw, resolved from core.quarantine order by file, line, reason'),
    coverage: await all('select kind, source, symbol, from_date, to_date, mode from core.coverage order by 1, 2, 3'), imports: await all('select path, kind, quarantined from core.imports order by path, kind'),
  };
}

it('comes to the same rows by whole batches as by one statement a bar, and a second time to no new ones', async () => {
  const [batched, single] = databases as [Database, Database];
  const folder = writeFiles(mixed());
  try {
    const report = await run(folder.path, createImportSink(batched, () => now));
    await run(folder.path, oneByOne(single));
    const rows = await rowsOf(batched);
    expect([rows.bars?.length, rows.quarantine?.length]).toEqual([2372, 111]);
    expect(rows).toEqual(await rowsOf(single));
    expect(report).toMatchObject({ kinds: { nse_eod_panel: { updated: 647, quarantined: 111 } } });
    expect(await run(folder.path, createImportSink(batched, () => now))).toMatchObject({ kinds: { nse_eod_panel: { accepted: 0, quarantined: 111 } } });
    expect(await rowsOf(batched)).toEqual(rows);
  } finally {
    folder.remove();
  }
});

it('says of each batch what was new, what changed and what was there already, however many it holds', async () => {
  const [database] = databases as [Database, Database];
  const facts = (close: number, more: object = {}) => sessions.map((date) => ({ bar: { symbol: 'A\\B\tC', date, open: close, high: close + 1, low: close - 1, close, volume: 1000, ...more }, knownAt: instant(`${date}T10:00:00Z`), source: 'line\nend' }));
  const write = (told: ReturnType<typeof facts>) => database.transaction((_tx, copy) => copyDailyBars(told)(copy));
  const writes = dailyBarWrites();
  expect(await write(facts(10).slice(0, 550))).toEqual({ accepted: 550, updated: 0, duplicate: 0 });
  // Whoever keeps histories looks at it.
  expect(dailyBarWrites()).toBe(writes + 1);
  expect(await write([...facts(10).slice(0, 300), ...facts(11).slice(300, 500), ...facts(10).slice(500)])).toEqual({ accepted: 50, updated: 200, duplicate: 350 });
  expect(await write(facts(10, { trades: 5 }).map((fact, n) => (n < 300 || n >= 500 ? fact : { ...fact, bar: { ...fact.bar, open: 11, high: 12, low: 10, close: 11 } })))).toEqual({ accepted: 0, updated: 600, duplicate: 0 });
  expect(await write(facts(10).map((fact, n) => (n < 300 || n >= 500 ? fact : { ...fact, bar: { ...fact.bar, open: 11, high: 12, low: 10, close: 11 } })))).toEqual({ accepted: 0, updated: 0, duplicate: 600 });
  expect((await database.pool.query('select distinct symbol, source, trades, count(*)::int as n from core.bars_daily group by 1, 2, 3')).rows).toEqual([{ symbol: 'A\\B\tC', source: 'line\nend', trades: 5, n: 600 }]);
});

it('keeps whole batches of an import that dies half-way, and the rest comes with the next one', async () => {
  const [database, undisturbed] = databases as [Database, Database];
  const folder = writeFiles({ 'panel.csv': panel(600, (row) => [written(row)]) });
  try {
    await run(folder.path, createImportSink(undisturbed, () => now));
    const sink = createImportSink(database, () => now);
    let left = 1;
    const dying: ImportSink = { ...sink, write: (batch, origin, before) => (left-- > 0 ? sink.write(batch, origin, before) : before.then(() => { throw new Error('the process was killed'); })) };
    await expect(run(folder.path, dying)).rejects.toThrow('the process was killed');
    const kept = await rowsOf(database);
    expect([kept.bars?.length, kept.imports]).toEqual([5000, []]);
    expect(await run(folder.path, createImportSink(database, () => now))).toMatchObject({ kinds: { nse_eod_panel: { accepted: 2200, duplicate: 5000 } } });
    expect(await rowsOf(database)).toEqual(await rowsOf(undisturbed));
  } finally {
    folder.remove();
  }
});
