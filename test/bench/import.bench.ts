import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Database, openEmbedded, openServer } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { instant, plusDays, type TradingDate, tradingDate } from '../../desk/time.ts';
import { importPath } from '../../feeds/importers/import-path.ts';

export const name = 'import';

interface Figure { metric: string; value: number; unit: string }
const SIZES = (process.env.BENCH_SYMBOLS ?? '100,500,1000,2000').split(',').map(Number);
const YEARS = Number(process.env.BENCH_YEARS ?? 5);
const first = tradingDate('2019-01-01');
const HEADER = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY';

/** Every weekday of a year. */
const weekdays = (year: number): TradingDate[] => Array.from({ length: 366 }, (_, n) => plusDays(plusDays(first, year * 365), n)).filter((date) => date < plusDays(first, (year + 1) * 365) && ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()));

/** The exchange's daily panel, one gzip a year, a row a share and session, as the real one: seeded walks in ticks of five paise. */
function writePanel(folder: string, symbols: number): number {
  let state = 12345;
  const uniform = (): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32; };
  const closes = Array.from({ length: symbols }, () => 100 + 900 * uniform());
  let rows = 0;
  for (let year = 0; year < YEARS; year += 1) {
    const lines = [HEADER];
    for (const date of weekdays(year)) {
      for (let n = 0; n < symbols; n += 1) {
        const previous = closes[n] as number;
        const [open, close] = [previous * (1 + (uniform() - 0.5) * 0.01), previous * (1 + (uniform() - 0.5) * 0.03)];
        const [high, low] = [Math.max(open, close) * 1.005, Math.min(open, close) * 0.995];
        const volume = Math.round(500_000 * (1 + uniform()));
        lines.push(`${date},S${String(n).padStart(4, '0')},${[previous, open, Math.ceil(high * 20) / 20, Math.floor(low * 20) / 20, close].map((price) => (Math.round(price * 20) / 20).toFixed(2)).join(',')},${volume},${volume >> 5},${volume >> 1}`);
        closes[n] = Math.max(20, close);
        rows += 1;
      }
    }
    writeFileSync(join(folder, `panel_${year}.csv.gz`), gzipSync(`${lines.join('\n')}\n`, { level: 1 }));
  }
  return rows;
}

async function timed(database: Database, path: string): Promise<{ seconds: number; processorSeconds: number; accepted: number }> {
  const now = () => instant(Date.now());
  const [began, used] = [performance.now(), process.cpuUsage()];
  const report = await importPath({ path, sink: createImportSink(database, now), today: tradingDate('2026-11-20'), clock: now });
  if ('reason' in report) throw new Error(report.reason);
  const { user, system } = process.cpuUsage(used);
  const counts = Object.values(report.kinds);
  if (counts.some(({ quarantined }) => quarantined > 0)) throw new Error('the panel has rows that an import refuses');
  return { seconds: (performance.now() - began) / 1000, processorSeconds: (user + system) / 1e6, accepted: counts.reduce((sum, { accepted }) => sum + accepted, 0) };
}

async function ofSize(symbols: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const url = process.env.TEST_DATABASE_URL;
  const database = url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') });
  try {
    const files = mkdtempSync(join(folder, 'panel-'));
    const rows = writePanel(files, symbols);
    await prepareDatabase(database, () => undefined);
    // A server keeps what an earlier size wrote; embedded, every size has a database of its own.
    if (url) await database.asOwner((client) => client.query('truncate core.bars_daily, core.coverage, core.imports'));
    const firstTime = await timed(database, files);
    if (firstTime.accepted !== rows) throw new Error(`${firstTime.accepted} of ${rows} rows were stored`);
    const again = await timed(database, files);
    if (again.accepted !== 0) throw new Error('the second import stored something');
    const of = `${symbols.toLocaleString('en-US')} symbols × ${YEARS} years, ${url ? 'server Postgres' : 'embedded'}`;
    return [
      { metric: `${of}: rows`, value: rows, unit: 'rows' }, { metric: `${of}: import`, value: firstTime.seconds, unit: 's' }, { metric: `${of}: rows a second`, value: rows / firstTime.seconds, unit: 'rows/s' },
      // With a server its own processes are not in this figure.
      { metric: `${of}: processor of the desk`, value: (firstTime.processorSeconds / rows) * 1e6, unit: 'µs/row' },
      { metric: `${of}: the same files again`, value: again.seconds, unit: 's' },
    ];
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Daily bars from files into the database, twice, by number of symbols (`BENCH_SYMBOLS`, `BENCH_YEARS`). */
export async function run(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const symbols of SIZES) figures.push(...await ofSize(symbols));
  return figures;
}
