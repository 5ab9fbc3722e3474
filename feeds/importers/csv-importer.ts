import { refused, type ImportContext, type LoadingImporter, type ParsedRow, type Sniff, type Source } from './define.ts';
import { readLines } from './read-lines.ts';
import { splitCsv, splitHeader } from './split-csv.ts';

/** Reads one row: `fields` are as printed, in the header's order; `raw` is the whole record. */
export type RowReader = (fields: string[], line: number, raw: string) => ParsedRow;
export interface CsvOpening { head: Sniff; context: ImportContext; /** Position of a column, whatever its case; −1 when the file has none. */ column(name: string): number }

/**
 * An importer of comma-separated rows under one header line. The header's names decide: all of `columns` must be there
 * (upper case, trimmed). `open` looks the positions up once and returns the reader of one row.
 */
export function csvImporter({ kind, columns, also, open }: {
  kind: string; columns: readonly string[];
  /** A further condition on the content, where two shapes share a header. */
  also?: (head: Sniff) => boolean;
  open(opening: CsvOpening): RowReader | { reason: string };
}): LoadingImporter {
  return {
    kind, loads: true, columns,
    recognise: (head) => head.form === 'text' && columns.every((name) => head.header.includes(name)) && (also?.(head) ?? true),
    rows: (source, head, context) => csvRows({ source, head, context, open }),
  };
}

async function* csvRows({ source, head, context, open }: {
  source: Source; head: Sniff; context: ImportContext; open(opening: CsvOpening): RowReader | { reason: string };
}): AsyncGenerator<ParsedRow[]> {
  let read: RowReader | null = null;
  let width = 0;
  let headerText = '';
  for await (const block of readLines(source, head.encoding, { quoted: true })) {
    const rows: ParsedRow[] = block.refused;
    for (let i = 0; i < block.lines.length; i++) {
      const raw = block.lines[i] as string;
      const line = block.numbers[i] as number;
      if (!read) {
        const header = splitHeader(raw);
        headerText = raw.replace(/^\uFEFF/, '');
        width = header.length;
        const reader = open({ head, context, column: (name) => header.indexOf(name.toUpperCase()) });
        if (typeof reader !== 'function') { yield [refused(line, reader.reason, raw)]; return; }
        read = reader;
        continue;
      }
      if (raw.length === headerText.length && raw === headerText) { rows.push(refused(line, 'The header stands here once more, as where files were put together; the rows after it are read.', raw)); continue; }
      const fields = splitCsv(raw);
      if (fields.length !== width) {
        if (raw.trim() !== '') rows.push(refused(line, `Row has ${fields.length} columns where the header names ${width}.`, raw));
        continue;
      }
      rows.push(read(fields, line, raw));
    }
    if (rows.length > 0) yield rows;
  }
}
