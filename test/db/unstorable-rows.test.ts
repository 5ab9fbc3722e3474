import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { listQuarantine } from '../../db/stores/facts.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { instant } from '../../desk/time.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import { TODAY } from '../feeds/importers/shared-files.ts';
import { writeFiles } from '../feeds/importers/written-files.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

const now = instant('2026-11-20T00:00:00Z');
const filing = (n: number, text: string) => ({ symbol: 'TCS', desc: 'Updates', an_dt: `03-Jun-2024 10:00:${String(n).padStart(2, '0')}`, sm_name: 'Tata Consultancy Services', attchmntText: text, attchmntFile: `https://exchange.example/${n}.pdf` });

it('refuses only the rows that the database cannot hold, with their lines, and keeps the rest of their batches', async () => {
  const folder = writeFiles({
    'bars.csv': ['DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY', '2024-06-03,AAA,100,101,105,99,104,1000,50,400', '2024-06-03,BBB,100,101,105,99,104,1000,9000000000,400', '2024-06-03,B\u0000B,100,101,105,99,104,1000,50,400', '2024-06-03,CCC,100,101,105,99,104,1000,50,400', ''].join('\n'),
    'filings.json': JSON.stringify([1, 2, 3, 4, 5, 6, 7].map((n) => filing(n, n === 3 || n === 6 ? `an order\u0000 of ${n} crore` : `an order of ${n} crore`))),
  });
  try {
    const run = () => importPath({ path: folder.path, sink: createImportSink(database, () => now), today: TODAY, clock: () => now });
    expect(await run()).toMatchObject({ kinds: { announcements: { accepted: 5, quarantined: 2 }, nse_eod_panel: { accepted: 2, quarantined: 2 } } });
    const refused = await listQuarantine(database.orm, 100);
    expect(refused.map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([
      'bars.csv:3 A number in the row is larger than can be kept.', 'bars.csv:4 SYMBOL is not a symbol: "B\uFFFDB".', 'filings.json:3 The row holds a NUL character, which no text may have.', 'filings.json:6 The row holds a NUL character, which no text may have.',
    ]);
    expect(await run()).toMatchObject({ kinds: { announcements: { accepted: 0, duplicate: 5 }, nse_eod_panel: { accepted: 0, duplicate: 2 } } });
    expect(await listQuarantine(database.orm, 100)).toEqual(refused);
  } finally {
    folder.remove();
  }
});
