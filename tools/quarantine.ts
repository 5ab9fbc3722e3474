import { z } from 'zod';
import { countQuarantine, listQuarantine } from '../db/stores/facts.ts';
import { defineTool } from './define.ts';
import { plainWords, shortened } from './outside-text.ts';

const Kind = z.object({ kind: z.string(), kindText: z.string(), rows: z.int(), files: z.int(), lastAt: z.string().describe('wall clock') });
const Row = z.object({ file: z.string(), line: z.int(), kind: z.string(), reason: z.string(), at: z.string().describe('wall clock') });
const Output = z.object({ asOf: z.string(), count: z.int(), files: z.int(), kinds: z.array(Kind).describe('most rows first'), rows: z.array(Row).describe('the latest first'), listed: z.int() });

/** Rows of imported files and feeds that were refused, with file, line and reason. The rows themselves are outside text and stay where they are. */
export const quarantine = defineTool({
  name: 'quarantine', purpose: 'Rows of files and feeds that were refused on import: how many of each kind, and of which file, line and reason', effect: 'read', permission: 'desk:read',
  input: z.object({ kind: z.string().max(60).optional(), limit: z.int().min(1).max(200).default(20) }),
  output: Output,
  run: async ({ services: { database: { orm }, market } }, { kind, limit }) => {
    const kinds = (await countQuarantine(orm)).filter((row) => kind === undefined || row.kind === kind).map((row) => ({ ...row, kindText: row.kind.replaceAll('_', ' ') }));
    const rows = await listQuarantine(orm, limit, { latest: true, ...(kind === undefined ? {} : { kind }) });
    return {
      asOf: market.now(), count: kinds.reduce((sum, row) => sum + row.rows, 0), files: kinds.reduce((sum, row) => sum + row.files, 0), kinds, listed: rows.length,
      rows: rows.map(({ file, line, kind: name, reason, at }) => ({ file: shortened(plainWords(file.split('/').at(-1) ?? file), 120), line, kind: name, reason: shortened(plainWords(reason), 160), at })),
    };
  },
});
