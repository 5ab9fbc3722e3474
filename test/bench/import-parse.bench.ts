import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importPath } from '../../feeds/importers/import-path.ts';
import type { ImportSink } from '../../feeds/importers/import-sink.ts';
import { instant, tradingDate } from '../../desk/time.ts';

export const name = 'import-parse';

/** Counts and forgets: what is measured is opening, inflating, recognising, reading and checking. */
const countingSink: ImportSink = {
  write: async (batch) => ({ accepted: batch.length, updated: 0, duplicate: 0 }),
  quarantine: async (rows) => rows.length,
  coverage: async () => {},
  finished: async () => {},
};

/** Rows a second of the NSE panel (six gzip files, 706,608 rows) and seconds for the whole folder of reference data. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const shared = fileURLToPath(new URL('../../../shared/data', import.meta.url));
  if (!existsSync(shared)) return [];
  const timed = async (path: string): Promise<{ rows: number; seconds: number }> => {
    const began = performance.now();
    const report = await importPath({ path, sink: countingSink, today: tradingDate('2026-11-20'), clock: () => instant(Date.now()) });
    if ('reason' in report) throw new Error(report.reason);
    return { rows: Object.values(report.kinds).reduce((sum, { accepted }) => sum + accepted, 0), seconds: (performance.now() - began) / 1000 };
  };
  const panel = await timed(`${shared}/01_equity_daily/nse_eod_panel`);
  const everything = await timed(shared);
  return [
    { metric: 'panel rows parsed', value: Math.round(panel.rows / panel.seconds), unit: 'rows/s' },
    { metric: 'panel import without storing', value: Number(panel.seconds.toFixed(2)), unit: 's' },
    { metric: 'whole reference folder without storing', value: Number(everything.seconds.toFixed(2)), unit: 's' },
    { metric: 'resident memory after', value: Math.round(process.memoryUsage().rss / 1_048_576), unit: 'MiB' },
  ];
}
