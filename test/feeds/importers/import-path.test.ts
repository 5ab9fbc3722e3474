import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../desk/time.ts';
import { IMPORTERS } from '../../../feeds/importers/importers.ts';
import { importPath, type ImportProgress } from '../../../feeds/importers/import-path.ts';
import { openFile } from '../../../feeds/importers/open-file.ts';
import { sniff } from '../../../feeds/importers/sniff.ts';
import { createSymbolLinker } from '../../../feeds/linking/link-symbols.ts';
import { createMemorySink } from './memory-sink.ts';
import { imported, noSharedFiles, sharedFile, TODAY } from './shared-files.ts';

const filesUnder = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

/** Everything but the five large tables of the panel, which would only repeat the sixth. */
const FOLDERS = ['02_index_daily', '04_fno', '05_symbol_master', '06_corporate', '07_flows_breadth', '08_news_text', '10_api_samples', '12_lob_tick'];

describe.skipIf(noSharedFiles)('importing the real folders (needs ../shared/data)', () => {
  it('lets no source be claimed by two importers, and leaves only texts without data unrecognised', async () => {
    const unclaimed: string[] = [];
    const twice: string[] = [];
    const root = sharedFile('');
    for (const path of filesUnder(root)) {
      const opened = await openFile({ path, file: path.slice(root.length) });
      if ('reason' in opened) throw new Error(`${path}: ${opened.reason}`);
      // The members of one archive of a vendor are alike; three of each will do.
      for (const source of opened.sources.slice(0, opened.sources.length > 50 ? 3 : undefined)) {
        const head = await sniff(source);
        if ('reason' in head) throw new Error(`${source.file}: ${head.reason}`);
        const kinds = IMPORTERS.filter((importer) => importer.recognise(head)).map(({ kind }) => kind);
        if (kinds.length === 0) unclaimed.push(source.file);
        if (kinds.length > 1) twice.push(`${source.file}: ${kinds.join(', ')}`);
      }
    }
    expect(twice).toEqual([]);
    expect(unclaimed.sort()).toEqual(['08_news_text/financial_phrasebank/License.txt', '08_news_text/financial_phrasebank/README.txt', '10_api_samples/upstox/ws_v3_frames_icicibank_2025-03-19.hex', 'MANIFEST.md']);
  });

  it.each(FOLDERS)('changes nothing when %s is imported a second time', async (folder) => {
    const { sink, report: first } = await imported(sharedFile(folder));
    const before = new Map(sink.records);
    const refusedBefore = sink.quarantined.length;
    const { report: second } = await imported(sharedFile(folder), sink);
    for (const [kind, counts] of Object.entries(second.kinds)) {
      const once = first.kinds[kind];
      expect({ kind, ...counts }).toEqual({ kind, accepted: 0, updated: 0, duplicate: (once?.accepted ?? 0) + (once?.updated ?? 0) + (once?.duplicate ?? 0), quarantined: once?.quarantined });
    }
    expect(sink.quarantined).toHaveLength(refusedBefore);
    expect(new Map(sink.records)).toEqual(before);
  });

  it('says of every shape that it does not load how much of it there was and why, and leaves none for later', async () => {
    const { report } = await imported(sharedFile('04_fno'));
    const { report: us } = await imported(sharedFile('11_us'));
    const { report: ticks } = await imported(sharedFile('12_lob_tick'));
    expect(report.notYetLoaded).toMatchObject({ fo_futures: { files: 3, rows: 4 }, option_contract_minutes: { files: 1, rows: 4_383 }, atm_implied_volatility: { files: 1, rows: 23_858 } });
    expect(us.notYetLoaded).toMatchObject({ us_intraday_bars: { files: 9, rows: 22_219 }, us_option_bars: { files: 4 } });
    expect(ticks.notYetLoaded).toMatchObject({ order_book_messages: { files: 1, rows: 699 } });
    for (const each of [report, us, ticks]) for (const { reason } of Object.values(each.notYetLoaded)) expect(reason).toMatch(/\.$/);
    expect([report, us, ticks].flatMap(({ unrecognised }) => unrecognised)).toEqual([]);
  });

  it('gives the contract\'s report, with the time from the clock that was passed in', async () => {
    const { report } = await imported(sharedFile('10_api_samples/nse_api_samples/holidays.json'));
    expect(report).toEqual({ files: 1, elapsedMs: 250, kinds: { holidays: { accepted: 1, updated: 0, duplicate: 0, quarantined: 0 } }, unrecognised: [], notYetLoaded: {}, reasons: [] });
  });

  it('shows progress that never goes back and ends complete', async () => {
    const seen: ImportProgress[] = [];
    await importPath({ path: sharedFile('06_corporate'), sink: createMemorySink(), today: TODAY, clock: () => instant('2026-11-20'), onProgress: (progress) => seen.push(progress) });
    for (const [i, progress] of seen.entries()) {
      const before = seen[i - 1];
      if (before) expect([progress.filesDone >= before.filesDone, progress.bytesDone >= before.bytesDone, progress.rows >= before.rows]).toEqual([true, true, true]);
    }
    expect(seen.at(-1)).toMatchObject({ filesDone: 18, filesTotal: 18 });
    expect(seen.at(-1)?.bytesDone).toBe(seen[0]?.bytesTotal);
  });

  it('links names in files that come before the symbols they need', async () => {
    const sink = createMemorySink();
    await imported(sharedFile('05_symbol_master/EQUITY_L.csv.gz'), sink);
    const report = await importPath({
      path: sharedFile('10_api_samples/bse_api_samples'), sink, today: TODAY, clock: () => instant('2026-11-20'), linker: async () => createSymbolLinker(sink.all('symbol').map(({ symbol }) => symbol)),
    });
    expect(report).toMatchObject({ kinds: { bse_result_calendar: { accepted: 1, quarantined: 0 } } });
    // Notice was due by the end of 17 October: six days before the meeting, neither day counted.
    expect(sink.all('scheduled_event')).toMatchObject([{ event: { symbol: 'ALOKINDS', date: '2023-10-23', kind: 'RESULTS', knownAt: '2023-10-17T18:29:59.000Z' } }]);
    expect(sink.all('event')[0]?.event.unlinkedNames).toEqual(['PAN ELECTRONICS INDIA LTD.']);
  });
});
