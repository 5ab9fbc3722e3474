import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { ImportSink } from '../../feeds/importers/import-sink.ts';
import type { Database } from '../client.ts';
import { prepareFacts, quarantineRows } from './facts.ts';
import { recordCoverage } from './reference.ts';

/** PostgreSQL's data exceptions (class 22) that texts from outside can cause; by their SQLSTATE. */
const refusals: Readonly<Record<string, string>> = {
  '22021': 'The row holds a NUL character, which no text may have.', '22P05': 'The row holds a NUL character, which no text may have.', '22P02': 'The row holds half a character, which no text may have.',
  '22003': 'A number in the row is larger than can be kept.', '22008': 'A date in the row is beyond what can be kept.',
};
/** Why the database cannot hold the data; null where something else went wrong. */
function dataRefusal(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && code.startsWith('22')) return refusals[code] ?? `The row cannot be kept: ${at.message}.`;
  }
  return null;
}

/** Where an import goes: facts by their keys, refused rows to the quarantine, what each source covers, what was imported. */
export function createImportSink(database: Database, wallNow: () => Instant): ImportSink {
  return {
    async write(batch, _origin, before) {
      const write = prepareFacts(batch, wallNow());
      await before;
      try {
        const { accepted, updated, duplicate } = await database.transaction(write);
        return { accepted, updated, duplicate };
      } catch (error) {
        const unstorable = dataRefusal(error);
        if (unstorable === null) throw error;
        return { unstorable };
      }
    },
    quarantine: (refused) => database.transaction((tx) => quarantineRows(tx, refused)),
    coverage: (spans) => recordCoverage(database.orm, spans.map((span) => ({ ...span, symbol: span.symbol === '*' ? '' : span.symbol, mode: 'listed' }))),
    async finished(origin, counts) {
      await database.orm.execute(sql`insert into core.imports (file_digest, path, kind, accepted, updated, duplicate, quarantined, at)
        values (${origin.fileDigest}, ${origin.file}, ${origin.kind}, ${counts.accepted}, ${counts.updated}, ${counts.duplicate}, ${counts.quarantined}, core.wall_now())
        on conflict (file_digest, kind) do update set at = excluded.at, path = excluded.path`);
    },
  };
}
