import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { instant, tradingDate } from '../../../desk/time.ts';
import { importPath } from '../../../feeds/importers/import-path.ts';
import type { ImportReport } from '../../../feeds/importers/import-report.ts';
import { createMemorySink, type MemorySink } from './memory-sink.ts';

const ROOT = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
/** Tests on real files skip, and say so, where the reference data is not beside the repository. */
export const noSharedFiles = !existsSync(ROOT);
export const sharedFile = (path: string): string => `${ROOT}${path}`;
export const TODAY = tradingDate('2026-11-20');

/** Imports one path into a fresh sink (or the given one) and fails the test when the path cannot be read. */
export async function imported(path: string, sink: MemorySink = createMemorySink()): Promise<{ sink: MemorySink; report: ImportReport }> {
  let ticks = 0;
  const report = await importPath({ path, sink, today: TODAY, clock: () => instant(Date.UTC(2026, 10, 20) + ticks++ * 250) });
  if ('reason' in report) throw new Error(report.reason);
  return { sink, report };
}
