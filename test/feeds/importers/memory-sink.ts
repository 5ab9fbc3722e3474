import type { FeedRecord } from '../../../feeds/define.ts';
import type { CoverageSpan, ImportOrigin, ImportSink, KindCounts, QuarantinedRow, WriteCounts } from '../../../feeds/importers/import-sink.ts';
import { mergeRecords, sameRecord } from '../../../feeds/importers/merge-records.ts';
import { recordKey } from '../../../feeds/importers/record-key.ts';

export interface MemorySink extends ImportSink {
  records: Map<string, FeedRecord>;
  quarantined: QuarantinedRow[];
  spans: CoverageSpan[];
  finishedSources: { origin: ImportOrigin; counts: KindCounts }[];
  largestBatch: number;
  /** Every record of one type. */
  all<T extends FeedRecord['type']>(type: T): Extract<FeedRecord, { type: T }>[];
}

/** The sink's contract in memory: what a database sink must do, row by row. */
export function createMemorySink(): MemorySink {
  const records = new Map<string, FeedRecord>();
  const refusedKeys = new Set<string>();
  const sink: MemorySink = {
    records, quarantined: [], spans: [], finishedSources: [], largestBatch: 0,
    all: <T extends FeedRecord['type']>(type: T) => [...records.values()].filter((record): record is Extract<FeedRecord, { type: T }> => record.type === type),
    async write(batch) {
      const counts: WriteCounts = { accepted: 0, updated: 0, duplicate: 0 };
      sink.largestBatch = Math.max(sink.largestBatch, batch.length);
      for (const record of batch) {
        const key = recordKey(record);
        const existing = records.get(key);
        const merged = existing ? mergeRecords(existing, record) : record;
        if (!existing) counts.accepted += 1;
        else if (sameRecord(existing, merged)) counts.duplicate += 1;
        else counts.updated += 1;
        if (!existing || !sameRecord(existing, merged)) records.set(key, merged);
      }
      return counts;
    },
    async quarantine(rows) {
      let stored = 0;
      for (const row of rows) {
        const key = `${row.fileDigest}|${row.line}|${row.reason}`;
        if (refusedKeys.has(key)) continue;
        refusedKeys.add(key);
        sink.quarantined.push(row);
        stored += 1;
      }
      return stored;
    },
    async coverage(spans) { sink.spans.push(...spans); },
    async finished(origin, counts) { sink.finishedSources.push({ origin, counts }); },
  };
  return sink;
}
