import { msBetween, type Clock, type TradingDate } from '../../desk/time.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';
import { SourceError, type Sniff, type Source } from './define.ts';
import { recogniseSource } from './importers.ts';
import { ReportTally, type ImportReport } from './import-report.ts';
import type { ImportSink } from './import-sink.ts';
import { importSource } from './import-source.ts';
import { openFile } from './open-file.ts';
import { sniff } from './sniff.ts';
import { walkFiles } from './walk-files.ts';

export interface ImportProgress { file: string; filesDone: number; filesTotal: number; bytesDone: number; bytesTotal: number; /** Rows read so far, of all files. */ rows: number }

/** Forms whose rows can be counted when they are not loaded. */
const ROW_FORMS: ReadonlySet<Sniff['form']> = new Set(['text', 'json_lines']);

/**
 * Imports a file or a folder. Each source is recognised by its content; a bad row is quarantined and the rest goes on; a
 * source that is not loaded is in the report with its reason. Doing it again changes nothing. A path that cannot be read
 * at all is a value with one sentence.
 */
export async function importPath({ path, sink, onProgress, today, clock, linker }: {
  path: string; sink: ImportSink; today: TradingDate; clock: Clock; linker?: SymbolLinker; onProgress?(progress: ImportProgress): void;
}): Promise<ImportReport | { reason: string }> {
  const started = clock();
  const walked = await walkFiles(path);
  if ('reason' in walked) return walked;
  const tally = new ReportTally();
  for (const { file, reason } of walked.skipped) tally.unrecognised(file, reason);

  const bytesTotal = walked.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const done = { files: 0, bytes: 0, rows: 0 };
  const tell = (file: string): void => onProgress?.({ file, filesDone: done.files, filesTotal: walked.files.length, bytesDone: done.bytes, bytesTotal, rows: done.rows });
  for (const found of walked.files) {
    tell(found.file);
    const opened = await openFile(found);
    if ('reason' in opened) tally.unrecognised(found.file, opened.reason);
    else if (opened.sources.length === 0) tally.unrecognised(found.file, 'The zip has no members.');
    else for (const source of opened.sources) {
      await importOne({ source, outerFile: found.file, sink, tally, context: { today, ...(linker ? { linker } : {}) }, onRows: (rows) => { done.rows += rows; tell(source.file); } });
    }
    done.files += 1;
    done.bytes += found.bytes;
  }
  tell('');
  return tally.report({ files: walked.files.length, elapsedMs: msBetween(started, clock()) });
}

async function importOne({ source, outerFile, sink, tally, context, onRows }: {
  source: Source; outerFile: string; sink: ImportSink; tally: ReportTally; context: Parameters<typeof importSource>[0]['context']; onRows(rows: number): void;
}): Promise<void> {
  const head = await sniff(source);
  if ('reason' in head) { tally.unrecognised(source.file, head.reason); return; }
  const importer = recogniseSource(head);
  if (!importer) { tally.unrecognised(source.file, head.form === 'empty' ? 'The file is empty.' : 'No importer knows this content.'); return; }
  if (importer.loads) { await importSource({ source, outerFile, head, importer, sink, tally, context, onRows }); return; }
  tally.notLoaded({ kind: importer.kind, file: outerFile, rows: ROW_FORMS.has(head.form) ? await countLines(source) : null, reason: importer.reason });
}

/** Lines of a text that is not loaded, blank ones at its end aside. */
async function countLines(source: Source): Promise<number> {
  let lines = 0;
  let last = 10;
  try {
    for await (const chunk of source.chunks()) {
      for (let i = chunk.indexOf(10); i !== -1; i = chunk.indexOf(10, i + 1)) lines += 1;
      last = chunk.at(-1) ?? last;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return lines + (last === 10 ? 0 : 1);
}
