import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../../feeds/importers/define.ts';
import { readLines } from '../../../feeds/importers/read-lines.ts';
import { splitCsv } from '../../../feeds/importers/split-csv.ts';

/** A source whose bytes come in pieces cut at the given places. */
function inPieces(text: string, cuts: number[]): Source {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return {
    file: 'f', path: '', name: 'f', digest: '',
    async* chunks() { let from = 0; for (const to of [...places, bytes.length]) { yield bytes.subarray(from, to); from = to; } },
  };
}
async function recordsOf(source: Source): Promise<[number, string][]> {
  const records: [number, string][] = [];
  for await (const block of readLines(source, 'utf-8', { quoted: true })) block.lines.forEach((line, i) => records.push([block.numbers[i] ?? 0, line]));
  return records;
}
const field = fc.string({ unit: fc.constantFrom('a', '7', ',', '"', '\n', ' ', 'é', '₹', '.'), maxLength: 8 });
const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe('reading rows', () => {
  it('gives every quoted field back, wherever the bytes are cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { maxLength: 8 }), async (rows, cuts) => {
      const text = `${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`;
      const records = await recordsOf(inPieces(text, cuts));
      expect(records.map(([, record]) => splitCsv(record))).toEqual(rows);
    }), { numRuns: 300 });
  });

  it('numbers rows by the line they begin on', async () => {
    expect(await recordsOf(inPieces('a,b\n"x\ny",1\n\nc,d', [5]))).toEqual([[1, 'a,b'], [2, '"x\ny",1'], [5, 'c,d']]);
  });

  it('splits an unquoted row exactly at its commas', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '1', '.'), maxLength: 5 }), { minLength: 1, maxLength: 12 }), (fields) => {
      expect(splitCsv(fields.join(','))).toEqual(fields);
    }));
  });
});
