import { resolve } from 'node:path';
import type { Database } from '../../../db/client.ts';
import { createImportSink } from '../../../db/stores/import-sink.ts';
import { listQuarantine } from '../../../db/stores/facts.ts';
import { readWorld } from '../../../db/stores/world.ts';
import { refreshStatistics } from '../../../db/statistics.ts';
import { dateIn, type Instant } from '../../../desk/time.ts';
import { importPath } from '../../../feeds/importers/import-path.ts';
import { hashedEmbedder, type TextEmbedder } from '../../../tools/recall/embedder.ts';
import { indexEvents } from '../../../tools/recall/index-events.ts';
import { readArguments } from '../arguments.ts';
import { type Command, type CommandCall, type CommandDesk, CommandRefusal, type ExitCode } from '../command.ts';

const usage = 'import DIR|FILE [--json]';
/** Progress at most this often, so that a log stays readable. */
const progressEveryMs = 1000;

/** What an import needs: no feed, no world. */
export interface ImportDesk { database: Database; wallNow(): Instant; embedder: TextEmbedder; market: Pick<CommandDesk['market'], 'refresh' | 'linker'> }

export const importCommand: Command = {
  name: 'import', usage, does: 'loads exchange files, recognised by their content',
  run: (call, desk) => runImport(call, { database: desk.database, wallNow: desk.services.wallNow, embedder: desk.services.embedder ?? hashedEmbedder, market: desk.market }),
};

export async function runImport(call: CommandCall, desk: ImportDesk): Promise<ExitCode> {
  const given = readArguments(call.args, { json: { type: 'boolean' } }, usage);
  const [path] = given.words;
  if (path === undefined || given.words.length > 1) throw new CommandRefusal(`Usage: parapet ${usage}`, 2);
  const world = await readWorld(desk.database.orm);
  if (world?.kind === 'sim') throw new CommandRefusal('this home holds a simulated world, and real data must not be mixed into it; import into another home: PARAPET_HOME=.parapet-real parapet import …');
  const { market } = desk;
  const wallNow = desk.wallNow;
  let last = 0;
  const report = await importPath({
    path: resolve(call.directory, path), sink: createImportSink(desk.database, wallNow), today: dateIn(wallNow(), 'Asia/Kolkata'), clock: wallNow,
    linker: async () => { await market.refresh(); return market.linker(); },
    onProgress(progress) {
      const now = Date.parse(wallNow());
      if (now - last < progressEveryMs) return;
      last = now;
      call.streams.err(`${progress.filesDone}/${progress.filesTotal} files, ${progress.rows} rows${progress.file ? `: ${progress.file}` : ''}`);
    },
  });
  if ('reason' in report) throw new CommandRefusal(report.reason);
  await refreshStatistics(desk.database);
  await market.refresh();
  const indexed = await indexEvents({ database: desk.database, embedder: desk.embedder, mentions: (text) => market.linker().link(text).mentions, onBatch: ({ tagged }) => call.streams.err(`${tagged} events tagged`) });
  if (indexed.withoutVector > 0) call.streams.err(`the provider of vectors did not answer for ${indexed.withoutVector} events; parapet index tries again`);
  // Nothing could be made of any file: that is a refusal, and the reasons are in the report and the quarantine.
  const code = report.files > 0 && Object.keys(report.kinds).length === 0 && Object.keys(report.notYetLoaded).length === 0 ? 1 : 0;
  if (given.flag('json')) { call.streams.out(JSON.stringify(report)); return code; }
  for (const [kind, counts] of Object.entries(report.kinds)) call.streams.out(`${kind.padEnd(34)} ${counts.accepted} new, ${counts.updated} updated, ${counts.duplicate} there already, ${counts.quarantined} refused`);
  for (const [kind, counts] of Object.entries(report.notYetLoaded)) call.streams.out(`${kind.padEnd(34)} recognised, not yet loaded: ${counts.files} files`);
  for (const { file, reason } of report.reasons) call.streams.out(`not recognised: ${file}: ${reason}`);
  call.streams.out(`${report.files} files in ${(report.elapsedMs / 1000).toFixed(1)} s`);
  return code;
}

export const quarantineCommand: Command = {
  name: 'quarantine', usage: 'quarantine [--json]', does: 'shows the rows that were refused, with file, line and reason',
  run: (call, desk) => showQuarantine(call, desk),
};
export async function showQuarantine(call: CommandCall, desk: Pick<ImportDesk, 'database'>): Promise<ExitCode> {
  const given = readArguments(call.args, { json: { type: 'boolean' } }, 'quarantine [--json]');
  const found = await listQuarantine(desk.database.orm, 100_000);
  if (given.flag('json')) call.streams.out(JSON.stringify(found));
  else for (const row of found) call.streams.out(`${row.file}:${row.line} ${row.reason}`);
  return 0;
}
