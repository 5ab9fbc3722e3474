import type { FeedRecord } from '../define.ts';
import { createCoverage } from './coverage-spans.ts';
import { futureFact } from './future-fact.ts';
import type { ImportContext, LoadingImporter, RefusedRow, Sniff, Source } from './define.ts';
import { listedThen } from './listed-then.ts';
import type { ReportTally } from './import-report.ts';
import type { ImportSink, KindCounts, QuarantinedRow } from './import-sink.ts';

const BATCH_ROWS = 5_000;
const RAW_LIMIT = 500;
/** Refused rows kept of one source: a file that is wrong throughout is told by its first rows. The report counts all. */
const KEPT_REFUSALS = 10_000;
/** After so many of them, with hardly a row that can be read, the rest of the file is left unread. */
const HOPELESS_REFUSALS = 2_000_000;
interface Entry { record: FeedRecord; line: number }

/** Reads one recognised source to its end and hands batches of at most 5,000 records to the sink, which writes one while the next is made ready and one more is read. */
export async function importSource({ source, outerFile, head, importer, sink, tally, context, onRows }: {
  source: Source; outerFile: string; head: Sniff; importer: LoadingImporter; sink: ImportSink; tally: ReportTally; context: ImportContext; onRows(rows: number): void;
}): Promise<void> {
  const batches = new Map<FeedRecord['type'], Entry[]>();
  const counted = new Map<string, KindCounts>();
  const coverage = createCoverage();
  const leftOut = new Map<string, number>();
  let quarantined: QuarantinedRow[] = [];
  let refusals = 0;
  let lastRefused = 0;
  let read = 0;
  let gaveUp = false;
  let mainType: FeedRecord['type'] | null = null;
  const origin = (kind: string) => ({ file: source.file, fileDigest: source.digest, kind });
  const countsOf = (kind: string): KindCounts => {
    let counts = counted.get(kind);
    if (!counts) counted.set(kind, (counts = { accepted: 0, updated: 0, duplicate: 0, quarantined: 0 }));
    return counts;
  };
  countsOf(importer.kind);

  let earlier: Promise<void> = Promise.resolve();
  let writing = earlier;
  /** Waits for the batch before the one before this, so that two are under way at most; `writing` says when this one is there. */
  async function flush(type: FeedRecord['type'], batch: Entry[]): Promise<void> {
    batches.set(type, []);
    await earlier;
    if (batch.length === 0) return;
    earlier = writing;
    writing = write(batch, type === mainType ? importer.kind : `${importer.kind}/${type}`, earlier);
    // A failure is thrown at the next wait; until then it must not count as unheard.
    writing.catch(() => undefined);
  }
  async function write(batch: readonly Entry[], kind: string, before: Promise<void>): Promise<void> {
    const counts = countsOf(kind);
    const written = await sink.write(batch.map(({ record }) => record), origin(kind), before);
    if ('unstorable' in written) {
      const [first] = batch;
      if (batch.length > 1) {
        // One row must not cost the others: halves of the batch lead to it.
        const middle = batch.length >> 1;
        await write(batch.slice(0, middle), kind, before);
        await write(batch.slice(middle), kind, before);
      } else if (first) {
        counts.quarantined += 1;
        await sink.quarantine([{ ...origin(kind), line: first.line, reason: written.unstorable, raw: JSON.stringify(first.record).slice(0, RAW_LIMIT) }]);
      }
      return;
    }
    counts.accepted += written.accepted;
    counts.updated += written.updated;
    counts.duplicate += written.duplicate;
  }
  async function refuse({ line, reason, raw }: RefusedRow): Promise<void> {
    countsOf(importer.kind).quarantined += 1;
    refusals += 1;
    if (refusals > KEPT_REFUSALS) { lastRefused = line; return; }
    quarantined.push({ ...origin(importer.kind), line, reason, raw });
    if (quarantined.length >= BATCH_ROWS) await flushQuarantine();
  }
  async function flushQuarantine(): Promise<void> {
    if (quarantined.length > 0) await sink.quarantine(quarantined);
    quarantined = [];
  }

  for await (const rows of importer.rows(source, head, context)) {
    for (const row of rows) {
      const early = 'records' in row ? futureFact(row.records, context.today) : null;
      if ('records' in row && early !== null) {
        await refuse({ line: row.line, reason: early, raw: JSON.stringify(row.records[0]).slice(0, RAW_LIMIT) });
      } else if ('records' in row) {
        for (const told of row.records) {
          const record = importer.links ? listedThen(told, context.linker) : told;
          mainType ??= record.type;
          let batch = batches.get(record.type);
          if (!batch) batches.set(record.type, (batch = []));
          batch.push({ record, line: row.line });
          coverage.add(record);
          if (batch.length >= BATCH_ROWS) await flush(record.type, batch);
        }
      } else if ('reason' in row) {
        await refuse(row);
      } else leftOut.set(row.notLoaded, (leftOut.get(row.notLoaded) ?? 0) + 1);
    }
    onRows(rows.length);
    read += rows.length;
    if (refusals > HOPELESS_REFUSALS && read - refusals < refusals / 100) { gaveUp = true; break; }
  }
  for (const [type, batch] of batches) await flush(type, batch);
  await writing;
  if (refusals > KEPT_REFUSALS) quarantined.push({ ...origin(importer.kind), line: lastRefused, reason: `${refusals - KEPT_REFUSALS} more rows of this file were refused, up to this one; only the first ${KEPT_REFUSALS} are kept${gaveUp ? ', and the file was not read on' : ''}.`, raw: '' });
  await flushQuarantine();

  const spans = coverage.spans();
  if (spans.length > 0) await sink.coverage(spans);
  for (const [kind, rows] of leftOut) tally.notLoaded({ kind, file: outerFile, rows });
  for (const [kind, counts] of counted) {
    const total = tally.kind(kind);
    for (const key of ['accepted', 'updated', 'duplicate', 'quarantined'] as const) total[key] += counts[key];
    await sink.finished(origin(kind), counts);
  }
}
