import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { ImportSink } from '../../feeds/importers/import-sink.ts';
import type { Database } from '../client.ts';
import { quarantineRows, writeFacts } from './facts.ts';
import { recordCoverage } from './reference.ts';

/** Where an import goes: facts by their keys, refused rows to the quarantine, what each source covers, what was imported. */
export function createImportSink(database: Database, wallNow: () => Instant): ImportSink {
  return {
    async write(batch) {
      const { accepted, updated, duplicate } = await database.transaction((tx) => writeFacts(tx, batch, wallNow()));
      return { accepted, updated, duplicate };
    },
    quarantine: (refused) => database.transaction((tx) => quarantineRows(tx, refused)),
    async coverage(spans) {
      await database.transaction(async (tx) => { for (const span of spans) await recordCoverage(tx, { kind: span.kind, source: span.source, symbol: span.symbol === '*' ? '' : span.symbol, from: span.from, to: span.to, mode: 'listed' }); });
    },
    async finished(origin, counts) {
      await database.orm.execute(sql`insert into core.imports (file_digest, path, kind, accepted, updated, duplicate, quarantined, at)
        values (${origin.fileDigest}, ${origin.file}, ${origin.kind}, ${counts.accepted}, ${counts.updated}, ${counts.duplicate}, ${counts.quarantined}, core.wall_now())
        on conflict (file_digest, kind) do update set at = excluded.at, path = excluded.path`);
    },
  };
}
