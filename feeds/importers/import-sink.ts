import type { TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';

/** Where a batch or a refused row came from. `kind` is the importer's, with `/type` added for records beside the main ones. */
export interface ImportOrigin { file: string; fileDigest: string; kind: string }
export interface WriteCounts { accepted: number; updated: number; duplicate: number }
export interface KindCounts extends WriteCounts { quarantined: number }
export interface QuarantinedRow extends ImportOrigin { line: number; reason: string; raw: string }

/** What a source tells about, so that "no event" and "nobody knows" are different answers. `*` is every symbol. */
export interface CoverageSpan { kind: FeedRecord['type']; source: string; symbol: string; from: TradingDate; to: TradingDate }

/** A batch holds something that cannot be stored, whatever the importer thought of it; one sentence says what. Nothing of the batch was kept. */
export interface Unstorable { unstorable: string }

/**
 * Where an import goes. `write` gets at most 5,000 records of one type, keyed by `recordKey` and merged by
 * `mergeRecords`; the same batch again counts as duplicates. `finished` comes once a source has been read to its end.
 */
export interface ImportSink {
  /**
   * Of an unstorable batch the import looks for the rows that make it so and refuses those alone. A batch may be made ready while the one before
   * it is being written, but nothing of it is stored until `before` is over, and none where that fails.
   */
  write(batch: readonly FeedRecord[], origin: ImportOrigin, before: Promise<void>): Promise<WriteCounts | Unstorable>;
  /** Returns how many were new; the same row refused again is not stored twice. */
  quarantine(rows: readonly QuarantinedRow[]): Promise<number>;
  coverage(spans: readonly CoverageSpan[]): Promise<void>;
  finished(origin: ImportOrigin, counts: KindCounts): Promise<void>;
}
