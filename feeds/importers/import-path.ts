import { sha256 } from '../../desk/canonical.ts';
import { msBetween, type Clock, type TradingDate } from '../../desk/time.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';
import { SourceError, type ImportContext, type LoadingImporter, type Sniff, type Source } from './define.ts';
import { nearlyKnown, recogniseSource } from './importers.ts';
import { ReportTally, type ImportReport } from './import-report.ts';
import type { ImportSink } from './import-sink.ts';
import { importSource } from './import-source.ts';
import { openFile } from './open-file.ts';
import { sniff, whyUnknown } from './sniff.ts';
import { walkFiles } from './walk-files.ts';

export interface ImportProgress { file: string; filesDone: number; filesTotal: number; bytesDone: number; bytesTotal: number; /** Rows read so far, of all files. */ rows: number }

/** Forms whose rows can be counted when they are not loaded. */
const ROW_FORMS: ReadonlySet<Sniff['form']> = new Set(['text', 'json_lines']);

/**
 * Imports a file or a folder. Each source is recognised by its content; a bad row is quarantined and the rest goes on; a
 * source that is not loaded is in the report with its reason. Doing it again changes nothing. Sources that speak of
 * companies by name come last; `linker` is called before them, so that it can see the symbols just imported. A path that
 * cannot be read at all is a value with one sentence.
 */
export async function importPath({ path, sink, onProgress, today, clock, linker }: {
  path: string; sink: ImportSink; today: TradingDate; clock: Clock; linker?(): Promise<SymbolLinker>; onProgress?(progress: ImportProgress): void;
}): Promise<ImportReport | { reason: string }> {
  const started = clock();
  const walked = await walkFiles(path);
  if ('reason' in walked) return walked;
  const tally = new ReportTally();
  const refuse = (file: string, reason: string): Promise<void> => refuseFile({ file, reason, tally, sink });
  for (const { file, reason } of walked.skipped) await refuse(file, reason);

  const bytesTotal = walked.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const done = { files: 0, bytes: 0, rows: 0 };
  const tell = (file: string): void => onProgress?.({ file, filesDone: done.files, filesTotal: walked.files.length, bytesDone: done.bytes, bytesTotal, rows: done.rows });
  const load = (recognised: Recognised, context: ImportContext): Promise<void> =>
    importSource({ ...recognised, sink, tally, context, onRows: (rows) => { done.rows += rows; tell(recognised.source.file); } });

  const naming: Recognised[] = [];
  for (const found of walked.files) {
    tell(found.file);
    const opened = await openFile(found);
    if ('reason' in opened) await refuse(found.file, opened.reason);
    else if (opened.sources.length === 0) await refuse(found.file, 'The zip has no members.');
    else for (const source of opened.sources) {
      const recognised = await recognise({ source, outerFile: found.file, tally, sink });
      if (recognised?.importer.links) naming.push(recognised);
      else if (recognised) await load(recognised, { today });
    }
    done.files += 1;
    done.bytes += found.bytes;
  }
  const context: ImportContext = { today, ...(linker && naming.length > 0 ? { linker: await linker() } : {}) };
  for (const recognised of naming) await load(recognised, context);
  tell('');
  return tally.report({ files: walked.files.length, elapsedMs: msBetween(started, clock()) });
}

interface Recognised { source: Source; outerFile: string; head: Sniff; importer: LoadingImporter }

/** A file of which nothing was read: it is in the report, and in the quarantine with its reason. */
async function refuseFile({ file, reason, tally, sink }: { file: string; reason: string; tally: ReportTally; sink: ImportSink }): Promise<void> {
  tally.unrecognised(file, reason);
  await quarantineFile({ file, reason, kind: 'unrecognised', sink });
}
/** By its name, not its bytes: two empty files are two refusals. */
const quarantineFile = ({ sink, ...row }: { file: string; reason: string; kind: string; sink: ImportSink }): Promise<number> =>
  sink.quarantine([{ ...row, fileDigest: sha256(`file refused: ${row.file}`), line: 1, raw: '' }]);

/** The importer that loads the source; null when none does, which the tally then tells. */
async function recognise({ source, outerFile, tally, sink }: { source: Source; outerFile: string; tally: ReportTally; sink: ImportSink }): Promise<Recognised | null> {
  const head = await sniff(source);
  const { file } = source;
  if ('reason' in head) { await refuseFile({ file, reason: head.reason, tally, sink }); return null; }
  const importer = recogniseSource(head);
  if (importer?.loads) return { source, outerFile, head, importer };
  if (!importer) await refuseFile({ file, reason: nearlyKnown(head) ?? whyUnknown(head), tally, sink });
  else {
    tally.notLoaded({ kind: importer.kind, file: outerFile, rows: ROW_FORMS.has(head.form) ? await countLines(source) : null, reason: importer.reason });
    if (importer.refuses) await quarantineFile({ file, reason: importer.reason, kind: importer.kind, sink });
  }
  return null;
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
